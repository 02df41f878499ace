"""Commands on official documents to decisions, and how others record theirs."""

from __future__ import annotations

from typing import get_args

from services.chassis.context import today
from services.chassis.deciding import Aggregate, Decided, decide, load
from services.chassis.journal import Journal
from services.planning.commands import documents as asked
from services.planning.domain import documents
from services.planning.handlers.aside import aside

DOCUMENT = Aggregate(
    category="document",
    initial=documents.Document,
    evolve=documents.evolve,
    events=get_args(documents.DocumentEvent),
)


async def record_document(
    recorded: documents.DocumentRecorded, journal: Journal
) -> None:
    """Take a document's number for its agency and year, if nobody has it.

    Raises:
        DocumentRefused: Another subject has it ("document-number-taken").
    """
    await aside(
        journal,
        DOCUMENT,
        recorded.document_id,
        lambda document: documents.record(document, recorded=recorded),
    )


async def replace_document(
    document_id: str, command: asked.ReplaceDocument, journal: Journal
) -> Decided:
    """Put another document in its place; its number is taken too."""
    on = command.replaced_on or today()
    known = await _known(document_id, journal)
    other = documents.signed(
        agency_id=known.agency_id,
        document_number=command.document_number,
        issued_on=on,
        subject=known.subject,
    )
    async with journal.transaction():
        decided = await decide(
            journal,
            DOCUMENT,
            document_id,
            lambda document: documents.replace_by(
                document, other=other, reason=command.reason, on=on
            ),
        )
        if decided.events:
            await record_document(other, journal)
    return decided


async def correct_document(
    document_id: str, command: asked.CorrectDocument, journal: Journal
) -> Decided:
    """Correct its format by a letter, whose number is taken too."""
    on = command.corrected_on or today()
    known = await _known(document_id, journal)
    letter = documents.signed(
        agency_id=known.agency_id,
        document_number=command.document_number,
        issued_on=on,
        subject=f"correction of {known.document_number}",
    )
    async with journal.transaction():
        decided = await decide(
            journal,
            DOCUMENT,
            document_id,
            lambda document: documents.correct(
                document, letter=letter, correction=command.correction, on=on
            ),
        )
        if decided.events:
            await record_document(letter, journal)
    return decided


async def recall_document(
    document_id: str, command: asked.RecallDocument, journal: Journal
) -> Decided:
    """Take a document back."""
    return await decide(
        journal,
        DOCUMENT,
        document_id,
        lambda document: documents.recall(
            document, reason=command.reason, on=command.recalled_on or today()
        ),
    )


async def _known(document_id: str, journal: Journal) -> documents.DocumentRecorded:
    document = await load(journal, DOCUMENT, document_id)
    if document.recorded is None:
        raise documents.DocumentUnknown(
            "unknown-document", "no such document was recorded"
        )
    return document.recorded
