"""What HTTP may ask of official documents."""

from __future__ import annotations

from services.chassis.http import Verb
from services.planning import policy
from services.planning.commands import documents as asked
from services.planning.domain.documents import DocumentRefused, DocumentUnknown
from services.planning.handlers import documents

VERBS = (
    Verb(
        collection="documents",
        name="replace",
        command=asked.ReplaceDocument,
        handler=documents.replace_document,
        permit=policy.REPLACE_DOCUMENT,
    ),
    Verb(
        collection="documents",
        name="correct",
        command=asked.CorrectDocument,
        handler=documents.correct_document,
        permit=policy.CORRECT_DOCUMENT,
    ),
    Verb(
        collection="documents",
        name="recall",
        command=asked.RecallDocument,
        handler=documents.recall_document,
        permit=policy.RECALL_DOCUMENT,
    ),
)

REFUSALS: dict[type[Exception], int] = {DocumentUnknown: 404, DocumentRefused: 409}
