"""What has no day: duties, replications, open requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from services.chassis.projector import Operation, Projection, Put, Seen, Table
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
        "version": "integer",
    },
    key=("directive_id",),
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
    shown = {"scope": list(row["scope"]), "version": seen.version}
    return [Put("replications", {**row, **shown})]


def on_open(seen: Seen) -> Sequence[Operation]:
    """List what stays open."""
    row = asdict(seen.event)
    return [Put("open_recommendations", {**row, "addressees": list(row["addressees"])})]


PROJECTION = Projection(
    name="directives",
    tables=(DUTIES, REPLICATIONS, OPEN),
    own={
        domain.StandingDutyRecorded: on_duty,
        domain.ReplicationDirected: on_replication,
        domain.OpenRecommendationIssued: on_open,
    },
)
