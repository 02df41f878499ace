"""The state of one inspection, folded from its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from services.inspection.domain.events import (
    CarriedOverItemAssessed,
    ClosingEvent,
    ConclusionClockStarted,
    ConclusionEvent,
    ConclusionIssued,
    ConclusionOverdue,
    ContentAssessed,
    CourseEvent,
    ExchangeEvent,
    ExplanationSubmitted,
    FindingConfirmed,
    FindingEvent,
    FindingRaised,
    FindingWithdrawn,
    FolderEvent,
    GuidanceGiven,
    InspectionCancelled,
    InspectionClosed,
    InspectionEvent,
    InspectionPlanned,
    InspectionPostponed,
    InspectionTransferred,
    MetricRecorded,
    MinutesRefused,
    MinutesSigned,
    MisconductReferred,
    MonitoringDataAttached,
    PointVisited,
    PracticeNoted,
    RecordEvent,
    RemedyReopened,
    RemedySettled,
    SuccessionEvent,
    TransferDecisionRequired,
    UnitNotified,
    UnitReportReceived,
    VisitCompleted,
    VisitEvent,
    VisitRefused,
    VisitStarted,
)
from services.inspection.domain.events.closing import Settled
from services.inspection.domain.folder import Folder, evolve_folder
from services.inspection.domain.refusals import InspectionRefused, InspectionUnknown
from services.inspection.domain.values import Assessment, CarriedOver, Metric


class Status(Enum):
    """How far an inspection is."""

    UNKNOWN = "unknown"
    PLANNED = "planned"
    NOTIFIED = "notified"
    POSTPONED = "postponed"
    REPORT_RECEIVED = "report_received"
    IN_PROGRESS = "in_progress"
    VISIT_COMPLETED = "visit_completed"
    MINUTES_SIGNED = "minutes_signed"
    CONCLUDED = "concluded"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What decisions about an inspection need to know, and no more."""

    status: Status = Status.UNKNOWN
    planned: InspectionPlanned | None = None  # with the unit that it is about now
    ordered: InspectionPlanned | None = None  # as it was ordered
    undecided: TransferDecisionRequired | None = None
    notified: UnitNotified | None = None
    started: VisitStarted | None = None
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    carried_over: Mapping[str, CarriedOver] = field(default_factory=dict)
    findings: Mapping[str, FindingRaised] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    practices: frozenset[str] = frozenset()
    referred: frozenset[tuple[str, str]] = frozenset()
    completed: VisitCompleted | None = None
    minutes: MinutesSigned | MinutesRefused | None = None
    clock: ConclusionClockStarted | None = None
    concluded: ConclusionIssued | None = None
    overdue: bool = False
    inspectors: frozenset[str] = frozenset()
    postponed: InspectionPostponed | None = None
    cancelled: InspectionCancelled | None = None
    refusals: frozenset[tuple[date, str]] = frozenset()
    points: tuple[str, ...] = ()
    report: UnitReportReceived | None = None
    monitoring: Mapping[str, MonitoringDataAttached] = field(default_factory=dict)
    guidance: Mapping[str, GuidanceGiven] = field(default_factory=dict)
    explanations: Mapping[str, ExplanationSubmitted] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    folder: Folder = field(default_factory=Folder)
    settled: Mapping[str, Settled] = field(default_factory=dict)

    @property
    def planned_on(self) -> date | None:
        """Return the day that is planned now."""
        if self.postponed is not None:
            return self.postponed.planned_on
        return self.planned.terms.planned_on if self.planned else None

    @property
    def open_findings(self) -> tuple[str, ...]:
        """Return the findings that stand, in order of their raising."""
        return tuple(f for f in self.findings if f not in self.withdrawn)


