"""`kiemtra selftest`: does what runs keep its promises? Nothing is left behind.

A record on a topic of its own (``system.probe.v1``) is all that Kafka keeps of it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path
from shutil import disk_usage
from typing import Any

import httpx
import typer
from rich.console import Console

from services.chassis.bus import Outgoing
from services.chassis.bus.kafka import KafkaProducer, create_topics, end_offsets
from services.chassis.clock import system_clock
from services.chassis.errors import Unavailable
from services.cli.ledger import topics
from services.cli.operators import running
from services.cli.output import Home, Json, show

PROBE = "system.probe.v1"
UNHEALTHY = 10
PATIENCE = 180.0
LAG_SECONDS = 60.0
PARTITIONS = 12
ROOM = 2**30  # bytes


def selftest(*, as_json: Json = False, home: Home = None) -> None:
    """Check each promise cheaply; exit with 10 if one is broken, and say what next."""
    described = running(home)
    rows = asyncio.run(_tested(described))
    ok = all(row["ok"] for row in rows)
    if as_json:
        show({"ok": ok, "checks": rows}, as_json=True)
    else:
        _print(rows)
    if not ok:
        raise typer.Exit(UNHEALTHY)


async def _tested(described: Mapping[str, Any]) -> list[dict[str, Any]]:
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        services = await asyncio.gather(
            *(
                _service(client, name, unit["operate"])
                for name, unit in described["services"].items()
            )
        )
    found = [row for rows in services for row in rows]
    kafka = described["kafka"]
    return [*found, await _produces(kafka), await _layout(kafka), _disk(described)]


async def _service(
    client: httpx.AsyncClient, name: str, operate: str
) -> list[dict[str, Any]]:
    try:
        answer = (await client.post(f"{operate}/selftest")).raise_for_status()
        lag = (await client.get(f"{operate}/lagz")).raise_for_status()
    except httpx.HTTPError as error:
        said = f"its operator's port does not answer: {error!r}"
        return [row(name, "answers", ok=False, detail=said, then="read its log")]
    proofs = [{"service": name, **proof} for proof in answer.json()["items"]]
    return [*proofs, _lag(name, lag.json())]


def _lag(service: str, lag: Mapping[str, Any]) -> dict[str, Any]:
    """Say whether anything has been behind for long; what rests as told may."""
    waits = {
        "relay": lag["relay"]["seconds"] if lag["relay"]["state"] != "paused" else 0,
        "views": lag["views"]["seconds"],
        "own": lag["own"]["seconds"],
    }
    for consumer, heard in lag["consumers"].items():
        partitions = [part for parts in heard.values() for part in parts.values()]
        waits[consumer] = max((p.get("lag_seconds", 0) for p in partitions), default=0)
    late = {who: round(s) for who, s in waits.items() if s and s > LAG_SECONDS}
    return row(
        service,
        "lag",
        ok=not late,
        detail=", ".join(f"{who}: {s} s" for who, s in late.items()) or "nobody lags",
        then="`kiemtra lag`, `kiemtra consumer list`",
    )


async def _produces(kafka: str) -> dict[str, Any]:
    """Send a record and read it back."""
    began = time.monotonic()
    mark = system_clock().isoformat().encode()
    try:
        await create_topics(kafka, [PROBE], partitions=1)
        producer = KafkaProducer(kafka, "selftest")
        await producer.connect()
        try:
            probe = Outgoing(key=b"selftest", value=mark, headers=())
            await producer.send(PROBE, 0, [probe])
            last = (await producer.last(PROBE)).get(0)
        finally:
            await producer.close()
    except Unavailable as error:
        then = "bring Kafka back; commands are taken meanwhile"
        return row("kafka", "carries", ok=False, detail=str(error), then=then)
    took = (time.monotonic() - began) * 1000
    ok = last is not None and last.value is not None and last.value >= mark
    return row(
        "kafka",
        "carries",
        ok=ok,
        detail=f"sent and read back in {took:.0f} ms",
        then="what was acknowledged is not there: look at the brokers' logs",
    )


async def _layout(kafka: str) -> dict[str, Any]:
    """Check that every topic has the partitions that keys were spread over."""
    wrong = []
    try:
        for topic in topics():
            found = len(await end_offsets(kafka, topic))
            if found != PARTITIONS:
                wrong.append(f"{topic}: {found}")
    except Unavailable as error:
        wrong.append(str(error))
    return row(
        "kafka",
        "layout",
        ok=not wrong,
        detail="; ".join(wrong) or f"{PARTITIONS} partitions each",
        then="another number of partitions breaks the order of keys: new topics",
    )


def _disk(described: Mapping[str, Any]) -> dict[str, Any]:
    """Check that the home has room."""
    free = disk_usage(Path(described["home"])).free
    return row(
        "home",
        "room",
        ok=free > ROOM,
        detail=f"{free / 2**30:.1f} GiB free",
        then="make room: servers that cannot write stop",
    )


def row(
    service: str, check: str, *, ok: bool, detail: str, then: str
) -> dict[str, Any]:
    """Return one line of the answer; what to do next, where something is wrong."""
    next_ = "" if ok else then
    return {
        "service": service,
        "check": check,
        "ok": ok,
        "detail": detail,
        "next": next_,
    }


def _print(rows: list[dict[str, Any]]) -> None:
    console = Console()
    for one in rows:
        mark = "[green]✓[/]" if one["ok"] else "[red]✗[/]"
        name = f"{one['service']} {one['check']}"
        console.print(f"{mark} {name:26} ", end="", highlight=False)
        console.print(one["detail"], markup=False, highlight=False, soft_wrap=True)
        if one["next"]:
            console.print(f"    {one['next']}", style="red", markup=False)
