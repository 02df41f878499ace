"""One decision on many cases (carry-over, recalculation): who took it, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.remediation.domain.deadlines import RemediationRefused


class Cases(Protocol):
    """Where one decision on many cases finds them; all know the position *seen*."""

    async def open_of(self, plan_id: str, *, seen: int) -> Sequence[str]:
        """Return the open cases that a plan answers for, in order."""

    async def counted_otherwise(
        self, calendar_version: str, plan_id: str | None, *, seen: int
    ) -> Sequence[str]:
        """Return the open cases whose date another calendar gave, in order."""


class Agencies(Protocol):
    """Where a directive to all of a kind finds them."""

    async def of_kind(self, kind: str, below: str | None, *, on: date) -> Sequence[str]:
        """Return the agencies of *kind* (below another one) that exist on that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOverDecided:
    """The open cases of a plan go into another one (chuyển sang năm sau)."""

    to_plan_id: str
    from_plan_id: str
    year: int
    case_ids: tuple[str, ...]
    decided_on: date
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What a recalculation does to one case: its effective date before and after."""

    case_id: str
    before: date
    after: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecalculationRun:
    """Open cases were counted again by a calendar; or it was only tried out."""

    recalculation_id: str
    calendar_version: str
    rehearsed: bool
    counted: int
    moved: tuple[Moved, ...]
    run_on: date
    run_by: str
    plan_id: str | None = None


ActEvent = CarryOverDecided | RecalculationRun


@dataclass(frozen=True, slots=True)
class Act:
    """The state a decision needs: what was done under this id, tries left out."""

    carried: tuple[CarryOverDecided, ...] = ()
    run: RecalculationRun | None = None
    rehearsed: RecalculationRun | None = None


def evolve_act(act: Act, event: ActEvent) -> Act:
    """Fold one event in."""
    match event:
        case CarryOverDecided():
            return Act(carried=(*act.carried, event))
        case RecalculationRun(rehearsed=rehearsed):
            return Act(rehearsed=event) if rehearsed else Act(run=event)


def decide_carry_over(act: Act, *, decided: CarryOverDecided) -> list[ActEvent]:
    """Record which cases were carried over; nothing to carry is no decision."""
    if decided.from_plan_id == decided.to_plan_id:
        raise RemediationRefused("carried-to-itself", "it is the same plan")
    if decided.case_ids:
        return [decided]
    if any(old.from_plan_id == decided.from_plan_id for old in act.carried):
        return []
    raise RemediationRefused("nothing-to-carry-over", "no case of that plan is open")


def record_run(act: Act, *, run: RecalculationRun) -> list[ActEvent]:
    """Record what a recalculation moved, or would; it is done once."""
    if act.run is not None:
        old = act.run
        if (old.calendar_version, old.plan_id) == (run.calendar_version, run.plan_id):
            return []
        raise RemediationRefused("recalculation-run-otherwise", "that id was used")
    old_try = act.rehearsed
    if run.rehearsed and old_try and old_try.moved == run.moved:
        return []
    return [run]
