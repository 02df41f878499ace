"""Over HTTP: from a signal to an order that nobody outside hears of."""

from dataclasses import replace
from datetime import datetime

import pytest

from contracts.inspection import (
    UnannouncedInspectionCancelled,
)
from services.chassis.calendar import official
from services.chassis.context import HANOI
from services.chassis.projector import seen_in
from services.chassis.projector.folding import Fold
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows, open_client
from services.chassis.testing.views import open_views
from services.planning import app
from services.planning.domain import ordering, proposing, signals
from services.planning.domain.agency_events import (
    AgencySucceeded,
    Relation,
    Successor,
)
from services.planning.subscriptions import OWN
from tests.conftest import MORNING
from tests.planning.examples import AN_LOC, HONG_NGU, PLAN_IN_EFFECT
from tests.planning.reacting import pass_time, react
from tests.planning.registry import plan, register, team
from tests.planning.triggering import (
    AUDITOR,
    AUTHORITY,
    INSPECT,
    LISTS,
    OFFICE,
    ORDER,
    OUTSIDE,
    PLANNER,
    SECRETS,
    SIGNAL,
    TEAM,
    UNIT_HEAD,
    VP,
    code,
    concluded,
    done,
    events_of,
    get,
    hear,
    order,
    post,
    receive_three,
    seen,
    started,
)


@pytest.fixture
def service(journal):
    return app.build(Ports(journal=journal, rows=NoRows(), calendar=official()))


@pytest.fixture
async def client(service, journal, clock):
    await plan(journal, *PLAN_IN_EFFECT)
    await team(journal)
    await register(journal, HONG_NGU, AN_LOC, OFFICE)
    async with open_client(service, journal, clock) as it:
        yield it


@pytest.mark.seed("0.16", "0.17", "0.18", "0.19")
async def test_the_whole_chain_is_one_story(client, journal):
    await order(client, journal)
    await hear(journal, started())
    await hear(journal, concluded())
    await react(journal, OWN)

    first, *_ = await journal.read("signal-S-1")
    for stream in ("signal-S-1", "proposal-cluster-hn-an-loc-1", "order-I-DX-1"):
        for recorded in await journal.read(stream):
            assert recorded.context.correlation_id == first.context.correlation_id
    assert await events_of(journal, "signal-S-3") == [
        "SignalReceived",
        "SignalClassified",
        "SignalFollowed",
        "SignalFollowUpConcluded",
    ]
    assert await events_of(journal, "order-I-DX-1") == [
        "UnannouncedInspectionOrdered",
        "OrderDisclosed",
        "OrderConcluded",
    ]
    assert (await events_of(journal, "proposal-cluster-hn-an-loc-1"))[-1] == (
        "TriggerDisclosed"
    )


async def test_the_day_of_arrival_is_the_day_in_ha_noi(client, journal):
    await order(client, journal)
    await hear(journal, started())

    *_, disclosed = await journal.read("order-I-DX-1")
    assert str(disclosed.event.started_on) == "2023-06-21"


async def test_a_conclusion_is_none_of_the_plans_counting(client, journal):
    before = len(await journal.read("plan-KH-2023-HN"))
    await order(client, journal)
    await hear(journal, concluded())

    assert len(await journal.read("plan-KH-2023-HN")) == before


@pytest.mark.capability("C8")
@pytest.mark.seed("0.16")
async def test_before_arrival_only_its_readers_know_and_after_it_everybody(
    journal_database, service, client, journal, clock
):
    url = journal_database.of("planning_app")
    async with (
        open_views(url, service, journal) as views,
        open_client(service, journal, clock, rows=views.rows) as reader,
    ):
        await order(client, journal)
        await views.show()
        before = {who: await seen(reader, who) for who in (*OUTSIDE, VP, AUDITOR)}
        team_sees = await get(reader, TEAM, "/orders/I-DX-1")
        signal = await get(reader, VP, "/signals/S-1")
        await hear(journal, started())
        await react(journal, OWN)
        await views.show()
        after = await get(reader, UNIT_HEAD, "/orders/I-DX-1")
        followed = await get(reader, VP, "/signals/S-1")
        still = await get(reader, UNIT_HEAD, "/signals/S-1")

    for who in OUTSIDE:
        assert before[who] == (["404"] * len(SECRETS), [0] * len(LISTS))
    assert before[AUDITOR] == (["200"] * len(SECRETS), [3, 3, 1, 1])
    assert before[VP] == (["200"] * 5 + ["404"] * 3, [3, 3, 1, 0])
    assert (team_sees.status_code, team_sees.json()["state"]) == (200, "ordered")
    assert "readers" not in team_sees.json()
    assert signal.json()["followed_by"] is None
    assert (after.status_code, after.json()["state"]) == (200, "started")
    assert followed.json()["followed_by"] == "I-DX-1"
    assert followed.json()["followed_on"] == "2023-06-21"
    assert still.status_code == 404


