"""Values of the domain to values of the published language."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from contracts.inspection import DueRule
from services.remediation import domain


def named(event: domain.CaseEvent) -> dict[str, Any]:
    """Return what every event of a case names."""
    return {
        "case_id": event.case_id,
        "inspection_id": event.inspection_id,
        "agency_id": event.agency_id,
    }


def due_rule(rule: domain.DueRule) -> DueRule:
    """Translate by when something is due."""
    return DueRule(**asdict(rule))


def dated(terms: domain.Terms) -> dict[str, Any]:
    """Return a date's fields; each published event keeps those it names."""
    return {
        "due_rule": due_rule(terms.due_rule),
        "due_on": terms.due_on,
        "effective_due_on": terms.effective_due_on,
        "overdue_from": terms.overdue_from,
        "calendar_version": terms.calendar_version,
        "provisional": terms.provisional,
    }
