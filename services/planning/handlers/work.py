"""Commands on work programmes to decisions; no rule in here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import get_args

from services.chassis.context import today
from services.chassis.deciding import Aggregate, Decided, decide, load
from services.chassis.journal import ABOUT, Deadline, Journal
from services.planning.commands import work as asked
from services.planning.domain import documents, duty, work
from services.planning.domain.work import midnight
from services.planning.handlers.aggregates import AGENCY
from services.planning.handlers.documents import record_document
from services.planning.handlers.signals import agency_asking

ITEM_REMINDER = "planning.work-item-reminder"
ITEM_OVERDUE = "planning.work-item-overdue"
REPORT_DUE = "planning.report-due"
REPORT_OVERDUE = "planning.report-overdue"

Verb = Callable[[work.WorkProgramme], list[work.WorkEvent]]
OfItem = (
    work.WorkItemAssigned
    | work.WorkItemExtended
    | work.WorkItemCompleted
    | work.WorkItemCarriedForward
)


def _item_days(
    event: work.WorkItemAssigned | work.WorkItemExtended,
) -> tuple[Deadline, ...]:
    """Wait for the days of one item, and for none that it had before."""
    reminder, overdue = _item_kinds(_item_id(event))
    stopped = _item_over(event)
    late = Deadline(kind=overdue, at=event.due.overdue_at)
    if event.remind_on is None:
        return (*stopped, late)
    return *stopped, Deadline(kind=reminder, at=midnight(event.remind_on)), late


def _item_over(event: OfItem) -> tuple[Deadline, ...]:
    """Stop waiting for one item; the others are still waited for."""
    kinds = _item_kinds(_item_id(event))
    return tuple(Deadline(kind=kind, at=None) for kind in kinds)


def _item_kinds(item_id: str) -> tuple[str, str]:
    return f"{ITEM_REMINDER}{ABOUT}{item_id}", f"{ITEM_OVERDUE}{ABOUT}{item_id}"


def _item_id(event: OfItem) -> str:
    if isinstance(event, work.WorkItemAssigned):
        return event.item.item_id
    return event.item_id


def _period_end(obligation_id: str, period: work.ReportingPeriod) -> Deadline:
    return Deadline(kind=f"{REPORT_DUE}{ABOUT}{obligation_id}", at=period.ended_at)


def _report_overdue(obligation_id: str, period_id: str) -> str:
    return f"{REPORT_OVERDUE}{ABOUT}{obligation_id}{ABOUT}{period_id}"


def _first_period(event: work.ReportingObligationSet) -> tuple[Deadline, ...]:
    return (_period_end(event.obligation_id, event.periods[0]),)


def _next_period(event: work.ReportingPeriodEnded) -> tuple[Deadline, ...]:
    """Wait for this period's reports, if any is missing, and for the next one's end."""
    armed = []
    if event.outstanding:
        kind = _report_overdue(event.obligation_id, event.period.period_id)
        armed.append(Deadline(kind=kind, at=event.period.due.overdue_at))
    if event.following is not None:
        armed.append(_period_end(event.obligation_id, event.following))
    return tuple(armed)


def _submitted(event: work.ReportSubmissionNoted) -> tuple[Deadline, ...]:
    """Stop waiting once nobody's report is missing."""
    kind = _report_overdue(event.obligation_id, event.period_id)
    return (Deadline(kind=kind, at=None),) if event.complete else ()


WORK_PROGRAMME = Aggregate(
    category="work-programme",
    initial=work.WorkProgramme,
    evolve=work.evolve,
    events=get_args(work.WorkEvent),
    deadlines={
        work.WorkItemAssigned: _item_days,
        work.WorkItemExtended: _item_days,
        work.WorkItemCompleted: _item_over,
        work.WorkItemCarriedForward: _item_over,
        work.ReportingObligationSet: _first_period,
        work.ReportingPeriodEnded: _next_period,
        work.ReportSubmissionNoted: _submitted,
    },
)


async def _units(journal: Journal, named: Iterable[str]) -> work.Units:
    return {
        agency_id: (await load(journal, AGENCY, agency_id)).unit
        for agency_id in sorted(set(named))
    }


