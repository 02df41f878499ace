"""Visits that stand for several plans, to decisions of those plans."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from services.chassis.deciding import decide, load
from services.chassis.journal import Journal
from services.planning import domain
from services.planning.domain import joining
from services.planning.handlers.aggregates import PLAN
from services.planning.handlers.burdens import BURDEN


async def join_visits(lead_plan_id: str, agency_id: str, journal: Journal) -> None:
    """Take the lead plan's visit, as far as it has come, for the merged plans' too."""
    burden = await load(journal, BURDEN, agency_id)
    merged = burden.leads(lead_plan_id)
    if not merged:
        return
    lead = await load(journal, PLAN, lead_plan_id)
    for plan_id in merged:
        joined = joining.joined_visit(lead, plan_id, agency_id)
        if joined is None:
            continue
        await decide(journal, PLAN, plan_id, partial(joining.join, joined=joined))
        plan = await load(journal, PLAN, plan_id)
        if joined.inspection_id in plan.visits:
            await _count(joining.come_so_far(lead, joined), journal)


async def _count(
    come: Sequence[domain.VisitCounted | domain.ConclusionCounted], journal: Journal
) -> None:
    for counted in come:
        if isinstance(counted, domain.VisitCounted):
            verb = partial(domain.count_visit, counted=counted)
        else:
            verb = partial(domain.count_conclusion, counted=counted)
        await decide(journal, PLAN, counted.plan_id, verb)
