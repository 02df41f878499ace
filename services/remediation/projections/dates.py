"""The date of a case, and all that it was: asked for, given, refused, counted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from services.chassis.projector import Add, Change, Operation, Put, Seen, Table
from services.remediation import domain

DATES = Table(
    name="case_dates",
    columns={
        "case_id": "text",
        "version": "integer",
        "since": "date",
        "due_on": "date",
        "effective_due_on": "date",
        "overdue_from": "date",
        "calendar_version": "text",
        "because": "text",
    },
    key=("case_id", "version"),
)
EXTENSIONS = Table(
    name="case_extensions",
    columns={
        "case_id": "text",
        "version": "integer",
        "requested_on": "date",
        "requested_after_due": "boolean",
        "extended_on": "date",
        "approved_by": "text",
        "reason": "text",
        "previous_due_on": "date",
        "previous_effective_due_on": "date",
        "due_on": "date",
        "effective_due_on": "date",
        "request_id": "text",
    },
    key=("case_id", "version"),
)
REQUESTS = Table(
    name="extension_requests",
    columns={
        "case_id": "text",
        "request_id": "text",
        "requested_on": "date",
        "requested_after_due": "boolean",
        "done_so_far": "text",
        "reason": "text",
        "due_rule": "jsonb",
        "interim_measure": "text",
        "decision": "text",
        "decided_on": "date",
        "decided_by": "text",
        "remark": "text",
    },
    key=("case_id", "request_id"),
)


def on_requested(seen: Seen) -> Sequence[Operation]:
    """List what the unit asks for; nobody has decided yet."""
    event: domain.ExtensionRequested = seen.event
    row = {
        "case_id": event.case_id,
        "request_id": event.request_id,
        "requested_on": event.requested_on,
        "requested_after_due": event.requested_after_due,
        "done_so_far": event.done_so_far,
        "reason": event.reason,
        "due_rule": rule(event.due_rule),
        "interim_measure": event.interim_measure,
        "decision": "pending",
        **dict.fromkeys(("decided_on", "decided_by", "remark")),
    }
    asked = case_of(seen, extension_asked=event.request_id)
    return [asked, Put("extension_requests", row)]


def on_refused(seen: Seen) -> Sequence[Operation]:
    """Show that the request was turned down, and why."""
    event: domain.ExtensionRefused = seen.event
    decided = {
        "decision": "refused",
        "decided_on": event.refused_on,
        "decided_by": event.refused_by,
        "remark": event.reason,
    }
    return [
        case_of(seen, extension_asked=None),
        Change("extension_requests", _request(seen), decided),
    ]


def on_extended(seen: Seen) -> Sequence[Operation]:
    """Show the new date, keep the old one, and count the extension."""
    event: domain.DeadlineExtended = seen.event
    row = {
        "requested_on": event.requested_on,
        "requested_after_due": event.requested_after_due,
        "extended_on": event.extended_on,
        "approved_by": event.approved_by,
        "reason": event.reason,
        "previous_due_on": event.previous.due_on,
        "previous_effective_due_on": event.previous.effective_due_on,
        "due_on": event.terms.due_on,
        "effective_due_on": event.terms.effective_due_on,
        "request_id": event.request_id,
    }
    return [
        *redated(seen, event.terms, event.extended_on),
        Add("cases", {"case_id": event.case_id}, {"extensions": 1}),
        Put("case_extensions", {**numbered(seen), **row}),
        *_granted(seen, event),
    ]


def on_recalculated(seen: Seen) -> Sequence[Operation]:
    """Show the date as the other calendar gives it; what it missed too stays missed."""
    event: domain.DeadlineRecalculated = seen.event
    return [
        case_of(
            seen,
            **dates(event.terms),
            overdue=event.overdue,
            escalation_level=event.level,
        ),
        stretch(seen, event.terms, event.recalculated_on),
    ]


def redated(seen: Seen, terms: domain.Terms, since: date) -> list[Operation]:
    """Show a new date, of which nothing has been missed yet."""
    anew = case_of(seen, **dates(terms), overdue=False, escalation_level=0)
    return [anew, stretch(seen, terms, since)]


def stretch(seen: Seen, terms: domain.Terms, since: date) -> Put:
    """Keep since when this date holds, so that any day can be asked for."""
    row = {
        "since": since,
        "due_on": terms.due_on,
        "effective_due_on": terms.effective_due_on,
        "overdue_from": terms.overdue_from,
        "calendar_version": terms.calendar_version,
        "because": type(seen.event).__name__,
    }
    return Put("case_dates", {**numbered(seen), **row})


def case_of(seen: Seen, **values: Any) -> Change:
    """Change the case's row; its version is the event's."""
    key = {"case_id": seen.event.case_id}
    return Change("cases", key, {"version": seen.version, **values})


def numbered(seen: Seen) -> dict[str, Any]:
    """Return the key of a row that there is one of for each event."""
    return {"case_id": seen.event.case_id, "version": seen.version}


def dates(terms: domain.Terms) -> dict[str, Any]:
    """Return the columns of a date."""
    return {
        "due_rule": rule(terms.due_rule),
        "due_on": terms.due_on,
        "effective_due_on": terms.effective_due_on,
        "overdue_from": terms.overdue_from,
        "calendar_version": terms.calendar_version,
        "provisional": terms.provisional,
        "reminder_on": terms.reminder_on,
    }


def rule(said: domain.DueRule) -> dict[str, Any]:
    """Return a due rule with what it says only."""
    parts = {k: v for k, v in asdict(said).items() if v is not None}
    if said.on is not None:
        parts["on"] = said.on.isoformat()
    return parts


def _request(seen: Seen) -> dict[str, Any]:
    return {"case_id": seen.event.case_id, "request_id": seen.event.request_id}


def _granted(seen: Seen, event: domain.DeadlineExtended) -> Sequence[Operation]:
    if event.request_id is None:
        return ()
    decided = {
        "decision": "approved",
        "decided_on": event.extended_on,
        "decided_by": event.approved_by,
    }
    return (
        case_of(seen, extension_asked=None),
        Change("extension_requests", _request(seen), decided),
    )


OWN = {
    domain.ExtensionRequested: on_requested,
    domain.ExtensionRefused: on_refused,
    domain.DeadlineExtended: on_extended,
    domain.DeadlineRecalculated: on_recalculated,
}
