"""The kinds of stream that planning keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, get_args

from services.chassis.context import HANOI
from services.chassis.deciding import Aggregate
from services.chassis.journal import Deadline
from services.planning import domain
from services.planning.domain import plan

Awaited = plan.TargetAdded | plan.TargetRescheduled | plan.UnplannedTargetAdded

TEAM_MANDATE = "planning.team-mandate"


def _mandate(decision: domain.Decision) -> Sequence[Deadline]:
    """Wait for the day after the mandate's last one, if it has one."""
    stop = Deadline(kind=TEAM_MANDATE, at=None)
    if decision.until is None:
        return (stop,)
    after = decision.until + timedelta(days=1)
    return (stop, Deadline(kind=TEAM_MANDATE, at=_midnight(after)))


AGENCY = Aggregate(
    category="agency",
    initial=domain.Agency,
    evolve=domain.evolve_agency,
    events=get_args(domain.AgencyEvent),
)


COVERAGE_CHECK = "planning.coverage-check"
WINDOW_MISSED = "planning.window-missed"
NOTICE_OVERDUE = "planning.notice-overdue"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=HANOI)


def _missed(window: domain.Window) -> Deadline:
    return Deadline(kind=WINDOW_MISSED, at=_midnight(window.missed_from))


def _promised(issued: domain.PlanIssued) -> Sequence[Deadline]:
    """Wait for what an issued plan promises: its windows, its quotas, its sending."""
    windows = {target.window.missed_from: target.window for target in issued.targets}
    armed = [_missed(windows[day]) for day in sorted(windows)]
    if issued.coverage_check_on is not None:
        at = _midnight(issued.coverage_check_on)
        armed.append(Deadline(kind=COVERAGE_CHECK, at=at))
    if issued.notice_due is not None:
        at = _midnight(issued.notice_due.overdue_from)
        armed.append(Deadline(kind=NOTICE_OVERDUE, at=at))
    return armed


def _awaited(event: Awaited) -> Sequence[Deadline]:
    return (_missed(event.window),)


def _over(_: Any) -> Sequence[Deadline]:
    """Stop waiting: the plan is completed, or called off."""
    kinds = (COVERAGE_CHECK, WINDOW_MISSED, NOTICE_OVERDUE)
    return [Deadline(kind=kind, at=None) for kind in kinds]


PLAN = Aggregate(
    category="plan",
    initial=domain.Plan,
    evolve=domain.evolve_plan,
    events=get_args(domain.PlanEvent),
    deadlines={
        domain.PlanIssued: _promised,
        plan.TargetAdded: _awaited,
        plan.TargetRescheduled: _awaited,
        plan.UnplannedTargetAdded: _awaited,
        plan.PlanNotified: lambda _: (Deadline(kind=NOTICE_OVERDUE, at=None),),
        plan.PlanCompleted: _over,
        plan.PlanCancelled: _over,
    },
)


TEAM = Aggregate(
    category="team",
    initial=domain.Team,
    evolve=domain.evolve_team,
    events=get_args(domain.TeamEvent),
    ordered_by=lambda established: established.plan_id,
    deadlines={
        domain.TeamEstablished: _mandate,
        domain.TeamRecomposed: _mandate,
        domain.TeamDissolved: lambda _: (Deadline(kind=TEAM_MANDATE, at=None),),
    },
)
