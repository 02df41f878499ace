"""What a unit's memory of findings hears, and what it does about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.registry import AgencySucceeded
from services.chassis.consumer import Reaction
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain, handlers


async def on_finding_raised(event: domain.FindingRaised, journal: Journal) -> None:
    """Put the finding to the memory of its unit: it may be a repeat."""
    finding = domain.FindingRemembered(
        agency_id=event.agency_id,
        inspection_id=event.inspection_id,
        finding_id=event.finding.finding_id,
        item=event.finding.item,
        legal_basis=event.finding.legal_basis,
        raised_on=event.raised_on,
    )
    command = asked.RememberFinding(finding=finding)
    await handlers.remember_finding(event.agency_id, command, journal)


async def on_finding_withdrawn(
    event: domain.FindingWithdrawn, journal: Journal
) -> None:
    """Let the finding count no more."""
    command = asked.ForgetFinding(finding_id=event.finding_id)
    await handlers.forget_finding(event.agency_id, command, journal)


async def on_conclusion_issued(
    event: domain.ConclusionIssued, journal: Journal
) -> None:
    """Put to memory what was asked for: if a finding comes again, it did not last."""
    remedies = tuple(
        domain.RemedyRemembered(
            agency_id=event.agency_id,
            recommendation_id=made.recommendation_id,
            finding_ids=made.finding_ids,
            text=made.text,
        )
        for made in event.recommendations
        if made.finding_ids
    )
    if remedies:
        command = asked.RememberRemedies(remedies=remedies)
        await handlers.remember_remedies(event.agency_id, command, journal)


async def on_agency_succeeded(event: AgencySucceeded, journal: Journal) -> None:
    """Let each unit that took the place of another whole one answer for its findings.

    Who took over a part is not known to have done what was found.
    """
    command = asked.NamePredecessor(
        predecessor_id=event.agency_id, effective_on=event.effective_on
    )
    for successor in event.successors:
        if successor.relation != "PART":
            await handlers.name_predecessor(successor.agency_id, command, journal)


OWN: Mapping[type[Any], Reaction] = {
    domain.FindingRaised: on_finding_raised,
    domain.FindingWithdrawn: on_finding_withdrawn,
    domain.ConclusionIssued: on_conclusion_issued,
}