async def test_an_order_called_off_stays_a_secret(client, journal, service):
    await order(client, journal)
    cancelled = UnannouncedInspectionCancelled(
        inspection_id="I-DX-1",
        plan_id="KH-2023-HN",
        round_id="R-I-DX-1",
        agency_id="hn-an-loc",
        reason="Mưa bão",
        cancelled_on="2023-06-21",
    )
    await hear(journal, cancelled)

    fold = Fold(service.projections)
    for recorded in await journal.read("order-I-DX-1"):
        fold.see(seen_in(recorded))
    [row] = fold.rows("orders")
    assert (row["state"], row["restricted"]) == ("called-off", True)


async def test_a_portal_that_sends_twice_is_told_which_signal_it_was(client, journal):
    await done(client, VP, "/signals/S-1/receive", SIGNAL)
    again = await done(client, VP, "/signals/S-1/receive", SIGNAL)
    second = await post(client, VP, "/signals/S-2/receive", SIGNAL)

    assert again.json()["version"] == 2
    assert code(second) == (409, "signal-already-received")
    assert "S-1" in second.json()["detail"]
    assert await journal.read("signal-S-2") == []


@pytest.mark.parametrize(
    ("token", "path", "body", "refused"),
    [
        (VP, "/signals/S-9/classify", {"nature": "RULE"}, (404, "unknown-signal")),
        (AUTHORITY, "/proposals/P-9/decide", INSPECT, (404, "unknown-proposal")),
        (
            AUTHORITY,
            "/orders/I-DX-1/order",
            ORDER | {"proposal_id": None},
            (409, "trigger-not-assessed"),
        ),
        (
            AUTHORITY,
            "/orders/I-DX-1/order",
            ORDER | {"ordered_for": "PRACTICAL_NEED", "reason": ""},
            (409, "order-without-reason"),
        ),
        (
            "dev:hn-an-loc:unit-head:p-9",
            "/self-inspections/KH.x/issue-plan",
            {"document_number": "1/KH", "mode": "ONLINE", "divisions": ["a"]},
            (404, "unknown-self-inspection"),
        ),
    ],
)
async def test_what_does_not_do_is_refused(client, token, path, body, refused):
    assert code(await post(client, token, path, body)) == refused


async def test_an_undecided_proposal_leads_to_no_order_and_is_not_used_up(
    client, journal
):
    await receive_three(client, journal)
    early = await post(client, AUTHORITY, "/orders/I-DX-1/order", ORDER)
    await done(client, AUTHORITY, "/proposals/cluster-hn-an-loc-1/decide", INSPECT)
    wrong = ORDER | {"team_id": "T-9"}
    nobody = await post(client, AUTHORITY, "/orders/I-DX-1/order", wrong)
    await done(client, AUTHORITY, "/orders/I-DX-2/order", ORDER)

    assert code(early) == (409, "trigger-not-assessed")
    assert code(nobody) == (409, "unknown-team")


async def test_the_unit_itself_cannot_even_ask_whether_there_is_a_proposal(
    client, journal
):
    await receive_three(client, journal)
    path = "/proposals/cluster-hn-an-loc-1/decide"

    asked = await post(client, "dev:hn-an-loc:authority:p-1", path, INSPECT)
    nothing = await post(
        client, "dev:hn-an-loc:authority:p-1", path.replace("-1/", "-7/"), INSPECT
    )
    assert asked.json() == nothing.json()


async def test_signals_before_and_after_a_succession_come_together(client, journal):
    for n in (1, 2):
        await done(
            client, VP, f"/signals/S-{n}/receive", SIGNAL | {"external_id": f"DT-{n}"}
        )
    await register(journal, replace(AN_LOC, agency_id="hn-moi"))
    await react(journal, OWN)
    succeeded = AgencySucceeded(
        agency_id="hn-an-loc",
        name=AN_LOC.name,
        successors=(
            Successor(agency_id="hn-moi", name=AN_LOC.name, relation=Relation.WHOLE),
        ),
        effective_on=MORNING.date(),
        legal_ref="NQ 1663",
        automatic_to="hn-moi",
    )
    await OWN[AgencySucceeded](succeeded, journal)
    third = SIGNAL | {"external_id": "DT-3", "agency_id": "hn-moi"}
    await done(client, VP, "/signals/S-3/receive", third)
    await react(journal, OWN, after=(await journal.read("signal-S-2"))[-1].position)

    (proposed,) = await journal.read("proposal-cluster-hn-moi-1")
    assert proposed.event.signal_ids == ("S-1", "S-2", "S-3")


@pytest.mark.parametrize("verb", ["classify", "forward", "report-progress", "answer"])
async def test_the_unit_cannot_settle_what_is_said_about_it(client, journal, verb):
    await done(client, VP, "/signals/S-1/receive", SIGNAL)
    before = await events_of(journal, "signal-S-1")
    body = {
        "classify": {"nature": "RULE"},
        "forward": {"to_agency": "hn-an-loc"},
        "report-progress": {"text": "Xong"},
        "answer": {},
    }[verb]
    answer = await post(client, PLANNER, f"/signals/S-1/{verb}", body)

    assert code(answer) == (404, "unknown-signal")
    assert await events_of(journal, "signal-S-1") == before


