"""`kiemtra status`: what runs on the home, and whether it answers."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import typer

from services.chassis.embedded import asking
from services.chassis.embedded.owning import owner_of
from services.chassis.embedded.state import told
from services.cli.output import Home, Json
from services.cli.steering import get
from services.cli.up import HOME, show_system

UNHEALTHY = 10


def status(*, as_json: Json = False, home: Home = None) -> None:
    """Say what runs, and where; exit with 10 unless everything is ready."""
    found = asyncio.run(look((home or HOME).absolute()))
    show_system(found, as_json)
    if not as_json:
        _tell_paused(found)
    if found["state"] != "ready":
        raise typer.Exit(UNHEALTHY)


async def look(home: Path) -> dict[str, Any]:
    """Ask every service of the system on *home*, now."""
    running = told(home)
    if running is None:
        state = "stopped" if owner_of(home) is None else "starting"
        return {"state": state, "home": str(home), "services": {}}
    units = list(running["services"].values())
    answers = await asyncio.gather(
        *(asking.ready(unit["operate"].removeprefix("http://")) for unit in units),
        return_exceptions=True,
    )
    for unit, answer in zip(units, answers, strict=True):
        if isinstance(answer, BaseException) and unit["state"] == "ready":
            unit["state"] = "unready"
            running["state"] = "unready"
    return running


def _tell_paused(found: dict[str, Any]) -> None:
    """Say what rests on purpose: since when, by whom, why."""
    for name, unit in found["services"].items():
        if unit["state"] != "ready":
            continue
        for hold in get(f"{unit['operate']}/statusz")["paused"]:
            typer.echo(
                f"{name}: {hold['what']} paused since {hold['since']} by "
                f"{hold['by']}: {hold['why']}"
            )
