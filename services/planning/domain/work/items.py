"""What becomes of an item: done, given more time, reminded, overdue, urged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.planning.domain import duty
from services.planning.domain.work import events
from services.planning.domain.work.drafting import dated
from services.planning.domain.work.programme import (
    ItemState,
    WorkProgramme,
    assigned,
    in_effect,
    known,
)
from services.planning.domain.work.values import DueRule, WorkRefused


def complete_item(
    programme: WorkProgramme,
    *,
    completed: events.WorkItemCompleted,
) -> list[events.WorkEvent]:
    """Record that an item is done; its owner says so, or who watches over it."""
    state = assigned(programme, completed.item_id)
    issued = in_effect(programme)
    owner = state.item.owner_agency
    if completed.by_agency not in (owner, issued.monitor_agency, issued.issuer):
        raise WorkRefused("not-your-item", f"{completed.item_id} is for {owner} to do")
    if state.completed is not None:
        said = replace(
            completed,
            programme_id=issued.programme_id,
            group=state.item.group,
            owner_agency=owner,
            late=state.completed.late,
            by_agency=state.completed.by_agency,
        )
        if said == state.completed:
            return []
        raise WorkRefused(
            "item-completed-otherwise", f"its product is {state.completed.product}"
        )
    _goes_on(state)
    return [
        replace(
            completed,
            programme_id=issued.programme_id,
            group=state.item.group,
            owner_agency=owner,
            late=_due(state).missed_on(completed.completed_on),
        )
    ]


def extend_item(  # noqa: PLR0913 -- keyword only; what an extension says
    programme: WorkProgramme,
    *,
    item_id: str,
    reason: str,
    approved_by: str,
    rule: DueRule,
    calendar: duty.Calendar,
    on: date,
) -> list[events.WorkEvent]:
    """Give an item more time, counted from its present due day (gia hạn)."""
    state = assigned(programme, item_id)
    _goes_on(state)
    if _given(state.extended, rule=rule, reason=reason, on=on):
        return []
    present = _due(state)
    when = dated(
        known(programme),
        rule,
        calendar=calendar,
        start=present.effective_due_on,
        on=on,
    )
    if when.due.effective_due_on <= present.effective_due_on:
        raise WorkRefused(
            "extension-not-later", f"it is due {present.effective_due_on} as it is"
        )
    return [
        events.WorkItemExtended(
            programme_id=known(programme).programme_id,
            item_id=item_id,
            owner_agency=state.item.owner_agency,
            reason=reason,
            approved_by=approved_by,
            due_rule=rule,
            previous=present,
            due=when.due,
            remind_on=when.remind_on,
            extended_on=on,
        )
    ]


def _given(
    last: events.WorkItemExtended | None, *, rule: DueRule, reason: str, on: date
) -> bool:
    """Say whether the same time was given for the same reason on the same day."""
    if last is None:
        return False
    return (last.due_rule, last.reason, last.extended_on) == (rule, reason, on)


def urge_item(
    programme: WorkProgramme, *, item_id: str, text: str, on: date
) -> list[events.WorkEvent]:
    """Urge the owner of an item that is not done (đôn đốc), be it due or not."""
    state = assigned(programme, item_id)
    last = state.last_urged
    if last is not None and (last.text, last.urged_on) == (text, on):
        return []
    _goes_on(state)
    issued = in_effect(programme)
    return [
        events.WorkItemUrged(
            programme_id=issued.programme_id,
            item_id=item_id,
            title=state.item.title,
            owner_agency=state.item.owner_agency,
            owner_name=state.item.owner_name,
            product=state.item.product,
            monitor_agency=issued.monitor_agency,
            text=text,
            level=state.level + 1,
            due=_due(state),
            overdue=state.overdue,
            urged_on=on,
        )
    ]


def remind_items(programme: WorkProgramme, *, on: date) -> list[events.WorkEvent]:
    """Answer the day before which the owners of some items are reminded."""
    return [
        events.WorkItemReminded(
            programme_id=known(programme).programme_id,
            item_id=state.item.item_id,
            title=state.item.title,
            owner_agency=state.item.owner_agency,
            owner_name=state.item.owner_name,
            product=state.item.product,
            due=_due(state),
        )
        for state in programme.items.values()
        if state.waited_for and not state.reminded and _reached(state.remind_on, on)
    ]


def mark_items_overdue(programme: WorkProgramme, *, on: date) -> list[events.WorkEvent]:
    """Answer the day from which some items are overdue."""
    drafted = known(programme)
    return [
        events.WorkItemOverdue(
            programme_id=drafted.programme_id,
            item_id=state.item.item_id,
            group=state.item.group,
            title=state.item.title,
            owner_agency=state.item.owner_agency,
            owner_name=state.item.owner_name,
            head_title=state.item.accountable_head.title,
            product=state.item.product,
            monitor_agency=drafted.monitor_agency,
            due=_due(state),
            level=state.level + 1,
        )
        for state in programme.items.values()
        if state.waited_for and not state.overdue and _due(state).missed_on(on)
    ]


def spawn_plan(
    programme: WorkProgramme,
    *,
    item_id: str,
    plan_id: str,
    document_number: str,
    on: date,
) -> list[events.WorkEvent]:
    """Note at an item that an inspection plan was issued to carry it out."""
    state = assigned(programme, item_id)
    if plan_id in state.plans:
        return []
    return [
        events.InspectionPlanSpawned(
            programme_id=known(programme).programme_id,
            item_id=item_id,
            plan_id=plan_id,
            document_number=document_number,
            spawned_on=on,
        )
    ]


def _due(state: ItemState) -> duty.DueDay:
    if state.due is None:
        raise AssertionError  # only what is assigned is asked
    return state.due


def _reached(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _goes_on(state: ItemState) -> None:
    if state.completed is not None:
        raise WorkRefused("item-completed", f"{state.item.item_id} is done")
    if state.carried_to is not None:
        raise WorkRefused(
            "item-carried-over", f"{state.item.item_id} goes on in {state.carried_to}"
        )
