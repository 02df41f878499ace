"""What notification hears: what a unit is to be told, and how its mail went."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from contracts.event import Event
from contracts.inspection import ConclusionIssued, UnitNotified
from contracts.planning import (
    PeriodicReportDue,
    PeriodicReportOverdue,
    WorkItemOverdue,
    WorkItemReminded,
    WorkItemUrged,
)
from contracts.remediation import (
    RemediationEscalated,
    RemediationOverdue,
    RemediationReminded,
)
from services.notification.domain.report import PeriodicReportSubmitted
from services.notification.subscriptions.inspection import (
    on_conclusion_issued,
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
    on_work_item_overdue,
    on_work_item_reminded,
    on_work_item_urged,
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
    ConclusionIssued: on_conclusion_issued,
    RemediationReminded: on_remediation_reminded,
    RemediationOverdue: on_remediation_overdue,
    RemediationEscalated: on_remediation_escalated,
    WorkItemReminded: on_work_item_reminded,
    WorkItemOverdue: on_work_item_overdue,
    WorkItemUrged: on_work_item_urged,
    PeriodicReportDue: on_periodic_report_due,
    PeriodicReportOverdue: on_periodic_report_overdue,
}
OWN: dict[type[Any], Told] = {PeriodicReportSubmitted: on_report_submitted}
AT: dict[str, Any] = {}
