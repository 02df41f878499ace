"""What the world hears of findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from contracts import inspection as published
from contracts.event import Event
from services.inspection import domain
from services.inspection.publishing.alike import alike

SAME: dict[type[Any], type[Event]] = {
    domain.FindingWithdrawn: published.FindingWithdrawn,
}


def publish(event: domain.FindingEvent) -> Sequence[Event]:
    """Translate an event for the world; an empty list keeps it private."""
    match event:
        case domain.FindingRaised():
            return [_finding_raised(event)]
        case domain.FindingWithdrawn():
            return [alike(SAME, event)]


def _finding_raised(event: domain.FindingRaised) -> Event:
    finding = event.finding
    return published.FindingRaised(
        inspection_id=event.inspection_id,
        finding_id=finding.finding_id,
        agency_id=event.agency_id,
        item=finding.item,
        kind=finding.kind,
        description=finding.description,
        legal_basis=finding.legal_basis,
        evidence=tuple(
            published.Evidence(reference=piece.reference, sha256=piece.sha256)
            for piece in finding.evidence
        ),
        cause=finding.cause,
        responsible=published.Responsible(
            agency_id=event.agency_id,
            head_ref=finding.head_ref,
            roles=finding.roles,
            person_ref=finding.person_ref,
            head_title=finding.head_title,
            head_source=finding.head_source,
        ),
        raised_on=event.raised_on,
        repeat_of=finding.repeat_of,
        finding_group_id=finding.finding_group_id,
        checks=tuple(asdict(check) for check in finding.checks),
        details=_details(finding),
        cause_kind=finding.cause_kind,
        proposed_measure=finding.proposed_measure,
        basis_not_in_force=event.basis_not_in_force,
    )


def _details(finding: domain.Finding) -> dict[str, Any]:
    """Return what only some findings have, as JSON."""
    told: dict[str, Any] = {}
    if finding.backlog_until is not None:
        told["backlog_until"] = finding.backlog_until.isoformat()
    if finding.approved_list is not None:
        told["approved_list"] = {
            "document": finding.approved_list.document,
            "missing_codes": list(finding.approved_list.missing_codes),
        }
    return told
