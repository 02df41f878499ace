"""`kiemtra calendar`: when something is due, counted as everywhere in the product."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from services.chassis.calendar import (
    READINGS,
    Calendar,
    OverlayInvalid,
    RuleRefused,
    importing,
    official,
)
from services.chassis.calendar.importing import SHIPPED
from services.chassis.clock import system_clock
from services.cli.acting import Dry, Who, Why, Yes, confirmed
from services.cli.output import Json, fail, show

app = typer.Typer(no_args_is_help=True, help="Working days and due dates.")
From = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="2023-05-23, or a moment.")
]
Rule = Annotated[
    str | None,
    typer.Option(metavar="JSON", help='{"kind": "working_days", "n": 15}'),
]
Year = Annotated[int, typer.Argument(min=date.min.year, max=date.max.year)]
MOMENT_LENGTH = len("2023-05-23T08:00")
LINE = {"start", "rule"}


@app.command()
def due(start: From = None, rule: Rule = None, *, as_json: Json = False) -> None:
    """Say when something is due; without --rule, for every JSON line on stdin."""
    if rule is None:
        if start is not None or sys.stdin.isatty():
            raise typer.BadParameter("give --rule too, or JSON lines on stdin")
        if not answer_lines(official()):
            raise typer.Exit(1)
        return
    try:
        counted = answer(official(), {"start": start, "rule": read(rule)})
    except RuleRefused as refused:
        raise typer.BadParameter(f"{refused.code}: {refused.detail}") from refused
    reading = counted["reading"]
    if reading and not as_json:
        counted = {**counted, "reading": f"{reading} ({READINGS[reading]})"}
    show(counted, as_json=as_json)


@app.command("show")
def show_year(year: Year, *, as_json: Json = False) -> None:
    """Show a year: its working days, and the days that are not as their weekday."""
    shown = year_of(official(), year)
    if not as_json:
        days = {day["date"]: line_of(day) for day in shown.pop("days")}
        shown = {**shown, **days}
    show(shown, as_json=as_json)


@app.command()
def check(
    days: Annotated[list[str], typer.Argument(metavar="DATE...", help="2026-01-02")],
    *,
    as_json: Json = False,
) -> None:
    """Say whether these days are worked, by which document, and what comes next."""
    try:
        found = [checked(official(), start_of(text)) for text in days]
    except RuleRefused as refused:
        raise typer.BadParameter(f"{refused.code}: {refused.detail}") from refused
    if as_json:
        show({"days": found}, as_json=True)
        return
    for one in found:
        follows = f"; ngày làm việc kế tiếp: {one['next_working_day']}"
        typer.echo(f"{one['date']}  {line_of(one)}{follows}")


@app.command("import")
def import_(  # noqa: PLR0913 - the options of one verb
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    *,
    reason: Why,
    to: Annotated[Path, typer.Option(help="The overlay to replace.")] = SHIPPED,
    who: Who = "",
    dry_run: Dry = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Replace the official days off by FILE's: checked first, and the change shown.

    Counts from the next start on. Dates that were counted stay as they are until
    `kiemtra timers recalculate`.
    """
    try:
        found = importing.read(file, to)
    except OverlayInvalid as error:
        raise fail(str(error)) from None
    told = imported(found)
    if not as_json:
        for line in told["changes"]:
            typer.echo(line)
        typer.echo(f"{told['before']} -> {told['after']}")
    if not found.same:
        confirmed(f"replace {to} by {file}", yes=yes, dry_run=dry_run)
        if not dry_run:
            _write(found, who or getpass.getuser(), reason, to)
    written = not (found.same or dry_run)
    if as_json:
        show({**told, "written": written}, as_json=True)


def answer_lines(calendar: Calendar) -> bool:
    """Answer each line of stdin with one line; say whether all were good."""
    good = True
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        if not raw.strip():
            continue
        try:
            said = answer(calendar, read(raw))
        except RuleRefused as refused:
            good = False
            error = {"code": refused.code, "detail": refused.detail}
            said = {"error": error, "line": number}
        typer.echo(json.dumps(said, ensure_ascii=False))
    return good


