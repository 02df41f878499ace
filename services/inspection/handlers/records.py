"""Commands on what is recorded at the unit to decisions; no rule in here."""

from __future__ import annotations

from functools import partial

from services.chassis.context import today
from services.chassis.deciding import Decided
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.inspecting import inspect, members_or_above, officer


async def assess_content(
    inspection_id: str, command: asked.AssessContent, journal: Journal
) -> Decided:
    """Assess a content item."""
    return await inspect(
        journal,
        inspection_id,
        partial(domain.assess_content, assessment=command.value(), by=officer()),
    )


async def record_metric(
    inspection_id: str, command: asked.RecordMetric, journal: Journal
) -> Decided:
    """Record a figure."""
    return await inspect(
        journal,
        inspection_id,
        partial(domain.record_metric, metric=command.value(today())),
    )


async def assess_carried_over(
    inspection_id: str, command: asked.AssessCarriedOver, journal: Journal
) -> Decided:
    """Look at an open item of earlier inspections again."""
    item = domain.CarriedOver(
        item_ref=command.item_ref, result=command.result, remark=command.remark
    )
    return await inspect(
        journal,
        inspection_id,
        partial(domain.assess_carried_over, item=item),
    )


async def refer_misconduct(
    inspection_id: str, command: asked.ReferMisconduct, journal: Journal
) -> Decided:
    """Pass misconduct on."""
    return await members_or_above(
        journal,
        inspection_id,
        partial(
            domain.refer_misconduct,
            to_authority=command.to_authority,
            reference=command.reference,
            on=today(),
        ),
    )
