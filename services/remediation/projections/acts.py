"""Decisions on many cases at once: what was carried over, what was counted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from services.chassis.projector import Operation, Projection, Put, Seen, Table
from services.remediation import domain

CARRY_OVERS = Table(
    name="carry_overs",
    columns={
        "act": "text",
        "to_plan_id": "text",
        "version": "integer",
        "from_plan_id": "text",
        "year": "integer",
        "case_ids": "jsonb",
        "decided_on": "date",
        "decided_by": "text",
    },
    key=("act",),
    indexes=(("to_plan_id",),),
)
RECALCULATIONS = Table(
    name="recalculations",
    columns={
        "recalculation_id": "text",
        "version": "integer",
        "calendar_version": "text",
        "plan_id": "text",
        "rehearsed": "boolean",
        "counted": "integer",
        "moved": "jsonb",
        "run_on": "date",
        "run_by": "text",
    },
    key=("recalculation_id",),
)


def on_carried(seen: Seen) -> Sequence[Operation]:
    """List the cases that went into another plan."""
    row = asdict(seen.event)
    shown = {"case_ids": list(row["case_ids"]), "version": seen.version}
    shown["act"] = f"{row['to_plan_id']}/{seen.version}"
    return [Put("carry_overs", {**row, **shown})]


def on_run(seen: Seen) -> Sequence[Operation]:
    """Show what moved, or would."""
    row = asdict(seen.event)
    shown = {"moved": list(row["moved"]), "version": seen.version}
    return [Put("recalculations", {**row, **shown})]


PROJECTION = Projection(
    name="acts",
    tables=(CARRY_OVERS, RECALCULATIONS),
    own={domain.CarryOverDecided: on_carried, domain.RecalculationRun: on_run},
)
