"""What happens to an agency (cơ quan, đơn vị), as its stream records it.

An agency has an id of its own for ever. Codes stand under their scheme with the days
they held, because in 2025 thousands of codes came to name another unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Relation(Enum):
    """What became of a unit: all of it, or a part, went into its successor."""

    WHOLE = "WHOLE"  # nhập toàn bộ
    PART = "PART"  # nhập một phần
    UNCHANGED = "UNCHANGED"  # giữ nguyên
    RENAMED = "RENAMED"  # đổi tên
    RETYPED = "RETYPED"  # đổi loại: xã thành phường


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A code in one scheme, for a time (mã định danh)."""

    scheme: str
    value: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place where the agency receives dossiers (bộ phận một cửa, trung tâm)."""

    site_id: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRegistered:
    """An agency was entered into the registry."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRenamed:
    """From a day on, the agency is called otherwise (đổi tên)."""

    agency_id: str
    name: str
    valid_from: date
    legal_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadAppointed:
    """Somebody took the office of the head (người đứng đầu): by reference, no name."""

    agency_id: str
    person_ref: str
    title: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FocalOfficerAppointed:
    """An officer is the focal point of procedure control (công chức đầu mối)."""

    agency_id: str
    person_ref: str
    title: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """A unit that another one, or a part of it, went into."""

    agency_id: str
    name: str
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySucceeded:
    """Others took the agency's place (sáp nhập, chia tách).

    ``automatic_to`` is the one that takes over all that is open; None where somebody
    has to decide, because the unit was divided.
    """

    agency_id: str
    name: str
    successors: tuple[Successor, ...]
    effective_on: date
    legal_ref: str
    automatic_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyDissolved:
    """The agency ended, and no other took its place (giải thể)."""

    agency_id: str
    name: str
    effective_on: date
    legal_ref: str


AgencyEvent = (
    AgencyRegistered
    | AgencyRenamed
    | HeadAppointed
    | FocalOfficerAppointed
    | AgencySucceeded
    | AgencyDissolved
)
