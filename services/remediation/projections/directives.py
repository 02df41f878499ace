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
    },
    key=("recommendation_id",),
)


def on_duty(seen: Seen) -> Sequence[Operation]:
    """List the duty."""
    row = asdict(seen.event)
    return [Put("duties", {**row, "addressees": list(row["addressees"])})]


def on_replication(seen: Seen) -> Sequence[Operation]:
    """List the directive."""
    row = asdict(seen.event)
    shown = {"scope": list(row["scope"]), "version": seen.version, "adopted": 0}
    return [Put("replications", {**row, **shown})]


def on_open(seen: Seen) -> Sequence[Operation]:
    """List what stays open."""
    row = asdict(seen.event)
    return [Put("open_recommendations", {**row, "addressees": list(row["addressees"])})]


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
    waiting = dict.fromkeys(("answer", "answered_on", "document_number"))
    row = {**asdict(seen.event), "version": seen.version, "state": "open"}
    return [Put("upward", {**row, **waiting})]


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
        domain.UpwardRecommendationAnswered: on_answered,
    },
)
