"""`kiemtra trace`: one case across the four services, from HTTP command to notice."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from services.cli.operators import ask, running
from services.cli.output import Home, Json, fail, show
from services.cli.story import HANOI, in_hanoi

Id = Annotated[
    str, typer.Argument(help="A correlation, an event's id, or a case's, plan's, … id.")
]


def trace(identity: Id, *, as_json: Json = False, home: Home = None) -> None:
    """Show what happened, in order, in every service, and what caused what."""
    events = asyncio.run(_trace(running(home), identity))
    if not events:
        raise fail(f"nothing is known of {identity!r}: no stream, event or story")
    if as_json:
        show({"id": identity, "events": events}, as_json=True)
    else:
        _print(events)


async def _trace(described: dict[str, Any], identity: str) -> list[dict[str, Any]]:
    """Find what matches, then everything of the same correlations, in order."""
    first = _rows(await ask(described, "/trace", id=identity))
    stories = {row["correlation_id"] for row in first}
    rows = {row["event_id"]: row for row in first}
    for story in sorted(stories):
        for row in _rows(await ask(described, "/trace", id=story)):
            rows[row["event_id"]] = row
    return _in_order(list(rows.values()))


def _rows(answers: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"service": service, **row}
        for service, answer in answers.items()
        for row in answer["items"]
    ]


def _in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sort by time; at the same time, a cause comes before its effect."""
    by_id = {name: row for row in rows for name in (row["event_id"], *row["published"])}

    def deep(row: dict[str, Any]) -> int:
        depth = 0
        while (cause := by_id.get(row["causation_id"])) and depth < len(rows):
            row, depth = cause, depth + 1
        return depth

    return sorted(
        rows,
        key=lambda row: (
            row["occurred_at"],
            deep(row),
            row["service"],
            row["position"],
        ),
    )


def _print(rows: list[dict[str, Any]]) -> None:
    table = Table("when", "service", "stream", "v", "event", "by")
    for row in rows:
        when = in_hanoi(row["occurred_at"]).astimezone(HANOI)
        table.add_row(
            when.strftime("%d/%m/%Y %H:%M:%S"),
            row["service"],
            row["stream"],
            str(row["version"]),
            row["type"],
            row["actor"],
        )
    Console().print(table)