def evolve(inspection: Inspection, event: InspectionEvent) -> Inspection:
    """Fold one event in. Never refuses: it already happened."""
    if isinstance(event, FolderEvent):
        return replace(inspection, folder=evolve_folder(inspection.folder, event))
    match event:
        case (
            InspectionPlanned()
            | UnitNotified()
            | VisitStarted()
            | VisitCompleted()
            | MinutesSigned()
            | MinutesRefused()
            | PracticeNoted()
        ):
            return _visited(inspection, event)
        case (
            InspectionPostponed()
            | InspectionCancelled()
            | VisitRefused()
            | PointVisited()
            | InspectionTransferred()
            | TransferDecisionRequired()
        ):
            return _kept(inspection, event)
        case (
            UnitReportReceived()
            | MonitoringDataAttached()
            | GuidanceGiven()
            | ExplanationSubmitted()
            | FindingConfirmed()
        ):
            return _exchanged(inspection, event)
        case (
            ConclusionClockStarted()
            | ConclusionIssued()
            | ConclusionOverdue()
            | RemedySettled()
            | RemedyReopened()
            | InspectionClosed()
        ):
            return _concluded(inspection, event)
        case (
            ContentAssessed()
            | MetricRecorded()
            | CarriedOverItemAssessed()
            | FindingRaised()
            | FindingWithdrawn()
            | MisconductReferred()
        ):
            return _recorded(inspection, event)


def _visited(inspection: Inspection, event: VisitEvent) -> Inspection:
    match event:
        case InspectionPlanned():
            planned = replace(inspection, status=Status.PLANNED, planned=event)
            return replace(planned, ordered=event)
        case UnitNotified():
            return replace(inspection, status=Status.NOTIFIED, notified=event)
        case VisitStarted():
            started = replace(inspection, status=Status.IN_PROGRESS, started=event)
            return _seen(started, event.by)
        case VisitCompleted():
            return replace(inspection, status=Status.VISIT_COMPLETED, completed=event)
        case MinutesSigned() | MinutesRefused():
            return replace(inspection, status=Status.MINUTES_SIGNED, minutes=event)
        case PracticeNoted(practice_id=practice_id):
            return replace(inspection, practices=inspection.practices | {practice_id})


def _succeeded(inspection: Inspection, event: SuccessionEvent) -> Inspection:
    if isinstance(event, TransferDecisionRequired):
        return replace(inspection, undecided=event)
    planned = known(inspection)
    terms = replace(
        planned.terms, agency_id=event.agency_id, agency_name=event.agency_name
    )
    return replace(inspection, planned=replace(planned, terms=terms), undecided=None)


def _recorded(inspection: Inspection, event: RecordEvent | FindingEvent) -> Inspection:
    match event:
        case ContentAssessed(assessment=assessment):
            assessments = {**inspection.assessments, assessment.item: assessment}
            return _seen(replace(inspection, assessments=assessments), event.by)
        case MetricRecorded(metric=metric):
            metrics = {**inspection.metrics, metric.code: metric}
            return replace(inspection, metrics=metrics)
        case CarriedOverItemAssessed(item=item):
            carried_over = {**inspection.carried_over, item.item_ref: item}
            return replace(inspection, carried_over=carried_over)
        case FindingRaised(finding=finding):
            findings = {**inspection.findings, finding.finding_id: event}
            return _seen(replace(inspection, findings=findings), event.by)
        case FindingWithdrawn(finding_id=finding_id):
            return replace(inspection, withdrawn=inspection.withdrawn | {finding_id})
        case MisconductReferred():
            referral = (event.to_authority, event.reference)
            return replace(inspection, referred=inspection.referred | {referral})


def _kept(inspection: Inspection, event: CourseEvent | SuccessionEvent) -> Inspection:
    match event:
        case InspectionTransferred() | TransferDecisionRequired():
            return _succeeded(inspection, event)
        case InspectionPostponed():
            return replace(inspection, status=Status.POSTPONED, postponed=event)
        case InspectionCancelled():
            return replace(inspection, status=Status.CANCELLED, cancelled=event)
        case VisitRefused():
            refused = (event.refused_at.date(), event.reason)
            return replace(inspection, refusals=inspection.refusals | {refused})
        case PointVisited(point=point):
            seen = replace(inspection, points=(*inspection.points, point))
            return _seen(seen, event.by)


def _exchanged(inspection: Inspection, event: ExchangeEvent) -> Inspection:
    match event:
        case UnitReportReceived():
            waited = event.before_visit
            status = Status.REPORT_RECEIVED if waited else inspection.status
            return replace(inspection, status=status, report=event)
        case MonitoringDataAttached(reference=name):
            monitoring = {**inspection.monitoring, name: event}
            return replace(inspection, monitoring=monitoring)
        case GuidanceGiven(guidance_id=name):
            guidance = {**inspection.guidance, name: event}
            return _seen(replace(inspection, guidance=guidance), event.by)
        case ExplanationSubmitted(explanation_id=name):
            explanations = {**inspection.explanations, name: event}
            return replace(inspection, explanations=explanations)
        case FindingConfirmed(finding_id=finding_id):
            return replace(inspection, confirmed=inspection.confirmed | {finding_id})


