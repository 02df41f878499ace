"""Events about what happens to an issued plan: sent, amended, moved, called off."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Visibility
from contracts.planning.plans import Place, Window


class PlanNotified(Event):
    """The plan was sent to those it names (gửi, công bố kế hoạch)."""

    TYPE: ClassVar[str] = "planning.plan-notified.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    plan_id: str
    notified_on: date
    recipients: tuple[str, ...]
    late: bool = False


class PlanAmended(Event):
    """A document changed the plan; what it changes follows, an event each."""

    TYPE: ClassVar[str] = "planning.plan-amended.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    plan_id: str
    document_number: str
    reason: str
    amended_on: date


class TargetAdded(Event):
    """An amendment put a unit on the plan."""

    TYPE: ClassVar[str] = "planning.target-added.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    plan_id: str
    agency_id: str
    name: str
    kind: str
    window: Window
    document_number: str
    place: Place = Place()


class TargetWithdrawn(Event):
    """An amendment took a unit off the plan, and the inspection ordered there."""

    TYPE: ClassVar[str] = "planning.target-withdrawn.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    plan_id: str
    agency_id: str
    inspection_id: str | None = None
    document_number: str
    reason: str


class TargetRescheduled(Event):
    """A unit is inspected in other days than the plan said (điều chỉnh lịch)."""

    TYPE: ClassVar[str] = "planning.target-rescheduled.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    plan_id: str
    agency_id: str
    before: Window
    window: Window
    reason: str
    slipped: bool
    document_number: str | None = None


class UnplannedTargetAdded(Event):
    """A unit other than those listed is inspected too (ngoài kế hoạch)."""

    TYPE: ClassVar[str] = "planning.unplanned-target-added.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    plan_id: str
    agency_id: str
    name: str
    kind: str
    window: Window
    reason: str
    added_on: date
    place: Place = Place()


class PlanCancelled(Event):
    """The plan was called off (hủy kế hoạch)."""

    TYPE: ClassVar[str] = "planning.plan-cancelled.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    plan_id: str
    document_number: str
    reason: str
    cancelled_on: date


class VisitCalledOff(Event):
    """A visit will not take place, unless it has begun (hủy cuộc kiểm tra).

    It follows when the whole plan is called off, one event a visit, and when the
    inspection itself was; the unit stays on the plan.
    """

    TYPE: ClassVar[str] = "planning.visit-called-off.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    plan_id: str
    inspection_id: str
    agency_id: str
    reason: str


class VisitRescheduled(Event):
    """A visit was put on another day of its round (mưa bão, ốm đau)."""

    TYPE: ClassVar[str] = "planning.visit-rescheduled.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    before: date
    planned_on: date
    reason: str
