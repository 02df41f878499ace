"""What may be asked of the registry."""

from __future__ import annotations

from datetime import date

from services.chassis.commanding import Command
from services.planning.commands.fields import (
    Code,
    Id,
    Name,
)


class IdentifierBody(Command):
    """A code in one scheme, for a time (mã định danh)."""

    scheme: Code
    value: Name
    valid_from: date
    valid_to: date | None = None


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