def _concluded(
    inspection: Inspection, event: ConclusionEvent | ClosingEvent
) -> Inspection:
    match event:
        case ConclusionClockStarted():
            return replace(inspection, clock=event)
        case ConclusionIssued():
            return replace(inspection, status=Status.CONCLUDED, concluded=event)
        case ConclusionOverdue():
            return replace(inspection, overdue=True)
        case RemedySettled(recommendation_id=case, settled_as=how):
            return replace(inspection, settled={**inspection.settled, case: how})
        case RemedyReopened(recommendation_id=case):
            left = {k: v for k, v in inspection.settled.items() if k != case}
            return replace(inspection, status=Status.CONCLUDED, settled=left)
        case InspectionClosed():
            return replace(inspection, status=Status.CLOSED)


def _seen(inspection: Inspection, by: str | None) -> Inspection:
    """Remember who inspected: they do not verify the remedy."""
    return (
        replace(inspection, inspectors=inspection.inspectors | {by})
        if by
        else inspection
    )


def known(inspection: Inspection) -> InspectionPlanned:
    """Return what was ordered.

    Raises:
        InspectionUnknown: Nothing was.
    """
    if inspection.planned is None:
        raise InspectionUnknown("unknown-inspection", "no such inspection was ordered")
    return inspection.planned


def impartial(inspection: Inspection, *, agency_id: str | None) -> None:
    """Let nobody inspect their own agency.

    Raises:
        InspectionRefused: The officer belongs to the inspected unit.
    """
    planned = inspection.planned
    if planned is not None and planned.terms.agency_id == agency_id:
        raise InspectionRefused(
            "officer-inspects-own-agency", f"{agency_id} is the unit that is inspected"
        )


def undisclosed(inspection: Inspection) -> bool:
    """Say whether the unit does not know of it: unannounced, and nobody there yet."""
    planned = inspection.planned
    return (
        planned is not None and planned.terms.unannounced and inspection.started is None
    )


def disclosed_to(inspection: Inspection, *, agency_id: str | None) -> None:
    """Let nobody learn of an unannounced inspection before the team arrives.

    Raises:
        InspectionUnknown: It is not theirs to know of; said as if there were none.
    """
    planned = inspection.planned
    if planned is None or agency_id is None or not undisclosed(inspection):
        return
    if agency_id not in planned.terms.readers:
        known(Inspection())


def going_on(inspection: Inspection) -> InspectionPlanned:
    """Return what was ordered, unless it was called off.

    Raises:
        InspectionRefused: It was cancelled.
    """
    planned = known(inspection)
    if inspection.cancelled is not None:
        raise InspectionRefused("inspection-cancelled", "it was called off")
    return planned


def begun(inspection: Inspection) -> InspectionPlanned:
    """Return what was ordered, once there is something to inspect.

    Raises:
        InspectionRefused: No team has arrived; for a desk inspection, no report has.
    """
    planned = going_on(inspection)
    if planned.terms.desk:
        if inspection.report is None:
            raise InspectionRefused("report-not-received", "there is no report yet")
    elif inspection.started is None:
        raise InspectionRefused("visit-not-started", "the visit has not started")
    return planned


def arrived(inspection: Inspection) -> VisitStarted:
    """Return how the visit started.

    Raises:
        InspectionRefused: It has not, or nobody ever visits.
    """
    if going_on(inspection).terms.desk:
        raise InspectionRefused("desk-inspection-has-no-visit", "nobody goes there")
    if inspection.started is None:
        raise InspectionRefused("visit-not-started", "the visit has not started")
    return inspection.started


def visiting(inspection: Inspection) -> InspectionPlanned:
    """Return what was ordered, while the team is at the unit, or at its report.

    Raises:
        InspectionRefused: It has not arrived, or has left, or has concluded.
    """
    planned = begun(inspection)
    if inspection.completed is not None:
        raise InspectionRefused("visit-completed", "the visit is over")
    if inspection.concluded is not None:
        raise InspectionRefused("already-concluded", "the conclusion is out")
    return planned