async def draft_work_programme(
    programme_id: str, command: asked.DraftWorkProgramme, journal: Journal
) -> Decided:
    """Draw up a programme."""
    drafted = work.WorkProgrammeDrafted(
        programme_id=programme_id,
        title=command.title,
        year=command.year,
        issuer=command.issuer,
        monitor_agency=command.monitor_agency,
        groups=tuple(
            work.WorkGroup(number=number, code=group.code, title=group.title)
            for number, group in enumerate(command.groups, start=1)
        ),
        purposes=command.purposes,
        reminder_working_days_before=command.reminder_working_days_before,
        drafted_on=today(),
    )
    units = await _units(journal, (command.issuer, command.monitor_agency))
    verb = partial(work.draft, drafted=drafted, units=units)
    return await decide(journal, WORK_PROGRAMME, programme_id, verb)


async def add_work_item(
    programme_id: str, command: asked.AddWorkItem, journal: Journal
) -> Decided:
    """Put an item into the draft."""
    units = await _units(journal, _named(command))
    verb = partial(work.add_item, item=_item(command), units=units, on=today())
    return await decide(journal, WORK_PROGRAMME, programme_id, verb)


async def assign_work_item(
    programme_id: str,
    command: asked.AssignWorkItem,
    journal: Journal,
    *,
    calendar: duty.Calendar,
) -> Decided:
    """Assign an item of a programme that is in effect."""
    verb = partial(
        work.assign_item,
        item=_item(command),
        units=await _units(journal, _named(command)),
        calendar=calendar,
        on=today(),
    )
    return await decide(journal, WORK_PROGRAMME, programme_id, verb)


def _named(command: asked.AddWorkItem) -> tuple[str, ...]:
    head = command.accountable_head.agency_id
    return (command.owner_agency, head, *command.coordinating_agencies)


def _item(command: asked.AddWorkItem) -> work.WorkItem:
    head = command.accountable_head
    return work.WorkItem(
        item_id=command.item_id,
        group=command.group,
        title=command.title,
        owner_agency=command.owner_agency,
        owner_name="",
        accountable_head=work.AccountableHead(
            agency_id=head.agency_id, title=head.title, person_ref=head.person_ref
        ),
        product=command.product,
        due_rule=command.due,
        coordinating_agencies=command.coordinating_agencies,
        procedure_codes=command.procedure_codes,
        directive_ref=command.directive_ref,
        content_code=command.content_code or "",
        priority=command.priority,
    )


async def issue_work_programme(
    programme_id: str,
    command: asked.IssueWorkProgramme,
    journal: Journal,
    *,
    calendar: duty.Calendar,
) -> Decided:
    """Sign the programme; its items are assigned with it, and its number is taken."""
    verb = partial(
        work.issue,
        document_number=command.document_number,
        on=command.issued_on or today(),
        calendar=calendar,
    )
    async with journal.transaction():
        decided = await decide(journal, WORK_PROGRAMME, programme_id, verb)
        for event in decided.events:
            if isinstance(event, work.WorkProgrammeIssued):
                signed = documents.signed(
                    agency_id=event.issuer,
                    document_number=event.document_number,
                    issued_on=event.issued_on,
                    subject=programme_id,
                )
                await record_document(signed, journal)
    return decided


async def complete_work_item(
    programme_id: str, command: asked.CompleteWorkItem, journal: Journal
) -> Decided:
    """Record that an item is done."""
    by_agency, on = agency_asking(), today()

    def verb(programme: work.WorkProgramme) -> list[work.WorkEvent]:
        completed = work.WorkItemCompleted(
            programme_id=programme_id,
            item_id=command.item_id,
            group="",
            owner_agency="",
            product=command.product,
            sha256=command.sha256,
            completed_on=programme.completion_day(
                command.item_id, command.completed_on, on
            ),
            late=False,
            by_agency=by_agency,
        )
        return work.complete_item(programme, completed=completed)

    return await decide(journal, WORK_PROGRAMME, programme_id, verb)


