"""The kinds of streams, and the deadlines their events set."""

from __future__ import annotations

from typing import get_args

from services.chassis.deciding import Aggregate
from services.chassis.journal import Deadline
from services.inspection import domain

CONCLUSION_OVERDUE = "inspection.conclusion-overdue"
ANSWERED = (Deadline(kind=CONCLUSION_OVERDUE, at=None),)

INSPECTION = Aggregate(
    category="inspection",
    initial=domain.Inspection,
    evolve=domain.evolve,
    # An order goes on with the story of the signal that led to it.
    one_story=lambda planned: planned.terms.basis == "UNANNOUNCED",
    discreet=domain.undisclosed,
    events=(
        domain.InspectionPlanned,
        domain.UnitNotified,
        domain.InspectionPostponed,
        domain.InspectionCancelled,
        domain.VisitRefused,
        domain.UnitReportReceived,
        domain.MonitoringDataAttached,
        domain.ChecklistPinned,
        domain.VisitStarted,
        domain.PointVisited,
        domain.GuidanceGiven,
        domain.ExplanationSubmitted,
        domain.FindingConfirmed,
        domain.ItemAnswered,
        domain.ContentAssessed,
        domain.MetricRecorded,
        domain.CarriedOverItemAssessed,
        domain.FindingRaised,
        domain.FindingRectifiedOnSite,
        domain.FindingWithdrawn,
        domain.HeadAccountabilityDetermined,
        domain.DifficultyReported,
        domain.DifficultyAnswered,
        domain.PracticeNoted,
        domain.MisconductReferred,
        domain.VisitCompleted,
        domain.MinutesSigned,
        domain.MinutesRefused,
        domain.ConclusionClockStarted,
        domain.ConclusionIssued,
        domain.ConclusionOverdue,
        domain.InspectionTransferred,
        domain.TransferDecisionRequired,
        domain.RemedySettled,
        domain.RemedyReopened,
        domain.InspectionClosed,
    ),
    deadlines={
        domain.ConclusionClockStarted: lambda event: (
            Deadline(
                kind=CONCLUSION_OVERDUE, at=domain.overdue_moment(event.overdue_from)
            ),
        ),
        domain.ConclusionIssued: lambda _: ANSWERED,
        domain.ConclusionOverdue: lambda _: ANSWERED,
    },
)
STANDING = Aggregate(
    category="standing",
    initial=domain.Standing,
    evolve=domain.evolve_standing,
    events=(domain.UnitEnded,),
)
OFFICE = Aggregate(
    category="office",
    initial=domain.Office,
    evolve=domain.evolve_office,
    events=(domain.HeadNoted,),
)
CREW = Aggregate(
    category="crew",
    initial=domain.Crew,
    evolve=domain.evolve_crew,
    events=(domain.CrewSeated,),
)
ROUND = Aggregate(
    category="round",
    initial=domain.Round,
    evolve=domain.evolve_round,
    one_story=lambda _: True,
    discreet=domain.round_undisclosed,
    events=(
        domain.RoundPlanned,
        domain.InspectionEnrolled,
        domain.RoundDisclosed,
        domain.VisitCounted,
        domain.ReportCounted,
        domain.InspectionDropped,
        domain.RoundEnded,
        domain.RoundRequestsIssued,
    ),
)
PRACTICE = Aggregate(
    category="practice",
    initial=domain.Practice,
    evolve=domain.evolve_practice,
    events=get_args(domain.PracticeEvent),
)
MEMORY = Aggregate(
    category="memory",
    initial=domain.Memory,
    evolve=domain.evolve_memory,
    events=get_args(domain.MemoryEvent),
)
CHECKLIST = Aggregate(
    category="checklist",
    initial=domain.Checklist,
    evolve=domain.evolve_checklist,
    events=(domain.ChecklistPublished,),
)