@pytest.mark.seed("3.14")
async def test_a_practical_need_is_ordered_without_a_proposal(client, journal):
    body = {**ORDER, "ordered_for": "PRACTICAL_NEED", "proposal_id": None}
    await done(client, AUTHORITY, "/orders/I-DX-1/order", body)
    await done(client, AUTHORITY, "/orders/I-DX-1/order", body)

    (recorded,) = await journal.read("order-I-DX-1")
    assert recorded.event.trigger == ordering.Trigger(
        ordered_for=ordering.OrderedFor.PRACTICAL_NEED
    )
    assert recorded.key == "I-DX-1"


async def test_an_id_is_an_orders_or_a_visits_and_never_both(client, journal):
    need = {**ORDER, "ordered_for": "PRACTICAL_NEED", "proposal_id": None}
    await done(client, AUTHORITY, "/orders/I-DX-1/order", need)
    visits = [
        {"inspection_id": name, "agency_id": "hn-an-loc", "planned_on": "2023-05-09"}
        for name in ("I-DX-1", "I-1")
    ]
    scheduled = {
        "round_id": "R-1",
        "window": {"start": "2023-05-09", "end": "2023-05-23"},
        "team_id": "T-2023-HN",
    }
    path = "/plans/KH-2023-HN/schedule-round"
    planner = "dev:hong-ngu-noi-vu:planner:p-1"
    taken = await post(client, planner, path, scheduled | {"visits": visits[:1]})
    await done(client, planner, path, scheduled | {"visits": visits[1:]})
    other = await post(client, AUTHORITY, "/orders/I-1/order", need)

    assert code(taken) == code(other) == (409, "inspection-id-taken")
    assert await journal.read("order-I-1") == []


async def test_signals_that_are_watched_count_again(client, journal):
    await receive_three(client, journal)
    watch = {"decision": "WATCH", "reason": "Theo dõi thêm"}
    await done(client, AUTHORITY, "/proposals/cluster-hn-an-loc-1/decide", watch)
    await react(journal, OWN)
    await done(client, VP, "/signals/S-4/receive", SIGNAL | {"external_id": "DT-4"})
    await react(journal, OWN)

    (proposed,) = await journal.read("proposal-cluster-hn-an-loc-2")
    assert proposed.event.signal_ids == ("S-1", "S-4", "S-2", "S-3")


async def test_by_hand_one_signal_is_enough_and_counts_no_more(client, journal):
    await done(client, VP, "/signals/S-1/receive", SIGNAL)
    body = {"signal_ids": ["S-1"], "reason": "Đơn có căn cứ"}
    await done(client, VP, "/proposals/P-1/propose", body)
    await done(client, VP, "/proposals/P-1/propose", body)
    await react(journal, OWN)
    await react(journal, OWN)

    assert await events_of(journal, "proposal-P-1") == ["TriggerProposed"]
    assert await events_of(journal, "watch-hn-an-loc") == [
        "SignalNoted",
        "SignalsTaken",
    ]


async def test_a_unit_may_be_watched_more_closely(client, journal):
    rule = {"signals": 1, "days": 30, "reason": "Nhiều phản ánh"}
    await done(client, AUTHORITY, "/watches/hn-an-loc/set-rule", rule)
    await done(client, VP, "/signals/S-1/receive", SIGNAL)
    await react(journal, OWN)

    (proposed,) = await journal.read("proposal-cluster-hn-an-loc-1")
    assert proposed.event.how is proposing.How.CLUSTER


async def test_the_days_of_a_signal_go_by(client, journal, clock, service):
    await done(client, VP, "/signals/S-1/receive", SIGNAL)
    for day in ("2023-05-11", "2023-05-24", "2023-05-31", "2023-06-30"):
        now = datetime.fromisoformat(f"{day}T23:59:00").replace(tzinfo=HANOI)
        await pass_time(journal, service.at, clock, now)

    told = [
        (type(r.event).__name__, str(r.occurred_at.astimezone(HANOI).date()))
        for r in await journal.read("signal-S-1")
    ]
    assert told[2:] == [
        ("SignalTransferOverdue", "2023-05-12"),
        ("SignalAnswerOverdue", "2023-05-25"),
        ("SignalProgressOverdue", "2023-06-01"),
    ]


async def test_what_was_handed_on_and_answered_is_not_overdue(
    client, journal, clock, service
):
    await done(client, VP, "/signals/S-1/receive", SIGNAL)
    await done(client, VP, "/signals/S-1/forward", {"to_agency": "hong-ngu"})
    await done(client, VP, "/signals/S-1/report-progress", {"text": "Đang xác minh"})
    await done(client, VP, "/signals/S-1/answer", {"document_number": "1/TL"})
    later = datetime(2023, 12, 31, tzinfo=HANOI)
    await pass_time(journal, service.at, clock, later)

    kinds = {type(r.event) for r in await journal.read("signal-S-1")}
    assert not kinds & {
        signals.SignalTransferOverdue,
        signals.SignalAnswerOverdue,
        signals.SignalProgressOverdue,
    }
