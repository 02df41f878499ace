"""Official documents' events to rows."""

from __future__ import annotations

from collections.abc import Sequence

from services.chassis.projector import Change, Operation, Projection, Put, Seen, Table
from services.planning.domain import documents

DOCUMENTS = Table(
    name="documents",
    columns={
        "document_id": "text",
        "state": "text",
        "agency_id": "text",
        "year": "int",
        "number": "int",
        "notation": "text",
        "type": "text",
        "document_number": "text",
        "issued_on": "date",
        "subject": "text",
        "replaced_by": "text",
        "recalled_on": "date",
        "reason": "text",
        "version": "int",
    },
    key=("document_id",),
    indexes=(("agency_id", "year"),),
)
CORRECTIONS = Table(
    name="document_corrections",
    columns={
        "document_id": "text",
        "corrected_by": "text",
        "correction": "text",
        "corrected_on": "date",
    },
    key=("document_id", "corrected_by"),
)


def recorded(seen: Seen) -> Sequence[Operation]:
    """Show a document."""
    event: documents.DocumentRecorded = seen.event
    more = ("state", "replaced_by", "recalled_on", "reason", "version")
    names = [name for name in DOCUMENTS.columns if name not in more]
    row = dict.fromkeys(DOCUMENTS.columns) | {n: getattr(event, n) for n in names}
    return [Put("documents", row | {"state": "valid", "version": seen.version})]


def replaced(seen: Seen) -> Sequence[Operation]:
    """Show what took its place."""
    event: documents.DocumentReplaced = seen.event
    values = {"replaced_by": event.replaced_by, "reason": event.reason}
    return [_document(seen, state="replaced", **values)]


def corrected(seen: Seen) -> Sequence[Operation]:
    """Show the letter that corrected it."""
    event: documents.DocumentCorrected = seen.event
    row = {
        "document_id": event.document_id,
        "corrected_by": event.corrected_by,
        "correction": event.correction,
        "corrected_on": event.corrected_on,
    }
    return [Put("document_corrections", row), _document(seen)]


def recalled(seen: Seen) -> Sequence[Operation]:
    """Show that it was taken back."""
    event: documents.DocumentRecalled = seen.event
    values = {"recalled_on": event.recalled_on, "reason": event.reason}
    return [_document(seen, state="recalled", **values)]


def _document(seen: Seen, **values: object) -> Change:
    key = {"document_id": seen.event.document_id}
    return Change("documents", key, {**values, "version": seen.version})


PROJECTION = Projection(
    name="documents",
    tables=(DOCUMENTS, CORRECTIONS),
    own={
        documents.DocumentRecorded: recorded,
        documents.DocumentReplaced: replaced,
        documents.DocumentCorrected: corrected,
        documents.DocumentRecalled: recalled,
    },
)
