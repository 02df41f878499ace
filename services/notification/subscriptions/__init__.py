"""What notification hears: what a unit is to be told, and how its mail went."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from contracts.event import Event
from contracts.inspection import (
    ConclusionIssued,
    ConclusionOverdue,
    InspectionCancelled,
    InspectionPostponed,
    UnitNotified,
)
from contracts.planning import (
    PeriodicReportDue,
    PeriodicReportOverdue,
    PlanCoverageShort,
    PlanNotified,
    SelfInspectionPlanOverdue,
    SelfInspectionRequired,
    SelfInspectionResultOverdue,
    WorkItemAssigned,
    WorkItemOverdue,
    WorkItemReminded,
    WorkItemUrged,
)
from contracts.remediation import (
    CarryOverOpened,
    CaseHandedOver,
    DeadlineExtended,
    DeadlineRecalculated,
    ExtensionRefused,
    HandoverDecisionRequired,
    RemediationEscalated,
    RemediationOverdue,
    RemediationRejected,
    RemediationReminded,
    RemediationReopened,
    RemediationWaived,
    ReplicationDirected,
    UpwardRecommendationAnswered,
    UpwardRecommendationIssued,
    UpwardRecommendationOverdue,
)
from services.notification.domain.report import PeriodicReportSubmitted
from services.notification.subscriptions.cases import (
    on_carry_over_opened,
    on_case_handed_over,
    on_deadline_extended,
    on_deadline_recalculated,
    on_extension_refused,
    on_handover_decision_required,
    on_remediation_rejected,
    on_remediation_reopened,
    on_remediation_waived,
)
from services.notification.subscriptions.directives import (
    on_replication_directed,
    on_upward_recommendation_answered,
    on_upward_recommendation_issued,
    on_upward_recommendation_overdue,
)
from services.notification.subscriptions.inspection import (
    on_conclusion_issued,
    on_inspection_cancelled,
    on_inspection_postponed,
    on_unit_notified,
)
from services.notification.subscriptions.mail import (
    ATTEMPTS,
    on_mail_failed,
    on_mailed,
)
from services.notification.subscriptions.planning import (
    on_periodic_report_due,
    on_periodic_report_overdue,
    on_report_submitted,
    on_work_item_assigned,
    on_work_item_overdue,
    on_work_item_reminded,
    on_work_item_urged,
)
from services.notification.subscriptions.plans import (
    on_conclusion_overdue,
    on_plan_coverage_short,
    on_plan_notified,
    on_self_inspection_plan_overdue,
    on_self_inspection_required,
    on_self_inspection_result_overdue,
)
from services.notification.subscriptions.remediation import (
    on_remediation_escalated,
    on_remediation_overdue,
    on_remediation_reminded,
)

__all__ = ["AT", "ATTEMPTS", "ON", "OWN", "on_mail_failed", "on_mailed"]

Told = Callable[..., Awaitable[None]]  # a reaction that also gets the agencies' rows
ON: dict[type[Event], Told] = {
    UnitNotified: on_unit_notified,
    InspectionPostponed: on_inspection_postponed,
    InspectionCancelled: on_inspection_cancelled,
    ConclusionIssued: on_conclusion_issued,
    RemediationReminded: on_remediation_reminded,
    RemediationOverdue: on_remediation_overdue,
    RemediationEscalated: on_remediation_escalated,
    CarryOverOpened: on_carry_over_opened,
    CaseHandedOver: on_case_handed_over,
    DeadlineExtended: on_deadline_extended,
    DeadlineRecalculated: on_deadline_recalculated,
    ExtensionRefused: on_extension_refused,
    HandoverDecisionRequired: on_handover_decision_required,
    RemediationRejected: on_remediation_rejected,
    RemediationReopened: on_remediation_reopened,
    RemediationWaived: on_remediation_waived,
    ReplicationDirected: on_replication_directed,
    UpwardRecommendationAnswered: on_upward_recommendation_answered,
    UpwardRecommendationIssued: on_upward_recommendation_issued,
    UpwardRecommendationOverdue: on_upward_recommendation_overdue,
    ConclusionOverdue: on_conclusion_overdue,
    PlanCoverageShort: on_plan_coverage_short,
    PlanNotified: on_plan_notified,
    SelfInspectionPlanOverdue: on_self_inspection_plan_overdue,
    SelfInspectionRequired: on_self_inspection_required,
    SelfInspectionResultOverdue: on_self_inspection_result_overdue,
    WorkItemAssigned: on_work_item_assigned,
    WorkItemReminded: on_work_item_reminded,
    WorkItemOverdue: on_work_item_overdue,
    WorkItemUrged: on_work_item_urged,
    PeriodicReportDue: on_periodic_report_due,
    PeriodicReportOverdue: on_periodic_report_overdue,
}
OWN: dict[type[Any], Told] = {PeriodicReportSubmitted: on_report_submitted}
AT: dict[str, Any] = {}