async def extend_work_item(
    programme_id: str,
    command: asked.ExtendWorkItem,
    journal: Journal,
    *,
    calendar: duty.Calendar,
) -> Decided:
    """Give an item more time."""
    verb = partial(
        work.extend_item,
        item_id=command.item_id,
        reason=command.reason,
        approved_by=agency_asking(),
        rule=command.due,
        calendar=calendar,
        on=today(),
    )
    return await decide(journal, WORK_PROGRAMME, programme_id, verb)


async def urge_work_item(
    programme_id: str, command: asked.UrgeWorkItem, journal: Journal
) -> Decided:
    """Urge the owner of an item."""
    verb = partial(
        work.urge_item, item_id=command.item_id, text=command.text, on=today()
    )
    return await decide(journal, WORK_PROGRAMME, programme_id, verb)


async def set_reporting_duty(
    programme_id: str,
    command: asked.SetReportingDuty,
    journal: Journal,
    *,
    calendar: duty.Calendar,
) -> Decided:
    """Oblige agencies to report each period."""
    obliged = command.obliged_agencies
    duty_set = work.ReportingObligationSet(
        programme_id=programme_id,
        obligation_id=command.obligation_id,
        title=command.title,
        period=command.period,
        cut_off_day=command.cut_off_day,
        due_rule=command.due,
        obliged_agencies=obliged,
        recipient=command.recipient,
        monitor_agency="",
        periods=(),
        set_on=today(),
    )
    verb = partial(
        work.set_duty,
        duty_set=duty_set,
        units=await _units(journal, (*obliged, command.recipient)),
        calendar=calendar,
    )
    return await decide(journal, WORK_PROGRAMME, programme_id, verb)


async def clone_work_programme(
    programme_id: str,
    command: asked.CloneWorkProgramme,
    journal: Journal,
    *,
    calendar: duty.Calendar,
) -> Decided:
    """Draw up a later year's programme from an earlier one."""
    wish = work.Wish(
        programme_id=programme_id,
        year=command.year,
        title=command.title,
        repeat=command.repeat,
        open_due=command.open_due,
    )
    source = await load(journal, WORK_PROGRAMME, command.from_programme_id)
    verb = partial(work.clone, source=source, wish=wish, calendar=calendar, on=today())
    return await decide(journal, WORK_PROGRAMME, programme_id, verb)


async def carry_item_forward(event: work.WorkItemCarriedOver, journal: Journal) -> None:
    """Note at the earlier programme that an item goes on in the later one."""
    verb = partial(
        work.carry_forward,
        item_id=event.item.item_id,
        to_programme_id=event.programme_id,
        on=event.carried_on,
    )
    await decide(journal, WORK_PROGRAMME, event.from_programme_id, verb)


async def spawn_inspection_plan(
    named: str, *, plan_id: str, document_number: str, on: date, journal: Journal
) -> None:
    """Note at a work item that an inspection plan carries it out."""
    programme_id, item_id = work.parted(named)
    verb = partial(
        work.spawn_plan,
        item_id=item_id,
        plan_id=plan_id,
        document_number=document_number,
        on=on,
    )
    await decide(journal, WORK_PROGRAMME, programme_id, verb)


async def work_item_exists(named: str, journal: Journal) -> None:
    """Refuse a work item that nobody is to do; a plan may name one.

    Raises:
        WorkRefused: There is no such item, or its programme is a draft.
    """
    programme_id, item_id = work.parted(named)
    work.assigned(await load(journal, WORK_PROGRAMME, programme_id), item_id)


async def note_report(
    programme_id: str, submitted: work.Submitted, journal: Journal
) -> None:
    """Note that a periodic report was submitted."""
    verb = partial(work.note_submission, submitted=submitted)
    await decide(journal, WORK_PROGRAMME, programme_id, verb)


async def day_passed(programme_id: str, verb: Verb, journal: Journal) -> None:
    """Answer a day of the programme; the verb looks at what the day changes."""
    await decide(journal, WORK_PROGRAMME, programme_id, verb)
