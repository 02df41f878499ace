"""Events about official documents: replaced, corrected, recalled, never edited."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Visibility


class DocumentReplaced(Event):
    """Its contents were wrong: another of the same form took its place."""

    TYPE: ClassVar[str] = "planning.document-replaced.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    document_id: str
    document_number: str
    replaced_by: str
    reason: str
    replaced_on: date


class DocumentCorrected(Event):
    """Its form was wrong: a letter corrected it (công văn đính chính)."""

    TYPE: ClassVar[str] = "planning.document-corrected.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    document_id: str
    document_number: str
    corrected_by: str
    correction: str
    corrected_on: date


class DocumentRecalled(Event):
    """It was taken back; who received it cancels it and says so (thu hồi)."""

    TYPE: ClassVar[str] = "planning.document-recalled.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    document_id: str
    document_number: str
    reason: str
    recalled_on: date
