"""What a unit and its superior are told of a remedy: reminded, urged, escalated."""

from __future__ import annotations

from contracts.remediation import (
    RemediationEscalated,
    RemediationOverdue,
    RemediationReminded,
)
from services.chassis.context import today
from services.chassis.journal import Journal
from services.chassis.viewing import Row, Rows
from services.notification import domain
from services.notification.domain import day
from services.notification.subscriptions.telling import Words, above, known, tell


async def on_remediation_reminded(
    event: RemediationReminded, journal: Journal, *, rows: Rows
) -> None:
    """Remind the unit that its date is near."""
    words = Words(template="reminder", about=event.case_id, fields=_case(event))
    await tell(await known(rows, event.agency_id), words, journal)


async def on_remediation_overdue(
    event: RemediationOverdue, journal: Journal, *, rows: Rows
) -> None:
    """Urge the unit."""
    words = Words(
        template="urging",
        about=event.case_id,
        fields={**_case(event), "overdue_from": day(event.overdue_from)},
        urging=_urging(event),
    )
    await tell(await known(rows, event.agency_id), words, journal)


async def on_remediation_escalated(
    event: RemediationEscalated, journal: Journal, *, rows: Rows
) -> None:
    """Tell the superior that the unit is late."""
    words = Words(
        template="escalation",
        about=event.case_id,
        fields={
            **_case(event),
            "overdue_from": day(event.overdue_from),
            "escalated_on": day(today()),
            "level": str(event.level),
        },
        urging=_urging(event),
    )
    await tell(await _superior(rows, event), words, journal)


async def _superior(rows: Rows, event: RemediationEscalated) -> Row:
    """Return whom to tell: whom the plan names, the registry, or the fallback."""
    if event.superior_id is not None:
        return await known(rows, event.superior_id)
    return await above(rows, event.agency_id, event.fallback_id)


def _case(
    event: RemediationReminded | RemediationOverdue | RemediationEscalated,
) -> dict[str, str]:
    return {
        "case": event.case_id,
        "inspection": event.inspection_id,
        "unit": event.agency_name,
        "text": event.text,
        "due_on": day(event.due_on),
        "effective_due_on": day(event.effective_due_on),
    }


def _urging(event: RemediationOverdue | RemediationEscalated) -> domain.Urging:
    return domain.Urging(
        case_id=event.case_id,
        agency_id=event.agency_id,
        level=event.level,
        urged_on=today(),
    )
