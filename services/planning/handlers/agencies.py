"""Commands on the registry to decisions."""

from __future__ import annotations

from services.chassis.deciding import Decided, decide
from services.chassis.journal import Journal
from services.planning import domain
from services.planning.commands import (
    RegisterAgency,
)
from services.planning.handlers.aggregates import AGENCY


async def register_agency(
    agency_id: str, command: RegisterAgency, journal: Journal
) -> Decided:
    """Enter an agency."""
    entry = domain.AgencyRegistered(
        agency_id=agency_id,
        kind=command.kind,
        name=command.name,
        parent_id=command.parent_id,
        superior_id=command.superior_id,
        mailbox=command.mailbox,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        identifiers=tuple(
            domain.Identifier(**identifier.model_dump())
            for identifier in command.identifiers
        ),
    )
    return await decide(
        journal,
        AGENCY,
        agency_id,
        lambda agency: domain.register(agency, entry=entry),
    )
