"""`kiemtra timers`: what the clock will say, what it could not, what it should have."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from services.chassis.calendar import official
from services.cli.acting import Dry, Who, Why, Yes, confirmed
from services.cli.operators import running
from services.cli.output import Home, Json, fail, show
from services.cli.steering import Service, chosen, get, post, table, told

app = typer.Typer(
    no_args_is_help=True,
    help="Deadlines: what waits, what will fall due, what is counted again.",
)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
Kind = Annotated[str, typer.Option(help="Only this kind: remediation.overdue …")]
Until = Annotated[str, typer.Option(help="A day (its end), or a moment with offset.")]
States = Annotated[
    list[str] | None,
    typer.Option("--state", help="armed, parked (both by default), fired, cancelled."),
]
Most = Annotated[int, typer.Option("--max", help="At most so many.", min=1, max=1000)]
Officer = Annotated[
    str, typer.Option(help="AGENCY:PERSON, an authority (người có thẩm quyền).")
]
COLUMNS = ("service", "due_at", "state", "kind", "stream", "attempts", "reason")
MOVED = ("case_id", "before", "after")


@app.command("list")
def list_(  # noqa: PLR0913 - the filters of one verb
    *,
    service: Service = None,
    kind: Kind = "",
    state: States = None,
    until: Until = "",
    most: Most = 200,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """List deadlines, the earliest first. `parked`: nobody could decide it yet."""
    rows = _listed(home, service, state=state or [], kind=kind, until=until, limit=most)
    if as_json:
        show({"timers": rows[:most]}, as_json=True)
        return
    table(rows[:most], COLUMNS, "No deadline waits.")


@app.command()
def preview(
    until: Annotated[str, typer.Argument(help="A day (its end), or a moment.")],
    *,
    service: Service = None,
    kind: Kind = "",
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Show what would fall due until then, if nothing else happened before."""
    rows = _listed(home, service, state=[], kind=kind, until=until, limit=1000)
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["kind"]] = counts.get(row["kind"], 0) + 1
    if as_json:
        show({"until": _moment(until), "kinds": counts, "timers": rows}, as_json=True)
        return
    table(rows, COLUMNS, "Nothing falls due until then.")
    for name, number in sorted(counts.items()):
        typer.echo(f"{name}: {number}")


@app.command()
def recalculate(  # noqa: PLR0913 - the options of one verb
    act: Annotated[str, typer.Argument(help="The act's id, such as TL-2026-1.")],
    *,
    officer: Officer,
    reason: Why,
    plan: Annotated[str | None, typer.Option(help="Only this plan's cases.")] = None,
    dry_run: Dry = False,
    yes: Yes = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Count open dates again by the present calendar; each case records its own move.

    It is remediation's own command, under an authority's name: no timer is edited.
    --dry-run records the attempt and shows the old and the new date of each case.
    """
    agency, _, person = officer.partition(":")
    if not agency or not person:
        raise fail(f"--officer {officer}: AGENCY:PERSON", code=2)
    version = official().version
    what = f"count open dates again by {version}, as {act}"
    confirmed(what, yes=yes, dry_run=dry_run)
    place = running(home)["services"]["remediation"]
    body = {"calendar_version": version, "dry_run": dry_run}
    headers = {"Authorization": f"Bearer dev:{agency}:authority:{person}"}
    url = f"{place['http']}/recalculations/{act}"
    done = post(
        f"{url}/run", body | ({"plan_id": plan} if plan else {}), headers=headers
    )
    found = get(url, headers=headers, min_position=done["position"])
    kept = {"moved": len(found["moved"]), "calendar_version": version, "act": act}
    note = told(officer, reason, dry_run=dry_run, verb="timers.recalculate")
    post(f"{place['operate']}/acts", note | {"result": kept})
    if as_json:
        answer = {"dry_run": dry_run, **kept, "counted": found["counted"]}
        show(answer | {"cases": found["moved"]}, as_json=True)
        return
    table(found["moved"], MOVED, "No date moves.")
    typer.echo(f"{found['counted']} counted, {kept['moved']} move, by {version}")


@app.command()
def backfill(  # noqa: PLR0913 - the options of one verb
    *,
    reason: Why,
    service: Service = None,
    who: Who = "",
    dry_run: Dry = False,
    yes: Yes = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Arm the deadlines that today's rules give old events, where they are missing.

    After a release with a new kind of deadline. What is past already fires at once
    and says that it occurred at its moment.
    """
    places = chosen(home, service)
    confirmed(f"arm what is missing in {', '.join(places)}", yes=yes, dry_run=dry_run)
    body = told(who, reason, dry_run=dry_run)
    done = {name: post(f"{at}/timers/backfill", body) for name, at in places.items()}
    if as_json:
        show({"services": done}, as_json=True)
        return
    for name, one in done.items():
        typer.echo(f"{name}: {one['missing']} missing, {one['armed']} armed")
        for item in one["items"]:
            typer.echo(f"  {item['due_at']}  {item['kind']}  {item['stream']}")


def _listed(
    home: Path | None,
    service: list[str] | None,
    *,
    state: list[str],
    until: str,
    **asks: Any,
) -> list[dict[str, Any]]:
    asks |= {"state": ",".join(state)}
    if until:
        asks["until"] = _moment(until)
    rows = [
        {"service": name, **row}
        for name, at in chosen(home, service).items()
        for row in get(f"{at}/timers", **asks)["items"]
    ]
    return sorted(
        rows, key=lambda row: (datetime.fromisoformat(row["due_at"]), row["id"])
    )


def _moment(text: str) -> str:
    """Return a day's last moment in Hà Nội, or the moment itself."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise fail(f"{text}: a day, such as 2026-03-31, or a moment", code=2) from None
    if len(text) == len("2026-03-31"):
        moment = datetime.combine(moment.date(), time.max)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=HANOI)
    return moment.isoformat()
