"""`kiemtra lag`: how far behind each consumer, relay and view is."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from services.cli.operators import ask, running
from services.cli.output import Home, Json, show

Seconds = Annotated[bool, typer.Option("--seconds", help="Lag as time, not as events.")]


def lag(*, seconds: Seconds = False, as_json: Json = False, home: Home = None) -> None:
    """Show what each service has not published, applied or projected yet."""
    rows = _rows(asyncio.run(ask(running(home), "/lagz")))
    if as_json:
        show({"lag": rows}, as_json=True)
        return
    table = Table("who", "source", "seconds" if seconds else "events", "parked")
    for row in rows:
        behind = row["seconds"] if seconds else row["events"]
        table.add_row(row["who"], row["source"], str(behind), str(row["parked"]))
    Console().print(table)


def _rows(answers: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for service, answer in answers.items() for row in _of(service, answer)]


def _of(service: str, answer: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [
        _row(f"{service}.relay", "journal", answer["relay"]),
        _row(f"{service}.views", "journal", answer["views"]),
        _row(f"{service}.own", "journal", answer["own"]),
    ]
    for consumer, topics in answer["consumers"].items():
        for topic, parts in topics.items():
            account = list(parts.values())
            total = {
                "pending": sum(int(part.get("lag_events", 0)) for part in account),
                "seconds": max(
                    (part.get("lag_seconds", 0) for part in account), default=0
                ),
                "parked": sum(int(part.get("parked_now", 0)) for part in account),
            }
            rows.append(_row(consumer, topic, total))
    return rows


def _row(who: str, source: str, account: dict[str, Any]) -> dict[str, Any]:
    return {
        "who": who,
        "source": source,
        "events": account.get("pending", 0),
        "seconds": round(float(account.get("seconds", 0) or 0), 1),
        "parked": account.get("parked", 0),
    }
