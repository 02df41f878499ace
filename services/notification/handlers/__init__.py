"""Commands to decisions: one function per command, no rule in here."""

from __future__ import annotations

from services.notification.handlers.notices import (
    MAIL,
    NOTICE,
    PHRASES,
    TEMPLATES,
    note_delivered,
    note_failed,
    request_notice,
    retry_notice,
)
from services.notification.handlers.reports import (
    REPORT,
    compile_report,
    submit_report,
)

__all__ = [
    "MAIL",
    "NOTICE",
    "PHRASES",
    "REPORT",
    "TEMPLATES",
    "compile_report",
    "note_delivered",
    "note_failed",
    "request_notice",
    "retry_notice",
    "submit_report",
]
