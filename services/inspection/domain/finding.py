"""Verbs of findings: raised on evidence and a basis, withdrawn with a reason."""

from __future__ import annotations

from datetime import date

from services.inspection.domain.checking import not_in_force
from services.inspection.domain.events import (
    FindingRaised,
    FindingRectifiedOnSite,
    FindingWithdrawn,
    HeadAccountabilityDetermined,
    InspectionEvent,
    MisconductReferred,
)
from services.inspection.domain.evidence import all_hashed
from services.inspection.domain.inspection import Inspection, begun, known, visiting
from services.inspection.domain.refusals import InspectionRefused
from services.inspection.domain.values import Evidence, Finding, HeadLiability
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
            basis_not_in_force=not_in_force(
                inspection, finding.item, finding.legal_basis
            ),
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


def rectify_on_site(  # noqa: PLR0913  what was done, how it is proved, when, by whom
    inspection: Inspection,
    *,
    finding_id: str,
    how: str,
    evidence: tuple[Evidence, ...],
    on: date,
    by: str | None,
) -> list[InspectionEvent]:
    """Put a finding right while the team is there (chấn chỉnh ngay): it is proved."""
    known(inspection)
    before = inspection.folder.rectified.get(finding_id)
    if before is not None and (before.how, before.evidence) == (how, evidence):
        return []
    planned = visiting(inspection)
    if before is not None:
        raise InspectionRefused("finding-rectified-otherwise", "it is right already")
    _open(inspection, finding_id)
    if not evidence:
        raise InspectionRefused("rectified-without-evidence", "nothing proves it")
    all_hashed(evidence)
    return [
        FindingRectifiedOnSite(
            inspection_id=planned.inspection_id,
            plan_id=planned.terms.plan_id,
            agency_id=planned.terms.agency_id,
            finding_id=finding_id,
            how=how,
            evidence=evidence,
            rectified_on=on,
            by=by,
        )
    ]


def determine_accountability(
    inspection: Inspection, *, head: HeadLiability, on: date, by: str | None
) -> list[InspectionEvent]:
    """Say how far the unit's head answers for a finding, up to the conclusion."""
    planned = known(inspection)
    before = inspection.folder.heads.get(head.finding_id)
    if before is not None and before.head == head:
        return []
    if inspection.concluded is not None:
        raise InspectionRefused("already-concluded", "the conclusion says who answers")
    _open(inspection, head.finding_id)
    return [
        HeadAccountabilityDetermined(
            inspection_id=planned.inspection_id,
            plan_id=planned.terms.plan_id,
            agency_id=planned.terms.agency_id,
            head=head,
            determined_on=on,
            by=by,
        )
    ]


def _open(inspection: Inspection, finding_id: str) -> None:
    if finding_id not in inspection.findings:
        raise InspectionRefused("unknown-finding", f"there is no finding {finding_id}")
    if finding_id in inspection.withdrawn:
        raise InspectionRefused("finding-withdrawn", "it was taken back")


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
