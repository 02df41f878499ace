"""Time travel and accountability against what the events say, whatever happened."""

import asyncio
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.inspection import Evidence, FindingRaised, Responsible
from services.chassis.context import acting
from services.chassis.journal import Append
from services.chassis.projector import seen_in
from services.chassis.projector.folding import Fold
from services.chassis.running import Ports
from services.chassis.testing import FrozenClock, MemoryJournal
from services.chassis.testing.client import NoRows, open_client
from services.chassis.testing.views import open_views
from services.chassis.viewing import detail_as_of
from services.remediation import domain
from services.remediation.app import build
from services.remediation.handlers import CASE
from services.remediation.projections import PROJECTIONS
from services.remediation.publishing import publish
from services.remediation.queries.cases import detail, holds_on, stated
from tests.conftest import STORY
from tests.remediation.examples import (
    CALENDAR,
    ISSUED,
    LATE,
    OVERDUE,
    REPORTED_LATE,
    VERIFIED,
    acted,
    hanoi,
)
from tests.remediation.merging import HANDED_OVER
from tests.remediation.playing import START, lives
from tests.remediation.test_domain_properties import play

DAY = timedelta(days=1)


async def journal_of(told):
    """Record a life; each event at its moment."""
    clock = FrozenClock(START)
    journal = MemoryJournal(clock)
    await record(journal, clock, told)
    return journal


def row_of(events, keep=lambda _: True):
    """Fold events from nothing and return the case's row; None if there is none."""
    fold = Fold(PROJECTIONS)
    for recorded in events:
        if keep(recorded):
            fold.see(seen_in(recorded))
    rows = fold.rows("cases")
    return stated(rows[0]) if rows else None


def bare(row):
    """Return the row of the case alone, without its parts and what is not set."""
    parts = detail(CASE).parts
    known = {k: v for k, v in (row or {}).items() if k not in parts}
    return {name: value for name, value in known.items() if value is not None}


@settings(max_examples=40, deadline=None)
@given(lives())
def test_the_state_as_of_a_position_is_a_fresh_fold_of_what_came_before(life):
    async def check():
        journal = await journal_of(play(life))
        recorded = await journal.after(0, 999)
        for p in range(len(recorded) + 1):
            asked = await detail_as_of(
                detail(CASE), PROJECTIONS, journal, "RC-08", str(p)
            )
            assert bare(asked) == bare(row_of(recorded[:p]))

    asyncio.run(check())


@settings(max_examples=40, deadline=None)
@given(lives(), st.integers(0, 250))
def test_on_a_day_only_what_held_by_then_shows_and_known_by_then_if_asked(life, days):
    day = START.date() + days * DAY

    def held(recorded):
        since = holds_on(recorded.event)
        moment = recorded.occurred_at.astimezone(domain.HANOI)
        return (since or moment.date()) <= day

    async def check():
        journal = await journal_of(play(life))
        recorded = await journal.after(0, 999)
        for p in {0, 1, len(recorded) // 2, len(recorded)}:
            asked = await detail_as_of(
                detail(CASE),
                PROJECTIONS,
                journal,
                "RC-08",
                str(p),
                on=day.isoformat(),
            )
            assert bare(asked) == bare(row_of(recorded[:p], held))

    asyncio.run(check())


# accountability, recomputed from what is published and from nothing else


HELD_FROM = {
    "RecommendationIssued": "issued_on",
    "DeadlineExtended": "extended_on",
    "DeadlineRecalculated": "recalculated_on",
    "RemediationReopened": "reopened_on",
    "RemediationReported": "reported_on",
    "RemediationRejected": "rejected_on",
    "RemediationClosed": "closed_on",
    "RemediationWaived": "waived_on",
}
CHANGES = {
    "DeadlineExtended": lambda s, _: {"extensions": s["extensions"] + 1},
    "RemediationReported": lambda s, e: {
        "reported": min(s["reported"] or e.reported_on, e.reported_on)
    },
    "RemediationRejected": lambda _, __: {"reported": None},
    "RemediationClosed": lambda _, e: {"ended": e.closed_on, "late": e.late},
    "RemediationWaived": lambda _, e: {"ended": e.waived_on, "late": None},
    "RemediationReopened": lambda _, __: dict.fromkeys(("ended", "late", "reported")),
}


def judged(events, day):
    """Return how one case stands on a day, from its published events."""
    state = {"extensions": 0, "ended": None, "late": None, "reported": None}
    for event in events:
        name = type(event).__name__
        if name not in HELD_FROM or getattr(event, HELD_FROM[name]) > day:
            continue
        if hasattr(event, "overdue_from"):
            state |= {"due": event.effective_due_on, "from": event.overdue_from}
        state |= CHANGES.get(name, lambda *_: {})(state, event)
    return state


def recomputed(cases, day):
    """Return the totals of a unit on a day."""
    total = defaultdict(int)
    for events in cases:
        state = judged(events, day)
        if "due" not in state:
            continue
        is_open, reported = state["ended"] is None, state["reported"]
        missed = is_open and state["from"] <= day
        overdue = missed and (reported is None or reported >= state["from"])
        until = reported or state["ended"] or day
        total["cases"] += 1
        total["open"] += is_open
        total["on_time"] += state["late"] is False
        total["late"] += state["late"] is True
        total["waived"] += not is_open and state["late"] is None
        total["overdue"] += overdue
        total["extensions"] += state["extensions"]
        total["overdue_days"] += max(0, (until - state["due"]).days)
    return total


FIGURES = (
    "cases",
    "open",
    "on_time",
    "late",
    "waived",
    "overdue",
    "extensions",
    "overdue_days",
)


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(lives(), min_size=3, max_size=8), st.integers(0, 250))
def test_a_units_account_is_what_its_published_events_add_up_to(
    databases, several, days
):
    """Recomputed from the feed by a walk over the events, without a view (C24)."""
    day = START.date() + days * DAY
    told = {
        f"RC-{n}": [(at, replace(e, case_id=f"RC-{n}")) for at, e in play(life)]
        for n, life in enumerate(several)
    }
    feeds = [[it for _, e in life for it in publish(e)] for life in told.values()]

    found = asyncio.run(account(databases, told, f"/accountability?on={day}"))

    expected = recomputed(feeds, day)
    [unit] = found or [{}]
    assert {name: unit.get(name, 0) for name in FIGURES} == {
        name: expected[name] for name in FIGURES
    }