def answer(calendar: Calendar, asked: Any) -> dict[str, Any]:
    """Count one question, ``{"start": …, "rule": …}``."""
    if not isinstance(asked, Mapping) or not set(asked) <= LINE or "rule" not in asked:
        raise RuleRefused("question-malformed", 'ask {"start": …, "rule": {…}}')
    counted = calendar.due(start_of(asked.get("start")), asked["rule"])
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(counted).items()
    }


def start_of(given: Any) -> date | datetime | None:
    """Read a day or a moment; one without an offset is a time in Hà Nội."""
    if given is None:
        return None
    try:
        if isinstance(given, str) and len(given) == len("2023-05-23"):
            return datetime.strptime(given, "%Y-%m-%d").date()  # noqa: DTZ007 - a day
        if isinstance(given, str) and len(given) >= MOMENT_LENGTH:
            return datetime.fromisoformat(given)
    except ValueError:
        pass  # refused below, like all that is neither
    raise RuleRefused(
        "start-invalid", "start is a day, such as 2023-05-23, or a moment"
    )


def read(text: str | bytes) -> Any:
    """Read JSON; whatever is none is refused."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RuleRefused("json-invalid", "this is not JSON") from error


def year_of(calendar: Calendar, year: int) -> dict[str, Any]:
    """Return what a year looks like."""
    length = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    year_days = [date(year, 1, 1) + timedelta(days=n) for n in range(length)]
    return {
        "year": year,
        "calendar_version": calendar.version,
        "provisional": not all(calendar.covers(day) for day in year_days),
        "working_days": sum(calendar.is_working_day(day) for day in year_days),
        "days": [
            {
                "date": special.day.isoformat(),
                "status": "WORK" if special.works else "OFF",
                "name": special.name,
                "document": special.document,
                "provisional": not calendar.covers(special.day),
            }
            for special in calendar.specials(year)
        ],
    }


def checked(calendar: Calendar, day: date | datetime | None) -> dict[str, Any]:
    """Return what one day is, and why."""
    if day is None or isinstance(day, datetime):
        raise RuleRefused("start-invalid", "a day, such as 2026-01-02")
    works = calendar.is_working_day(day)
    special = next((s for s in calendar.specials(day.year) if s.day == day), None)
    usual = "Ngày thường" if works else "Cuối tuần"
    return {
        "date": day.isoformat(),
        "status": "WORK" if works else "OFF",
        "name": special.name if special else usual,
        "document": special.document if special else "BLLĐ 2019",
        "provisional": not calendar.covers(day),
        "next_working_day": calendar.working_days_after(day, 1).isoformat(),
        "calendar_version": calendar.version,
    }


def imported(found: importing.Import) -> dict[str, Any]:
    """Return what an overlay changes, a line for each day."""
    lines = []
    for change in found.changes:
        for mark, special in (("-", change.before), ("+", change.after)):
            if special is not None:
                day = {
                    "status": "WORK" if special.works else "OFF",
                    "provisional": special.provisional,
                    "name": special.name,
                    "document": special.document,
                }
                lines.append(f"{mark} {special.day}  {line_of(day)}")
    return {
        "before": found.before.version,
        "after": found.after.version,
        "coverage": [found.after.start.isoformat(), found.after.end.isoformat()],
        "changes": lines,
    }


def _write(found: importing.Import, who: str, why: str, to: Path) -> None:
    try:
        importing.write(found, who, why, system_clock(), to)
    except OSError as error:
        raise fail(
            f"{to}: {error}. Where the product is installed read-only, import into a "
            "checkout (--to) and release that."
        ) from None


def line_of(day: Mapping[str, Any]) -> str:
    """Say in Vietnamese what a day is."""
    what = "làm việc" if day["status"] == "WORK" else "nghỉ"
    unsure = ", tạm tính" if day["provisional"] else ""
    return f"{what}{unsure}: {day['name']} ({day['document']})"
