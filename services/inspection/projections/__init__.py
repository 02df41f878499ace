"""Events to rows, purely; the chassis writes them."""

from __future__ import annotations

from services.chassis.projector import Projection
from services.inspection import domain
from services.inspection.projections import (
    closing,
    conclusions,
    course,
    exchanges,
    folder,
    folder_tables,
    practices,
    rounds,
    succession,
    tables,
    timeline,
    visits,
)
from services.inspection.projections.versions import versioned

INSPECTIONS = Projection(
    name="inspections",
    tables=(
        tables.ROUNDS,
        tables.ROUND_UNITS,
        tables.ROUND_REQUESTS,
        tables.INSPECTIONS,
        tables.CONTENTS,
        tables.METRICS,
        tables.FINDINGS,
        tables.CARRIED_OVER,
        tables.POINTS,
        tables.MONITORING,
        tables.GUIDANCE,
        tables.EXPLANATIONS,
        tables.GOOD_PRACTICES,
        tables.CONCLUSIONS,
        *folder_tables.TABLES,
    ),
    own={
        **versioned(
            "inspections",
            "inspection_id",
            {
                domain.InspectionPlanned: visits.inspection_planned,
                domain.UnitNotified: visits.unit_notified,
                **course.OWN,
                **exchanges.OWN,
                **folder.OWN,
                **succession.OWN,
                **closing.OWN,
                domain.VisitStarted: visits.visit_started,
                domain.ContentAssessed: visits.content_assessed,
                domain.MetricRecorded: visits.metric_recorded,
                domain.CarriedOverItemAssessed: visits.carried_over_item_assessed,
                domain.FindingRaised: visits.finding_raised,
                domain.FindingWithdrawn: visits.finding_withdrawn,
                domain.PracticeNoted: visits.practice_noted,
                domain.MisconductReferred: visits.misconduct_referred,
                domain.VisitCompleted: visits.visit_completed,
                domain.MinutesSigned: visits.minutes_signed,
                domain.MinutesRefused: visits.minutes_refused,
                domain.ConclusionClockStarted: conclusions.clock_started,
                domain.ConclusionIssued: conclusions.conclusion_issued,
                domain.ConclusionOverdue: conclusions.conclusion_overdue,
            },
        ),
        **versioned(
            "rounds",
            "round_id",
            {
                domain.RoundPlanned: rounds.round_planned,
                domain.InspectionEnrolled: rounds.inspection_enrolled,
                domain.RoundDisclosed: rounds.round_disclosed,
                domain.VisitCounted: rounds.visit_counted,
                domain.ReportCounted: rounds.report_counted,
                domain.InspectionDropped: rounds.inspection_dropped,
                domain.RoundEnded: rounds.round_ended,
                domain.RoundRequestsIssued: rounds.requests_issued,
            },
        ),
        **practices.OWN,
        **folder.OTHERS,
    },
)
TIMELINE = Projection(
    name="timeline",
    tables=(tables.TIMELINE,),
    own=dict.fromkeys(
        (
            domain.InspectionPlanned,
            domain.UnitNotified,
            *course.OWN,
            *exchanges.OWN,
            *folder.OWN,
            *succession.OWN,
            *closing.OWN,
            domain.VisitStarted,
            domain.ContentAssessed,
            domain.MetricRecorded,
            domain.CarriedOverItemAssessed,
            domain.FindingRaised,
            domain.FindingWithdrawn,
            domain.PracticeNoted,
            domain.MisconductReferred,
            domain.VisitCompleted,
            domain.MinutesSigned,
            domain.MinutesRefused,
            domain.ConclusionClockStarted,
            domain.ConclusionIssued,
            domain.ConclusionOverdue,
        ),
        timeline.happened,
    ),
)
PROJECTIONS = (INSPECTIONS, TIMELINE, succession.KNOWN)
