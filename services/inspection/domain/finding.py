"""Verbs of findings: raised on evidence and a basis, withdrawn with a reason."""

from __future__ import annotations

from datetime import date

from services.inspection.domain.events import (
    FindingRaised,
    FindingWithdrawn,
    InspectionEvent,
    MisconductReferred,
)
from services.inspection.domain.evidence import all_hashed
from services.inspection.domain.inspection import Inspection, begun, known, visiting
from services.inspection.domain.refusals import InspectionRefused
from services.inspection.domain.values import Finding
from services.inspection.domain.visiting import on_the_plan


def raise_finding(
    inspection: Inspection, *, finding: Finding, on: date, by: str | None
) -> list[InspectionEvent]:
    """Record a shortcoming: never without evidence, nor without a basis."""
    known(inspection)
    if _already(inspection, finding):
        return []
    planned = visiting(inspection)
    on_the_plan(planned, finding.item)
    if not finding.evidence:
        raise InspectionRefused("finding-without-evidence", "nothing proves it")
    if not any(basis.strip() for basis in finding.legal_basis):
        raise InspectionRefused("finding-without-basis", "no law or directive is named")
    all_hashed(finding.evidence)
    return [
        FindingRaised(
            inspection_id=planned.inspection_id,
            plan_id=planned.terms.plan_id,
            agency_id=planned.terms.agency_id,
            agency_name=planned.terms.agency_name,
            finding=finding,
            raised_on=on,
            by=by,
        )
    ]


def _already(inspection: Inspection, finding: Finding) -> bool:
    """Say whether the same finding stands; refuse its id for another one."""
    raised = inspection.findings.get(finding.finding_id)
    if raised is None:
        return False
    if raised.finding != finding:
        raise InspectionRefused("finding-raised-otherwise", "the id is taken")
    if finding.finding_id in inspection.withdrawn:
        raise InspectionRefused("finding-withdrawn", "it was taken back")
    return True


def withdraw_finding(
    inspection: Inspection, *, finding_id: str, reason: str, on: date
) -> list[InspectionEvent]:
    """Take a finding back, before the conclusion; it stays on record."""
    planned = known(inspection)
    if finding_id not in inspection.findings:
        raise InspectionRefused("unknown-finding", f"there is no finding {finding_id}")
    if finding_id in inspection.withdrawn:
        return []
    if inspection.concluded is not None:
        raise InspectionRefused("already-concluded", "the conclusion names it")
    return [
        FindingWithdrawn(
            inspection_id=planned.inspection_id,
            finding_id=finding_id,
            agency_id=planned.terms.agency_id,
            reason=reason,
            withdrawn_on=on,
        )
    ]


def refer_misconduct(
    inspection: Inspection, *, to_authority: str, reference: str, on: date
) -> list[InspectionEvent]:
    """Pass misconduct on (xử lý nghiêm nhũng nhiễu, phiền hà), by reference only."""
    planned = begun(inspection)
    if (to_authority, reference) in inspection.referred:
        return []
    return [
        MisconductReferred(
            inspection_id=planned.inspection_id,
            agency_id=planned.terms.agency_id,
            to_authority=to_authority,
            reference=reference,
            referred_on=on,
        )
    ]
