"""What earlier years leave open, heard of to be looked at again."""

from __future__ import annotations

from contracts.remediation import CarryOverOpened
from services.chassis.errors import CauseUnseen
from services.chassis.journal import Journal
from services.planning.domain import plan
from services.planning.domain.plan import PlanUnknown
from services.planning.handlers.amending import carry_item_in


async def on_carry_over_opened(event: CarryOverOpened, journal: Journal) -> None:
    """Put an open case before the visit that the new plan pays its unit."""
    item = plan.ItemCarriedIn(
        plan_id=event.to_plan_id,
        item_ref=event.case_id,
        agency_id=event.agency_id,
        text=event.text,
        from_plan_id=event.from_plan_id,
        year=event.year,
    )
    try:
        await carry_item_in(event.to_plan_id, item, journal)
    except PlanUnknown as error:
        raise CauseUnseen(f"{event.to_plan_id} is not drawn up yet") from error
