"""What the registry says to the world."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.event import Event
from contracts.registry import AgencyRegistered, Identifier
from services.planning import domain


def publish(event: domain.AgencyEvent) -> Sequence[Event]:
    """Translate an event of the registry."""
    match event:
        case domain.AgencyRegistered():
            return [_agency(event)]


def _agency(event: domain.AgencyRegistered) -> AgencyRegistered:
    return AgencyRegistered(
        agency_id=event.agency_id,
        kind=event.kind,
        name=event.name,
        parent_id=event.parent_id,
        superior_id=event.superior_id,
        mailbox=event.mailbox,
        valid_from=event.valid_from,
        valid_to=event.valid_to,
        identifiers=tuple(
            Identifier(
                scheme=code.scheme,
                value=code.value,
                valid_from=code.valid_from,
                valid_to=code.valid_to,
            )
            for code in event.identifiers
        ),
    )
