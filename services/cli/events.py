"""`kiemtra events`: what is published, read off Kafka as a subscriber would."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from services.chassis.bus import Record
from services.chassis.bus.reading import tail as follow
from services.chassis.embedded.system import TOPICS
from services.chassis.errors import Unavailable
from services.cli.ledger import topics
from services.cli.operators import running
from services.cli.output import Home, Json, fail

app = typer.Typer(no_args_is_help=True, help="Published events.")

Topic = Annotated[
    list[str] | None, typer.Option("--topic", help="Only this topic; may be repeated.")
]
Kind = Annotated[str, typer.Option("--type", help="Only types that contain this.")]
Limit = Annotated[int, typer.Option(help="Stop after so many; 0: never.")]
Start = Annotated[bool, typer.Option("--from-start", help="From the first event on.")]
Follow = Annotated[bool, typer.Option("--follow/--no-follow", help="Wait for more.")]


@app.command()
def tail(  # noqa: PLR0913 - the options of one verb
    *,
    topic: Topic = None,
    kind: Kind = "",
    limit: Limit = 0,
    from_start: Start = False,
    wait: Follow = True,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Print events as they are published: time, type, key, id."""
    chosen = topic or topics()
    if unknown := sorted(set(chosen) - {*topics(), *TOPICS}):
        known = ", ".join(sorted({*topics(), *TOPICS}))
        raise fail(f"no topic {', '.join(unknown)}; there are {known}", code=2)
    described = running(home)
    said = _print(
        described["kafka"],
        chosen,
        kind,
        limit,
        from_start=from_start or not wait,
        wait=wait,
        as_json=as_json,
    )
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(said)
    except Unavailable as error:
        raise fail(f"Kafka at {described['kafka']}: {error}", code=10) from None


async def _print(  # noqa: PLR0913 - the options of one verb
    kafka: str,
    chosen: list[str],
    kind: str,
    limit: int,
    *,
    from_start: bool,
    wait: bool,
    as_json: bool,
) -> None:
    shown = 0
    async for record in follow(kafka, chosen, from_start=from_start, wait=wait):
        event = describe(record)
        if kind not in str(event["type"]):
            continue
        typer.echo(json.dumps(event, ensure_ascii=False) if as_json else _line(event))
        shown += 1
        if shown == limit:
            return


def describe(record: Record) -> dict[str, Any]:
    """Return a record as a reader sees it; what cannot be read is shown as it is."""
    headers = {name: value.decode(errors="replace") for name, value in record.headers}
    text = (record.value or b"").decode(errors="replace")
    try:
        data: Any = json.loads(text)
    except ValueError:
        data = text
    return {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "key": (record.key or b"").decode(errors="replace"),
        "type": headers.get("ce_type", ""),
        "id": headers.get("ce_id", ""),
        "time": headers.get("ce_time", ""),
        "correlation_id": headers.get("ce_correlationid", ""),
        "causation_id": headers.get("ce_causationid", ""),
        "data": data,
    }


def _line(event: Mapping[str, Any]) -> str:
    return f"{event['time']:32} {event['type']:42} {event['key']:20} {event['id']}"
