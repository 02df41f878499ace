"""`kiemtra dlq`: messages that could not be acted on wait here for an operator."""

from __future__ import annotations

import asyncio
import getpass
import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from services.cli.operators import ask, running
from services.cli.output import Home, Json, fail, show

app = typer.Typer(
    no_args_is_help=True,
    help="Parked messages: look, retry, edit, discard. A key's order is always kept.",
)
Message = Annotated[str, typer.Argument(help="SERVICE/ID, as `dlq list` names it.")]
Why = Annotated[str, typer.Option("--reason", help="Kept with the act, for ever.")]
Who = Annotated[str, typer.Option("--as", help="Who does it; by default, you.")]
Consumer = Annotated[str, typer.Option(help="Only consumers that contain this.")]
Kind = Annotated[str, typer.Option("--type", help="Only types that contain this.")]
Code = Annotated[str, typer.Option(help="Only this fault, by its code.")]
Key = Annotated[str, typer.Option(help="Only this key.")]
State = Annotated[str, typer.Option(help="Only keys in this state.")]
Most = Annotated[int, typer.Option("--max", help="At most so many.", min=1)]
Rate = Annotated[float, typer.Option(help="At most so many a second; 0: no limit.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")]
COLUMNS = ("id", "consumer", "key", "type", "code", "state", "attempts", "parked_at")


