"""Next year's programme from this one: its groups, its work, and what was left."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from services.planning.domain import duty
from services.planning.domain.work import events
from services.planning.domain.work.programme import (
    ItemState,
    WorkProgramme,
    in_effect,
    known,
)
from services.planning.domain.work.values import DueRule, WorkItem, WorkRefused

ISO_DAY = re.compile(r"(\d{4})-(\d{2}-\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the next programme is to be called, and what it takes over.

    ``repeat``: the items that are done are planned again, their days moved on.
    ``open_due``: by when what was left is to be done now.
    """

    programme_id: str
    year: int
    title: str
    repeat: bool
    open_due: DueRule | None


def clone(
    programme: WorkProgramme,
    *,
    source: WorkProgramme,
    wish: Wish,
    calendar: duty.Calendar,
    on: date,
) -> list[events.WorkEvent]:
    """Draw up a programme from an earlier one that took effect."""
    before = known(source)
    in_effect(source)
    drafted = replace(
        before,
        programme_id=wish.programme_id,
        title=wish.title,
        year=wish.year,
        derived_from=before.programme_id,
        drafted_on=on,
    )
    if programme.drafted is not None:
        if replace(drafted, drafted_on=programme.drafted.drafted_on) == (
            programme.drafted
        ):
            return []
        raise WorkRefused(
            "programme-drafted-otherwise", "it was drawn up with other content"
        )
    if wish.year <= before.year:
        raise WorkRefused("clone-not-later", f"{wish.year} is not after {before.year}")
    left = [state for state in source.items.values() if state.waited_for]
    done = [state for state in source.items.values() if state.completed is not None]
    by = wish.year - before.year
    again = [_again(wish, state.item, by, calendar) for state in done if wish.repeat]
    carried = [_carried(wish, before, state, calendar, on) for state in left]
    return [drafted, *again, *carried]


def _again(
    wish: Wish, item: WorkItem, years: int, calendar: duty.Calendar
) -> events.WorkItemAdded:
    rule = moved(item.due_rule, years)
    duty.due(calendar, date(wish.year, 1, 1), rule)  # a day that is none is refused
    return events.WorkItemAdded(
        programme_id=wish.programme_id, item=replace(item, due_rule=rule)
    )


def _carried(
    wish: Wish,
    before: events.WorkProgrammeDrafted,
    state: ItemState,
    calendar: duty.Calendar,
    on: date,
) -> events.WorkItemCarriedOver:
    if wish.open_due is None or state.due is None:
        raise WorkRefused(
            "carry-over-due-missing", f"by when is {state.item.item_id} to be done?"
        )
    duty.due(calendar, on, wish.open_due)
    return events.WorkItemCarriedOver(
        programme_id=wish.programme_id,
        item=replace(state.item, due_rule=wish.open_due),
        from_programme_id=before.programme_id,
        was_due_on=state.due.effective_due_on,
        was_overdue=state.overdue,
        carried_on=on,
    )


def moved(rule: DueRule, years: int) -> DueRule:
    """Return a rule *years* later: its year and its days move, what is counted stays.

    29 February becomes the last day of that month in a year that has none.
    """
    return {name: _moved(name, value, years) for name, value in rule.items()}


def _moved(name: str, value: str | int, years: int) -> str | int:
    if name == "year" and isinstance(value, int):
        return value + years
    found = ISO_DAY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    day = date.fromisoformat(found[0])
    try:
        return day.replace(year=day.year + years).isoformat()
    except ValueError:
        return day.replace(year=day.year + years, day=28).isoformat()


def carry_forward(
    programme: WorkProgramme, *, item_id: str, to_programme_id: str, on: date
) -> list[events.WorkEvent]:
    """Note that an item goes on in a later programme: it is waited for there."""
    state = programme.items[item_id]
    if not state.waited_for:
        return []
    return [
        events.WorkItemCarriedForward(
            programme_id=known(programme).programme_id,
            item_id=item_id,
            to_programme_id=to_programme_id,
            carried_on=on,
        )
    ]
