"""From visits and conclusions heard of to quotas met and a plan completed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.planning.domain.covering import (
    Progress,
    QuotaCoverage,
    coverage,
    covered,
)
from services.planning.domain.plan import (
    ConclusionCounted,
    Plan,
    PlanCompleted,
    PlanCoverageMet,
    PlanCoverageShort,
    PlanEvent,
    PlanRefused,
    QuotaShort,
    Status,
    Visit,
    VisitCounted,
    WindowMissed,
    evolve,
)


def count_visit(plan: Plan, *, counted: VisitCounted) -> list[PlanEvent]:
    """Count a visit once, for the unit that the plan has at it.

    The inspection may have gone on with a successor since.
    """
    visit = _ordered(plan, counted.inspection_id, counted.agency_id)
    if visit.progress.visited_on is not None:
        return []
    counted = replace(counted, agency_id=visit.agency_id)
    return _followed(plan, counted, counted.visited_on)


def count_conclusion(plan: Plan, *, counted: ConclusionCounted) -> list[PlanEvent]:
    """Count a conclusion once, for the unit that the plan has at it."""
    visit = _ordered(plan, counted.inspection_id, counted.agency_id)
    if visit.progress.concluded_on is not None:
        return []
    counted = replace(counted, agency_id=visit.agency_id)
    return _followed(plan, counted, counted.concluded_on)


def check_coverage(plan: Plan, *, on: date) -> list[PlanEvent]:
    """Say, near the year's end, which quotas are short of how many, and where."""
    if plan.draft is None or plan.status is not Status.ISSUED or plan.short:
        return []
    quotas = covered(plan.countings(), plan.listed())
    if not any(quota.short_by for quota in quotas):
        return []
    return [
        PlanCoverageShort(
            plan_id=plan.draft.plan_id,
            checked_on=on,
            ordered=sum(quota.required for quota in quotas),
            covered=sum(quota.covered for quota in quotas),
            short_by=sum(quota.short_by for quota in quotas),
            quotas=tuple(_short(quota) for quota in quotas if quota.short_by),
        )
    ]


def miss_windows(plan: Plan, *, on: date) -> list[PlanEvent]:
    """Say of each target whose days went by without an inspection that they did.

    One at the desk took place in them if its report came in.
    """
    if plan.draft is None or plan.status is not Status.ISSUED:
        return []
    progress = plan.progress()
    return [
        WindowMissed(
            plan_id=plan.draft.plan_id,
            agency_id=name,
            name=target.name,
            window=target.window,
            missed_from=target.window.missed_from,
        )
        for name, target in sorted(plan.targets.items())
        if target.window.missed_from <= on
        and not progress[name].begun
        and (name, target.window) not in plan.missed
    ]


def _short(quota: QuotaCoverage) -> QuotaShort:
    return QuotaShort(
        kind=quota.quota.kind,
        rule=quota.quota.rule,
        required=quota.required,
        covered=quota.covered,
        short_by=quota.short_by,
        missing=quota.missing,
    )


def _ordered(plan: Plan, inspection_id: str, agency_id: str) -> Visit:
    visit = plan.visits.get(inspection_id)
    if visit is None:
        raise PlanRefused(
            "visit-not-ordered", f"the plan orders no {inspection_id} at {agency_id}"
        )
    return visit


def _followed(
    plan: Plan, counted: VisitCounted | ConclusionCounted, on: date
) -> list[PlanEvent]:
    """Return what was counted, and what it makes true: met at last, completed."""
    after = evolve(plan, counted)
    events: list[PlanEvent] = [counted]
    quotas = covered(after.countings(), after.listed())
    met = not any(quota.short_by for quota in quotas)
    if plan.short and met and plan.in_effect:
        events.append(
            PlanCoverageMet(
                plan_id=counted.plan_id,
                met_on=on,
                ordered=sum(quota.required for quota in quotas),
                covered=sum(quota.covered for quota in quotas),
            )
        )
    progress = after.progress()
    if met and plan.status is Status.ISSUED and _finished(progress):
        events.append(_completed(counted.plan_id, progress))
    return events


def _finished(progress: dict[str, Progress]) -> bool:
    return all(one.finished for one in progress.values())


def _completed(plan_id: str, progress: dict[str, Progress]) -> PlanCompleted:
    """Return the completion; its day is the last of all, whatever was heard of last."""
    all_ = progress.values()
    days = [day for p in all_ for day in (p.visited_on, p.concluded_on) if day]
    count = coverage(all_)
    return PlanCompleted(
        plan_id=plan_id,
        completed_on=max(days),
        ordered=count.scheduled,
        visited=count.visited,
        concluded=count.concluded,
    )
