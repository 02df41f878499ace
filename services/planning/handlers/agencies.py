"""Commands on the registry to decisions."""

from __future__ import annotations

from services.chassis.context import today
from services.chassis.deciding import Decided, decide, load
from services.chassis.journal import Journal
from services.planning import domain
from services.planning.commands import (
    AppointFocalOfficer,
    AppointHead,
    DissolveAgency,
    RegisterAgency,
    RenameAgency,
    SucceedAgency,
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
        one_stop_sites=tuple(
            domain.Site(**site.model_dump()) for site in command.one_stop_sites
        ),
        handles_procedures=command.handles_procedures,
    )
    return await decide(
        journal,
        AGENCY,
        agency_id,
        lambda agency: domain.register(agency, entry=entry),
    )


async def rename_agency(
    agency_id: str, command: RenameAgency, journal: Journal
) -> Decided:
    """Call an agency otherwise."""
    return await decide(
        journal,
        AGENCY,
        agency_id,
        lambda agency: domain.rename_agency(
            agency,
            name=command.name,
            valid_from=command.valid_from,
            legal_ref=command.legal_ref,
        ),
    )


async def appoint_head(
    agency_id: str, command: AppointHead, journal: Journal
) -> Decided:
    """Put a person into the office of the head."""
    post = domain.HeadAppointed(agency_id=agency_id, **dict(command))
    return await _fill(post, journal)


async def appoint_focal_officer(
    agency_id: str, command: AppointFocalOfficer, journal: Journal
) -> Decided:
    """Make an officer the focal point of procedure control."""
    post = domain.FocalOfficerAppointed(agency_id=agency_id, **dict(command))
    return await _fill(post, journal)


async def succeed_agency(
    agency_id: str, command: SucceedAgency, journal: Journal
) -> Decided:
    """Say who took an agency's place."""
    relations = {body.agency_id: body.relation for body in command.successors}
    found = [await load(journal, AGENCY, it) for it in sorted(relations)]
    units = {known.unit.agency_id: known.unit for known in found if known.unit}
    return await decide(
        journal,
        AGENCY,
        agency_id,
        lambda agency: domain.succeed_agency(
            agency,
            relations=relations,
            units=units,
            effective_on=command.effective_on,
            legal_ref=command.legal_ref,
            today=today(),
        ),
    )


async def dissolve_agency(
    agency_id: str, command: DissolveAgency, journal: Journal
) -> Decided:
    """Say that an agency ended without another in its place."""
    return await decide(
        journal,
        AGENCY,
        agency_id,
        lambda agency: domain.dissolve_agency(
            agency,
            effective_on=command.effective_on,
            legal_ref=command.legal_ref,
            today=today(),
        ),
    )


async def _fill(post: domain.Post, journal: Journal) -> Decided:
    return await decide(
        journal,
        AGENCY,
        post.agency_id,
        lambda agency: domain.fill_post(agency, post=post),
    )
