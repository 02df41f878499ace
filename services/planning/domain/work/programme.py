"""How far a work programme has come: what its decisions need to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from services.planning.domain.duty import DueDay
from services.planning.domain.work import events
from services.planning.domain.work.values import WorkItem, WorkRefused, WorkUnknown


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """How far an item has come; without ``due`` it only stands in a draft.

    ``item`` is as it was assigned: an extension is of one year, and next year's
    programme takes the item's own rule over.
    """

    item: WorkItem
    due: DueDay | None = None
    remind_on: date | None = None
    assigned: events.WorkItemAssigned | None = None
    extended: events.WorkItemExtended | None = None
    completed: events.WorkItemCompleted | None = None
    reminded: bool = False
    overdue: bool = False
    level: int = 0
    last_urged: events.WorkItemUrged | None = None
    plans: tuple[str, ...] = ()
    carried_from: str | None = None
    carried_to: str | None = None

    @property
    def waited_for(self) -> bool:
        """Say whether the item is assigned, and neither done nor carried on."""
        over = self.completed is not None or self.carried_to is not None
        return self.due is not None and not over


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyState:
    """How far a reporting duty has come: by period, who has reported, who is late."""

    duty: events.ReportingObligationSet
    ended: frozenset[str] = frozenset()
    submitted: Mapping[tuple[str, str], str] = field(default_factory=dict)
    overdue: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkProgramme:
    """The state a decision needs."""

    drafted: events.WorkProgrammeDrafted | None = None
    issued: events.WorkProgrammeIssued | None = None
    items: Mapping[str, ItemState] = field(default_factory=dict)
    duties: Mapping[str, DutyState] = field(default_factory=dict)

    def completion_day(self, item_id: str, given: date | None, today: date) -> date:
        """Return the day a completion names, the one on record, or today."""
        state = self.items.get(item_id)
        done = state.completed if state else None
        return given or (done.completed_on if done else today)


def evolve(programme: WorkProgramme, event: events.WorkEvent) -> WorkProgramme:
    """Fold one event in. Never refuses: it already happened."""
    match event:
        case events.WorkProgrammeDrafted():
            return replace(programme, drafted=event)
        case events.WorkProgrammeIssued():
            return replace(programme, issued=event)
        case (
            events.ReportingObligationSet()
            | events.ReportingPeriodEnded()
            | events.ReportSubmissionNoted()
            | events.PeriodicReportOverdue()
        ):
            duty = _duty(programme, event)
            duties = {**programme.duties, event.obligation_id: duty}
            return replace(programme, duties=duties)
        case (
            events.WorkItemAdded()
            | events.WorkItemCarriedOver()
            | events.WorkItemAssigned()
        ):
            return _with(programme, event.item.item_id, _entered(programme, event))
        case (
            events.WorkItemReminded()
            | events.WorkItemCompleted()
            | events.WorkItemExtended()
            | events.WorkItemOverdue()
            | events.WorkItemUrged()
            | events.WorkItemCarriedForward()
            | events.InspectionPlanSpawned()
        ):
            moved = _moved(programme.items[event.item_id], event)
            return _with(programme, event.item_id, moved)


def _with(programme: WorkProgramme, item_id: str, state: ItemState) -> WorkProgramme:
    return replace(programme, items={**programme.items, item_id: state})


def _entered(
    programme: WorkProgramme,
    event: events.WorkItemAdded | events.WorkItemCarriedOver | events.WorkItemAssigned,
) -> ItemState:
    match event:
        case events.WorkItemAdded():
            return ItemState(item=event.item)
        case events.WorkItemCarriedOver():
            return ItemState(item=event.item, carried_from=event.from_programme_id)
        case events.WorkItemAssigned():
            known = programme.items.get(event.item.item_id, ItemState(item=event.item))
            return replace(
                known,
                item=event.item,
                due=event.due,
                remind_on=event.remind_on,
                assigned=event,
            )


def _moved(  # noqa: PLR0911 -- one line a case
    state: ItemState,
    event: events.WorkItemReminded
    | events.WorkItemCompleted
    | events.WorkItemExtended
    | events.WorkItemOverdue
    | events.WorkItemUrged
    | events.WorkItemCarriedForward
    | events.InspectionPlanSpawned,
) -> ItemState:
    match event:
        case events.WorkItemReminded():
            return replace(state, reminded=True)
        case events.WorkItemCompleted():
            return replace(state, completed=event)
        case events.WorkItemExtended():
            return replace(
                state,
                extended=event,
                due=event.due,
                remind_on=event.remind_on,
                reminded=False,
                overdue=False,
            )
        case events.WorkItemOverdue():
            return replace(state, overdue=True, level=event.level)
        case events.WorkItemUrged():
            return replace(state, level=event.level, last_urged=event)
        case events.WorkItemCarriedForward():
            return replace(state, carried_to=event.to_programme_id)
        case events.InspectionPlanSpawned():
            return replace(state, plans=(*state.plans, event.plan_id))


def _duty(
    programme: WorkProgramme,
    event: events.ReportingObligationSet
    | events.ReportingPeriodEnded
    | events.ReportSubmissionNoted
    | events.PeriodicReportOverdue,
) -> DutyState:
    if isinstance(event, events.ReportingObligationSet):
        return DutyState(duty=event)
    duty = programme.duties[event.obligation_id]
    match event:
        case events.ReportingPeriodEnded():
            return replace(duty, ended=duty.ended | {event.period.period_id})
        case events.ReportSubmissionNoted():
            key = (event.period_id, event.agency_id)
            submitted = {**duty.submitted, key: event.report_id}
            return replace(duty, submitted=submitted)
        case events.PeriodicReportOverdue():
            key = (event.period.period_id, event.agency_id)
            return replace(duty, overdue=duty.overdue | {key})


def known(programme: WorkProgramme) -> events.WorkProgrammeDrafted:
    """Return what was drawn up, or say that nothing was."""
    if programme.drafted is None:
        raise WorkUnknown("unknown-programme", "no such programme was drawn up")
    return programme.drafted


def in_effect(programme: WorkProgramme) -> events.WorkProgrammeIssued:
    """Return what was issued; before that a programme binds nobody."""
    known(programme)
    if programme.issued is None:
        raise WorkRefused("programme-not-issued", "the programme is a draft")
    return programme.issued


def assigned(programme: WorkProgramme, item_id: str) -> ItemState:
    """Return an item that somebody is to do."""
    in_effect(programme)
    state = programme.items.get(item_id)
    if state is None or state.due is None:
        raise WorkUnknown("unknown-work-item", f"there is no item {item_id}")
    return state
