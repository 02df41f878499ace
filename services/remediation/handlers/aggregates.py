"""The streams of remediation, and the ladder of deadlines that cases set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from services.chassis.deciding import Aggregate
from services.chassis.journal import Deadline
from services.remediation import domain

REMINDER = "remediation.reminder"
OVERDUE = "remediation.overdue"
ESCALATION = "remediation.escalation"
UPWARD_OVERDUE = "remediation.upward-overdue"
KINDS = {
    domain.Step.REMINDER: REMINDER,
    domain.Step.OVERDUE: OVERDUE,
    domain.Step.ESCALATION: ESCALATION,
}
STOPPED = tuple(Deadline(kind=kind, at=None) for kind in KINDS.values())
Arming = (
    domain.RecommendationIssued
    | domain.RemediationRejected
    | domain.RemediationReopened
    | domain.DeadlineExtended
    | domain.DeadlineRecalculated
)


def _stop(_: Any) -> Sequence[Deadline]:
    return STOPPED


def _arm(event: Arming) -> Sequence[Deadline]:
    """Put the ladder of the event in the place of the one before."""
    armed = [Deadline(kind=KINDS[rung.step], at=rung.at) for rung in event.rungs]
    return (*STOPPED, *armed)


def _answer_due(event: domain.UpwardRecommendationIssued) -> Sequence[Deadline]:
    if event.due is None:
        return ()
    return (Deadline(kind=UPWARD_OVERDUE, at=event.due.moment),)


def _answer_came(_: domain.UpwardRecommendationAnswered) -> Sequence[Deadline]:
    return (Deadline(kind=UPWARD_OVERDUE, at=None),)


CASE: Aggregate[domain.Case] = Aggregate(
    category="case",
    initial=domain.Case,
    evolve=domain.evolve,
    events=get_args(domain.CaseEvent),
    ordered_by=lambda issued: issued.inspection_id,
    one_story=lambda _: True,
    deadlines={
        **dict.fromkeys(get_args(Arming), _arm),
        domain.RemediationReported: _stop,
        domain.RemediationClosed: _stop,
        domain.RemediationWaived: _stop,
    },
)
DIRECTIVE: Aggregate[domain.Directive] = Aggregate(
    category="directive",
    initial=domain.Directive,
    evolve=domain.evolve_directive,
    events=get_args(domain.DirectiveEvent),
)
UPWARD: Aggregate[domain.Upward] = Aggregate(
    category="upward",
    initial=domain.Upward,
    evolve=domain.evolve_upward,
    events=get_args(domain.UpwardEvent),
    ordered_by=lambda issued: issued.inspection_id,
    one_story=lambda _: True,
    deadlines={
        domain.UpwardRecommendationIssued: _answer_due,
        domain.UpwardRecommendationAnswered: _answer_came,
    },
)
STANDING: Aggregate[domain.Standing] = Aggregate(
    category="standing",
    initial=domain.Standing,
    evolve=domain.evolve_standing,
    events=(domain.UnitEnded,),
)
CARRY_OVER: Aggregate[domain.Act] = Aggregate(
    category="carry-over",
    initial=domain.Act,
    evolve=domain.evolve_act,
    events=(domain.CarryOverDecided,),
)
RECALCULATION: Aggregate[domain.Act] = Aggregate(
    category="recalculation",
    initial=domain.Act,
    evolve=domain.evolve_act,
    events=(domain.RecalculationRun,),
)