@app.command("list")
def list_(  # noqa: PLR0913 - the filters of one verb
    *,
    consumer: Consumer = "",
    kind: Kind = "",
    code: Code = "",
    key: Key = "",
    state: State = "",
    most: Most = 200,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """List what is parked, oldest first. `behind`: only an earlier one was at fault."""
    wanted = {"code": code, "key": key, "state": state}
    found = _filtered(_all(home), consumer, kind, wanted)[:most]
    if as_json:
        show({"parked": found}, as_json=True)
        return
    table = Table(*COLUMNS)
    for row in found:
        table.add_row(*(str(row[name] or "") for name in COLUMNS))
    Console().print(table if found else "Nothing is parked.")


@app.command("show")
def show_(message: Message, *, as_json: Json = False, home: Home = None) -> None:
    """Show one message whole: headers, body, its original, and what was done to it."""
    base, number = _place(message, home)
    found = _answer(httpx.get(f"{base}/parked/{number}", timeout=10))
    if as_json:
        show(found, as_json=True)
        return
    console = Console()
    for name, value in found.items():
        console.print(f"[bold]{name}[/]", highlight=False)
        console.print(
            value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
            markup=False,
        )


@app.command()
def retry(  # noqa: PLR0913 - the filters of one verb
    message: Annotated[str, typer.Argument(help="SERVICE/ID; none: by filters.")] = "",
    *,
    reason: Why,
    who: Who = "",
    consumer: Consumer = "",
    kind: Kind = "",
    code: Code = "",
    key: Key = "",
    most: Most = 200,
    rate: Rate = 0.0,
    dry_run: Dry = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Try the keys of these messages again, each from its first message on."""
    rows = _chosen(message, home, consumer, kind, {"code": code, "key": key})
    keys = {(row["service"], row["consumer"], row["topic"], row["key"]) for row in rows}
    firsts = [row for row in rows if _first(row, rows)][:most]
    told = {"who": _name(who), "why": reason}
    _each(firsts, "retry", told, rate=rate, dry_run=dry_run, home=home, quiet=as_json)
    done = {"keys": len(keys), "retried": 0 if dry_run else len(firsts)}
    show(done | {"would_retry": len(firsts)} if dry_run else done, as_json=as_json)


@app.command()
def discard(  # noqa: PLR0913 - the filters of one verb
    message: Annotated[str, typer.Argument(help="SERVICE/ID; none: by filters.")] = "",
    *,
    reason: Why,
    who: Who = "",
    consumer: Consumer = "",
    kind: Kind = "",
    code: Code = "",
    key: Key = "",
    most: Most = 1,
    rate: Rate = 0.0,
    dry_run: Dry = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Give messages up; what waits behind them goes on. The record of it stays."""
    rows = _chosen(message, home, consumer, kind, {"code": code, "key": key})[:most]
    told = {"who": _name(who), "why": reason}
    _each(rows, "discard", told, rate=rate, dry_run=dry_run, home=home, quiet=as_json)
    name = "would_discard" if dry_run else "discarded"
    show({name: [row["id"] for row in rows]}, as_json=as_json)


@app.command("edit-and-retry")
def edit_and_retry(  # noqa: PLR0913 - the options of one verb
    message: Message,
    *,
    body: Annotated[Path, typer.Option(help="A file with the new body, JSON.")],
    reason: Why,
    who: Who = "",
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Put another body in a message's place and try again; the original is kept."""
    base, number = _place(message, home)
    try:
        text = body.read_text(encoding="utf-8")
    except OSError as error:
        raise fail(f"{body}: {error}", code=2) from None
    told = {"who": _name(who), "why": reason, "body": text}
    found = httpx.post(f"{base}/parked/{number}/amend", json=told, timeout=10)
    show({"amended": message} | _answer(found), as_json=as_json)


@app.command()
def export(to: Path, *, home: Home = None) -> None:
    """Write every parked message whole, a JSON line each: what an issue needs."""
    rows = _all(home)
    with to.open("w", encoding="utf-8") as file:
        for row in track(rows, "Exporting", disable=not rows):
            base, number = _place(row["id"], home)
            found = _answer(httpx.get(f"{base}/parked/{number}", timeout=10))
            file.write(json.dumps(found, ensure_ascii=False) + "\n")
    show({"exported": len(rows), "to": str(to)}, as_json=False)


def _all(home: Path | None) -> list[dict[str, Any]]:
    answers = asyncio.run(ask(running(home), "/parked"))
    found = [
        {**row, "service": service, "id": f"{service}/{row['id']}"}
        for service, answer in answers.items()
        for row in answer["items"]
    ]
    return sorted(found, key=lambda row: (row["parked_at"], row["id"]))


def _filtered(
    rows: Iterable[dict[str, Any]], consumer: str, kind: str, exact: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        row
        for row in rows
        if consumer in row["consumer"]
        and kind in (row["type"] or "")
        and all(not value or row[name] == value for name, value in exact.items())
    ]


def _chosen(
    message: str,
    home: Path | None,
    consumer: str,
    kind: str,
    exact: Mapping[str, str],
) -> list[dict[str, Any]]:
    filters = [consumer, kind, *exact.values()]
    if bool(message) == any(filters):
        raise fail("name one message, or filters (--type, --code …)", code=2)
    rows = _all(home)
    if not message:
        return _filtered(rows, consumer, kind, exact)
    found = [row for row in rows if row["id"] == message]
    if not found:
        raise fail(f"nothing is parked under {message}; see `kiemtra dlq list`")
    return found


def _first(row: Mapping[str, Any], rows: list[dict[str, Any]]) -> bool:
    """Say whether it is the first of its key among the rows: one try frees all."""
    same = ("service", "consumer", "topic", "key")
    return row is next(r for r in rows if all(r[n] == row[n] for n in same))


def _each(  # noqa: PLR0913 - keyword only; how it is to be done
    rows: list[dict[str, Any]],
    verb: str,
    told: Mapping[str, Any],
    *,
    rate: float,
    dry_run: bool,
    home: Path | None,
    quiet: bool,
) -> None:
    for row in track(rows, verb, disable=quiet or dry_run or len(rows) < 2):  # noqa: PLR2004 - one needs no bar
        if dry_run:
            continue
        base, number = _place(row["id"], home)
        _answer(httpx.post(f"{base}/parked/{number}/{verb}", json=told, timeout=10))
        if rate:
            time.sleep(1 / rate)


def _place(message: str, home: Path | None) -> tuple[str, str]:
    service, _, number = message.partition("/")
    services = running(home)["services"]
    if service not in services or not number.isdigit():
        raise fail(f"{message}: not SERVICE/ID; see `kiemtra dlq list`", code=2)
    return services[service]["operate"], number


def _answer(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_success:
        found: dict[str, Any] = answer.json()
        return found
    raise fail(f"{answer.status_code}: {answer.json().get('detail', answer.text)}")


def _name(who: str) -> str:
    return who or getpass.getuser()
