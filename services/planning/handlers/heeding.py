"""What the field decides about visits, to the plans; no rule in here."""

from __future__ import annotations

from datetime import date
from functools import partial

from services.chassis.deciding import Decided, decide
from services.chassis.journal import Journal
from services.planning.domain import heeding
from services.planning.handlers.aggregates import PLAN


async def heed_delay(
    plan_id: str, inspection_id: str, planned_on: date, reason: str, journal: Journal
) -> Decided:
    """Take over the day that a visit was put off to."""
    decision = partial(
        heeding.heed_delay,
        inspection_id=inspection_id,
        planned_on=planned_on,
        reason=reason,
    )
    return await decide(journal, PLAN, plan_id, decision)


async def heed_report(
    plan_id: str, inspection_id: str, received_on: date, journal: Journal
) -> Decided:
    """Take over that a desk inspection has its report."""
    decision = partial(
        heeding.heed_report, inspection_id=inspection_id, received_on=received_on
    )
    return await decide(journal, PLAN, plan_id, decision)


async def heed_end(
    plan_id: str, inspection_id: str, reason: str, journal: Journal
) -> Decided:
    """Take over that a visit is off."""
    decision = partial(heeding.heed_end, inspection_id=inspection_id, reason=reason)
    return await decide(journal, PLAN, plan_id, decision)