async def account(databases, told, *paths, findings=()):
    """Record lives, show them, and ask for accounts."""
    clock = FrozenClock(START)
    journal = MemoryJournal(clock)
    service = build(Ports(journal=journal, rows=NoRows(), calendar=CALENDAR))
    with databases.clone("remediation") as urls:
        async with (
            open_views(urls.of("remediation_app"), service, journal) as views,
            open_client(service, journal, clock, rows=views.rows) as client,
        ):
            for life in told.values():
                await record(journal, clock, life)
            with acting(acted(START)):
                for finding in findings:
                    await views.hear(finding, finding.inspection_id)
            await views.show()
            answers = [(await client.get(path)).json() for path in paths]
    return answers[0] if len(answers) == 1 else answers


async def record(journal, clock, life):
    for n, (at, event) in enumerate(life):
        clock.now = at
        with acting(acted(at, cause=uuid5(STORY, f"{event.case_id}/{n}"))):
            stream = CASE.stream(event.case_id)
            append = Append(stream=stream, expected=n, events=[event])
            await journal.append(append)


FINDING = FindingRaised(
    inspection_id="I-2023-HN-07",
    finding_id="F-07-2",
    agency_id="hn-tan-hoi",
    item="DIGITISATION",
    kind="LIMITATION",
    description="Chưa số hóa",
    legal_basis=("Nghị định 107/2021/NĐ-CP",),
    evidence=(Evidence(reference="anh.jpg", sha256="a" * 64),),
    responsible=Responsible(agency_id="hn-tan-hoi", head_ref="chu-tich-hn-tan-hoi"),
    raised_on=date(2023, 5, 22),
    repeat_of="F-2022-03",
)
MISSED = [
    (START, ISSUED),
    (hanoi(2023, 7, 6), OVERDUE),
    (hanoi(2023, 7, 10, 9), REPORTED_LATE),
    (hanoi(2023, 7, 12, 9), VERIFIED),
    (hanoi(2023, 7, 12, 9), LATE),
]


@pytest.mark.seed("1.11")
@pytest.mark.capability("C24")
def test_a_head_answers_for_what_was_late_and_what_came_back(databases):
    now, then = asyncio.run(
        account(
            databases,
            {"RC-08": MISSED},
            "/accountability?by=head&on=2023-12-31",
            "/accountability?by=head&on=2023-07-08",
            findings=[FINDING],
        )
    )

    assert [(h["head_ref"], h["late"], h["repeats"]) for h in now] == [
        ("chu-tich-hn-tan-hoi", 1, 1)
    ]
    assert (now[0]["overdue_days"], now[0]["on_time_percent"]) == (5, 0.0)
    assert (then[0]["overdue"], then[0]["late"], then[0]["overdue_days"]) == (1, 0, 3)


def test_a_case_that_names_no_head_is_its_units(databases):
    [row] = asyncio.run(
        account(databases, {"RC-08": MISSED}, "/accountability?by=head&on=2023-12-31")
    )

    assert (row["head_ref"], row["agency_id"]) == (None, "hn-tan-hoi")


# a case that came to a successor while it was overdue

TO_THE_WARD = replace(HANDED_OVER, handed_over_on=date(2023, 7, 9))
FROM_THE_WARD = {"agency_id": "vn34-x29955"}
PASSED_ON = [
    (START, ISSUED),
    (hanoi(2023, 7, 6), OVERDUE),
    (hanoi(2023, 7, 9, 9), TO_THE_WARD),
    (hanoi(2023, 7, 10, 9), replace(REPORTED_LATE, **FROM_THE_WARD)),
    (hanoi(2023, 7, 12, 9), replace(VERIFIED, **FROM_THE_WARD)),
    (hanoi(2023, 7, 12, 9), replace(LATE, **FROM_THE_WARD)),
]


@pytest.mark.seed("1.11")
@pytest.mark.capability("C24", "C25")
def test_what_happened_under_the_predecessor_is_the_predecessors(databases):
    days = ("2023-07-08", "2023-07-09", "2023-12-31")
    before, handed, after = asyncio.run(
        account(
            databases,
            {"RC-08": PASSED_ON},
            *(f"/accountability?on={day}" for day in days),
        )
    )

    def said(rows):
        names = ("cases", "open", "overdue", "late", "overdue_days")
        return {row["agency_id"]: tuple(row[name] for name in names) for row in rows}

    assert said(before) == {"hn-tan-hoi": (1, 1, 1, 0, 3)}
    assert said(handed) == {
        "hn-tan-hoi": (0, 0, 1, 0, 3),
        "vn34-x29955": (1, 1, 0, 0, 1),
    }
    assert said(after) == {
        "hn-tan-hoi": (0, 0, 0, 0, 3),
        "vn34-x29955": (1, 0, 0, 1, 2),
    }
