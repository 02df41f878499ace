"""What is asked of many, and who follows; what is asked of higher levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from services.chassis.projector import (
    Add,
    Change,
    Operation,
    Projection,
    Put,
    Seen,
    Table,
)
from services.remediation import domain

DUTIES = Table(
    name="duties",
    columns={
        "duty_id": "text",
        "round_id": "text",
        "plan_id": "text",
        "addressees": "jsonb",
        "text": "text",
        "recorded_on": "date",
        "undecided": "integer",
    },
    key=("duty_id",),
)
REPLICATIONS = Table(
    name="replications",
    columns={
        "directive_id": "text",
        "practice_id": "text",
        "round_id": "text",
        "plan_id": "text",
        "scope": "jsonb",
        "text": "text",
        "directed_on": "date",
        "directed_by": "text",
        "due_on": "date",
        "adopted": "integer",
        "undecided": "integer",
        "version": "integer",
    },
    key=("directive_id",),
)
ADOPTERS = Table(
    name="replication_adopters",
    columns={
        "directive_id": "text",
        "agency_id": "text",
        "practice_id": "text",
        "adopted_on": "date",
        "remark": "text",
    },
    key=("directive_id", "agency_id"),
)
MEASURES = Table(
    name="replication_measures",
    columns={
        "directive_id": "text",
        "version": "integer",
        "agency_id": "text",
        "practice_id": "text",
        "metric": "text",
        "before": "float8",
        "after": "float8",
        "measured_on": "date",
        "source_system": "text",
    },
    key=("directive_id", "version"),
)
UPWARD = Table(
    name="upward",
    columns={
        "recommendation_id": "text",
        "version": "integer",
        "inspection_id": "text",
        "plan_id": "text",
        "agency_id": "text",
        "agency_name": "text",
        "addressee": "text",
        "text": "text",
        "issued_on": "date",
        "due_on": "date",
        "effective_due_on": "date",
        "overdue_from": "date",
        "calendar_version": "text",
        "overdue": "boolean",
        "handed_from": "text",
        "handed_over_on": "date",
        "undecided": "boolean",
        "state": "text",
        "answer": "text",
        "answered_on": "date",
        "document_number": "text",
    },
    key=("recommendation_id",),
    indexes=(("addressee",), ("plan_id",)),
)
OPEN = Table(
    name="open_recommendations",
    columns={
        "recommendation_id": "text",
        "round_id": "text",
        "inspection_id": "text",
        "plan_id": "text",
        "addressees": "jsonb",
        "text": "text",
        "issued_on": "date",
        "verifiable": "boolean",
        "undecided": "integer",
    },
    key=("recommendation_id",),
)


def on_duty(seen: Seen) -> Sequence[Operation]:
    """List the duty."""
    row = asdict(seen.event)
    shown = {"addressees": list(row["addressees"]), "undecided": 0}
    return [Put("duties", {**row, **shown})]


def on_replication(seen: Seen) -> Sequence[Operation]:
    """List the directive."""
    row = asdict(seen.event)
    shown = {"scope": list(row["scope"]), "adopted": 0, "undecided": 0}
    return [Put("replications", {**row, **shown, "version": seen.version})]


def on_open(seen: Seen) -> Sequence[Operation]:
    """List what stays open."""
    row = asdict(seen.event)
    shown = {"addressees": list(row["addressees"]), "undecided": 0}
    return [Put("open_recommendations", {**row, **shown})]


def on_adopted(seen: Seen) -> Sequence[Operation]:
    """List who took the practice over."""
    key = {"directive_id": seen.event.directive_id}
    return [
        Change("replications", key, {"version": seen.version}),
        Add("replications", key, {"adopted": 1}),
        Put("replication_adopters", asdict(seen.event)),
    ]


def on_measured(seen: Seen) -> Sequence[Operation]:
    """List what the practice changed."""
    key = {"directive_id": seen.event.directive_id}
    return [
        Change("replications", key, {"version": seen.version}),
        Put("replication_measures", {**asdict(seen.event), "version": seen.version}),
    ]


def on_upward(seen: Seen) -> Sequence[Operation]:
    """List what a higher level is asked."""
    said = asdict(seen.event)
    said.pop("due_rule")
    said |= said.pop("due") or {}
    now = {"version": seen.version, "state": "open"}
    now |= {"overdue": False, "undecided": False}
    return [Put("upward", {**dict.fromkeys(UPWARD.columns), **said, **now})]


def on_upward_overdue(seen: Seen) -> Sequence[Operation]:
    """Show that the answer did not come in time; it stays so."""
    key = {"recommendation_id": seen.event.recommendation_id}
    return [Change("upward", key, {"version": seen.version, "overdue": True})]


def on_answered(seen: Seen) -> Sequence[Operation]:
    """Show the answer."""
    event: domain.UpwardRecommendationAnswered = seen.event
    values = {
        "version": seen.version,
        "state": "answered",
        "answer": event.text,
        "answered_on": event.answered_on,
        "document_number": event.document_number,
    }
    key = {"recommendation_id": event.recommendation_id}
    return [Change("upward", key, values)]


# kind of a directive -> its table, its key, and where it says of whom it is asked
SHOWN = {
    "STANDING_DUTY": ("duties", "duty_id", "addressees"),
    "REPLICATION": ("replications", "directive_id", "scope"),
    "RECOMMENDATION": ("open_recommendations", "recommendation_id", "addressees"),
}


def on_decision_required(seen: Seen) -> Sequence[Operation]:
    """Show that somebody has to decide of whom it is asked."""
    event: domain.DirectiveHandoverRequired = seen.event
    table, key, _ = SHOWN[event.kind]
    named = {key: event.directive_id}
    return [Add(table, named, {"undecided": 1}), *_versioned(table, named, seen)]


def on_handed_over(seen: Seen) -> Sequence[Operation]:
    """Show of whom it is asked now."""
    event: domain.DirectiveHandedOver = seen.event
    table, key, whom = SHOWN[event.kind]
    named = {key: event.directive_id}
    now = Change(table, named, {whom: list(event.addressees)})
    decided = event.decided_by is not None
    waits = [Add(table, named, {"undecided": -1})] if decided else []
    return [now, *waits, *_versioned(table, named, seen)]


def _versioned(table: str, named: dict[str, str], seen: Seen) -> list[Operation]:
    """Return how far the stream is, where the row says so."""
    if table != "replications":
        return []
    return [Change(table, named, {"version": seen.version})]


def on_upward_decision_required(seen: Seen) -> Sequence[Operation]:
    """Show that somebody has to decide who answers."""
    key = {"recommendation_id": seen.event.recommendation_id}
    return [Change("upward", key, {"version": seen.version, "undecided": True})]


def on_upward_handed_over(seen: Seen) -> Sequence[Operation]:
    """Show who answers now; who was asked stays beside it."""
    event: domain.UpwardHandedOver = seen.event
    values = {
        "version": seen.version,
        "addressee": event.to_agency,
        "handed_from": event.from_agency,
        "handed_over_on": event.handed_over_on,
        "undecided": False,
    }
    key = {"recommendation_id": event.recommendation_id}
    return [Change("upward", key, values)]


PROJECTION = Projection(
    name="directives",
    tables=(DUTIES, REPLICATIONS, ADOPTERS, MEASURES, OPEN, UPWARD),
    own={
        domain.StandingDutyRecorded: on_duty,
        domain.ReplicationDirected: on_replication,
        domain.ReplicationAdopted: on_adopted,
        domain.ReplicationMeasured: on_measured,
        domain.OpenRecommendationIssued: on_open,
        domain.UpwardRecommendationIssued: on_upward,
        domain.UpwardRecommendationOverdue: on_upward_overdue,
        domain.UpwardRecommendationAnswered: on_answered,
        domain.DirectiveHandoverRequired: on_decision_required,
        domain.DirectiveHandedOver: on_handed_over,
        domain.UpwardHandoverRequired: on_upward_decision_required,
        domain.UpwardHandedOver: on_upward_handed_over,
    },
)
