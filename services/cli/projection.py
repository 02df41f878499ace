"""`kiemtra projection`: the views' builds; made anew beside, shown, kept, dropped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.acting import Dry, Who, Why, Yes, confirmed
from services.cli.output import Home, Json, show
from services.cli.steering import Service, chosen, get, post, table, told
from services.cli.watching import watched

app = typer.Typer(
    no_args_is_help=True,
    help="The views: their builds, what drifted, made anew, shown, dropped.",
)
Alone = Annotated[str, typer.Option("--service", help="Whose views.")]
COLUMNS = ("service", "build", "state", "journal_position", "heard_position", "made_at")


@app.command("list")
def list_(*, service: Service = None, as_json: Json = False, home: Home = None) -> None:
    """List the builds of each service's views; one is live."""
    rows = [
        {"service": name, **build}
        for name, at in chosen(home, service).items()
        for build in get(f"{at}/projection")["items"]
    ]
    if as_json:
        show({"builds": rows}, as_json=True)
        return
    table(rows, COLUMNS, "No build.")


@app.command()
def verify(
    *, service: Service = None, as_json: Json = False, home: Home = None
) -> None:
    """Fold the events anew beside the live rows; name every row that differs."""
    body = told("", "verify", dry_run=False)
    found = watched(chosen(home, service), "verify", body, as_json=as_json)
    differing = any(answer["drift"] for answer in found.values())
    if as_json:
        show({"ok": not differing, "services": found}, as_json=True)
    else:
        drifted(found)
    if differing and not as_json:
        typer.echo("Keep this for the cause; `kiemtra projection rebuild` mends it.")
    raise typer.Exit(int(differing))


@app.command()
def rebuild(  # noqa: PLR0913 - the options of one verb
    *,
    reason: Why,
    who: Who = "",
    service: Service = None,
    swap: Annotated[bool, typer.Option(help="Show it at once, or keep it.")] = True,
    dry_run: Dry = False,
    yes: Yes = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Make the views anew beside the live ones; readers see one build or the other."""
    places = chosen(home, service)
    confirmed(f"Make the views of {', '.join(places)} anew", yes=yes, dry_run=dry_run)
    if dry_run:
        show({"would_rebuild": list(places), "swap": swap}, as_json=as_json)
        return
    body = told(who, reason, dry_run=False, show=swap)
    found = watched(places, "rebuild", body, as_json=as_json)
    if as_json:
        show({"services": found}, as_json=True)
        return
    for name, answer in found.items():
        became = "live" if answer["shown"] else "kept; `projection swap` shows it"
        typer.echo(
            f"{name}: build {answer['build']} at position {answer['position']} is "
            f"{became}, after {answer['seconds']} s"
        )
    drifted({name: answer for name, answer in found.items() if answer["drift"]})


@app.command()
def swap(  # noqa: PLR0913 - the options of one verb
    *,
    service: Alone,
    reason: Why,
    build: Annotated[int | None, typer.Option(help="By default the newest.")] = None,
    who: Who = "",
    dry_run: Dry = False,
    yes: Yes = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Show a build that is kept; it is brought to where the live one is first."""
    named = "the newest build kept" if build is None else f"build {build}"
    confirmed(f"Show {named} of {service}", yes=yes, dry_run=dry_run)
    body = told(who, reason, dry_run=dry_run, build=build)
    show(_acted(home, service, "swap", body), as_json=as_json)


@app.command()
def drop(  # noqa: PLR0913 - the options of one verb
    build: int,
    *,
    service: Alone,
    reason: Why,
    who: Who = "",
    dry_run: Dry = False,
    yes: Yes = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Forget a build that is not live; those replaced a day ago go by themselves."""
    confirmed(f"Drop build {build} of {service}", yes=yes, dry_run=dry_run)
    body = told(who, reason, dry_run=dry_run, build=build)
    show(_acted(home, service, "drop", body), as_json=as_json)


def drifted(found: Mapping[str, Mapping[str, Any]]) -> None:
    """Print which rows differ, and in what."""
    for name, answer in found.items():
        typer.echo(f"{name}: {sum(t['rows'] for t in answer['drift'])} rows differ")
        for one in answer["drift"]:
            typer.echo(f"  {one['table']}: {one['rows']}")
            for row in one["differences"]:
                typer.echo(f"    {row['key']}: {row['live']} -> {row['told']}")


def _acted(home: Path | None, service: str, verb: str, body: Any) -> dict[str, Any]:
    (at,) = chosen(home, [service]).values()
    return post(f"{at}/projection/{verb}", body)
