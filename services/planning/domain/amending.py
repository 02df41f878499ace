"""An issued plan is changed by a document, moved in its tentative days, called off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.planning.domain.agency import Unit
from services.planning.domain.drafting import forward, meets
from services.planning.domain.plan import (
    ANYWHERE,
    Place,
    Plan,
    PlanAmended,
    PlanCancelled,
    PlanDrafted,
    PlanEvent,
    PlanNoticeOverdue,
    PlanNotified,
    PlanRefused,
    PlanUnknown,
    QuotaSet,
    Status,
    TargetAdded,
    TargetRescheduled,
    TargetWithdrawn,
    UnplannedTargetAdded,
    VisitCalledOff,
)
from services.planning.domain.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A unit that an amendment puts on the plan."""

    agency_id: str
    window: Window
    place: Place = ANYWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A unit that an amendment takes off, and why."""

    agency_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A unit that is inspected in other days."""

    agency_id: str
    window: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What a document changes; *asked* tells the same request from another."""

    document_number: str
    reason: str
    amended_on: date
    asked: str
    add: tuple[Addition, ...] = ()
    withdraw: tuple[Withdrawal, ...] = ()
    reschedule: tuple[Move, ...] = ()
    quotas: tuple[QuotaSet, ...] | None = None

    @property
    def empty(self) -> bool:
        """Say whether it changes nothing."""
        changed = (self.add, self.withdraw, self.reschedule)
        return not any(changed) and self.quotas is None


def amend(
    plan: Plan, *, amendment: Amendment, units: Mapping[str, Unit]
) -> list[PlanEvent]:
    """Change an issued plan by a document; its quotas still have to be met."""
    known = plan.amendments.get(amendment.document_number)
    if known is not None and known.asked == amendment.asked:
        return []
    drafted = in_force(plan)
    if known is not None:
        raise PlanRefused("plan-amended-otherwise", f"{known.document_number} did else")
    if amendment.empty:
        raise PlanRefused("amendment-empty", "it changes nothing")
    plan_id, number = drafted.plan_id, amendment.document_number
    events: list[PlanEvent] = [
        PlanAmended(
            plan_id=plan_id,
            document_number=number,
            reason=amendment.reason,
            amended_on=amendment.amended_on,
            asked=amendment.asked,
            quotas=amendment.quotas,
        )
    ]
    events += [_withdrawn(plan, plan_id, number, one) for one in amendment.withdraw]
    events += [_addition(plan, plan_id, number, one, units) for one in amendment.add]
    events += [
        _moved(plan, plan_id, move, amendment.reason, number)
        for move in amendment.reschedule
    ]
    _once(amendment)
    _still_met(plan, amendment)
    return events


def reschedule_target(
    plan: Plan, *, agency_id: str, window: Window, reason: str
) -> list[PlanEvent]:
    """Move a unit inside the days that were tentative; others need an amendment."""
    drafted = in_force(plan)
    target = plan.targets.get(agency_id)
    if target is not None and target.window == window:
        return []
    moved = _moved(
        plan, drafted.plan_id, Move(agency_id=agency_id, window=window), reason, None
    )
    promised = plan.promised.get(agency_id, moved.before)
    if not promised.tentative:
        raise PlanRefused("window-not-tentative", f"the days of {agency_id} are set")
    if not promised.holds(window):
        raise PlanRefused(
            "outside-tentative-window", f"{agency_id} leaves the days of the plan"
        )
    return [moved]


def add_unplanned(
    plan: Plan, *, unplanned: UnplannedTargetAdded, unit: Unit | None
) -> list[PlanEvent]:
    """Inspect a unit other than those that the plan lists (ngoài các cơ quan …)."""
    forward(unplanned.window)
    agency_id = unplanned.agency_id
    if unit is None:
        raise PlanRefused("unknown-agency", f"{agency_id} is not in the registry")
    in_force(plan)
    if agency_id in plan.unplanned and (
        plan.targets[agency_id].window == unplanned.window
    ):
        return []
    if agency_id in plan.targets:
        raise PlanRefused("unit-added-otherwise", f"{agency_id} is on the plan")
    if not unit.active_in(unplanned.window):
        raise PlanRefused("target-not-active", f"{agency_id} does not exist then")
    return [replace(unplanned, name=unit.name, kind=unit.kind)]


def cancel(plan: Plan, *, cancelled: PlanCancelled) -> list[PlanEvent]:
    """Call an issued plan off, and each visit that has not begun as far as it knows.

    Whoever inspects knows better: what has begun there goes on, and counts. A visit
    of another plan, joined, is that plan's; an unannounced order stands by itself.
    """
    if plan.status is Status.CANCELLED:
        return []
    in_force(plan)
    off = (
        VisitCalledOff(
            plan_id=cancelled.plan_id,
            inspection_id=inspection_id,
            agency_id=visit.agency_id,
            reason=cancelled.reason,
        )
        for inspection_id, visit in plan.visits.items()
        if not (visit.withdrawn or visit.progress.begun)
        and visit.round_id in plan.rounds
    )
    return [cancelled, *off]


def notify(plan: Plan, *, on: date, recipients: Sequence[str]) -> list[PlanEvent]:
    """Note to whom the plan was sent, by default to all that it names.

    It is late once the working day after signing is over (NĐ 30/2020, Đ. 18).
    """
    drafted = in_force(plan)
    told = set(plan.notified or ())
    named = (drafted.lead_agency, *drafted.coordinating_agencies, *plan.targets)
    new = tuple(dict.fromkeys(name for name in recipients or named if name not in told))
    if not new:
        return []
    due = plan.notice_due
    late = plan.notified is None and due is not None and on >= due.overdue_from
    return [
        PlanNotified(plan_id=drafted.plan_id, notified_on=on, recipients=new, late=late)
    ]


def notice_overdue(plan: Plan) -> list[PlanEvent]:
    """Note that the plan was not sent in time."""
    due = plan.notice_due
    sent = plan.notified is not None or plan.notice_overdue
    if plan.draft is None or due is None or sent or plan.status is Status.CANCELLED:
        return []
    return [
        PlanNoticeOverdue(
            plan_id=plan.draft.plan_id,
            due_on=due.due_on,
            overdue_from=due.overdue_from,
            calendar_version=due.calendar_version,
        )
    ]


def in_force(plan: Plan) -> PlanDrafted:
    """Return the draft of a plan that is issued and not over."""
    if plan.draft is None:
        raise PlanUnknown("unknown-plan", "no such plan was drawn up")
    if plan.status is Status.DRAFT:
        raise PlanRefused("plan-not-issued", "it is a draft: change that")
    if plan.status is not Status.ISSUED:
        raise PlanRefused("plan-over", f"the plan is {plan.status.value}")
    return plan.draft


def _withdrawn(
    plan: Plan, plan_id: str, number: str, asked: Withdrawal
) -> TargetWithdrawn:
    _open_target(plan, asked.agency_id)
    return TargetWithdrawn(
        plan_id=plan_id,
        agency_id=asked.agency_id,
        inspection_id=plan.visit_to(asked.agency_id),
        document_number=number,
        reason=asked.reason,
    )


def _addition(
    plan: Plan, plan_id: str, number: str, asked: Addition, units: Mapping[str, Unit]
) -> TargetAdded:
    forward(asked.window)
    unit = units.get(asked.agency_id)
    if unit is None:
        raise PlanRefused("unknown-agency", f"{asked.agency_id} is not in the registry")
    if asked.agency_id in plan.targets:
        raise PlanRefused("unit-added-otherwise", f"{asked.agency_id} is on the plan")
    if not unit.active_in(asked.window):
        raise PlanRefused("target-not-active", f"{asked.agency_id} does not exist then")
    return TargetAdded(
        plan_id=plan_id,
        agency_id=unit.agency_id,
        name=unit.name,
        kind=unit.kind,
        window=asked.window,
        document_number=number,
        place=asked.place,
    )


def _moved(
    plan: Plan, plan_id: str, move: Move, reason: str, number: str | None
) -> TargetRescheduled:
    forward(move.window)
    _open_target(plan, move.agency_id)
    before = plan.targets[move.agency_id].window
    return TargetRescheduled(
        plan_id=plan_id,
        agency_id=move.agency_id,
        before=before,
        window=move.window,
        reason=reason,
        slipped=move.window.end > before.end,
        document_number=number,
    )


def _open_target(plan: Plan, agency_id: str) -> None:
    if agency_id not in plan.targets:
        raise PlanRefused("not-a-target", f"the plan does not inspect {agency_id}")
    if plan.progress()[agency_id].covered:
        raise PlanRefused("target-visited", f"{agency_id} has been inspected")


def _once(amendment: Amendment) -> None:
    parts: tuple[Iterable[Addition | Withdrawal | Move], ...] = (
        amendment.add,
        amendment.withdraw,
        amendment.reschedule,
    )
    names = [one.agency_id for part in parts for one in part]
    if len(names) != len(set(names)):
        raise PlanRefused("amendment-contradicts-itself", "it names a unit twice")


def _still_met(plan: Plan, amendment: Amendment) -> None:
    """Refuse what leaves a quota unmet, be it the old one or that of the amendment."""
    chosen = set(plan.targets) - plan.unplanned
    chosen -= {one.agency_id for one in amendment.withdraw}
    chosen |= {one.agency_id for one in amendment.add}
    after = plan if amendment.quotas is None else replace(plan, quotas=amendment.quotas)
    meets(after.countings(), chosen)
