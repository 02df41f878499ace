"""Official documents (văn bản): number and notation, one of each per agency and year.

The system records the numbers that an agency's own register gives; it issues none.
What was signed is never edited: another document of the same form replaces it, a
letter corrects its format, or it is recalled (NĐ 30/2020, Đ. 15 and 18).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

FORM = re.compile(
    r"^(?P<num>\d{1,5})/(?:(?P<year>\d{4})/)?(?P<notation>[A-ZĐ][A-Za-zĐđ&.-]*)$"
)
TYPES = frozenset(
    {
        "NĐ",
        "TT",
        "NQ",
        "QĐ",
        "CT",
        "QC",
        "QYĐ",
        "TC",
        "TB",
        "HD",
        "CTr",
        "KH",
        "PA",
        "ĐA",
        "DA",
    }
    | {"BC", "BB", "TTr", "HĐ", "CĐ", "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG"}
    | {"PC", "PB", "KL"}
)
LETTER = "CV"  # công văn has no type in its notation


class DocumentRefused(Exception):
    """A rule of official documents said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class DocumentUnknown(DocumentRefused):
    """No document was recorded under that id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A number and notation, taken apart: 61/KH-UBND."""

    number: int
    notation: str
    year: int | None = None

    @property
    def type(self) -> str:
        """Return the kind of document that the notation begins with."""
        first, dash, _ = self.notation.partition("-")
        return first if dash and first in TYPES else LETTER


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecorded:
    """A document was signed under a number; *subject* is what it is about."""

    document_id: str
    agency_id: str
    year: int
    number: int
    notation: str
    type: str
    document_number: str
    issued_on: date
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReplaced:
    """Its contents were wrong: another of the same form took its place."""

    document_id: str
    document_number: str
    replaced_by: str
    reason: str
    replaced_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCorrected:
    """Its form was wrong: a letter corrected it (công văn đính chính)."""

    document_id: str
    document_number: str
    corrected_by: str
    correction: str
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecalled:
    """It was taken back; who received it cancels it and says so (thu hồi)."""

    document_id: str
    document_number: str
    reason: str
    recalled_on: date


DocumentEvent = (
    DocumentRecorded | DocumentReplaced | DocumentCorrected | DocumentRecalled
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The document as recorded; None until there is one."""

    recorded: DocumentRecorded | None = None
    replaced: DocumentReplaced | None = None
    recalled: DocumentRecalled | None = None
    corrections: tuple[DocumentCorrected, ...] = ()


def evolve(document: Document, event: DocumentEvent) -> Document:
    """Fold one event into the document. Never refuses: it already happened."""
    match event:
        case DocumentRecorded():
            return replace(document, recorded=event)
        case DocumentReplaced():
            return replace(document, replaced=event)
        case DocumentCorrected():
            return replace(document, corrections=(*document.corrections, event))
        case DocumentRecalled():
            return replace(document, recalled=event)


def parse(document_number: str) -> Numbered:
    """Take a number and notation apart (NĐ 30/2020)."""
    found = FORM.match(document_number)
    if found is None:
        raise DocumentRefused(
            "document-number-malformed", "it is no number and notation: 61/KH-UBND"
        )
    year = found["year"]
    return Numbered(
        number=int(found["num"]),
        notation=found["notation"],
        year=int(year) if year else None,
    )


def document_id(agency_id: str, year: int, numbered: Numbered) -> str:
    """Return the id of a document: agency, year, number and notation, in plain letters.

    Đ becomes "D:", đ "d:" and & ":", which no notation holds, so that no two share
    an id.
    """
    plain = numbered.notation.replace("Đ", "D:").replace("đ", "d:").replace("&", ":")
    return f"{agency_id}-{year}-{numbered.number}-{plain}"


def signed(
    *, agency_id: str, document_number: str, issued_on: date, subject: str
) -> DocumentRecorded:
    """Return what is recorded of a document that an agency signed."""
    numbered = parse(document_number)
    year = numbered.year or issued_on.year
    return DocumentRecorded(
        document_id=document_id(agency_id, year, numbered),
        agency_id=agency_id,
        year=year,
        number=numbered.number,
        notation=numbered.notation,
        type=numbered.type,
        document_number=document_number,
        issued_on=issued_on,
        subject=subject,
    )


def record(document: Document, *, recorded: DocumentRecorded) -> list[DocumentEvent]:
    """Record a document; its number is taken for the whole year."""
    known = document.recorded
    if known is None:
        return [recorded]
    if known.subject == recorded.subject:
        return []
    raise DocumentRefused(
        "document-number-taken",
        f"{known.agency_id} gave {known.document_number} to {known.subject} "
        f"in {known.year}",
    )


def replace_by(
    document: Document, *, other: DocumentRecorded, reason: str, on: date
) -> list[DocumentEvent]:
    """Put another document of the same form in its place."""
    known = in_use(document, replaced_by=other.document_number)
    if known is None:
        return []
    if other.type != known.type:
        raise DocumentRefused(
            "replacing-form-differs", f"a {known.type} is replaced by a {known.type}"
        )
    return [
        DocumentReplaced(
            document_id=known.document_id,
            document_number=known.document_number,
            replaced_by=other.document_number,
            reason=reason,
            replaced_on=on,
        )
    ]


def correct(
    document: Document, *, letter: DocumentRecorded, correction: str, on: date
) -> list[DocumentEvent]:
    """Correct its format by a letter; the contents stay."""
    if any(c.corrected_by == letter.document_number for c in document.corrections):
        return []
    known = in_use(document)
    if known is None:
        return []
    if letter.type != LETTER:
        raise DocumentRefused("correction-not-a-letter", "a letter corrects (công văn)")
    return [
        DocumentCorrected(
            document_id=known.document_id,
            document_number=known.document_number,
            corrected_by=letter.document_number,
            correction=correction,
            corrected_on=on,
        )
    ]


def recall(document: Document, *, reason: str, on: date) -> list[DocumentEvent]:
    """Take a document back."""
    if document.recalled is not None:
        return []
    known = in_use(document)
    if known is None:
        return []
    return [
        DocumentRecalled(
            document_id=known.document_id,
            document_number=known.document_number,
            reason=reason,
            recalled_on=on,
        )
    ]


def in_use(
    document: Document, *, replaced_by: str | None = None
) -> DocumentRecorded | None:
    """Return the document, if it still stands; None if it was replaced just so."""
    if document.recorded is None:
        raise DocumentUnknown("unknown-document", "no such document was recorded")
    if document.replaced is not None:
        if document.replaced.replaced_by == replaced_by:
            return None
        raise DocumentRefused(
            "document-replaced", f"{document.replaced.replaced_by} took its place"
        )
    if document.recalled is not None:
        raise DocumentRefused("document-recalled", "it was taken back")
    return document.recorded
