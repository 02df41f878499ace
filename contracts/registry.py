"""Events of the agency registry, which the planning service publishes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Value, Visibility


class Identifier(Value):
    """What an agency is called in one scheme, for a time (mã định danh)."""

    scheme: str
    value: str
    valid_from: date
    valid_to: date | None = None


class Site(Value):
    """A place where an agency receives dossiers (bộ phận một cửa, trung tâm)."""

    site_id: str
    kind: str
    name: str


class AgencyRegistered(Event):
    """An agency was entered into the registry (cơ quan, đơn vị)."""

    TYPE: ClassVar[str] = "registry.agency-registered.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    agency_id: str
    kind: str
    name: str
    parent_id: str | None = None
    superior_id: str | None = None
    mailbox: str | None = None
    valid_from: date
    valid_to: date | None = None
    identifiers: tuple[Identifier, ...] = ()
    one_stop_sites: tuple[Site, ...] = ()
    handles_procedures: bool | None = None  # None: nobody has said


class AgencyRenamed(Event):
    """From a day on, an agency is called otherwise (đổi tên)."""

    TYPE: ClassVar[str] = "registry.agency-renamed.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    agency_id: str
    name: str
    valid_from: date
    legal_ref: str


class HeadAppointed(Event):
    """Somebody took the office of an agency's head: by reference and title, no name.

    Who comes ends the time of the one before; the same person and first day again says
    when their time ends.
    """

    TYPE: ClassVar[str] = "registry.head-appointed.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    agency_id: str
    person_ref: str
    title: str
    valid_from: date
    valid_to: date | None = None


class Successor(Value):
    """A unit that another one, or a part of it, went into."""

    agency_id: str
    name: str
    relation: str  # WHOLE, PART, UNCHANGED, RENAMED, RETYPED


class AgencySucceeded(Event):
    """Others took an agency's place (sáp nhập, chia tách).

    ``automatic_to`` takes over what is open; None: somebody has to decide.
    """

    TYPE: ClassVar[str] = "registry.agency-succeeded.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    agency_id: str
    name: str
    successors: tuple[Successor, ...]
    effective_on: date
    legal_ref: str
    automatic_to: str | None = None


class AgencyDissolved(Event):
    """An agency ended, and no other took its place (giải thể)."""

    TYPE: ClassVar[str] = "registry.agency-dissolved.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    agency_id: str
    name: str
    effective_on: date
    legal_ref: str
