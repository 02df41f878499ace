"""What official documents say to the world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import contracts.planning as published
from contracts.event import Event
from services.planning.domain import documents
from services.planning.domain.names import NameTaken


def publish(event: documents.DocumentEvent | NameTaken) -> Sequence[Event]:
    """Translate an event of a document; that a number or id is taken is private."""
    match event:
        case documents.DocumentReplaced():
            return [published.DocumentReplaced(**asdict(event))]
        case documents.DocumentCorrected():
            return [published.DocumentCorrected(**asdict(event))]
        case documents.DocumentRecalled():
            return [published.DocumentRecalled(**asdict(event))]
        case documents.DocumentRecorded() | NameTaken():
            return []
