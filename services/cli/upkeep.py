"""`kiemtra journal` and `kiemtra projection`: what is stored still holds, or not."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console
from rich.table import Table

from services.cli.operators import running
from services.cli.output import Home, Json, fail, show

journal = typer.Typer(no_args_is_help=True, help="The journals: hash chains.")
projection = typer.Typer(no_args_is_help=True, help="The views: builds, drift.")
Service = Annotated[list[str] | None, typer.Option(help="Only this; may be repeated.")]
LONG = 600.0


@journal.callback()
def _journal() -> None:
    """Look after the journals."""


@journal.command("verify")
def verify_journal(
    *, service: Service = None, as_json: Json = False, home: Home = None
) -> None:
    """Check every stream's hash chain; name the first version that is another."""
    found = _ask("GET", "/journal/verify", home, service)
    broken = {name: answer["broken"] for name, answer in found.items()}
    if as_json:
        show({"ok": not any(broken.values()), "services": found}, as_json=True)
    else:
        for name, answer in found.items():
            said = f"{answer['events']} events in {answer['streams']} streams"
            typer.echo(f"{name}: {said}, {len(answer['broken'])} broken")
            for one in answer["broken"]:
                typer.echo(f"  {one['stream_id']}: first at version {one['version']}")
    if any(broken.values()):
        raise typer.Exit(1)


@projection.command("list")
def list_views(
    *, service: Service = None, as_json: Json = False, home: Home = None
) -> None:
    """List the builds of each service's views; one is live."""
    found = _ask("GET", "/projection", home, service)
    rows = [{"service": n, **b} for n, answer in found.items() for b in answer["items"]]
    if as_json:
        show({"builds": rows}, as_json=True)
        return
    names = ("service", "build", "state", "journal_position", "heard_position")
    table = Table(*names)
    for row in rows:
        table.add_row(*(str(row[name]) for name in names))
    Console().print(table)


@projection.command("verify")
def verify_views(
    *, service: Service = None, as_json: Json = False, home: Home = None
) -> None:
    """Fold the events anew beside the live rows; name every row that differs."""
    found = _ask("GET", "/projection/verify", home, service)
    drift = {name: answer["drift"] for name, answer in found.items()}
    if as_json:
        show({"ok": not any(drift.values()), "services": found}, as_json=True)
    else:
        for name, tables in drift.items():
            typer.echo(f"{name}: {sum(one['rows'] for one in tables)} rows differ")
            for one in tables:
                typer.echo(f"  {one['table']}: {', '.join(one['keys'])}")
    if any(drift.values()):
        typer.echo(
            "Rebuild with `kiemtra projection rebuild`; keep this for the cause."
        )
        raise typer.Exit(1)


@projection.command("rebuild")
def rebuild_views(
    *, service: Service = None, as_json: Json = False, home: Home = None
) -> None:
    """Make the views anew beside the live ones; readers see one build or the other."""
    with Console(stderr=True).status("Folding the events anew"):
        found = _ask("POST", "/projection/rebuild", home, service)
    show({"services": found} if as_json else found, as_json=as_json)


def _ask(
    method: str, path: str, home: Path | None, wanted: list[str] | None
) -> dict[str, Any]:
    services = running(home)["services"]
    names = wanted or list(services)
    if unknown := sorted(set(names) - set(services)):
        raise fail(f"no service {unknown}: one of {', '.join(services)}", code=2)
    asked = {name: f"{services[name]['operate']}{path}" for name in names}
    return asyncio.run(_answers(method, asked))


async def _answers(method: str, asked: dict[str, str]) -> dict[str, Any]:
    async with httpx.AsyncClient(timeout=LONG) as client:
        sent: list[Coroutine[Any, Any, httpx.Response]] = [
            client.request(method, url) for url in asked.values()
        ]
        answers = await asyncio.gather(*sent, return_exceptions=True)
    found = {}
    for name, answer in zip(asked, answers, strict=True):
        if isinstance(answer, BaseException):
            raise fail(f"{name} does not answer: {answer!r}", code=10)
        if not answer.is_success:
            raise fail(f"{name}: {answer.status_code} {answer.text[:300]}")
        found[name] = answer.json()
    return found
