"""`kiemtra trace`: one case across the four services, from HTTP command to notice."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer

from services.cli.operators import ask, running
from services.cli.output import Home, Json, fail, show
from services.cli.story import HANOI, in_hanoi

Id = Annotated[
    str, typer.Argument(help="A correlation, an event's id, or a case's, plan's, … id.")
]


def trace(identity: Id, *, as_json: Json = False, home: Home = None) -> None:
    """Show what happened, in order, in every service, and what caused what."""
    events = asyncio.run(find(running(home), identity))
    if not events:
        raise fail(f"nothing is known of {identity!r}: no stream, event or story")
    if as_json:
        show({"id": identity, "events": events}, as_json=True)
    else:
        _print(events)


async def find(described: dict[str, Any], identity: str) -> list[dict[str, Any]]:
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
    """Sort by time; at the same time, what comes of something comes after it."""
    by_id = {name: row for row in rows for name in (row["event_id"], *row["published"])}
    at = {(row["service"], row["stream"], row["version"]): row for row in rows}
    deep: dict[str, int] = {}

    def depth(row: dict[str, Any]) -> int:
        """Say how many, of the same moment, come before it: its cause, its stream."""
        if row["event_id"] not in deep:
            deep[row["event_id"]] = 0  # a deadline's event is named as its own cause
            before = (
                by_id.get(row["causation_id"]),
                at.get((row["service"], row["stream"], row["version"] - 1)),
            )
            deep[row["event_id"]] = max(
                (
                    depth(each) + 1
                    for each in before
                    if each is not None
                    and each is not row
                    and each["occurred_at"] == row["occurred_at"]
                ),
                default=0,
            )
        return deep[row["event_id"]]

    for row in sorted(rows, key=lambda row: row["position"]):
        depth(row)  # from the first on, so that a long stream is no deep call
    return sorted(
        rows,
        key=lambda row: (
            row["occurred_at"],
            deep[row["event_id"]],
            row["service"],
            row["position"],
        ),
    )


def _print(rows: list[dict[str, Any]]) -> None:
    """Print a line each, whole: a name that is cut short cannot be asked for again."""
    lines = [("when", "service", "stream", "event", "by"), *map(_line, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


def _line(row: dict[str, Any]) -> tuple[str, ...]:
    when = in_hanoi(row["occurred_at"]).astimezone(HANOI)
    return (
        when.strftime("%d/%m/%Y %H:%M:%S"),
        row["service"],
        f"{row['stream']}/{row['version']}",
        row["type"],
        row["actor"],
    )
