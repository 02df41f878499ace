"""Events into the state of a plan. Never refuses: they already happened."""

from __future__ import annotations

from dataclasses import replace

from services.planning.domain.covering import Progress
from services.planning.domain.plan.amended import (
    AmendingEvent,
    PlanAmended,
    PlanCancelled,
    PlanNoticeOverdue,
    PlanNotified,
    TargetAdded,
    TargetRescheduled,
    TargetWithdrawn,
    UnplannedTargetAdded,
)
from services.planning.domain.plan.carried import (
    CarryingEvent,
    ItemCarriedIn,
    ShortcomingImported,
)
from services.planning.domain.plan.covered import (
    CoverageEvent,
    PlanCompleted,
    PlanCoverageMet,
    PlanCoverageShort,
    WindowMissed,
)
from services.planning.domain.plan.drafted import (
    DraftingEvent,
    PlanDrafted,
    PlanIssued,
    QuotaSet,
    UnitAdded,
    UnitsDrawn,
)
from services.planning.domain.plan.scheduled import (
    ConclusionCounted,
    ReportCounted,
    RoundScheduled,
    SchedulingEvent,
    VisitCalledOff,
    VisitCounted,
    VisitJoined,
    VisitOrdered,
    VisitRescheduled,
)
from services.planning.domain.plan.state import Plan, Status, Visit
from services.planning.domain.plan.succeeded import (
    PlanHandoverDecisionRequired,
    SucceedingEvent,
    TargetTransferred,
)
from services.planning.domain.plan.values import Target
from services.planning.domain.window import Window

PlanEvent = (
    DraftingEvent
    | SchedulingEvent
    | AmendingEvent
    | CoverageEvent
    | CarryingEvent
    | SucceedingEvent
)


def evolve(plan: Plan, event: PlanEvent) -> Plan:  # noqa: PLR0911 -- one per group
    """Fold one event into the plan. Never refuses: it already happened."""
    match event:
        case PlanDrafted() | QuotaSet() | UnitsDrawn() | UnitAdded() | PlanIssued():
            return _drafting(plan, event)
        case (
            RoundScheduled()
            | VisitOrdered()
            | VisitRescheduled()
            | VisitCalledOff()
            | VisitJoined()
            | VisitCounted()
            | ReportCounted()
            | ConclusionCounted()
        ):
            return _scheduling(plan, event)
        case WindowMissed() | PlanCoverageShort() | PlanCoverageMet() | PlanCompleted():
            return _coverage(plan, event)
        case ShortcomingImported() | ItemCarriedIn():
            return replace(plan, carried={**plan.carried, event.item_ref: event})
        case PlanNotified() | PlanNoticeOverdue() | PlanAmended() | PlanCancelled():
            return _amending(plan, event)
        case (
            TargetAdded()
            | TargetWithdrawn()
            | TargetRescheduled()
            | UnplannedTargetAdded()
        ):
            return _changing(plan, event)
        case TargetTransferred() | PlanHandoverDecisionRequired():
            return _succeeding(plan, event)


def _drafting(plan: Plan, event: DraftingEvent) -> Plan:
    match event:
        case PlanDrafted():
            return replace(plan, status=Status.DRAFT, draft=event)
        case QuotaSet():
            return replace(plan, quotas=(*plan.quotas, event))
        case UnitsDrawn():
            seal = event.quota.seed_sha256 or ""
            return replace(
                plan,
                drawn={**plan.drawn, seal: event.drawn},
                seeds={**plan.seeds, seal: event.seed},
            )
        case UnitAdded():
            return _target(plan, event)
        case PlanIssued():
            return replace(
                plan,
                status=Status.ISSUED,
                document_number=event.document_number,
                notice_due=event.notice_due,
            )


def _scheduling(plan: Plan, event: SchedulingEvent) -> Plan:
    match event:
        case RoundScheduled():
            return replace(plan, rounds={**plan.rounds, event.round_id: event})
        case VisitOrdered():
            return _visit(plan, event.inspection_id, _ordered(event))
        case VisitJoined():
            return _visit(plan, event.inspection_id, _joined(event))
        case VisitCalledOff(inspection_id=name):
            return _visit(plan, name, replace(plan.visits[name], withdrawn=True))
        case (
            VisitRescheduled() | VisitCounted() | ReportCounted() | ConclusionCounted()
        ):
            return _come(plan, event)


def _amending(
    plan: Plan, event: PlanNotified | PlanNoticeOverdue | PlanAmended | PlanCancelled
) -> Plan:
    match event:
        case PlanNotified():
            told = dict.fromkeys((*(plan.notified or ()), *event.recipients))
            return replace(plan, notified=tuple(told))
        case PlanNoticeOverdue():
            return replace(plan, notice_overdue=True)
        case PlanAmended():
            return _amended(plan, event)
        case PlanCancelled():
            return replace(plan, status=Status.CANCELLED)


