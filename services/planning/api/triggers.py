"""What HTTP may ask of signals, proposals, orders and self-inspections."""

from __future__ import annotations

from functools import partial

from services.chassis.access import Rule
from services.chassis.commanding import Command
from services.chassis.http import Handler, Verb
from services.planning import policy
from services.planning.commands import self_inspections as own
from services.planning.commands import signals as asked
from services.planning.domain.duty import Calendar
from services.planning.domain.proposing import TriggerRefused, TriggerUnknown
from services.planning.domain.self_inspecting import (
    SelfInspectionRefused,
    SelfInspectionUnknown,
)
from services.planning.domain.signals import SignalRefused, SignalUnknown
from services.planning.handlers import orders, self_inspections, signals


def verbs(calendar: Calendar) -> tuple[Verb, ...]:
    """Return the verbs; days that are owed are counted by *calendar*."""
    return (
        *_signals(calendar),
        *_orders(),
        *_duties(calendar),
    )


def _signals(calendar: Calendar) -> tuple[Verb, ...]:
    receive = partial(signals.receive_signal, calendar=calendar)
    progress = partial(signals.report_signal_progress, calendar=calendar)
    return (
        _verb("signals/receive", asked.ReceiveSignal, receive, policy.RECEIVE_SIGNAL),
        _verb(
            "signals/classify",
            asked.ClassifySignal,
            signals.classify_signal,
            policy.CLASSIFY_SIGNAL,
        ),
        _verb(
            "signals/forward",
            asked.ForwardSignal,
            signals.forward_signal,
            policy.FORWARD_SIGNAL,
        ),
        _verb(
            "signals/report-progress",
            asked.ReportSignalProgress,
            progress,
            policy.TELL_PROGRESS,
        ),
        _verb(
            "signals/answer",
            asked.AnswerSignal,
            signals.answer_signal,
            policy.ANSWER_SIGNAL,
        ),
    )


def _orders() -> tuple[Verb, ...]:
    return (
        _verb(
            "watches/set-rule",
            asked.SetWatchRule,
            signals.set_watch_rule,
            policy.SET_WATCH_RULE,
        ),
        _verb(
            "proposals/propose",
            asked.ProposeTrigger,
            signals.propose_trigger,
            policy.PROPOSE_TRIGGER,
        ),
        _verb(
            "proposals/decide",
            asked.DecideTrigger,
            signals.decide_trigger,
            policy.DECIDE_TRIGGER,
        ),
        _verb(
            "orders/order",
            asked.OrderInspection,
            orders.order_inspection,
            policy.ORDER_INSPECTION,
        ),
    )


def _duties(calendar: Calendar) -> tuple[Verb, ...]:
    return (
        _verb(
            "plans/require-self-inspection",
            own.RequireSelfInspection,
            partial(self_inspections.require_self_inspection, calendar=calendar),
            policy.REQUIRE_SELF_INSPECTION,
        ),
        _verb(
            "self-inspections/issue-plan",
            own.IssueOwnPlan,
            self_inspections.issue_own_plan,
            policy.ISSUE_OWN_PLAN,
        ),
        _verb(
            "self-inspections/report",
            own.ReportSelfInspection,
            self_inspections.report_self_inspection,
            policy.REPORT_SELF_INSPECTION,
        ),
    )


def _verb(path: str, command: type[Command], handler: Handler, permit: Rule) -> Verb:
    collection, _, name = path.partition("/")
    return Verb(
        collection=collection,
        name=name,
        command=command,
        handler=handler,
        permit=permit,
    )


REFUSALS: dict[type[Exception], int] = {
    SignalUnknown: 404,
    TriggerUnknown: 404,
    SelfInspectionUnknown: 404,
    SignalRefused: 409,
    TriggerRefused: 409,
    SelfInspectionRefused: 409,
}
