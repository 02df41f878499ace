"""Commands on an issued plan to decisions: sent, changed, moved, called off."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from services.chassis.context import today
from services.chassis.deciding import Decided, decide, load
from services.chassis.journal import Journal
from services.planning import domain
from services.planning.commands import amending as asked
from services.planning.domain import amending, carrying, documents, plan, quota_setting
from services.planning.handlers.aggregates import AGENCY, PLAN
from services.planning.handlers.documents import record_document
from services.planning.handlers.plans import place_of, units_of, window_of


async def amend_plan(
    plan_id: str,
    command: asked.AmendPlan,
    journal: Journal,
    *,
    registry: domain.Registry,
) -> Decided:
    """Change an issued plan by a document, whose number is taken too."""
    known = await load(journal, PLAN, plan_id)
    units = await _units([one.agency_id for one in command.add], journal)
    issuer = _issuer(known)
    amendment = amending.Amendment(
        document_number=command.document_number,
        reason=command.reason,
        amended_on=command.amended_on or today(),
        asked=sha256(command.model_dump_json().encode()).hexdigest(),
        add=tuple(
            amending.Addition(
                agency_id=one.agency_id,
                window=window_of(one.window),
                place=place_of(one),
            )
            for one in command.add
        ),
        withdraw=tuple(
            amending.Withdrawal(**one.model_dump()) for one in command.withdraw
        ),
        reschedule=tuple(
            amending.Move(agency_id=one.agency_id, window=window_of(one.window))
            for one in command.reschedule
        ),
        quotas=await _quotas(plan_id, issuer, command, journal, registry),
    )
    async with journal.transaction():
        decided = await decide(
            journal,
            PLAN,
            plan_id,
            lambda plan: amending.amend(plan, amendment=amendment, units=units),
        )
        if decided.events:
            await _signed(
                plan_id,
                issuer,
                command.document_number,
                amendment.amended_on,
                journal,
            )
    return decided


async def reschedule_target(
    plan_id: str, command: asked.RescheduleTarget, journal: Journal
) -> Decided:
    """Move a unit inside its tentative days."""
    return await decide(
        journal,
        PLAN,
        plan_id,
        lambda plan: amending.reschedule_target(
            plan,
            agency_id=command.agency_id,
            window=window_of(command.window),
            reason=command.reason,
        ),
    )


async def add_unplanned_target(
    plan_id: str, command: asked.AddUnplannedTarget, journal: Journal
) -> Decided:
    """Inspect a unit that the plan does not list."""
    agency = await load(journal, AGENCY, command.agency_id)
    unplanned = plan.UnplannedTargetAdded(
        plan_id=plan_id,
        agency_id=command.agency_id,
        name="",
        kind="",
        window=window_of(command.window),
        reason=command.reason,
        added_on=command.added_on or today(),
        place=place_of(command),
    )
    return await decide(
        journal,
        PLAN,
        plan_id,
        lambda plan: amending.add_unplanned(
            plan, unplanned=unplanned, unit=agency.unit
        ),
    )


async def notify_plan(
    plan_id: str, command: asked.NotifyPlan, journal: Journal
) -> Decided:
    """Record to whom a plan was sent."""
    return await decide(
        journal,
        PLAN,
        plan_id,
        lambda plan: amending.notify(
            plan, on=command.notified_on or today(), recipients=command.recipients
        ),
    )


async def cancel_plan(
    plan_id: str, command: asked.CancelPlan, journal: Journal
) -> Decided:
    """Call a plan off."""
    cancelled = plan.PlanCancelled(
        plan_id=plan_id,
        document_number=command.document_number,
        reason=command.reason,
        cancelled_on=command.cancelled_on or today(),
    )
    async with journal.transaction():
        decided = await decide(
            journal,
            PLAN,
            plan_id,
            lambda plan: amending.cancel(plan, cancelled=cancelled),
        )
        if decided.events:
            known = await load(journal, PLAN, plan_id)
            await _signed(
                plan_id,
                _issuer(known),
                command.document_number,
                cancelled.cancelled_on,
                journal,
            )
    return decided


async def import_shortcomings(
    plan_id: str, command: asked.ImportShortcomings, journal: Journal
) -> Decided:
    """Take over what an index or an earlier inspection found wanting."""
    imported = [
        plan.ShortcomingImported(
            plan_id=plan_id,
            item_ref=item.item_ref,
            agency_id=item.agency_id,
            text=item.text,
            source=command.source,
            period=command.period,
        )
        for item in command.items
    ]
    return await decide(
        journal,
        PLAN,
        plan_id,
        lambda plan: carrying.import_shortcomings(plan, imported=imported),
    )


async def carry_item_in(
    plan_id: str, item: plan.ItemCarriedIn, journal: Journal
) -> Decided:
    """Take over a case that an earlier plan left open."""
    return await decide(
        journal, PLAN, plan_id, lambda plan: carrying.carry_in(plan, item=item)
    )


async def _units(agency_ids: list[str], journal: Journal) -> dict[str, domain.Unit]:
    agencies = [await load(journal, AGENCY, name) for name in sorted(set(agency_ids))]
    return {agency.unit.agency_id: agency.unit for agency in agencies if agency.unit}


async def _quotas(
    plan_id: str,
    issuer: str,
    command: asked.AmendPlan,
    journal: Journal,
    registry: domain.Registry,
) -> tuple[plan.QuotaSet, ...] | None:
    if command.quotas is None:
        return None
    quotas = []
    for body in command.quotas:
        quota, window = domain.Quota(**body.quota.model_dump()), window_of(body.window)
        quota_setting.sound(quota)
        units = await units_of(quota, window, issuer, journal, registry)
        quotas.append(quota_setting.quota_set(plan_id, quota, window, units, body.mode))
    return tuple(quotas)


async def _signed(
    plan_id: str,
    issuer: str,
    document_number: str,
    issued_on: date,
    journal: Journal,
) -> None:
    """Record the document; the plan's own number is not that of a change."""
    signed = documents.signed(
        agency_id=issuer,
        document_number=document_number,
        issued_on=issued_on,
        subject=f"{plan_id}: {document_number}",
    )
    await record_document(signed, journal)


def _issuer(known: plan.Plan) -> str:
    return known.draft.issuer if known.draft else ""
