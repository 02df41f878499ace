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
    """A unit that is late was urged, or its superior told (đôn đốc)."""

    TYPE: ClassVar[str] = "notification.urging-sent.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    notice_id: str
    case_id: str
    agency_id: str
    recipient_id: str
    level: int
    urged_on: date
