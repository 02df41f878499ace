"""Events that the notification service publishes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Visibility


class NoticeDelivered(Event):
    """A notice was handed over to the mail of its recipient."""

    TYPE: ClassVar[str] = "notification.notice-delivered.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    notice_id: str
    recipient_id: str
    template: str
    about: str
    message_id: str


class NoticeFailed(Event):
    """A try to deliver a notice failed; it is tried again unless ``final``."""

    TYPE: ClassVar[str] = "notification.notice-failed.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    notice_id: str
    recipient_id: str
    template: str
    about: str
    code: str
    attempt: int
    final: bool


class UrgingSent(Event):
    """A unit that is late was urged, or its superior told (đôn đốc).

    Of a case, of a work item, of the report of a period, or of a recommendation to a
    higher level: ``case_id`` is empty where it is not a case.
    """

    TYPE: ClassVar[str] = "notification.urging-sent.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    notice_id: str
    case_id: str
    agency_id: str
    recipient_id: str
    level: int
    urged_on: date
    work_item_id: str | None = None
    report_period: str | None = None
    monitor_agency: str | None = None
    recommendation_id: str | None = None


class PeriodicReportCompiled(Event):
    """A report of a period was compiled: its numbers, counted from events.

    ``numbers`` counts what occurred from ``start`` to ``end``, both ends included, by
    the day (in Hà Nội) on which it occurred; ``by_kind`` and ``by_item`` count the
    findings raised.
    """

    TYPE: ClassVar[str] = "notification.periodic-report-compiled.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    report_id: str
    agency_id: str
    programme_id: str | None = None
    plan_id: str | None = None
    period: str
    start: date
    end: date
    compiled_on: date
    numbers: dict[str, int]
    by_kind: dict[str, int]
    by_item: dict[str, int]


class PeriodicReportSubmitted(Event):
    """A compiled report went to its recipient under a number (trình báo cáo)."""

    TYPE: ClassVar[str] = "notification.periodic-report-submitted.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    report_id: str
    agency_id: str
    recipient_id: str
    programme_id: str | None = None
    plan_id: str | None = None
    period: str
    start: date
    end: date
    document_number: str
    submitted_on: date