def _changing(
    plan: Plan,
    event: TargetAdded | TargetWithdrawn | TargetRescheduled | UnplannedTargetAdded,
) -> Plan:
    match event:
        case TargetAdded():
            return _target(plan, event)
        case UnplannedTargetAdded():
            return _target(
                replace(plan, unplanned=plan.unplanned | {event.agency_id}), event
            )
        case TargetWithdrawn():
            return _withdrawn(plan, event.agency_id)
        case TargetRescheduled():
            return _moved(plan, event)


def _coverage(plan: Plan, event: CoverageEvent) -> Plan:
    match event:
        case WindowMissed():
            return replace(plan, missed=plan.missed | {(event.agency_id, event.window)})
        case PlanCoverageShort():
            return replace(plan, short=True)
        case PlanCoverageMet():
            return replace(plan, short=False)
        case PlanCompleted():
            return replace(plan, status=Status.COMPLETED)


def _succeeding(plan: Plan, event: SucceedingEvent) -> Plan:
    if isinstance(event, PlanHandoverDecisionRequired):
        return replace(plan, undecided={**plan.undecided, event.agency_id: event})
    old, new = event.agency_id, event.heir.agency_id
    heir = Target(
        agency_id=new,
        name=event.heir.name,
        kind=event.heir.kind,
        window=event.window,
        place=event.place,
    )
    targets = {k: v for k, v in plan.targets.items() if k != old}
    promised = {k: v for k, v in plan.promised.items() if k != old}
    if not event.joined:
        targets[new] = heir
        promised[new] = plan.promised.get(old, event.window)
    return replace(
        plan,
        targets=targets,
        promised=promised,
        unplanned=frozenset(new if u == old else u for u in plan.unplanned),
        visits={
            inspection_id: replace(visit, agency_id=new)
            if visit.agency_id == old
            else visit
            for inspection_id, visit in plan.visits.items()
        },
        transfers={**plan.transfers, old: new},
        undecided={k: v for k, v in plan.undecided.items() if k != old},
    )


def _target(plan: Plan, event: UnitAdded | TargetAdded | UnplannedTargetAdded) -> Plan:
    target = Target(
        agency_id=event.agency_id,
        name=event.name,
        kind=event.kind,
        window=event.window,
        place=event.place,
    )
    return replace(
        plan,
        targets={**plan.targets, event.agency_id: target},
        promised={**plan.promised, event.agency_id: event.window},
    )


def _amended(plan: Plan, event: PlanAmended) -> Plan:
    quotas = plan.quotas if event.quotas is None else event.quotas
    amendments = {**plan.amendments, event.document_number: event}
    return replace(plan, quotas=quotas, amendments=amendments)


def _withdrawn(plan: Plan, agency_id: str) -> Plan:
    """Take a target off; the visit that was ordered there no longer counts."""
    visits = {
        inspection_id: replace(visit, withdrawn=True)
        if visit.agency_id == agency_id
        else visit
        for inspection_id, visit in plan.visits.items()
    }
    return replace(
        plan,
        targets={k: v for k, v in plan.targets.items() if k != agency_id},
        visits=visits,
        unplanned=plan.unplanned - {agency_id},
    )


def _moved(plan: Plan, event: TargetRescheduled) -> Plan:
    target = replace(plan.targets[event.agency_id], window=event.window)
    promised: dict[str, Window] = dict(plan.promised)
    if event.document_number is not None:
        promised[event.agency_id] = event.window
    return replace(
        plan, targets={**plan.targets, event.agency_id: target}, promised=promised
    )


def _ordered(event: VisitOrdered) -> Visit:
    return Visit(
        agency_id=event.agency_id,
        round_id=event.round_id,
        progress=Progress(planned_on=event.planned_on, desk=event.mode == "INDIRECT"),
        asked_on=event.planned_on,
    )


def _joined(event: VisitJoined) -> Visit:
    return Visit(
        agency_id=event.agency_id,
        round_id=event.round_id,
        progress=Progress(planned_on=event.planned_on, desk=event.mode == "INDIRECT"),
        asked_on=event.planned_on,
    )


def _visit(plan: Plan, inspection_id: str, visit: Visit) -> Plan:
    return replace(plan, visits={**plan.visits, inspection_id: visit})


def _come(
    plan: Plan,
    event: VisitRescheduled | VisitCounted | ReportCounted | ConclusionCounted,
) -> Plan:
    """Note how far a visit has come; one that was called off took place after all."""
    visit = plan.visits[event.inspection_id]
    progress = _progress(visit.progress, event)
    withdrawn = visit.withdrawn and not progress.covered
    come = replace(visit, progress=progress, withdrawn=withdrawn)
    return _visit(plan, event.inspection_id, come)


def _progress(
    so_far: Progress,
    event: VisitRescheduled | VisitCounted | ReportCounted | ConclusionCounted,
) -> Progress:
    match event:
        case VisitRescheduled():
            return replace(so_far, planned_on=event.planned_on)
        case VisitCounted():
            return replace(so_far, visited_on=event.visited_on)
        case ReportCounted():
            return replace(so_far, reported_on=event.received_on)
        case ConclusionCounted():
            return replace(so_far, concluded_on=event.concluded_on)
