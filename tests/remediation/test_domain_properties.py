"""Invariants of a case, whatever is done with it and when."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given

from services.remediation import domain
from services.remediation.domain.deadlines import in_order
from services.remediation.handlers import CASE
from tests.remediation.playing import START, decide, lives, opened

FOR_EVER = START + timedelta(days=3650)
REDATED = (
    domain.DeadlineExtended,
    domain.DeadlineRecalculated,
    domain.RemediationReopened,
)
FALLEN = (
    domain.RemediationReminded,
    domain.RemediationOverdue,
    domain.RemediationEscalated,
)


def play(life):
    """Return all that happens in a life, with its moment."""
    rule, moves = life
    told = [(START, opened(rule))]

    def case():
        return CASE.fold(event for _, event in told)

    def fall(by):
        for rung in domain.fallen(case(), by=by):
            told.extend((rung.at, e) for e in domain.answer(case(), rung=rung))

    for move in moves:
        fall(move.at)
        told.extend((move.at, event) for event in decide(case(), move))
    fall(FOR_EVER)
    return told


def begins_anew(event):
    """Say whether a new date begins, or what was missed was taken back."""
    return isinstance(event, REDATED) or bool(getattr(event, "in_time", False))


def by_date(told):
    """Return what fell due for each due date, one after the other."""
    dates = [[]]
    for at, event in told:
        if begins_anew(event):
            dates.append([])
        elif isinstance(event, FALLEN):
            level = getattr(event, "level", 0)
            dates[-1].append((type(event), level, at, event.terms))
    return dates


@given(lives())
def test_each_rung_falls_once_for_each_due_date(life):
    for fallen in by_date(play(life)):
        names = [(kind, level) for kind, level, *_ in fallen]
        assert len(names) == len(set(names))


@given(lives())
def test_no_rung_falls_before_its_date(life):
    for fallen in by_date(play(life)):
        for kind, level, at, terms in fallen:
            day = at.astimezone(domain.HANOI).date()
            if kind is domain.RemediationReminded:
                assert day >= terms.reminder_on
            elif kind is domain.RemediationOverdue:
                assert day >= terms.overdue_from
            else:
                assert day >= terms.escalations[level - 1]


@given(lives())
def test_a_ladder_is_climbed_from_below(life):
    rank = {kind: n for n, kind in enumerate(FALLEN)}

    for fallen in by_date(play(life)):
        climbed = [(rank[kind], level) for kind, level, *_ in fallen]
        assert climbed == sorted(climbed)


@given(lives())
def test_nobody_above_is_told_before_the_unit_is_overdue(life):
    case = domain.Case()
    for _, event in play(life):
        if isinstance(event, domain.RemediationEscalated):
            assert (domain.Step.OVERDUE, 0) in case.passed
        case = domain.evolve(case, event)


@given(lives())
def test_a_case_is_closed_only_by_verification_of_a_report(life):
    events = [event for _, event in play(life)]

    for before, event in pairwise(events):
        if isinstance(event, domain.RemediationClosed):
            assert isinstance(before, domain.RemediationVerified)
            state = CASE.fold(events[: events.index(before)])
            assert state.waiting is not None
            assert state.waiting.agency_id != before.verifier_agency


@given(lives())
def test_nothing_falls_due_after_closing_or_while_a_report_waits(life):
    case = domain.Case()
    for _, event in play(life):
        if isinstance(event, FALLEN):
            assert not case.closed
            assert case.waiting is None
        case = domain.evolve(case, event)


@given(lives())
def test_only_an_extension_or_a_recalculation_moves_the_date_and_both_are_kept(life):
    """Reports, rejections and reminders are edits: none resets the clock (T8).

    A case that had ended begins again on a date of its own.
    """
    case = domain.Case()
    for _, event in play(life):
        before, case = case, domain.evolve(case, event)
        if isinstance(event, domain.DeadlineExtended):
            assert event.previous == before.terms
            assert event.terms.effective_due_on > before.terms.effective_due_on
        elif isinstance(event, domain.DeadlineRecalculated):
            assert event.previous == before.terms
            assert event.terms.due_rule == before.terms.due_rule
        elif isinstance(event, domain.RemediationReopened):
            assert before.closed
        elif before.terms is not None:
            assert case.terms == before.terms


@given(lives())
def test_the_effective_date_is_never_before_the_nominal_one(life):
    for _, event in play(life):
        terms = getattr(event, "terms", None)
        if terms is not None:
            assert terms.due_on <= terms.effective_due_on < terms.overdue_from
            assert all(day > terms.overdue_from for day in terms.escalations)


@given(lives())
def test_what_was_overdue_under_its_last_date_is_closed_late(life):
    case = domain.Case()
    for _, event in play(life):
        if isinstance(event, domain.RemediationClosed):
            if (domain.Step.OVERDUE, 0) in case.passed:
                assert event.late
            if not event.late:
                day = case.waiting.reported_on
                assert day <= case.terms.effective_due_on
        case = domain.evolve(case, event)


@given(lives())
def test_however_often_it_was_reopened_every_ending_stays_told(life):
    """As many endings as reopenings, and one more if it has ended (T17)."""
    events = [event for _, event in play(life)]
    endings = [
        event
        for event in events
        if isinstance(event, domain.RemediationClosed | domain.RemediationWaived)
    ]
    reopened = [e for e in events if isinstance(e, domain.RemediationReopened)]

    assert len(endings) == len(reopened) + CASE.fold(events).closed


@given(lives())
def test_the_rungs_of_an_event_stand_in_order(life):
    for _, event in play(life):
        rungs = getattr(event, "rungs", ())
        assert list(rungs) == sorted(rungs, key=in_order)
