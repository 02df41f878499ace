"""Invariants of basis and mode, whatever is asked, in whatever order."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.testing import given as scenario
from services.inspection import domain
from services.inspection.handlers import INSPECTION
from services.inspection.publishing import publish
from tests.inspection.examples import (
    ARRIVAL,
    CALENDAR,
    FILE,
    PLAN_ON_TIME,
    REVIEW,
    TERMS,
)
from tests.inspection.examples_course import DATA, ORDER, ORDERED

DAYS = st.dates(date(2023, 5, 1), date(2023, 7, 31))
AFTER = ARRIVAL.date()


def verb(name, **arguments):
    step = st.fixed_dictionaries(arguments).map(lambda a: (getattr(domain, name), a))
    return name, step


def just(name, **arguments):
    return verb(name, **{it: st.just(value) for it, value in arguments.items()})


STEPS = (
    verb("notify_unit", outline=st.none(), on=DAYS, calendar=st.just(CALENDAR)),
    just("start_visit", at=ARRIVAL, site=None, by="p-01"),
    just("assess_content", assessment=PLAN_ON_TIME, by="p-02"),
    just("raise_finding", finding=REVIEW, on=AFTER, by="p-01"),
    just("complete_visit", points=()),
    just(
        "sign_minutes",
        document_number="07/BB",
        sha256=FILE,
        signed_by_unit_ref=None,
        on=AFTER,
    ),
    verb(
        "receive_report",
        document_number=st.just("45/BC"),
        sha256=st.just(FILE),
        received_on=st.none(),
        today=DAYS,
        calendar=st.just(CALENDAR),
    ),
    just(
        "attach_monitoring_data",
        source_system="766",
        data=DATA,
        period=None,
        summary=None,
        on=AFTER,
    ),
    verb(
        "postpone",
        reason=st.just("RAIN"),
        planned_on=DAYS,
        remark=st.none(),
        on=DAYS,
    ),
    verb("cancel", reason=st.just("Đủ kết quả"), on=DAYS),
    just("refuse_visit", reason="Cổng khóa", witness_ref=None, at=ARRIVAL, by="p-01"),
    just(
        "explain",
        explanation_id="GT-1",
        finding_ids=(),
        text="Đã rõ",
        evidence=(),
        document_number=None,
        on=AFTER,
    ),
    verb("start_clock", ended_on=DAYS, calendar=st.just(CALENDAR)),
    verb(
        "issue_conclusion",
        document_number=st.just("67/TB"),
        recommendations=st.just(()),
        no_action=st.sampled_from(
            [(), (domain.NoAction(finding_id="F-07-1", reason="Đã chấn chỉnh"),)]
        ),
        issued_on=st.none(),
        today=DAYS,
        explanation_waived=st.booleans(),
    ),
)
NAMED = dict(STEPS)
ASKED = st.one_of(*NAMED.values())
ROAD = {
    "DIRECT": (
        "start_visit assess_content complete_visit sign_minutes start_clock"
        " issue_conclusion"
    ),
    "INDIRECT": (
        "receive_report attach_monitoring_data assess_content start_clock"
        " issue_conclusion"
    ),
}
TERMS_OF = st.builds(
    replace,
    st.just(TERMS),
    mode=st.sampled_from(["DIRECT", "INDIRECT"]),
    visit_policy=st.builds(
        domain.VisitPolicy, explanation_working_days=st.sampled_from([0, 3])
    ),
)
UNANNOUNCED = st.just(ORDERED.terms)


@st.composite
def lives(draw, terms=TERMS_OF):
    """Return all events of an inspection of which much was asked in any order."""
    on = draw(terms)
    events = domain.plan(domain.Inspection(), inspection_id="I-7", terms=on)
    steps = [draw(NAMED[name]) for name in ROAD[on.mode].split()]
    for step in draw(st.lists(ASKED, max_size=8)):
        steps.insert(draw(st.integers(0, len(steps))), step)
    for step, arguments in steps:
        try:
            events += step(INSPECTION.fold(events), **arguments)
        except domain.InspectionRefused:
            continue
    return events


def before(events, kind):
    return [events[:n] for n, event in enumerate(events) if isinstance(event, kind)]


def has(events, *kinds):
    return any(isinstance(event, kinds) for event in events)


@given(lives())
def test_a_conclusion_only_after_minutes_or_at_the_desk_a_report(events):
    for past in before(events, domain.ConclusionIssued):
        if events[0].terms.mode == "DIRECT":
            assert has(past, domain.MinutesSigned, domain.MinutesRefused)
        else:
            assert has(past, domain.UnitReportReceived)
            assert has(past, domain.MonitoringDataAttached)


@given(lives())
def test_at_the_desk_there_is_no_visit(events):
    visit = (domain.VisitStarted, domain.VisitCompleted, domain.MinutesSigned)

    assert events[0].terms.mode == "DIRECT" or not has(events, *visit)


@given(lives(UNANNOUNCED))
def test_nothing_of_an_unannounced_inspection_is_told_before_arrival(events):
    started = next(
        (n for n, it in enumerate(events) if isinstance(it, domain.VisitStarted)),
        len(events),
    )

    for event in events[:started]:
        assert not isinstance(event, domain.UnitNotified | domain.UnitReportReceived)
        assert {told.VISIBILITY for told in publish(event)} <= {"internal"}
    assert not has(events, domain.UnitNotified)


@given(lives())
def test_nothing_happens_once_it_was_called_off(events):
    for past in before(events, domain.InspectionCancelled):
        later = events[len(past) + 1 :]
        assert not has(later, domain.VisitStarted, domain.ConclusionIssued)


@given(lives())
def test_the_unit_is_heard_out_or_it_is_said_that_it_was_not(events):
    for past in before(events, domain.ConclusionIssued):
        concluded, state = events[len(past)], INSPECTION.fold(past)
        until = state.clock.explanation_until
        assert (
            until is None
            or concluded.issued_on > until
            or has(past, domain.ExplanationSubmitted)
            or concluded.explanation_waived
        )


@pytest.mark.seed("0.16", "1.10")
@given(
    st.sampled_from(
        [None, replace(ORDER, reason=" "), replace(ORDER, reason=""), ORDER]
    )
)
def test_unannounced_needs_an_order_and_its_reason(order):
    asked = scenario(INSPECTION).when(
        domain.plan,
        inspection_id="I-2023-HN-07",
        terms=replace(ORDERED.terms, order=order),
    )

    if order == ORDER:
        asked.then(ORDERED)
    else:
        asked.then_refused("unannounced-without-order")
