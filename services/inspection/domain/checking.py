"""Verbs of the checklist at a unit: pinned before the visit, answered at it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.inspection.domain.checklist import Checklist, pinned_version
from services.inspection.domain.events import (
    ChecklistPinned,
    InspectionEvent,
    ItemAnswered,
)
from services.inspection.domain.evidence import all_hashed
from services.inspection.domain.inspection import Inspection, going_on, known, visiting
from services.inspection.domain.refusals import InspectionRefused
from services.inspection.domain.values import (
    Answer,
    ChecklistPin,
    Metric,
    Target,
    Verdict,
)


def pin_checklist(
    inspection: Inspection, *, pin: ChecklistPin, checklist: Checklist
) -> list[InspectionEvent]:
    """Settle which state of which checklist the visit goes by, before it starts."""
    planned = going_on(inspection)
    published = pinned_version(checklist, pin)
    settled = ChecklistPin(
        checklist_id=pin.checklist_id, version=pin.version, sha256=published.sha256
    )
    before = inspection.folder.pinned
    if before is not None and before.pin == settled:
        return []
    if inspection.started is not None or inspection.concluded is not None:
        raise InspectionRefused("visit-started", "it goes by what it started with")
    if inspection.folder.answers:
        raise InspectionRefused("checklist-in-use", "questions of it were answered")
    return [
        ChecklistPinned(
            inspection_id=planned.inspection_id,
            agency_id=planned.terms.agency_id,
            pin=settled,
            title=published.title,
            items=published.items,
        )
    ]


def pin_as_ordered(
    inspection: Inspection, checklist: Checklist
) -> list[InspectionEvent]:
    """Settle on the checklist of the order, unless another was settled on."""
    pin = known(inspection).terms.checklist
    if pin is None or inspection.folder.pinned is not None:
        return []
    return pin_checklist(inspection, pin=pin, checklist=checklist)


def answer_item(
    inspection: Inspection, *, answer: Answer, by: str | None
) -> list[InspectionEvent]:
    """Answer a question of the pinned checklist; answering anew replaces."""
    folder = inspection.folder
    if folder.answers.get((answer.item, answer.question)) == answer:
        return []
    planned = visiting(inspection)
    if folder.pinned is None:
        raise InspectionRefused("no-checklist-pinned", "the visit goes by none")
    item = folder.item(answer.item)
    questions = {question.code for question in item.questions} if item else set()
    if answer.question not in questions:
        raise InspectionRefused(
            "not-in-checklist", f"it does not ask {answer.item}/{answer.question}"
        )
    all_hashed(answer.evidence)
    return [
        ItemAnswered(
            inspection_id=planned.inspection_id,
            agency_id=planned.terms.agency_id,
            answer=answer,
            by=by,
        )
    ]


def visit_day(inspection: Inspection) -> date | None:
    """Return the day of the visit, or of the report that stands for one."""
    if inspection.started is not None:
        return inspection.started.started_at.date()
    return inspection.report.received_on if inspection.report else None


def not_in_force(
    inspection: Inspection, item: str, cited: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return the provisions of an item, and the cited ones, not in force that day.

    The law may have changed between plan and visit: it is said, not refused, for a
    human has to look at it.
    """
    pinned, on = inspection.folder.pinned, visit_day(inspection)
    if pinned is None or on is None:
        return ()
    return tuple(
        dict.fromkeys(
            basis.provision
            for asked in pinned.items
            for basis in asked.legal_basis
            if (asked.code == item or basis.provision in cited)
            and not basis.in_force(on)
        )
    )


def target_of(inspection: Inspection, code: str) -> Target | None:
    """Return what a figure is to reach: by the pinned checklist, else by the plan."""
    pinned = inspection.folder.pinned
    figures = (item.metric for item in pinned.items) if pinned else ()
    asked = next((m for m in figures if m is not None and m.code == code), None)
    return asked or _planned(inspection, code)


def _planned(inspection: Inspection, code: str) -> Target | None:
    """Return what the plan says of a figure, for a content that the visit has."""
    for figure in inspection.planned.terms.figures if inspection.planned else ():
        aim = figure.aim
        if aim.code == code and aim.value is not None:
            return Target(code=code, target=aim.value, sense=aim.sense, due=aim.due)
    return None


def judge(metric: Metric, target: Target | None) -> Verdict | None:
    """Hold a figure against its target, exactly; None: there is nothing to say."""
    if target is None or metric.denominator == 0:
        return None
    whole = 1 if metric.denominator is None else metric.denominator
    reached = Decimal(metric.numerator * (1 if metric.denominator is None else 100))
    wanted = target.target * whole
    met = reached >= wanted if target.sense == "AT_LEAST" else reached <= wanted
    if met:
        return "MET"
    early = target.due is not None and metric.as_of < target.due
    return "NOT_DUE" if early else "MISSED"
