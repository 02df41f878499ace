"""Notices: what is written to whom, and whether it arrived.

Pure: standard library only, no clock, no I/O. Time, ids and the words of the templates
come in as arguments.
"""

from __future__ import annotations

from services.notification.domain.letter import (
    Letter,
    NoticeRefused,
    NoticeUnknown,
    Phrases,
    day,
    listed,
    written,
)
from services.notification.domain.notice import (
    Notice,
    NoticeDelivered,
    NoticeEvent,
    NoticeFailed,
    NoticeRequested,
    NoticeRetried,
    Urging,
    deliver,
    evolve,
    fail,
    message_id,
    request,
    retry,
)

__all__ = [
    "Letter",
    "Notice",
    "NoticeDelivered",
    "NoticeEvent",
    "NoticeFailed",
    "NoticeRefused",
    "NoticeRequested",
    "NoticeRetried",
    "NoticeUnknown",
    "Phrases",
    "Urging",
    "day",
    "deliver",
    "evolve",
    "fail",
    "listed",
    "message_id",
    "request",
    "retry",
    "written",
]
