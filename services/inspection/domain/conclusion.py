"""Verbs of the conclusion: its clock, its content, its being late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from services.inspection.domain.events import (
    ConclusionClockStarted,
    ConclusionIssued,
    ConclusionOverdue,
    InspectionEvent,
)
from services.inspection.domain.inspection import Inspection, going_on, known
from services.inspection.domain.refusals import InspectionRefused
from services.inspection.domain.values import (
    Calendar,
    DueRule,
    NoAction,
    Recommendation,
    Terms,
    UpwardRecommendation,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NEEDS: dict[str, tuple[str, ...]] = {
    "BY_DATE": ("on",),
    "BEFORE_DATE": ("on",),
    "DAYS": ("n", "unit"),
    "START_OF_MONTH": ("year", "month"),
    "MIDDLE_OF_MONTH": ("year", "month"),
    "END_OF_MONTH": ("year", "month"),
    "END_OF_QUARTER": ("year", "quarter"),
    "START_OF_YEAR": ("year",),
    "MIDDLE_OF_YEAR": ("year",),
    "END_OF_YEAR": ("year",),
    "DEFAULT": (),
    "NONE": (),
}
YEARS, MONTHS, DAYS = range(1900, 3000), range(1, 13), range(1, 10_001)
QUARTERS, IN_A_QUARTER = range(1, 5), 3


def overdue_moment(overdue_from: date) -> datetime:
    """Return when that day begins in Hà Nội (BLDS 2015, Đ. 148)."""
    return datetime.combine(overdue_from, time.min, tzinfo=HANOI)


def start_clock(
    inspection: Inspection, *, ended_on: date, calendar: Calendar
) -> list[InspectionEvent]:
    """Count when the conclusion is due, from the end of the round."""
    planned = known(inspection)
    if inspection.clock is not None:
        return []
    terms, rule = planned.terms, planned.terms.conclusion_rule
    counted = calendar.due(ended_on, {"kind": rule.kind, "n": rule.n})
    return [
        ConclusionClockStarted(
            inspection_id=planned.inspection_id,
            plan_id=terms.plan_id,
            round_id=terms.round_id,
            agency_id=terms.agency_id,
            agency_name=terms.agency_name,
            ended_on=ended_on,
            rule_kind=rule.kind,
            rule_n=rule.n,
            due_on=counted.nominal,
            effective_due_on=counted.effective,
            overdue_from=counted.overdue_from,
            calendar_version=counted.calendar_version,
            provisional=counted.provisional,
            explanation_until=_explanation_until(terms, ended_on, calendar),
        )
    ]


def _explanation_until(terms: Terms, ended_on: date, calendar: Calendar) -> date | None:
    """Return the last day on which the unit is waited for; None: it is not."""
    n = terms.visit_policy.explanation_working_days
    if not n:
        return None
    return calendar.due(ended_on, {"kind": "working_days", "n": n}).effective


def issue_conclusion(  # noqa: PLR0913  a conclusion is one document of these parts
    inspection: Inspection,
    *,
    document_number: str,
    recommendations: tuple[Recommendation, ...],
    no_action: tuple[NoAction, ...],
    issued_on: date | None,
    today: date,
    authority: str | None = None,
    explanation_waived: bool = False,
    upward: tuple[UpwardRecommendation, ...] = (),
) -> list[InspectionEvent]:
    """Conclude: minutes or report first, and an answer to each finding; late counts."""
    known(inspection)

    def said(conclusion: ConclusionIssued) -> ConclusionIssued:
        return replace(
            conclusion,
            document_number=document_number,
            recommendations=recommendations,
            no_action=no_action,
            upward=upward,
        )

    if before := inspection.concluded:
        if said(before) == before and issued_on in (None, before.issued_on):
            return []
        raise InspectionRefused("already-concluded", "there is another conclusion")
    on = issued_on or today
    clock = _ready(inspection, on)
    if not explanation_waived:
        _heard_out(inspection, clock, on)
    if on > today:
        raise InspectionRefused("conclusion-in-future", f"{on} is yet to come")
    _answered(
        inspection.open_findings, recommendations, no_action, _rectified(inspection)
    )
    _asked_once(recommendations, upward)
    for due in (*(r.due for r in recommendations), *(u.due for u in upward)):
        if due is not None:
            _complete(due)
            _to_come(due, on)
    conclusion = replace(
        said(_conclusion(inspection, clock, on)),
        authority=authority,
        explanation_waived=explanation_waived,
    )
    return [conclusion]


def _conclusion(
    inspection: Inspection, clock: ConclusionClockStarted, on: date
) -> ConclusionIssued:
    """Return a conclusion with all that the inspection itself says."""
    planned, terms = known(inspection), known(inspection).terms
    return ConclusionIssued(
        inspection_id=planned.inspection_id,
        plan_id=terms.plan_id,
        round_id=terms.round_id,
        agency_id=terms.agency_id,
        agency_name=terms.agency_name,
        document_number="",
        issued_on=on,
        due_on=clock.due_on,
        effective_due_on=clock.effective_due_on,
        late=on > clock.effective_due_on,
        findings=inspection.open_findings,
        no_action=(),
        recommendations=(),
        remedy_policy=terms.remedy_policy,
        inspector_refs=tuple(sorted(inspection.inspectors)),
        basis=terms.basis,
        mode=terms.mode,
        rectified=_rectified(inspection),
        accountability=tuple(
            determined.head
            for finding_id, determined in inspection.folder.heads.items()
            if finding_id in inspection.open_findings
        ),
    )


def _rectified(inspection: Inspection) -> tuple[str, ...]:
    """Return the open findings that were put right before the team left."""
    return tuple(
        f for f in inspection.open_findings if f in inspection.folder.rectified
    )


def _ready(inspection: Inspection, on: date) -> ConclusionClockStarted:
    if going_on(inspection).terms.desk:
        _on_paper(inspection)
    elif inspection.minutes is None:
        raise InspectionRefused("conclusion-without-minutes", "there are no minutes")
    if inspection.clock is None or on < inspection.clock.ended_on:
        raise InspectionRefused("round-not-ended", "the round is not over")
    return inspection.clock


def _on_paper(inspection: Inspection) -> None:
    """Refuse to conclude at the desk without report, data and assessment (S3)."""
    if inspection.report is None:
        raise InspectionRefused("conclusion-without-report", "there is no report")
    if not inspection.monitoring:
        raise InspectionRefused(
            "conclusion-without-monitoring-data", "a report alone is the unit's word"
        )
    if not inspection.assessments:
        raise InspectionRefused("nothing-assessed", "no content item was assessed")


def _heard_out(inspection: Inspection, clock: ConclusionClockStarted, on: date) -> None:
    """Refuse to conclude while the unit may still explain, and has not."""
    until = clock.explanation_until
    if until is not None and on <= until and not inspection.explanations:
        raise InspectionRefused(
            "explanation-window-open", f"the unit may explain until {until}"
        )


def _answered(
    findings: Sequence[str],
    recommendations: Sequence[Recommendation],
    no_action: Sequence[NoAction],
    rectified: Sequence[str],
) -> None:
    """Refuse unless each open finding is answered, and nothing else is.

    One that was put right on the spot needs no more: the conclusion names it.
    """
    asked = {f for r in recommendations for f in r.finding_ids}
    dropped = {n.finding_id for n in no_action}
    if unknown := sorted((asked | dropped) - set(findings)):
        raise InspectionRefused("unknown-finding", f"no open finding {unknown}")
    if unanswered := sorted(set(findings) - asked - dropped - set(rectified)):
        raise InspectionRefused("finding-unanswered", f"no answer to {unanswered}")
    if both := sorted(asked & dropped):
        raise InspectionRefused("finding-answered-twice", f"{both}: asked and dropped")
    if twice := _repeated([n.finding_id for n in no_action]):
        raise InspectionRefused("finding-answered-twice", f"{twice} is dropped twice")


def _asked_once(
    recommendations: Sequence[Recommendation], upward: Sequence[UpwardRecommendation]
) -> None:
    """Refuse an id that stands for two recommendations, down or up."""
    ids = [
        *(r.recommendation_id for r in recommendations),
        *(u.recommendation_id for u in upward),
    ]
    if twice := _repeated(ids):
        raise InspectionRefused("recommendation-twice", f"{twice} stands twice")


def _repeated(ids: Collection[str]) -> list[str]:
    return sorted(i for i, times in Counter(ids).items() if times > 1)


def _complete(due: DueRule) -> None:
    """Refuse a due rule with a part missing, out of range, or of another rule."""
    given = {
        name
        for name in ("on", "n", "unit", "year", "month", "quarter")
        if getattr(due, name) is not None
    }
    sound = (
        given == set(NEEDS[due.kind])
        and (due.n is None or due.n in DAYS)
        and (due.year is None or due.year in YEARS)
        and (due.month is None or due.month in MONTHS)
        and (due.quarter is None or due.quarter in QUARTERS)
    )
    if not sound:
        raise InspectionRefused(
            "due-rule-incomplete", f"a part of {due.kind} is missing or odd"
        )


def _to_come(due: DueRule, on: date) -> None:
    """Refuse a date that had passed when it was set: nobody could have kept it."""
    last = due.quarter * IN_A_QUARTER if due.quarter else len(MONTHS)
    month = (due.year or on.year, due.month or last)
    if (due.on or on) < on or month < (on.year, on.month):
        raise InspectionRefused(
            "due-before-conclusion", f"it is after {due.on or month}"
        )


def mark_overdue(inspection: Inspection, *, at: datetime) -> list[InspectionEvent]:
    """Say that the conclusion is overdue: once, and never before its day passed."""
    planned, clock = inspection.planned, inspection.clock
    if planned is None or clock is None:
        return []
    if inspection.concluded is not None or inspection.overdue:
        return []
    if at < overdue_moment(clock.overdue_from):
        return []
    return [
        ConclusionOverdue(
            inspection_id=planned.inspection_id,
            plan_id=planned.terms.plan_id,
            round_id=planned.terms.round_id,
            agency_id=planned.terms.agency_id,
            lead_agency=planned.terms.lead_agency,
            due_on=clock.due_on,
            effective_due_on=clock.effective_due_on,
            overdue_from=clock.overdue_from,
            calendar_version=clock.calendar_version,
        )
    ]
