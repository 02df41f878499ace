"""What a unit is told of its case: more time or not, rejected, reopened, carried on."""

from __future__ import annotations

from contracts.remediation import (
    CarryOverOpened,
    CaseHandedOver,
    DeadlineExtended,
    DeadlineRecalculated,
    ExtensionRefused,
    HandoverDecisionRequired,
    RemediationRejected,
    RemediationReopened,
    RemediationWaived,
)
from services.chassis.journal import Journal
from services.chassis.viewing import Rows
from services.notification import domain
from services.notification.domain import day
from services.notification.handlers import PHRASES
from services.notification.subscriptions.telling import Words, above, known, tell

Told = (
    DeadlineExtended
    | DeadlineRecalculated
    | ExtensionRefused
    | RemediationRejected
    | RemediationReopened
    | RemediationWaived
)


async def on_deadline_extended(
    event: DeadlineExtended, journal: Journal, *, rows: Rows
) -> None:
    """Tell the unit that it has more time."""
    fields = {
        "previous_due_on": day(event.previous_effective_due_on),
        "effective_due_on": day(event.effective_due_on),
        "reason": event.reason,
    }
    await _unit(rows, event, "extension-granted", fields, journal)


async def on_extension_refused(
    event: ExtensionRefused, journal: Journal, *, rows: Rows
) -> None:
    """Tell the unit that its date stays."""
    fields = {
        "request": event.request_id,
        "refused_on": day(event.refused_on),
        "reason": event.reason,
    }
    await _unit(rows, event, "extension-refused", fields, journal)


async def on_remediation_rejected(
    event: RemediationRejected, journal: Journal, *, rows: Rows
) -> None:
    """Tell the unit why its remedy was found wanting."""
    anew = event.effective_due_on
    fields = {
        "rejected_on": day(event.rejected_on),
        "reason": event.reason,
        "deadline": PHRASES.say("rejected.anew", on=day(anew))
        if anew
        else PHRASES.say("rejected.restored"),
    }
    await _unit(rows, event, "remediation-rejected", fields, journal)


async def on_deadline_recalculated(
    event: DeadlineRecalculated, journal: Journal, *, rows: Rows
) -> None:
    """Tell the unit its date by the official calendar."""
    fields = {
        "recalculated_on": day(event.recalculated_on),
        "calendar": event.calendar_version,
        "previous_due_on": day(event.previous_effective_due_on),
        "effective_due_on": day(event.effective_due_on),
    }
    await _unit(rows, event, "deadline-recalculated", fields, journal)


async def on_remediation_reopened(
    event: RemediationReopened, journal: Journal, *, rows: Rows
) -> None:
    """Tell the unit that its case is open again."""
    fields = {
        "reopened_on": day(event.reopened_on),
        "reason": event.reason,
        "effective_due_on": day(event.effective_due_on),
    }
    await _unit(rows, event, "case-reopened", fields, journal)


async def on_remediation_waived(
    event: RemediationWaived, journal: Journal, *, rows: Rows
) -> None:
    """Tell the unit that nothing is asked any more."""
    fields = {"waived_on": day(event.waived_on), "reason": event.reason}
    await _unit(rows, event, "case-waived", fields, journal)


async def on_carry_over_opened(
    event: CarryOverOpened, journal: Journal, *, rows: Rows
) -> None:
    """Tell the unit that its case goes on in another year's plan."""
    words = Words(
        template="carry-over",
        about=event.case_id,
        fields={
            "case": event.case_id,
            "inspection": event.inspection_id,
            "unit": event.agency_name,
            "text": event.text,
            "from_plan": event.from_plan_id,
            "to_plan": event.to_plan_id,
            "year": str(event.year),
            "due_on": day(event.due_on),
        },
    )
    await tell(await known(rows, event.agency_id), words, journal)


async def on_case_handed_over(
    event: CaseHandedOver, journal: Journal, *, rows: Rows
) -> None:
    """Tell whoever has the case now."""
    decided = event.decided_by is not None
    basis = (
        PHRASES.say("handover.decision", text=event.reason or "")
        if decided
        else PHRASES.say("handover.succession", on=event.legal_ref or "")
    )
    words = Words(
        template="handover",
        about=event.case_id,
        fields={
            "case": event.case_id,
            "inspection": event.inspection_id,
            "from_name": event.from_name,
            "to_name": event.to_name,
            "handed_over_on": day(event.handed_over_on),
            "basis": basis,
        },
    )
    await tell(await known(rows, event.to_agency), words, journal)


async def on_handover_decision_required(
    event: HandoverDecisionRequired, journal: Journal, *, rows: Rows
) -> None:
    """Ask whoever stands above the agency that ended to decide."""
    names = domain.listed(candidate.name for candidate in event.candidates)
    words = Words(
        template="handover-decision",
        about=event.case_id,
        fields={
            "case": event.case_id,
            "inspection": event.inspection_id,
            "text": event.text,
            "ended_name": event.ended_name,
            "required_on": day(event.required_on),
            "legal_ref": event.legal_ref,
            "candidates": names or PHRASES.say("candidates.none"),
        },
    )
    await tell(await above(rows, event.ended_agency), words, journal)


async def _unit(
    rows: Rows, event: Told, template: str, fields: dict[str, str], journal: Journal
) -> None:
    """Write to the unit; nobody in it need be assigned (T9)."""
    named = {"case": event.case_id, "inspection": event.inspection_id}
    words = Words(template=template, about=event.case_id, fields={**named, **fields})
    await tell(await known(rows, event.agency_id), words, journal)
