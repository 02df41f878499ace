"""From an idea to a plan in effect: draft, choose units, issue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from services.planning.domain.agency import Unit
from services.planning.domain.covering import Counting, shortfalls
from services.planning.domain.plan import (
    ANYWHERE,
    NoticeDue,
    Place,
    Plan,
    PlanDrafted,
    PlanEvent,
    PlanIssued,
    PlanRefused,
    PlanUnknown,
    QuotaSet,
    Status,
    UnitAdded,
)
from services.planning.domain.quota import Quota, Rule, listed, reached
from services.planning.domain.window import Window

CHECK_MONTH = 12  # near the year's end, if the plan says no other day


def draft(plan: Plan, *, drafted: PlanDrafted) -> list[PlanEvent]:
    """Draw a plan up; what was drawn up is not drawn up differently."""
    if plan.draft == drafted:
        return []
    if plan.draft is not None:
        raise PlanRefused(
            "plan-drafted-otherwise", f"{drafted.plan_id} is drawn up differently"
        )
    if drafted.review_period is not None:
        forward(drafted.review_period)
    within(drafted, drafted.focus_items, "focus-not-in-plan")
    for theme in drafted.themes:
        within(drafted, theme.items, "theme-not-in-plan")
    return [drafted]


def select_units(
    plan: Plan, *, quota: Quota, window: Window, units: Iterable[Unit]
) -> list[PlanEvent]:
    """Set the quota ALL and put on the plan every unit that is not there yet."""
    if quota.rule != Rule.ALL.value:
        raise PlanRefused(
            "quota-rule-unknown", f"{quota.rule} does not say which units: add them"
        )
    forward(window)
    if any(known.quota == quota and known.window == window for known in plan.quotas):
        return []
    drafted = a_draft(plan)
    chosen = reached(units, quota, window)
    if not chosen:
        raise PlanRefused("no-eligible-unit", f"no {quota.kind} exists in the window")
    new = [unit for unit in chosen if unit.agency_id not in plan.targets]
    set_ = QuotaSet(
        plan_id=drafted.plan_id, quota=quota, window=window, eligible=listed(chosen)
    )
    return [set_, *(added(drafted.plan_id, unit, window) for unit in new)]


def add_unit(
    plan: Plan,
    *,
    agency_id: str,
    unit: Unit | None,
    window: Window,
    place: Place = ANYWHERE,
) -> list[PlanEvent]:
    """Put one unit on the plan, if it exists in the window and no quota minds."""
    forward(window)
    if unit is None:
        raise PlanRefused("unknown-agency", f"{agency_id} is not in the registry")
    known = plan.targets.get(agency_id)
    if known is not None and (known.window, known.place) == (window, place):
        return []
    drafted = a_draft(plan)
    if known is not None:
        raise PlanRefused(
            "unit-added-otherwise", f"{agency_id} is on the plan for other days"
        )
    if not unit.active_in(window):
        raise PlanRefused("target-not-active", f"{agency_id} does not exist then")
    room_for(plan, agency_id)
    return [added(drafted.plan_id, unit, window, place)]


def issue(  # noqa: PLR0913 -- keyword only; what a signature says
    plan: Plan,
    *,
    document_number: str,
    on: date,
    notice_due: NoticeDue | None = None,
    simulation_hash: str | None = None,
    simulated: str | None = None,
) -> list[PlanEvent]:
    """Issue the plan once it names units, contents and meets its own quotas.

    Who names a simulation signs what was simulated: *simulated* is the hash of the
    plan as it is now, played through with the same assumptions.
    """
    if plan.in_effect and plan.document_number == document_number:
        return []
    drafted = a_draft(plan)
    _says_enough(plan, drafted)
    _as_simulated(simulation_hash, simulated)
    return [
        PlanIssued(
            plan_id=drafted.plan_id,
            document_number=document_number,
            issued_on=on,
            year=drafted.year,
            issuer=drafted.issuer,
            level=drafted.level,
            programmes=drafted.programmes,
            lead_agency=drafted.lead_agency,
            quotas=tuple(known.quota for known in plan.quotas),
            targets=tuple(plan.targets.values()),
            content_items=drafted.content_items,
            review_period=drafted.review_period,
            derived_from=drafted.derived_from,
            contents=drafted.contents,
            focus_items=drafted.focus_items,
            themes=drafted.themes,
            purposes=drafted.purposes,
            coordinating_agencies=drafted.coordinating_agencies,
            team_delegated_to=drafted.team_delegated_to,
            work_item_id=drafted.work_item_id,
            coverage_check_on=drafted.coverage_check_on
            or date(drafted.year, CHECK_MONTH, 1),
            notice_due=notice_due,
            simulation_hash=simulation_hash,
        )
    ]


def _says_enough(plan: Plan, drafted: PlanDrafted) -> None:
    if not plan.targets:
        raise PlanRefused("plan-without-units", "the plan names no unit")
    if not drafted.content_items:
        raise PlanRefused("plan-without-contents", "the plan names no content")
    meets(plan.countings(), plan.targets)


def _as_simulated(signed: str | None, now: str | None) -> None:
    """Refuse a simulation of a plan that has become another since, or its world."""
    if signed is not None and signed != now:
        raise PlanRefused(
            "simulation-outdated",
            "played through now, with what is assumed, it comes out otherwise: "
            "simulate again, and say under simulation what that answer assumed",
        )


def meets(quotas: Sequence[Counting], chosen: Iterable[str]) -> None:
    """Refuse units that are not as many as the quotas say, neither fewer nor more."""
    units = set(chosen)
    said = []
    for one in quotas:
        if one.by_lot and not one.drawn:
            said.append(f"{one.quota.kind} RANDOM_DRAW: no lot was drawn")
            continue
        for short in shortfalls(one, quotas, units, units):
            where = f" in {short.stratum}" if short.stratum else ""
            said.append(
                f"{one.quota.kind} {one.quota.rule}{where}: "
                f"{short.have} of {short.need}"
            )
    if said:
        raise PlanRefused("quota-unmet", "; ".join(said))


def room_for(plan: Plan, agency_id: str) -> None:
    """Refuse a unit that makes an exact quota of the plan too many."""
    chosen = {*plan.targets, agency_id}
    quotas = plan.countings()
    for one in quotas:
        names = {unit.agency_id for unit in one.eligible}
        if agency_id not in names:
            continue
        for short in shortfalls(one, quotas, chosen, chosen):
            if short.have > short.need:
                raise PlanRefused(
                    "quota-exceeded",
                    f"{one.quota.kind} {one.quota.rule} {short.stratum}: "
                    f"{short.need} are full",
                )


def added(
    plan_id: str, unit: Unit, window: Window, place: Place = ANYWHERE
) -> UnitAdded:
    """Return the event that puts *unit* on the plan."""
    return UnitAdded(
        plan_id=plan_id,
        agency_id=unit.agency_id,
        name=unit.name,
        kind=unit.kind,
        window=window,
        place=place,
    )


def a_draft(plan: Plan) -> PlanDrafted:
    """Return the draft, if the plan still is one."""
    if plan.draft is None:
        raise PlanUnknown("unknown-plan", "no such plan was drawn up")
    if plan.status is not Status.DRAFT:
        raise PlanRefused("plan-not-draft", f"the plan is {plan.status.value}")
    return plan.draft


def forward(window: Window) -> None:
    """Refuse days that end before they begin, or quarters that are none."""
    if window.reversed:
        raise PlanRefused("window-reversed", "it ends before it begins")
    if not window.whole:
        raise PlanRefused(
            "window-not-whole", f"it is no whole {window.granularity.value}"
        )


def within(drafted: PlanDrafted, items: Iterable[str], code: str) -> None:
    """Refuse contents that the plan does not have."""
    foreign = sorted(set(items) - set(drafted.content_items))
    if foreign:
        raise PlanRefused(code, f"the plan has no content {foreign}")
