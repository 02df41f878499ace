"""What the world hears of the date of a case, and of how it ends or goes on."""

from __future__ import annotations

from dataclasses import asdict

import contracts.remediation as published
from contracts.event import Event
from services.remediation import domain
from services.remediation.publishing.values import dated, due_rule, named


def redated(event: domain.DateEvent) -> Event:
    """Translate what is asked of a date, and what moved it."""
    match event:
        case domain.ExtensionRequested():
            return published.ExtensionRequested(
                **{**asdict(event), "due_rule": due_rule(event.due_rule)}
            )
        case domain.ExtensionRefused():
            return published.ExtensionRefused(**asdict(event))
        case domain.DeadlineExtended():
            return published.DeadlineExtended(
                **named(event),
                **dated(event.terms),
                requested_on=event.requested_on,
                requested_after_due=event.requested_after_due,
                approved_by=event.approved_by,
                reason=event.reason,
                previous_due_on=event.previous.due_on,
                previous_effective_due_on=event.previous.effective_due_on,
                request_id=event.request_id,
                extended_on=event.extended_on,
            )
        case domain.DeadlineRecalculated():
            return published.DeadlineRecalculated(
                **named(event),
                **dated(event.terms),
                recalculated_on=event.recalculated_on,
                recalculated_by=event.recalculated_by,
                previous_due_on=event.previous.due_on,
                previous_effective_due_on=event.previous.effective_due_on,
                previous_calendar_version=event.previous.calendar_version,
                overdue=event.overdue,
            )


def ended(event: domain.EndingEvent) -> Event:
    """Translate how a case ends, begins again, or goes into the next year."""
    match event:
        case domain.RemediationReopened():
            return published.RemediationReopened(
                **named(event),
                **dated(event.terms),
                reopened_on=event.reopened_on,
                reopened_by=event.reopened_by,
                reason=event.reason,
            )
        case domain.RemediationWaived():
            return published.RemediationWaived(**asdict(event))
        case domain.CarryOverOpened():
            return published.CarryOverOpened(**asdict(event))
