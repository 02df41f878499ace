"""Who heads an agency from when to when, as the registry tells it (người đứng đầu).

Heads are named by reference and title. On most days a head is known; where none is, the
officer's word stands, and it is said that it is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.inspection.domain.refusals import InspectionRefused
from services.inspection.domain.values import HeadSource


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadNoted:
    """The registry said that somebody took the office of an agency's head."""

    agency_id: str
    person_ref: str
    title: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """All that the registry said of one agency's heads, as it came."""

    heads: tuple[HeadNoted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadThen:
    """Who led the unit on the day, as far as it is known, and who says so."""

    ref: str | None = None
    title: str | None = None
    source: HeadSource | None = None


def evolve_office(office: Office, event: HeadNoted) -> Office:
    """Fold one event in; the same time in office told again has its last word."""
    others = tuple(head for head in office.heads if not _same(head, event))
    return Office(heads=(*others, event))


def note_head(office: Office, *, noted: HeadNoted) -> list[HeadNoted]:
    """Take note of a head."""
    return [] if noted in office.heads else [noted]


def head_then(office: Office, *, given: str | None, on: date) -> HeadThen:
    """Return who was in office on the day; the officer need not say.

    Raises:
        InspectionRefused: The officer names another one than the registry.
    """
    found = _head_on(office, on)
    if found is None:
        return HeadThen(ref=given, source="OFFICER" if given else None)
    if given not in {None, found.person_ref}:
        raise InspectionRefused(
            "head-not-in-office",
            f"on {on} {found.person_ref} ({found.title}) headed {found.agency_id}",
        )
    return HeadThen(ref=found.person_ref, title=found.title, source="REGISTRY")


def _head_on(office: Office, day: date) -> HeadNoted | None:
    """Return the last one to come, unless already gone: who comes ends who was."""
    come = [head for head in office.heads if head.valid_from <= day]
    last = max(come, key=lambda head: head.valid_from, default=None)
    gone = last is not None and last.valid_to is not None and last.valid_to < day
    return None if gone else last


def _same(one: HeadNoted, other: HeadNoted) -> bool:
    return (one.person_ref, one.valid_from) == (other.person_ref, other.valid_from)
