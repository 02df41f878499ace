"""Verbs of findings: raised on evidence and a basis, withdrawn with a reason."""

from __future__ import annotations

from dataclasses import replace
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
from services.inspection.domain.office import HeadThen, Office, head_then
from services.inspection.domain.refusals import InspectionRefused
from services.inspection.domain.values import Evidence, Finding, HeadLiability
from services.inspection.domain.visiting import on_the_plan

UNTOLD = Office()


def raise_finding(
    inspection: Inspection,
    *,
    finding: Finding,
    on: date,
    by: str | None,
    office: Office = UNTOLD,
) -> list[InspectionEvent]:
    """Record a shortcoming: never without evidence, nor without a basis.

    Who headed the unit on that day is looked up; it need not be said.
    """
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
            finding=_headed(finding, head_then(office, given=finding.head_ref, on=on)),
            raised_on=on,
            by=by,
            basis_not_in_force=not_in_force(
                inspection, finding.item, finding.legal_basis
            ),
        )
    ]


def _headed(finding: Finding, head: HeadThen) -> Finding:
    return replace(
        finding, head_ref=head.ref, head_title=head.title, head_source=head.source
    )


def _as_said(raised: Finding, asked: Finding) -> Finding:
    """Return what stands in the words of what is asked: without what was looked up."""
    looked_up = raised.head_source == "REGISTRY" and asked.head_ref is None
    said = None if looked_up else raised.head_ref
    return replace(raised, head_ref=said, head_title=None, head_source=None)


def _already(inspection: Inspection, finding: Finding) -> bool:
    """Say whether the same finding stands; refuse its id for another one."""
    raised = inspection.findings.get(finding.finding_id)
    if raised is None:
        return False
    if _as_said(raised.finding, finding) != finding:
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
    inspection: Inspection,
    *,
    head: HeadLiability,
    on: date,
    by: str | None,
    office: Office = UNTOLD,
) -> list[InspectionEvent]:
    """Say how far the unit's head answers for a finding, up to the conclusion.

    It is the head who was in office on the day of the finding.
    """
    planned = known(inspection)
    before = inspection.folder.heads.get(head.finding_id)
    if before is not None and _same_liability(before.head, head):
        return []
    if inspection.concluded is not None:
        raise InspectionRefused("already-concluded", "the conclusion says who answers")
    _open(inspection, head.finding_id)
    raised_on = inspection.findings[head.finding_id].raised_on
    then = head_then(office, given=head.head_ref, on=raised_on)
    head = replace(head, head_ref=then.ref, head_source=then.source)
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


def _same_liability(before: HeadLiability, asked: HeadLiability) -> bool:
    looked_up = before.head_source == "REGISTRY" and asked.head_ref is None
    said = None if looked_up else before.head_ref
    return replace(before, head_ref=said, head_source=None) == asked


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
