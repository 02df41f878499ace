"""How the mail of a notice went."""

from __future__ import annotations

from services.chassis.dispatcher import DeliveryFailed, Leased
from services.chassis.journal import Journal
from services.notification.commands import NoteDelivered, NoteFailed
from services.notification.handlers import note_delivered, note_failed

ATTEMPTS = 100  # hourly in the end: a mail server may be away for three days


async def on_mailed(intent: Leased, journal: Journal) -> None:
    """Record that a notice arrived."""
    await note_delivered(intent.payload["notice_id"], NoteDelivered(), journal)


async def on_mail_failed(
    intent: Leased, error: DeliveryFailed, journal: Journal
) -> None:
    """Record that a try failed, and whether it was the last."""
    failed = NoteFailed(
        code=error.code,
        attempt=intent.attempt,
        final=error.final or intent.attempt >= ATTEMPTS,
    )
    await note_failed(intent.payload["notice_id"], failed, journal)
