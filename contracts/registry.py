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
