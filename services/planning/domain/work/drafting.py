"""Drawing a programme up, issuing it, assigning what is added later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from services.planning.domain import duty
from services.planning.domain.agency import Unit
from services.planning.domain.work import events
from services.planning.domain.work.programme import WorkProgramme, in_effect, known
from services.planning.domain.work.values import (
    DueRule,
    WorkItem,
    WorkRefused,
    unrecognised,
)

Units = Mapping[str, Unit | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When an item is due, and when its owner is reminded."""

    due: duty.DueDay
    remind_on: date | None


def draft(
    programme: WorkProgramme, *, drafted: events.WorkProgrammeDrafted, units: Units
) -> list[events.WorkEvent]:
    """Draw up a programme with its groups, as many and in the order it names."""
    if programme.drafted is not None:
        if replace(drafted, drafted_on=programme.drafted.drafted_on) == (
            programme.drafted
        ):
            return []
        raise WorkRefused(
            "programme-drafted-otherwise", "it was drawn up with other content"
        )
    if not drafted.groups:
        raise WorkRefused("programme-without-groups", "the programme names no group")
    codes = [group.code for group in drafted.groups]
    if len(set(codes)) < len(codes):
        raise WorkRefused("group-named-twice", "a group's code stands there twice")
    exist(units, (drafted.issuer, drafted.monitor_agency), drafted.drafted_on)
    return [drafted]


def add_item(
    programme: WorkProgramme, *, item: WorkItem, units: Units, on: date
) -> list[events.WorkEvent]:
    """Put an item into the draft, under one of its groups."""
    drafted = known(programme)
    item = named_by_registry(item, units)
    before = programme.items.get(item.item_id)
    if before is not None:
        if before.item == item:
            return []
        raise WorkRefused(
            "item-added-otherwise", f"{item.item_id} is there with other content"
        )
    if programme.issued is not None:
        raise WorkRefused(
            "programme-not-draft", "it is issued: what comes later is assigned"
        )
    _placed(drafted, item, units, on)
    return [
        events.WorkItemAdded(programme_id=drafted.programme_id, item=item),
    ]


def assign_item(
    programme: WorkProgramme,
    *,
    item: WorkItem,
    units: Units,
    calendar: duty.Calendar,
    on: date,
) -> list[events.WorkEvent]:
    """Assign an item that came after the programme was issued."""
    drafted = known(programme)
    in_effect(programme)
    item = named_by_registry(item, units)
    before = programme.items.get(item.item_id)
    if before is not None:
        if before.assigned is not None and before.assigned.item == item:
            return []
        raise WorkRefused(
            "item-assigned-otherwise", f"{item.item_id} is there with other content"
        )
    _placed(drafted, item, units, on)
    return [assignment(drafted, item, calendar=calendar, on=on)]


def issue(
    programme: WorkProgramme,
    *,
    document_number: str,
    on: date,
    calendar: duty.Calendar,
) -> list[events.WorkEvent]:
    """Issue the programme; with it, each of its items is assigned."""
    drafted = known(programme)
    if programme.issued is not None:
        if programme.issued.document_number == document_number:
            return []
        raise WorkRefused(
            "programme-not-draft", f"it is issued as {programme.issued.document_number}"
        )
    if not programme.items:
        raise WorkRefused("programme-without-items", "the programme names no work")
    issued = events.WorkProgrammeIssued(
        programme_id=drafted.programme_id,
        document_number=document_number,
        issued_on=on,
        title=drafted.title,
        year=drafted.year,
        issuer=drafted.issuer,
        monitor_agency=drafted.monitor_agency,
        groups=drafted.groups,
        items=len(programme.items),
        derived_from=drafted.derived_from,
    )
    given = [
        assignment(
            drafted,
            state.item,
            calendar=calendar,
            on=on,
            carried_from=state.carried_from,
        )
        for state in programme.items.values()
    ]
    return [issued, *given]


def assignment(
    drafted: events.WorkProgrammeDrafted,
    item: WorkItem,
    *,
    calendar: duty.Calendar,
    on: date,
    carried_from: str | None = None,
) -> events.WorkItemAssigned:
    """Give an item to its owner; its days are counted here, once."""
    when = dated(drafted, item.due_rule, calendar=calendar, start=on, on=on)
    if when.due.overdue_from <= on:
        raise WorkRefused(
            "item-due-already", f"{item.item_id} was due {when.due.effective_due_on}"
        )
    return events.WorkItemAssigned(
        programme_id=drafted.programme_id,
        item=item,
        monitor_agency=drafted.monitor_agency,
        due=when.due,
        remind_on=when.remind_on,
        assigned_on=on,
        carried_from=carried_from,
    )


def dated(
    drafted: events.WorkProgrammeDrafted,
    rule: DueRule,
    *,
    calendar: duty.Calendar,
    start: date,
    on: date,
) -> Dated:
    """Count when something is due from *start*, and a reminder that is yet to come."""
    due = duty.due(calendar, start, rule)
    before = drafted.reminder_working_days_before
    if before == 0:
        return Dated(due=due, remind_on=None)
    day = duty.before(calendar, due.effective_due_on, before)
    return Dated(due=due, remind_on=day if day > on else None)


def named_by_registry(item: WorkItem, units: Units) -> WorkItem:
    """Return the item with its owner's name, and what is odd about its codes."""
    owner = units.get(item.owner_agency)
    return replace(
        item,
        owner_name=owner.name if owner else "",
        unrecognised=unrecognised(item.procedure_codes),
        content_code=item.content_code or item.group,
    )


def _placed(
    drafted: events.WorkProgrammeDrafted, item: WorkItem, units: Units, on: date
) -> None:
    if item.group not in {group.code for group in drafted.groups}:
        raise WorkRefused("unknown-group", f"there is no group {item.group}")
    named = (
        item.owner_agency,
        item.accountable_head.agency_id,
        *item.coordinating_agencies,
    )
    exist(units, named, on)


def exist(units: Units, named: tuple[str, ...], on: date) -> None:
    """Refuse agencies that are not in the registry, or not on that day."""
    for agency_id in named:
        unit = units.get(agency_id)
        if unit is None:
            raise WorkRefused("unknown-agency", f"{agency_id} is not in the registry")
        if not unit.active_on(on):
            raise WorkRefused("agency-not-active", f"{agency_id} does not exist then")
