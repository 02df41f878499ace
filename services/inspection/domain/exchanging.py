"""Verbs between unit and team: reports, data, guidance, explanations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.inspection.domain.checking import pin_as_ordered
from services.inspection.domain.checklist import Checklist
from services.inspection.domain.events import (
    ExplanationSubmitted,
    FindingConfirmed,
    GuidanceGiven,
    InspectionEvent,
    MonitoringDataAttached,
    UnitReportReceived,
)
from services.inspection.domain.evidence import all_hashed, hashed
from services.inspection.domain.inspection import (
    Inspection,
    begun,
    going_on,
    known,
    undisclosed,
)
from services.inspection.domain.refusals import InspectionRefused
from services.inspection.domain.values import Calendar, Evidence, Terms


def of_the_unit(inspection: Inspection, *, agency_id: str | None) -> None:
    """Let a head answer for their own unit only.

    Raises:
        InspectionRefused: The officer belongs to another agency.
    """
    if known(inspection).terms.agency_id != agency_id:
        raise InspectionRefused("not-your-inspection", "another unit is inspected")


def receive_report(  # noqa: PLR0913  a document, its day, and what counts its term
    inspection: Inspection,
    *,
    document_number: str,
    sha256: str,
    received_on: date | None,
    today: date,
    calendar: Calendar,
    checklist: Checklist | None = None,
) -> list[InspectionEvent]:
    """Take the unit's report in, before the visit or instead of one.

    At the desk, the work begins with it: from now on it goes by its checklist.
    """
    planned = going_on(inspection)
    terms = planned.terms
    if undisclosed(inspection):
        raise InspectionRefused(
            "unannounced-without-report", "the unit does not know of it yet"
        )
    if before := inspection.report:
        if (before.document_number, before.sha256) == (document_number, sha256):
            return []
        raise InspectionRefused("report-received-otherwise", "there is another report")
    on = received_on or today
    if on > today:
        raise InspectionRefused("report-in-future", f"{on} is yet to come")
    hashed(sha256, document_number)
    due_on = _report_due(terms, inspection.planned_on, calendar)
    return [
        *(pin_as_ordered(inspection, checklist) if terms.desk and checklist else []),
        UnitReportReceived(
            inspection_id=planned.inspection_id,
            plan_id=terms.plan_id,
            round_id=terms.round_id,
            agency_id=terms.agency_id,
            mode=terms.mode,
            document_number=document_number,
            sha256=sha256,
            received_on=on,
            due_on=due_on,
            late=due_on is not None and on > due_on,
            before_visit=inspection.started is None,
        ),
    ]


def _report_due(
    terms: Terms, planned_on: date | None, calendar: Calendar
) -> date | None:
    """Return the last day for the report: some working days before the visit."""
    if planned_on is None or terms.unannounced:
        return None
    if terms.desk:
        return planned_on
    n = terms.visit_policy.report_working_days
    rule = {"kind": "working_days_before", "date": planned_on, "n": n}
    return calendar.due(planned_on, rule).nominal if n else planned_on


def attach_monitoring_data(  # noqa: PLR0913  data come with all that names them
    inspection: Inspection,
    *,
    source_system: str,
    data: Evidence,
    period: str | None,
    summary: str | None,
    on: date,
) -> list[InspectionEvent]:
    """Put what monitoring knows of the unit to the file; each piece once."""
    planned = going_on(inspection)
    event = MonitoringDataAttached(
        inspection_id=planned.inspection_id,
        plan_id=planned.terms.plan_id,
        agency_id=planned.terms.agency_id,
        source_system=source_system,
        reference=data.reference,
        sha256=data.sha256,
        attached_on=on,
        period=period,
        summary=summary,
    )
    before = inspection.monitoring.get(data.reference)
    if before is not None and replace(event, attached_on=before.attached_on) == before:
        return []
    if before is not None:
        raise InspectionRefused("data-attached-otherwise", "the reference is taken")
    if inspection.concluded is not None:
        raise InspectionRefused("already-concluded", "the conclusion does without it")
    hashed(data.sha256, data.reference)
    return [event]


def give_guidance(  # noqa: PLR0913  guidance is noted with all that is known of it
    inspection: Inspection,
    *,
    guidance_id: str,
    text: str,
    item: str | None,
    to_roles: tuple[str, ...],
    on: date,
    by: str | None,
) -> list[InspectionEvent]:
    """Show the unit how to do it, on the spot: help, not a finding."""
    planned = begun(inspection)
    before = inspection.guidance.get(guidance_id)
    if before is not None:
        if (before.text, before.item, before.to_roles) == (text, item, to_roles):
            return []
        raise InspectionRefused("guidance-given-otherwise", "the id is taken")
    if inspection.concluded is not None:
        raise InspectionRefused("already-concluded", "the inspection is over")
    return [
        GuidanceGiven(
            inspection_id=planned.inspection_id,
            agency_id=planned.terms.agency_id,
            guidance_id=guidance_id,
            text=text,
            given_on=on,
            item=item,
            to_roles=to_roles,
            by=by,
        )
    ]


def explain(  # noqa: PLR0913  an explanation is one document of these parts
    inspection: Inspection,
    *,
    explanation_id: str,
    finding_ids: tuple[str, ...],
    text: str,
    evidence: tuple[Evidence, ...],
    document_number: str | None,
    on: date,
) -> list[InspectionEvent]:
    """Answer findings as the unit, before the conclusion (giải trình); late counts."""
    planned = begun(inspection)
    event = ExplanationSubmitted(
        inspection_id=planned.inspection_id,
        plan_id=planned.terms.plan_id,
        agency_id=planned.terms.agency_id,
        explanation_id=explanation_id,
        finding_ids=finding_ids,
        text=text,
        submitted_on=on,
        evidence=evidence,
        document_number=document_number,
        late=_after_window(inspection, on),
    )
    if before := inspection.explanations.get(explanation_id):
        same = replace(event, submitted_on=before.submitted_on, late=before.late)
        if same == before:
            return []
        raise InspectionRefused("explained-otherwise", "the id is taken")
    if inspection.concluded is not None:
        raise InspectionRefused("already-concluded", "the conclusion is out")
    if unknown := sorted(set(finding_ids) - set(inspection.open_findings)):
        raise InspectionRefused("unknown-finding", f"no open finding {unknown}")
    all_hashed(evidence)
    return [event]


def _after_window(inspection: Inspection, on: date) -> bool:
    clock = inspection.clock
    until = clock.explanation_until if clock else None
    return until is not None and on > until


def confirm_finding(
    inspection: Inspection, *, finding_id: str, remark: str | None, on: date
) -> list[InspectionEvent]:
    """Hold on to a finding after the unit has answered, or could have."""
    planned = known(inspection)
    if finding_id not in inspection.findings:
        raise InspectionRefused("unknown-finding", f"there is no finding {finding_id}")
    if finding_id in inspection.confirmed:
        return []
    if finding_id in inspection.withdrawn:
        raise InspectionRefused("finding-withdrawn", "it was taken back")
    if inspection.concluded is not None:
        raise InspectionRefused("already-concluded", "the conclusion names it")
    return [
        FindingConfirmed(
            inspection_id=planned.inspection_id,
            finding_id=finding_id,
            agency_id=planned.terms.agency_id,
            confirmed_on=on,
            remark=remark,
        )
    ]
