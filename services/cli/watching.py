"""Long work that services do, watched until it ends: a bar, lines, or JSON lines."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

import httpx
import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from services.cli.output import fail

PAUSE = 0.2
STEP = 10  # per cent between two lines
PATIENCE = 30.0
Answers = dict[str, dict[str, Any]]


class Teller(Protocol):
    """Whoever tells how far the work is."""

    def __call__(self, service: str, work: Mapping[str, Any]) -> None:
        """Tell it of one service."""
        ...


def watched(urls: Mapping[str, str], verb: str, body: Any, *, as_json: bool) -> Answers:
    """Let services do *verb* to their views; return each one's result, by name.

    Raises:
        typer.Exit: One does not answer (10), or could not do it (1).
    """
    bar, teller = _teller(as_json=as_json)
    with bar:
        return asyncio.run(_watched(urls, verb, body, teller))


async def _watched(
    urls: Mapping[str, str], verb: str, body: Any, tell: Teller
) -> Answers:
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        for name, url in urls.items():
            await _answer(name, client.post(f"{url}/projection/{verb}", json=body))
        asked = (_one(client, name, url, tell) for name, url in urls.items())
        return dict(zip(urls, await asyncio.gather(*asked), strict=True))


async def _one(
    client: httpx.AsyncClient, name: str, url: str, tell: Teller
) -> dict[str, Any]:
    while True:
        answer = await _answer(name, client.get(f"{url}/projection"))
        work: dict[str, Any] = answer["work"]
        if work is None:
            raise fail(f"{name} was started anew meanwhile. {LEFT}")
        tell(name, work)
        result: dict[str, Any] = work["result"]
        if work["state"] == "done":
            return result
        if work["state"] != "running":
            raise fail(f"{name}: {result['code']}: {result['detail']}. {LEFT}")
        await asyncio.sleep(PAUSE)


LEFT = "The live views still answer; the next rebuild removes what was half made"


async def _answer(name: str, asked: Any) -> Any:
    try:
        answer: httpx.Response = await asked
    except httpx.HTTPError as error:
        raise fail(f"{name} does not answer: {error!r}. {LEFT}.", code=10) from error
    if answer.is_success:
        return answer.json()
    raise fail(f"{name}: {answer.status_code} {answer.json().get('detail')}")


def _teller(*, as_json: bool) -> tuple[AbstractContextManager[Any], Teller]:
    """Return what draws, while it is entered, and what is told."""
    if as_json or not sys.stderr.isatty():
        return nullcontext(), _Lines(as_json=as_json)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}/s"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    return bar, _Bars(bar)


class _Bars:
    """A bar for each service."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, service: str, work: Mapping[str, Any]) -> None:
        if service not in self._tasks:
            self._tasks[service] = self._bar.add_task(service, rate=0)
        told = work["progress"]
        self._bar.update(
            self._tasks[service],
            description=f"{service}: {_phase(work)}",
            total=max(told["total"], 1),
            completed=told["done"] if told["total"] else int(work["state"] == "done"),
            rate=round(told["rate"]),
        )


class _Lines:
    """A line for each phase, and for each tenth of it."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._told: dict[str, tuple[str, int]] = {}

    def __call__(self, service: str, work: Mapping[str, Any]) -> None:
        told = work["progress"]
        mark = (_phase(work), told["percent"] // STEP)
        if self._told.get(service) == mark:
            return
        self._told[service] = mark
        if self._as_json:
            line = {"service": service, "state": work["state"], **told}
            typer.echo(json.dumps(line, ensure_ascii=False), err=True)
            return
        eta = told["eta_seconds"]
        left = "" if eta is None else f", {eta} s to go"
        typer.echo(
            f"{service}: {mark[0]}, {told['percent']} % of {told['total']} events,"
            f" {round(told['rate'])}/s{left}",
            err=True,
        )


def _phase(work: Mapping[str, Any]) -> str:
    state = work["state"]
    return str(work["progress"]["phase"] if state == "running" else state)
