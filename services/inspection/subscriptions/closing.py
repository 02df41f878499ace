"""What an inspection hears of its remedies, until it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from contracts.event import Event
from contracts.remediation import (
    CarryOverOpened,
    RemediationClosed,
    RemediationReopened,
    RemediationWaived,
)
from services.chassis.consumer import Reaction
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain, handlers
from services.inspection.subscriptions import memory


async def on_remediation_closed(event: RemediationClosed, journal: Journal) -> None:
    """Note that a remedy was verified."""
    await _settle(event, "VERIFIED", journal)


async def on_remediation_waived(event: RemediationWaived, journal: Journal) -> None:
    """Note that a remedy is not asked for any more."""
    await _settle(event, "WAIVED", journal)


async def on_carry_over_opened(event: CarryOverOpened, journal: Journal) -> None:
    """Note that another year's plan follows the case up."""
    await _settle(event, "CARRIED_OVER", journal)


async def on_remediation_reopened(event: RemediationReopened, journal: Journal) -> None:
    """Note that a case is open again."""
    command = asked.ReopenRemedy(
        recommendation_id=event.case_id, reopened_on=event.reopened_on
    )
    await handlers.reopen_remedy(event.inspection_id, command, journal)


async def on_conclusion_issued(
    event: domain.ConclusionIssued, journal: Journal
) -> None:
    """Put what is asked for to memory; where it is nothing, the inspection is over."""
    await memory.on_conclusion_issued(event, journal)
    command = asked.CloseWithoutRemedies(concluded_on=event.issued_on)
    await handlers.close_without_remedies(event.inspection_id, command, journal)


async def _settle(
    event: RemediationClosed | RemediationWaived | CarryOverOpened,
    settled_as: Literal["VERIFIED", "WAIVED", "CARRIED_OVER"],
    journal: Journal,
) -> None:
    match event:
        case RemediationClosed(closed_on=on):
            pass
        case RemediationWaived(waived_on=on):
            pass
        case CarryOverOpened(opened_on=on):
            pass
    command = asked.SettleRemedy(
        recommendation_id=event.case_id, settled_as=settled_as, settled_on=on
    )
    await handlers.settle_remedy(event.inspection_id, command, journal)


ON: Mapping[type[Event], Reaction] = {
    RemediationClosed: on_remediation_closed,
    RemediationWaived: on_remediation_waived,
    RemediationReopened: on_remediation_reopened,
    CarryOverOpened: on_carry_over_opened,
}
OWN: Mapping[type[domain.ConclusionIssued], Reaction] = {
    domain.ConclusionIssued: on_conclusion_issued,
}
