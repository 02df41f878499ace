"""Cases as they are read: how each stands, and all that became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Part, Row
from services.remediation import domain
from services.remediation.policy import READ

OPEN = "closed_on IS NULL AND waived_on IS NULL"
STATES = {
    "open": OPEN,
    "overdue": f"{OPEN} AND overdue",
    "closed": "closed_on IS NOT NULL",
    "late": "closed_on IS NOT NULL AND late",
    "waived": "waived_on IS NOT NULL",
}
EXTENSION = {"asked": f"{OPEN} AND extension_asked IS NOT NULL"}


def stated(row: Row) -> Row:
    """Name the one state that a case is shown in (mở, quá hạn, đã đóng, trễ hạn)."""
    return {**row, "state": _state(row)}


def _state(row: Row) -> str:
    if row.get("waived_on") is not None:
        return "waived"
    if row.get("closed_on") is not None:
        return "late" if row.get("late") else "closed"
    return "overdue" if row.get("overdue") else "open"


def holds_on(event: Any) -> date | None:
    """Return the day a fact holds from, where that is not the day it was entered."""
    match event:
        case domain.RemediationReported():
            return event.reported_on
        case domain.RemediationVerified():
            return event.verified_on
        case domain.RemediationClosed():
            return event.closed_on
        case domain.RecommendationIssued():
            return event.issued_on
        case _:  # what is decided holds from when it is decided
            return None


LISTING = Listing(
    collection="cases",
    table="cases",
    key="case_id",
    read=READ,
    equals=("agency_id", "plan_id", "inspection_id", "carried_to"),
    choices={"state": STATES, "extension": EXTENSION},
    shape=stated,
)
HISTORY = {
    "extensions": "case_extensions",
    "reports": "case_reports",
    "answers": "case_answers",
    "handovers": "case_handovers",
    "closings": "case_closings",
    "dates": "case_dates",
}


def detail(case: Aggregate[Any]) -> Detail:
    """Return what is shown of one case."""
    parts = {
        name: Part(table=table, by="case_id", order=("version",))
        for name, table in HISTORY.items()
    }
    requests = Part(
        table="extension_requests", by="case_id", order=("requested_on", "request_id")
    )
    return Detail(
        collection="cases",
        aggregate=case,
        table="cases",
        key="case_id",
        read=READ,
        parts={**parts, "requests": requests},
        shape=stated,
        holds_on=holds_on,
    )
