"""What HTTP may ask of work programmes."""

from __future__ import annotations

from functools import partial

from services.chassis.access import Rule
from services.chassis.calendar import RuleRefused
from services.chassis.commanding import Command
from services.chassis.http import Handler, Verb
from services.planning import policy
from services.planning.commands import work as asked
from services.planning.domain.duty import Calendar
from services.planning.domain.work import WorkRefused, WorkUnknown
from services.planning.handlers import work


def verbs(calendar: Calendar) -> tuple[Verb, ...]:
    """Return the verbs; days are counted by *calendar*."""
    assign = partial(work.assign_work_item, calendar=calendar)
    issue = partial(work.issue_work_programme, calendar=calendar)
    extend = partial(work.extend_work_item, calendar=calendar)
    oblige = partial(work.set_reporting_duty, calendar=calendar)
    clone = partial(work.clone_work_programme, calendar=calendar)
    return (
        _verb(
            "draft",
            asked.DraftWorkProgramme,
            work.draft_work_programme,
            policy.DRAFT_WORK_PROGRAMME,
        ),
        _verb(
            "add-item",
            asked.AddWorkItem,
            work.add_work_item,
            policy.ADD_WORK_ITEM,
        ),
        _verb("clone", asked.CloneWorkProgramme, clone, policy.CLONE_WORK_PROGRAMME),
        _verb("issue", asked.IssueWorkProgramme, issue, policy.ISSUE_WORK_PROGRAMME),
        _verb("assign-item", asked.AssignWorkItem, assign, policy.ASSIGN_WORK_ITEM),
        _verb(
            "complete-item",
            asked.CompleteWorkItem,
            work.complete_work_item,
            policy.COMPLETE_WORK_ITEM,
        ),
        _verb("extend-item", asked.ExtendWorkItem, extend, policy.EXTEND_WORK_ITEM),
        _verb(
            "urge-item",
            asked.UrgeWorkItem,
            work.urge_work_item,
            policy.URGE_WORK_ITEM,
        ),
        _verb(
            "set-reporting-duty",
            asked.SetReportingDuty,
            oblige,
            policy.SET_REPORTING_DUTY,
        ),
    )


def _verb(name: str, command: type[Command], handler: Handler, permit: Rule) -> Verb:
    return Verb(
        collection="work-programmes",
        name=name,
        command=command,
        handler=handler,
        permit=permit,
    )


REFUSALS: dict[type[Exception], int] = {
    WorkUnknown: 404,
    WorkRefused: 409,
    RuleRefused: 409,  # a date that no calendar knows
}
