"""`kiemtra calendar`: when something is due, counted as everywhere in the product."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Annotated, Any

import typer

from services.chassis.calendar import READINGS, Calendar, RuleRefused, official
from services.cli.output import Json, show

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


def line_of(day: Mapping[str, Any]) -> str:
    """Say in Vietnamese what a day is."""
    what = "làm việc" if day["status"] == "WORK" else "nghỉ"
    unsure = ", tạm tính" if day["provisional"] else ""
    return f"{what}{unsure}: {day['name']} ({day['document']})"
