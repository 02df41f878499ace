"""Invariants of inspection, whatever is asked, in whatever order."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.chassis.context import HANOI
from services.inspection import domain
from services.inspection.handlers import INSPECTION, ROUND
from tests.inspection.examples import (
    ARRIVAL,
    CALENDAR,
    FILE,
    PLAN_ON_TIME,
    REVIEW,
    ROUND_END,
    ROUND_PLANNED,
    TERMS,
    VISIT_DAY,
)

IDS = ("F-1", "F-2", "F-3")
DAYS = st.dates(date(2023, 5, 1), date(2023, 7, 31))
BASES = st.lists(st.sampled_from(["NĐ 63/2010", "", " "]), max_size=2).map(tuple)
FILES = st.builds(
    domain.Evidence, reference=st.just("phiếu"), sha256=st.sampled_from([FILE, "", "0"])
)
FINDINGS = st.builds(
    replace,
    st.just(REVIEW),
    finding_id=st.sampled_from(IDS),
    evidence=st.lists(FILES, max_size=2).map(tuple),
    legal_basis=BASES,
)
SOUND = st.builds(replace, st.just(REVIEW), finding_id=st.sampled_from(IDS))
RIGHT = {
    "how": "Đã bổ sung ngay",
    "evidence": (domain.Evidence(reference="ảnh", sha256=FILE),),
}
SOME_IDS = st.lists(st.sampled_from(IDS), max_size=3, unique=True).map(tuple)
DUE = st.sampled_from(
    [
        domain.DueRule(kind="DEFAULT"),
        domain.DueRule(kind="DAYS", n=15, unit="working_days"),
        domain.DueRule(kind="BY_DATE"),
    ]
)
RECOMMENDATIONS = st.lists(
    st.builds(
        domain.Recommendation,
        recommendation_id=st.sampled_from(["RC-1", "RC-2", "RC-3"]),
        finding_ids=SOME_IDS,
        text=st.just("Khẩn trương khắc phục"),
        due=DUE,
    ),
    max_size=3,
).map(tuple)
NO_ACTION = st.lists(
    st.builds(
        domain.NoAction,
        finding_id=st.sampled_from(IDS),
        reason=st.just("Đã chấn chỉnh ngay"),
    ),
    max_size=2,
).map(tuple)


def verb(name, **arguments):
    return st.fixed_dictionaries(arguments).map(lambda a: (getattr(domain, name), a))


MOMENTS = st.datetimes(datetime(2023, 5, 1), datetime(2023, 8, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=HANOI)
)
MINUTES = st.one_of(
    verb(
        "sign_minutes",
        document_number=st.just("07/BB"),
        sha256=st.just(FILE),
        signed_by_unit_ref=st.none(),
        on=DAYS,
    ),
    verb(
        "refuse_minutes",
        document_number=st.just("07/BB"),
        reason=st.just("Không đồng ý"),
        witness_ref=st.just("p-05"),
        on=DAYS,
    ),
)
ASKED = st.one_of(
    verb("start_visit", at=st.just(ARRIVAL), site=st.none(), by=st.just("p-01")),
    verb("assess_content", assessment=st.just(PLAN_ON_TIME), by=st.just("p-02")),
    verb("raise_finding", finding=FINDINGS, on=DAYS, by=st.just("p-01")),
    verb("raise_finding", finding=SOUND, on=DAYS, by=st.just("p-01")),
    verb(
        "withdraw_finding",
        finding_id=st.sampled_from(IDS),
        reason=st.just("Nhầm đơn vị"),
        on=DAYS,
    ),
    verb(
        "rectify_on_site",
        finding_id=st.sampled_from(IDS),
        how=st.just("Đã bổ sung ngay"),
        evidence=st.lists(FILES, max_size=1).map(tuple),
        on=DAYS,
        by=st.just("p-01"),
    ),
    verb("complete_visit", points=st.just(())),
    MINUTES,
    verb("start_clock", ended_on=DAYS, calendar=st.just(CALENDAR)),
    verb(
        "issue_conclusion",
        document_number=st.sampled_from(["67/TB", "68/TB"]),
        recommendations=RECOMMENDATIONS,
        no_action=NO_ACTION,
        issued_on=st.none(),
        today=DAYS,
    ),
    verb("mark_overdue", at=MOMENTS),
)


@st.composite
def campaigns(draw):
    """Return steps that get somewhere, with anything asked in between."""
    found = draw(st.lists(st.sampled_from(IDS), max_size=3, unique=True))
    withdrawn = [f for f in found if draw(st.integers(0, 3)) == 0]
    dropped = [f for f in found if draw(st.integers(0, 2)) == 0]
    standing = [f for f in found if f not in withdrawn and f not in dropped]
    righted = [f for f in standing if draw(st.booleans())]
    asked = [f for f in standing if f not in righted or draw(st.booleans())]
    when = {"on": VISIT_DAY, "by": "p-01"}
    road = [
        (domain.start_visit, {"at": ARRIVAL, "site": None, "by": "p-01"}),
        (domain.assess_content, {"assessment": PLAN_ON_TIME, "by": "p-02"}),
        *(
            (domain.raise_finding, {"finding": replace(REVIEW, finding_id=f), **when})
            for f in found
        ),
        *(
            (domain.rectify_on_site, {"finding_id": f, **RIGHT, **when})
            for f in righted
        ),
        *(
            (
                domain.withdraw_finding,
                {"finding_id": f, "reason": "Nhầm đơn vị", "on": VISIT_DAY},
            )
            for f in withdrawn
        ),
        (domain.complete_visit, {"points": ()}),
        draw(MINUTES),
        draw(verb("start_clock", ended_on=DAYS, calendar=st.just(CALENDAR))),
        draw(verb("mark_overdue", at=MOMENTS)),
        draw(
            verb(
                "issue_conclusion",
                document_number=st.just("67/TB"),
                recommendations=st.just(tuple(map(remedy, asked))),
                no_action=st.just(tuple(map(drop, set(dropped) - set(withdrawn)))),
                issued_on=st.none(),
                today=DAYS,
            )
        ),
        draw(verb("mark_overdue", at=MOMENTS)),
    ]
    for step in draw(st.lists(ASKED, max_size=6)):
        road.insert(draw(st.integers(0, len(road))), step)
    return road


def remedy(finding_id):
    return domain.Recommendation(
        recommendation_id=f"RC-{finding_id}",
        finding_ids=(finding_id,),
        text="Khẩn trương khắc phục",
        due=domain.DueRule(kind="DEFAULT"),
    )


def drop(finding_id):
    return domain.NoAction(finding_id=finding_id, reason="Đã chấn chỉnh ngay")


LIVES = st.one_of(st.lists(ASKED, max_size=25), campaigns())


def live(steps):
    """Return all events of an inspection of which *steps* were asked."""
    events = domain.plan(domain.Inspection(), inspection_id="I-2023-HN-07", terms=TERMS)
    for step, arguments in steps:
        try:
            events += step(INSPECTION.fold(events), **arguments)
        except domain.InspectionRefused:
            continue
    return events


def before(events, kind):
    """Return each event of *kind*, with the state it was decided on."""
    return [
        (INSPECTION.fold(events[:n]), event)
        for n, event in enumerate(events)
        if isinstance(event, kind)
    ]


@given(LIVES)
def test_no_finding_without_evidence_and_a_basis(steps):
    for _, raised in before(live(steps), domain.FindingRaised):
        assert raised.finding.evidence
        assert all(piece.sha256 == FILE for piece in raised.finding.evidence)
        assert any(basis.strip() for basis in raised.finding.legal_basis)


@given(LIVES)
def test_a_conclusion_only_after_minutes_signed_or_refused(steps):
    events = live(steps)
    minutes = (domain.MinutesSigned, domain.MinutesRefused)

    for state, concluded in before(events, domain.ConclusionIssued):
        written = [e for e in events[: events.index(concluded)] if type(e) in minutes]
        assert written == [state.minutes]
        assert state.clock.ended_on <= concluded.issued_on


@given(LIVES)
def test_every_concluded_finding_is_answered_and_no_withdrawn_one_is(steps):
    events = live(steps)

    for n, concluded in enumerate(events):
        if not isinstance(concluded, domain.ConclusionIssued):
            continue
        past = events[:n]
        raised = {e.finding.finding_id for e in past if type(e) is domain.FindingRaised}
        gone = {e.finding_id for e in past if type(e) is domain.FindingWithdrawn}
        asked = {f for r in concluded.recommendations for f in r.finding_ids}
        dropped = {dropped.finding_id for dropped in concluded.no_action}
        kind = domain.FindingRectifiedOnSite
        right = {e.finding_id for e in past if type(e) is kind} - gone

        assert set(concluded.findings) == raised - gone
        assert asked | dropped | right == raised - gone
        assert set(concluded.rectified) == right
        assert not asked & dropped


@given(LIVES)
def test_refused_minutes_count_as_minutes(steps):
    for state, refused in before(live(steps), domain.MinutesRefused):
        after = INSPECTION.evolve(state, refused)
        assert after.status is domain.Status.MINUTES_SIGNED
        assert refused.reason
        assert refused.witness_ref


@given(LIVES)
def test_a_conclusion_is_overdue_at_most_once_and_never_early(steps):
    events = [domain.plan(domain.Inspection(), inspection_id="I", terms=TERMS)[0]]
    for step, arguments in steps:
        try:
            new = step(INSPECTION.fold(events), **arguments)
        except domain.InspectionRefused:
            continue
        for event in new:
            if isinstance(event, domain.ConclusionOverdue):
                assert arguments["at"].date() > event.effective_due_on
                assert INSPECTION.fold(events).concluded is None
        events += new

    kinds = [type(event) for event in events]
    assert kinds.count(domain.ConclusionOverdue) <= 1
    assert kinds.count(domain.ConclusionIssued) <= 1
    assert kinds.count(domain.ConclusionClockStarted) <= 1


@given(LIVES)
def test_what_is_asked_again_at_once_is_ignored(steps):
    events = domain.plan(domain.Inspection(), inspection_id="I", terms=TERMS)
    for step, arguments in steps:
        try:
            events += step(INSPECTION.fold(events), **arguments)
        except domain.InspectionRefused:
            continue
        assert step(INSPECTION.fold(events), **arguments) == []


@given(DAYS, st.integers(0, 60))
def test_the_clock_gives_fifteen_working_days(ended_on, more):
    state = INSPECTION.fold(live([]))
    [clock] = domain.start_clock(state, ended_on=ended_on, calendar=CALENDAR)
    counted = [
        day
        for n in range(1, 60)
        if CALENDAR.is_working_day(day := ended_on + timedelta(days=n))
    ]

    assert clock.effective_due_on == counted[14]
    late = domain.overdue_moment(clock.overdue_from) + timedelta(hours=more)
    ticking = INSPECTION.evolve(state, clock)
    assert len(domain.mark_overdue(ticking, at=late)) == 1


@given(st.permutations(ROUND_PLANNED.inspection_ids), st.integers(0, 2))
def test_a_round_ends_only_once_all_its_units_were_visited(order, visited):
    events = [ROUND_PLANNED]
    for inspection_id in order[:visited]:
        events += domain.count_visit(
            ROUND.fold(events),
            round_id="R-2023-HN",
            inspection_id=inspection_id,
            visited_on=VISIT_DAY,
        )
    assert ends(events) == (visited == len(order))


def ends(events):
    try:
        domain.end_round(ROUND.fold(events), ended_on=None, today=ROUND_END)
    except domain.InspectionRefused:
        return False
    return True
