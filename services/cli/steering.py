"""One service asked, or told, at its operator's port."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console
from rich.table import Table

from services.cli.operators import running
from services.cli.output import fail

Service = Annotated[list[str] | None, typer.Option(help="Only this; may be repeated.")]
LONG = 120.0
WIDE = 400


def chosen(home: Path | None, wanted: Sequence[str] | None) -> dict[str, str]:
    """Return the operators' ports of the services that were named, or of all.

    Raises:
        typer.Exit: No such service (exit 2), or none runs there (exit 10).
    """
    services = running(home)["services"]
    names = wanted or list(services)
    if unknown := sorted(set(names) - set(services)):
        raise fail(f"no service {unknown}: one of {', '.join(services)}", code=2)
    return {name: services[name]["operate"] for name in names}


def told(who: str, reason: str, *, dry_run: bool, **args: Any) -> dict[str, Any]:
    """Return the body of an act."""
    given = {name: value for name, value in args.items() if value is not None}
    return {"who": who or getpass.getuser(), "why": reason, "dry_run": dry_run, **given}


def get(
    url: str, headers: dict[str, str] | None = None, **parameters: Any
) -> dict[str, Any]:
    """Ask one service.

    Raises:
        typer.Exit: It does not answer (exit 10), or says no (exit 1).
    """
    return _answer("GET", url, headers=headers, params=parameters)


def post(url: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Have one service do something.

    Raises:
        typer.Exit: It does not answer (exit 10), or says no (exit 1).
    """
    return _answer("POST", url, json=body, **more)


def table(rows: Sequence[dict[str, Any]], columns: Sequence[str], nothing: str) -> None:
    """Print rows for people."""
    if not rows:
        typer.echo(nothing)
        return
    shown = Table(*columns)
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)  # a pipe has no edge to cut names at
    for row in rows:
        shown.add_row(*("" if row[n] is None else str(row[n]) for n in columns))
    console.print(shown)


def _answer(method: str, url: str, **more: Any) -> dict[str, Any]:
    try:
        answer = httpx.request(method, url, timeout=LONG, **more)
    except httpx.HTTPError as error:
        raise fail(f"{url} does not answer: {error!r}", code=10) from None
    if not answer.is_success:
        raise fail(_refusal(answer))
    found: dict[str, Any] = answer.json()
    return found


def _refusal(answer: httpx.Response) -> str:
    try:
        said = answer.json()
    except ValueError:
        return f"{answer.status_code}: {answer.text[:300]}"
    code = str(said.get("type", "")).removeprefix("/problems/")
    return f"{answer.status_code} {code}: {said.get('detail', '')}"
