"""Changes of issued plans, and what they miss, to rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.chassis.projector import Change, Drop, Operation, Put, Seen
from services.planning import domain
from services.planning.domain import plan
from services.planning.projections.plan_rows import (
    plan_row,
    quota_row,
    target_key,
    target_row,
    transferred_row,
    window_row,
)
from services.planning.projections.plan_tables import PLAN_CHANGES

STEP = 1000  # more than the quotas of one amendment


def notified(seen: Seen) -> Sequence[Operation]:
    """Show when the plan was sent."""
    event: plan.PlanNotified = seen.event
    return [plan_row(seen, notified_on=event.notified_on, notice_late=event.late)]


def notice_overdue(seen: Seen) -> Sequence[Operation]:
    """Show that the plan was not sent in time."""
    return [plan_row(seen, notice_late=True)]


def amended(seen: Seen) -> Sequence[Operation]:
    """Show what document changed the plan, and the quotas that hold from now on."""
    event: plan.PlanAmended = seen.event
    values: dict[str, object] = {}
    quotas: list[Operation] = []
    if event.quotas is not None:
        first = seen.version * STEP
        values = {"quotas_from": first}
        quotas = [
            Put("plan_quotas", quota_row(set_, first + n))
            for n, set_ in enumerate(event.quotas)
        ]
    return [_changed(seen, "AMENDED"), *quotas, plan_row(seen, **values)]


def target_added(seen: Seen) -> Sequence[Operation]:
    """Show a unit that an amendment added."""
    event: plan.TargetAdded = seen.event
    target = Put("plan_targets", target_row(event))
    return [target, _changed(seen, "ADDED"), plan_row(seen)]


def target_withdrawn(seen: Seen) -> Sequence[Operation]:
    """Show a unit no more, and why."""
    event: plan.TargetWithdrawn = seen.event
    gone = Drop("plan_targets", target_key(event))
    return [gone, _changed(seen, "WITHDRAWN"), plan_row(seen)]


def target_rescheduled(seen: Seen) -> Sequence[Operation]:
    """Show the days that hold for a unit now."""
    event: plan.TargetRescheduled = seen.event
    values = {**window_row(event.window), "window_missed": False}
    moved = Change("plan_targets", target_key(event), values)
    said = (_said(event.before), _said(event.window))
    return [moved, _changed(seen, "RESCHEDULED", *said), plan_row(seen)]


def unplanned_added(seen: Seen) -> Sequence[Operation]:
    """Show a unit that is inspected beside those listed."""
    event: plan.UnplannedTargetAdded = seen.event
    target = Put("plan_targets", target_row(event))
    return [target, _changed(seen, "UNPLANNED"), plan_row(seen)]


def target_transferred(seen: Seen) -> Sequence[Operation]:
    """Show the successor where the unit stood; what was ordered goes with it."""
    event: plan.TargetTransferred = seen.event
    said = _changed(seen, "TRANSFERRED", event.agency_id, event.heir.agency_id)
    moved: list[Operation] = [Drop("plan_targets", target_key(event))]
    if not event.joined:
        moved.append(Put("plan_targets", transferred_row(event)))
    return [*moved, said, plan_row(seen)]


def handover_undecided(seen: Seen) -> Sequence[Operation]:
    """Show that somebody has to say whom the plan inspects instead."""
    event: plan.PlanHandoverDecisionRequired = seen.event
    waits = Change("plan_targets", target_key(event), {"undecided": True})
    return [waits, _changed(seen, "UNDECIDED"), plan_row(seen)]


def cancelled(seen: Seen) -> Sequence[Operation]:
    """Show that the plan was called off."""
    event: plan.PlanCancelled = seen.event
    values = {"state": "cancelled", "cancelled_on": event.cancelled_on}
    return [_changed(seen, "CANCELLED"), plan_row(seen, **values)]


def visit_rescheduled(seen: Seen) -> Sequence[Operation]:
    """Show the new day of a visit."""
    event: plan.VisitRescheduled = seen.event
    values = {"planned_on": event.planned_on}
    moved = Change("plan_targets", target_key(event), values)
    said = (event.before.isoformat(), event.planned_on.isoformat())
    return [moved, _changed(seen, "VISIT_RESCHEDULED", *said), plan_row(seen)]


def window_missed(seen: Seen) -> Sequence[Operation]:
    """Show that the days of a unit went by."""
    event: plan.WindowMissed = seen.event
    missed = Change("plan_targets", target_key(event), {"window_missed": True})
    return [missed, plan_row(seen)]


def coverage_short(seen: Seen) -> Sequence[Operation]:
    """Show how many units are missing."""
    event: plan.PlanCoverageShort = seen.event
    return [plan_row(seen, coverage_short_by=event.short_by)]


def coverage_met(seen: Seen) -> Sequence[Operation]:
    """Show that none is missing any more."""
    return [plan_row(seen, coverage_short_by=0)]


def shortcoming_imported(seen: Seen) -> Sequence[Operation]:
    """Show a shortcoming that is looked at again."""
    event: plan.ShortcomingImported = seen.event
    return _carried(seen, period=event.period, from_plan_id=None)


def item_carried_in(seen: Seen) -> Sequence[Operation]:
    """Show a case of an earlier plan that is looked at again."""
    event: plan.ItemCarriedIn = seen.event
    return _carried(seen, period=str(event.year), from_plan_id=event.from_plan_id)


def _carried(
    seen: Seen, *, period: str, from_plan_id: str | None
) -> Sequence[Operation]:
    event: plan.ShortcomingImported | plan.ItemCarriedIn = seen.event
    row = {
        "plan_id": event.plan_id,
        "item_ref": event.item_ref,
        "agency_id": event.agency_id,
        "text": event.text,
        "source": event.source,
        "period": period,
        "from_plan_id": from_plan_id,
    }
    return [Put("plan_shortcomings", row), plan_row(seen)]


def _changed(
    seen: Seen, change: str, before: str | None = None, after: str | None = None
) -> Put:
    event = seen.event
    names = ("agency_id", "inspection_id", "document_number", "reason")
    row = dict.fromkeys(PLAN_CHANGES.columns) | {
        "plan_id": event.plan_id,
        "ordinal": seen.version,
        "change": change,
        "before": before,
        "after": after,
        **{name: getattr(event, name, None) for name in names},
    }
    return Put("plan_changes", row)


def _said(window: domain.Window) -> str:
    return f"{window.start.isoformat()}/{window.end.isoformat()}"


OWN: Mapping[type[Any], Callable[[Seen], Sequence[Operation]]] = {
    plan.PlanNotified: notified,
    plan.PlanNoticeOverdue: notice_overdue,
    plan.PlanAmended: amended,
    plan.TargetAdded: target_added,
    plan.TargetWithdrawn: target_withdrawn,
    plan.TargetRescheduled: target_rescheduled,
    plan.UnplannedTargetAdded: unplanned_added,
    plan.PlanCancelled: cancelled,
    plan.TargetTransferred: target_transferred,
    plan.PlanHandoverDecisionRequired: handover_undecided,
    plan.VisitRescheduled: visit_rescheduled,
    plan.WindowMissed: window_missed,
    plan.PlanCoverageShort: coverage_short,
    plan.PlanCoverageMet: coverage_met,
    plan.ShortcomingImported: shortcoming_imported,
    plan.ItemCarriedIn: item_carried_in,
}
