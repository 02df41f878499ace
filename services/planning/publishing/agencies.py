"""What the registry says to the world."""

from __future__ import annotations

from collections.abc import Sequence

import contracts.registry as published
from contracts.event import Event
from services.planning import domain


def publish(event: domain.AgencyEvent) -> Sequence[Event]:
    """Translate an event of the registry; of posts, only the head's is told."""
    match event:
        case domain.AgencyRegistered():
            return [_agency(event)]
        case domain.AgencyRenamed():
            return [
                published.AgencyRenamed(
                    agency_id=event.agency_id,
                    name=event.name,
                    valid_from=event.valid_from,
                    legal_ref=event.legal_ref,
                )
            ]
        case domain.AgencySucceeded():
            return [_succeeded(event)]
        case domain.AgencyDissolved():
            return [
                published.AgencyDissolved(
                    agency_id=event.agency_id,
                    name=event.name,
                    effective_on=event.effective_on,
                    legal_ref=event.legal_ref,
                )
            ]
        case domain.HeadAppointed():
            return [
                published.HeadAppointed(
                    agency_id=event.agency_id,
                    person_ref=event.person_ref,
                    title=event.title,
                    valid_from=event.valid_from,
                    valid_to=event.valid_to,
                )
            ]
        case domain.FocalOfficerAppointed():
            return []


def _agency(event: domain.AgencyRegistered) -> published.AgencyRegistered:
    return published.AgencyRegistered(
        agency_id=event.agency_id,
        kind=event.kind,
        name=event.name,
        parent_id=event.parent_id,
        superior_id=event.superior_id,
        mailbox=event.mailbox,
        valid_from=event.valid_from,
        valid_to=event.valid_to,
        identifiers=tuple(
            published.Identifier(
                scheme=code.scheme,
                value=code.value,
                valid_from=code.valid_from,
                valid_to=code.valid_to,
            )
            for code in event.identifiers
        ),
        one_stop_sites=tuple(
            published.Site(site_id=site.site_id, kind=site.kind, name=site.name)
            for site in event.one_stop_sites
        ),
        handles_procedures=event.handles_procedures,
    )


def _succeeded(event: domain.AgencySucceeded) -> published.AgencySucceeded:
    return published.AgencySucceeded(
        agency_id=event.agency_id,
        name=event.name,
        successors=tuple(
            published.Successor(
                agency_id=it.agency_id, name=it.name, relation=it.relation.value
            )
            for it in event.successors
        ),
        effective_on=event.effective_on,
        legal_ref=event.legal_ref,
        automatic_to=event.automatic_to,
    )
