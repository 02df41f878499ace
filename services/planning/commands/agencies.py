"""What may be asked of the registry."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from services.chassis.commanding import Command
from services.planning.commands.fields import (
    Code,
    Id,
    Name,
)
from services.planning.domain import Relation


class IdentifierBody(Command):
    """A code in one scheme, for a time (mã định danh)."""

    scheme: Code
    value: Name
    valid_from: date
    valid_to: date | None = None


class SiteBody(Command):
    """A place where the agency receives dossiers (bộ phận một cửa, trung tâm)."""

    site_id: Id
    kind: Code
    name: Name


class RegisterAgency(Command):
    """Enter an agency into the registry."""

    kind: Code
    name: Name
    parent_id: Id | None = None
    superior_id: Id | None = None
    mailbox: Name | None = None
    valid_from: date
    valid_to: date | None = None
    identifiers: tuple[IdentifierBody, ...] = ()
    one_stop_sites: tuple[SiteBody, ...] = ()
    handles_procedures: bool | None = None


class RenameAgency(Command):
    """Call the agency otherwise from a day on (đổi tên)."""

    name: Name
    valid_from: date
    legal_ref: Name


class AppointHead(Command):
    """Put a person into the office of the head: by reference, never by name."""

    person_ref: Id
    title: Name
    valid_from: date
    valid_to: date | None = None


class AppointFocalOfficer(Command):
    """Make an officer the focal point of procedure control (công chức đầu mối)."""

    person_ref: Id
    title: Name
    valid_from: date
    valid_to: date | None = None


class SuccessorBody(Command):
    """A unit that the agency, or a part of it, went into."""

    agency_id: Id
    relation: Relation


def _each_once(bodies: tuple[SuccessorBody, ...]) -> tuple[SuccessorBody, ...]:
    if len({body.agency_id for body in bodies}) < len(bodies):
        raise ValueError("a successor is named twice")
    return bodies


class SucceedAgency(Command):
    """Say who took the agency's place from a day on (sáp nhập, chia tách)."""

    successors: Annotated[
        tuple[SuccessorBody, ...], Field(max_length=20), AfterValidator(_each_once)
    ]
    effective_on: date
    legal_ref: Name


class DissolveAgency(Command):
    """Say that the agency ended and that none took its place (giải thể)."""

    effective_on: date
    legal_ref: Name
