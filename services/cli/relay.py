"""`kiemtra relay`: from the journal to the bus, how far, and what holds it back."""

from __future__ import annotations

from typing import Any

import typer

from services.cli.acting import Dry, Who, Why, Yes, confirmed
from services.cli.output import Home, Json, show
from services.cli.steering import Service, chosen, get, post, table, told

app = typer.Typer(
    no_args_is_help=True,
    help="Relays: how far the journals are published; pause, resume, try again.",
)
COLUMNS = (
    "service",
    "state",
    "cursor",
    "safe",
    "pending",
    "oldest_seconds",
    "epoch",
    "leader",
    "blockers",
)
BLOCKERS = ("service", "pid", "xact", "above", "seconds", "application", "state")


@app.command()
def status(
    *, service: Service = None, as_json: Json = False, home: Home = None
) -> None:
    """Show each relay: its cursor, the journal's safe end, who leads, since when."""
    found = {name: get(f"{at}/relay") for name, at in chosen(home, service).items()}
    if as_json:
        show({"relays": found}, as_json=True)
        return
    table([_row(name, one) for name, one in found.items()], COLUMNS, "No relay.")
    for name, one in found.items():
        if paused := one["paused"]:
            typer.echo(
                f"{name}: paused since {paused['since']} by {paused['by']}: "
                f"{paused['why']}"
            )


@app.command()
def blockers(
    *, service: Service = None, as_json: Json = False, home: Home = None
) -> None:
    """List the open transactions that a relay waits for, and whose they are."""
    rows = [
        {"service": name, **one}
        for name, at in chosen(home, service).items()
        for one in get(f"{at}/relay/blockers")["items"]
    ]
    if as_json:
        show({"blockers": rows}, as_json=True)
        return
    table(rows, BLOCKERS, "Nothing holds a relay back.")


def _verb(verb: str, says: str) -> None:
    """Add a verb that tells the relays something."""

    @app.command(verb, help=says)
    def tell(  # noqa: PLR0913 - the options of one verb
        *,
        reason: Why,
        service: Service = None,
        who: Who = "",
        dry_run: Dry = False,
        yes: Yes = False,
        as_json: Json = False,
        home: Home = None,
    ) -> None:
        places = chosen(home, service)
        confirmed(f"{verb} the relay of {', '.join(places)}", yes=yes, dry_run=dry_run)
        body = told(who, reason, dry_run=dry_run)
        done = {name: post(f"{at}/relay/{verb}", body) for name, at in places.items()}
        if as_json:
            show({"services": done}, as_json=True)
            return
        would = "would " if dry_run else ""
        for name, one in done.items():
            said = f"{would}{verb}" if one["changed"] else "already so"
            typer.echo(f"{name}: {said}, cursor {one['cursor']}")


_verb(
    "pause", "Publish nothing until it is resumed, restarts included; commands go on."
)
_verb(
    "resume",
    "Publish again, from where it stands: nothing was lost, all of it is late.",
)
_verb("kick", "Try again at once, by a new producer, instead of waiting out a pause.")


def _row(name: str, one: dict[str, Any]) -> dict[str, Any]:
    leader = one["leader"] or {}
    return {
        **one,
        "service": name,
        "leader": f"{leader['name']} ({leader['pid']})" if leader else None,
        "blockers": len(one["blockers"]),
    }
