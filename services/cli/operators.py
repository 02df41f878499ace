"""The operators' ports of the system on a home: asked all at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from services.chassis.embedded.state import told
from services.cli.output import fail
from services.cli.up import HOME


def running(home: Path | None) -> dict[str, Any]:
    """Return the description of the system on *home*.

    Raises:
        typer.Exit: None runs there (exit 10).
    """
    place = (home or HOME).absolute()
    described = told(place)
    if described is None:
        raise fail(
            f"no system runs on {place}. Start one with `kiemtra up`, or name its "
            "folder with --home.",
            code=10,
        )
    return described


async def ask(
    described: Mapping[str, Any], path: str, **parameters: str
) -> dict[str, Any]:
    """Return every service's answer to ``GET path``, by name.

    Raises:
        typer.Exit: A service does not answer (exit 10).
    """
    services = described["services"]
    async with httpx.AsyncClient(timeout=10) as client:
        answers = await asyncio.gather(
            *(
                client.get(f"{service['operate']}{path}", params=parameters)
                for service in services.values()
            ),
            return_exceptions=True,
        )
    found = {}
    for name, answer in zip(services, answers, strict=True):
        if isinstance(answer, BaseException):
            raise fail(f"{name} does not answer: {answer!r}", code=10)
        found[name] = answer.raise_for_status().json()
    return found
