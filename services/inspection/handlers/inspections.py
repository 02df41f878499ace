"""Commands on one inspection to decisions; no rule in here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from services.chassis.context import HANOI, current, today
from services.chassis.deciding import Decided, decide, decide_many
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.aggregates import INSPECTION


def _officer() -> str | None:
    """Return the reference of who is asking, if it is a person."""
    principal = current().principal
    return principal.person_ref if principal else None


async def _inspect(
    journal: Journal,
    inspection_id: str,
    verb: Callable[[domain.Inspection], list[domain.InspectionEvent]],
) -> Decided:
    """Decide for somebody who inspects: never one of the unit itself."""
    principal = current().principal
    agency_id = principal.agency_id if principal else None

    def decision(inspection: domain.Inspection) -> list[domain.InspectionEvent]:
        domain.impartial(inspection, agency_id=agency_id)
        return verb(inspection)

    return await decide(journal, INSPECTION, inspection_id, decision)


async def plan_inspection(
    inspection_id: str, command: asked.PlanInspection, journal: Journal
) -> Decided:
    """Take up an ordered inspection."""
    return await decide(
        journal,
        INSPECTION,
        inspection_id,
        partial(domain.plan, inspection_id=inspection_id, terms=command.terms),
    )


async def notify_unit(
    inspection_id: str, command: asked.NotifyUnit, journal: Journal
) -> Decided:
    """Tell the unit."""
    return await decide(
        journal,
        INSPECTION,
        inspection_id,
        partial(domain.notify_unit, outline=command.outline, on=today()),
    )


async def start_visit(
    inspection_id: str, command: asked.StartVisit, journal: Journal
) -> Decided:
    """Arrive at the unit."""
    return await _inspect(
        journal,
        inspection_id,
        partial(
            domain.start_visit,
            at=current().occurred_at.astimezone(HANOI),
            site=command.site,
            by=_officer(),
        ),
    )


async def assess_content(
    inspection_id: str, command: asked.AssessContent, journal: Journal
) -> Decided:
    """Assess a content item."""
    return await _inspect(
        journal,
        inspection_id,
        partial(domain.assess_content, assessment=command.value(), by=_officer()),
    )


async def record_metric(
    inspection_id: str, command: asked.RecordMetric, journal: Journal
) -> Decided:
    """Record a figure."""
    return await _inspect(
        journal,
        inspection_id,
        partial(domain.record_metric, metric=command.value(today())),
    )


async def raise_finding(
    inspection_id: str, command: asked.RaiseFinding, journal: Journal
) -> Decided:
    """Record a shortcoming."""
    return await _inspect(
        journal,
        inspection_id,
        partial(
            domain.raise_finding, finding=command.value(), on=today(), by=_officer()
        ),
    )


async def withdraw_finding(
    inspection_id: str, command: asked.WithdrawFinding, journal: Journal
) -> Decided:
    """Take a finding back."""
    return await _inspect(
        journal,
        inspection_id,
        partial(
            domain.withdraw_finding,
            finding_id=command.finding_id,
            reason=command.reason,
            on=today(),
        ),
    )


async def assess_carried_over(
    inspection_id: str, command: asked.AssessCarriedOver, journal: Journal
) -> Decided:
    """Look at an open item of earlier inspections again."""
    item = domain.CarriedOver(
        item_ref=command.item_ref, result=command.result, remark=command.remark
    )
    return await _inspect(
        journal,
        inspection_id,
        partial(domain.assess_carried_over, item=item),
    )


async def refer_misconduct(
    inspection_id: str, command: asked.ReferMisconduct, journal: Journal
) -> Decided:
    """Pass misconduct on."""
    return await decide(
        journal,
        INSPECTION,
        inspection_id,
        partial(
            domain.refer_misconduct,
            to_authority=command.to_authority,
            reference=command.reference,
            on=today(),
        ),
    )


async def note_practice(
    practice_id: str, command: asked.NotePractice, journal: Journal
) -> None:
    """Remember a good practice at the inspections of those who follow it."""
    note = partial(domain.note_practice, practice_id=practice_id)
    await decide_many(journal, INSPECTION, dict.fromkeys(command.inspection_ids, note))


async def complete_visit(
    inspection_id: str, command: asked.CompleteVisit, journal: Journal
) -> Decided:
    """End the visit."""
    return await _inspect(
        journal,
        inspection_id,
        partial(domain.complete_visit, points=command.points),
    )


async def sign_minutes(
    inspection_id: str, command: asked.SignMinutes, journal: Journal
) -> Decided:
    """Record the signed minutes."""
    return await _inspect(
        journal,
        inspection_id,
        partial(
            domain.sign_minutes,
            document_number=command.document_number,
            sha256=command.sha256,
            signed_by_unit_ref=command.signed_by_unit_ref,
            on=today(),
        ),
    )


async def refuse_minutes(
    inspection_id: str, command: asked.RefuseMinutes, journal: Journal
) -> Decided:
    """Record that the unit refused to sign."""
    return await _inspect(
        journal,
        inspection_id,
        partial(
            domain.refuse_minutes,
            document_number=command.document_number,
            reason=command.reason,
            witness_ref=command.witness_ref,
            on=today(),
        ),
    )


async def start_clocks(
    command: asked.StartClocks, journal: Journal, calendar: domain.Calendar
) -> None:
    """Start the clocks of all conclusions of a round, or none."""
    start = partial(domain.start_clock, ended_on=command.ended_on, calendar=calendar)
    await decide_many(journal, INSPECTION, dict.fromkeys(command.inspection_ids, start))


async def issue_conclusion(
    inspection_id: str, command: asked.IssueConclusion, journal: Journal
) -> Decided:
    """Issue the conclusion."""
    return await _inspect(
        journal,
        inspection_id,
        partial(
            domain.issue_conclusion,
            document_number=command.document_number,
            recommendations=tuple(r.value() for r in command.recommendations),
            no_action=tuple(n.value() for n in command.no_action),
            issued_on=command.issued_on,
            today=today(),
        ),
    )


async def mark_conclusion_overdue(
    inspection_id: str, command: asked.MarkConclusionOverdue, journal: Journal
) -> Decided:
    """Answer the day that the conclusion was due."""
    return await decide(
        journal,
        INSPECTION,
        inspection_id,
        partial(domain.mark_overdue, at=command.at),
    )
