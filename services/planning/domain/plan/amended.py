"""What happens to an issued plan: sent, amended, moved, called off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.planning.domain.plan.drafted import QuotaSet
from services.planning.domain.plan.values import ANYWHERE, Place
from services.planning.domain.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNotified:
    """The plan was sent to those it names (gửi, công bố kế hoạch)."""

    plan_id: str
    notified_on: date
    recipients: tuple[str, ...]
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNoticeOverdue:
    """The working day after signing went by, and the plan was not sent."""

    plan_id: str
    due_on: date
    overdue_from: date
    calendar_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAmended:
    """A document changed the plan (sửa đổi, bổ sung kế hoạch).

    ``quotas`` take the place of those before; None leaves them. What it adds,
    withdraws and moves follows, an event each; ``asked`` is the request's hash, so
    that the same one again is known.
    """

    plan_id: str
    document_number: str
    reason: str
    amended_on: date
    asked: str
    quotas: tuple[QuotaSet, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAdded:
    """An amendment put a unit on the plan."""

    plan_id: str
    agency_id: str
    name: str
    kind: str
    window: Window
    document_number: str
    place: Place = ANYWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetWithdrawn:
    """An amendment took a unit off the plan; nothing else can."""

    plan_id: str
    agency_id: str
    inspection_id: str | None
    document_number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRescheduled:
    """A unit is inspected in other days than the plan said (lùi, điều chỉnh lịch).

    ``slipped``: it ends later than before. Without a document, the planner moved it
    inside the days that were tentative.
    """

    plan_id: str
    agency_id: str
    before: Window
    window: Window
    reason: str
    slipped: bool
    document_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplannedTargetAdded:
    """A unit other than those listed is inspected too (ngoài kế hoạch).

    It counts for no quota: the plan's own numbers stay what they are.
    """

    plan_id: str
    agency_id: str
    name: str
    kind: str
    window: Window
    reason: str
    added_on: date
    place: Place = ANYWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCancelled:
    """The plan was called off (hủy kế hoạch)."""

    plan_id: str
    document_number: str
    reason: str
    cancelled_on: date


AmendingEvent = (
    PlanNotified
    | PlanNoticeOverdue
    | PlanAmended
    | TargetAdded
    | TargetWithdrawn
    | TargetRescheduled
    | UnplannedTargetAdded
    | PlanCancelled
)
