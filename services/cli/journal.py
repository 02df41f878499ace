"""`kiemtra journal`: the journals as evidence: verify, seal, export, reconcile."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console
from rich.progress import Progress

from contracts.verify.checking import Checker
from contracts.verify.lines import BadLine, Begin, End, Seal, read, spelled
from contracts.verify.signatures import key_of
from services.chassis.bus.kafka import read_all
from services.chassis.errors import Unavailable
from services.chassis.sealing import TOPIC
from services.cli.operators import running
from services.cli.output import Home, Json, fail, show

app = typer.Typer(
    no_args_is_help=True,
    help="The journals as evidence: hash chains, signed seals, and what lies on Kafka.",
)
Service = Annotated[list[str] | None, typer.Option(help="Only this; may be repeated.")]
Why = Annotated[str, typer.Option("--reason", help="Kept with the act, for ever.")]
Who = Annotated[str, typer.Option("--as", help="Who does it; by default, you.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask again.")]
Key = Annotated[
    list[str] | None,
    typer.Option(help="The public key you trust: a PEM file or 64 hex digits."),
]
LONG = 600.0


@app.command()
def verify(
    *,
    service: Service = None,
    key: Key = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Check every hash chain and every seal; name what is not as it was written.

    The seals are also held against those in the topic and in the file. Events after the
    last seal have their chain only: `kiemtra journal seal` first.
    """
    described = running(home)
    names = _chosen(described, service)
    checker = Checker(_trusted(key))
    for name, lines in _kept(described, set(names)).items():
        checker.file(name, lines)
    found: dict[str, Any] = {}
    with _client() as client:
        for name in names:
            base = described["services"][name]["operate"]
            found[name] = _answer(client.get(f"{base}/journal/verify"))
            listed = _seals(client, base)
            checker.file(name, _section(client, base, name, listed, whole=True))
            found[name]["seals"] = len(listed)
    findings = [asdict(one) for one in checker.finish()]
    broken = any(answer["broken"] for answer in found.values())
    answer = {
        "ok": not broken and not findings,
        "services": found,
        "findings": findings,
        "notes": list(checker.notes.values()),
    }
    if as_json:
        show(answer, as_json=True)
    else:
        _tell(answer)
    if not answer["ok"]:
        raise typer.Exit(1)


@app.command()
def seal(  # noqa: PLR0913 - the options of one verb
    *,
    reason: Why,
    who: Who = "",
    service: Service = None,
    dry_run: Dry = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Seal now what is not sealed yet; by itself it is within a minute."""
    described = running(home)
    told = {"who": who or getpass.getuser(), "why": reason, "dry_run": dry_run}
    with _client() as client:
        found = {
            name: _answer(
                client.post(
                    f"{described['services'][name]['operate']}/journal/seal", json=told
                )
            )
            for name in _chosen(described, service)
        }
    show({"services": found} if as_json else found, as_json=as_json)


@app.command()
def export(  # noqa: PLR0913 - the options of one verb
    *,
    out: Annotated[Path, typer.Option(help="The file to write, JSON lines.")],
    service: Service = None,
    first: Annotated[
        int, typer.Option("--from", help="The seal that has this position is first.")
    ] = 0,
    last: Annotated[
        int, typer.Option("--to", help="The seal that has this one is last; 0: all.")
    ] = 0,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Write sealed events with chain, seals and proofs: nothing else is needed.

    Whole seals are written, so that what is there can be proved complete. Check the
    file anywhere with `python -m contracts.verify FILE`.
    """
    described = running(home)
    counts = {}
    half = out.with_name(f"{out.name}.part")
    with _client() as client, half.open("wb") as file:
        for name in _chosen(described, service):
            base = described["services"][name]["operate"]
            listed = _between(_seals(client, base), first, last)
            whole = not first and not last
            lines = _section(client, base, name, listed, whole=whole)
            counts[name] = _write(file, name, lines, _events(listed), quiet=as_json)
    half.replace(out)
    show({"exported": counts, "to": str(out)}, as_json=as_json)


@app.command()
def reconcile(
    *, service: Service = None, as_json: Json = False, home: Home = None
) -> None:
    """Hold each journal against Kafka, by id: what one has and the other has not.

    Everything in the topics is read. Exit 1 if anything is missing on either side.
    """
    found = _reconciled(running(home), service)
    ok = all(answer["ok"] for answer in found.values())
    if as_json:
        show({"ok": ok, "services": found}, as_json=True)
    else:
        for name, answer in found.items():
            _compare(name, answer)
    if not ok:
        raise typer.Exit(1)


@app.command()
def accept(  # noqa: PLR0913 - the options of one verb
    *,
    service: Annotated[str, typer.Option(help="Whose journal lost its tail.")],
    reason: Why,
    who: Who = "",
    dry_run: Dry = False,
    yes: Yes = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Accept that what Kafka tells and the journal lost stays lost; the relay goes on.

    Others have acted on these messages already. First try to restore the journal's
    tail. After it the relay's chain goes on behind them, and the next seal says so.
    """
    described = running(home)
    found = _reconciled(described, [service])[service]
    lost, seals = found["missing_in_journal"], found["seals_lost"]
    what = f"{service}: {len(lost)} messages and {seals} seals that the journal lost"
    if not (dry_run or yes or typer.confirm(f"Accept {what}?", err=True)):
        raise typer.Exit(1)
    told = {
        "who": who or getpass.getuser(),
        "why": reason,
        "dry_run": dry_run,
        "ids": [one["id"] for one in lost],
    }
    base = described["services"][service]["operate"]
    with _client() as client:
        done = _answer(client.post(f"{base}/journal/accept", json=told))
    show({"would_accept": done} if dry_run else done, as_json=as_json)


def _client() -> httpx.Client:
    return httpx.Client(timeout=LONG)


def _chosen(described: Mapping[str, Any], wanted: list[str] | None) -> list[str]:
    services = described["services"]
    names = wanted or list(services)
    if unknown := sorted(set(names) - set(services)):
        raise fail(f"no service {unknown}: one of {', '.join(services)}", code=2)
    return names


def _trusted(keys: list[str] | None) -> list[str]:
    try:
        return [key_of(key) for key in keys or ()]
    except ValueError as error:
        raise fail(str(error), code=2) from None


def _answer(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_success:
        found: dict[str, Any] = answer.json()
        return found
    raise fail(f"{answer.status_code}: {answer.json().get('detail', answer.text)}")


def _reconciled(
    described: Mapping[str, Any], wanted: list[str] | None
) -> dict[str, dict[str, Any]]:
    with _client() as client:
        return {
            name: _answer(
                client.get(
                    f"{described['services'][name]['operate']}/journal/reconcile"
                )
            )
            for name in _chosen(described, wanted)
        }


def _seals(client: httpx.Client, base: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        after = found[-1]["number"] if found else 0
        page = _answer(client.get(f"{base}/journal/seals", params={"after": after}))
        if not page["items"]:
            return found
        found += page["items"]


def _between(
    listed: list[dict[str, Any]], first: int, last: int
) -> list[dict[str, Any]]:
    """Return the seals that hold positions *first* to *last*; 0: to the end."""
    reached = [row for row in listed if row["upto"] >= first]
    if not last:
        return reached
    before = [row for row in reached if row["upto"] < last]
    return reached[: len(before) + 1]


def _events(listed: Iterable[Mapping[str, Any]]) -> int:
    return sum(row["events"] for row in listed)


def _section(
    client: httpx.Client,
    base: str,
    name: str,
    listed: list[dict[str, Any]],
    *,
    whole: bool,
) -> Iterator[bytes]:
    """Yield a service's lines: what they are, each seal with its events, the end."""
    numbers = [row["number"] for row in listed]
    first, last = (numbers[0], numbers[-1]) if numbers else (1, 0)
    begin = Begin(service=name, first=first, last=last, whole=whole)
    yield b"%b\n" % spelled(begin)
    events = 0
    for number in numbers:
        answer = client.get(f"{base}/journal/seals/{number}")
        lines = answer.raise_for_status().content.splitlines(keepends=True)
        events += len(lines) - 1
        yield from lines
    yield b"%b\n" % spelled(End(last=last, events=events))


def _write(
    file: Any, name: str, lines: Iterable[bytes], expected: int, *, quiet: bool
) -> int:
    events = 0
    with Progress(console=Console(stderr=True), disable=quiet) as progress:
        task = progress.add_task(name, total=expected)
        for line in lines:
            file.write(line)
            if b'"kind":"event"' in line:
                events += 1
                progress.advance(task)
    return events


def _kept(described: Mapping[str, Any], names: set[str]) -> dict[str, list[bytes]]:
    """Return the seals that lie outside the databases: in the topic and in files.

    They are read before the journals: a seal made meanwhile is no contradiction.
    """
    try:
        records = asyncio.run(read_all(described["kafka"], TOPIC))
    except Unavailable as error:
        raise fail(f"Kafka does not answer: {error}", code=10) from None
    told = [b"%b\n" % (record.value or b"") for record in records]
    found = {TOPIC: [line for line in told if _service(line) in names | {None}]}
    for name in sorted(names):
        path = Path(described["home"], "seals", f"{name}.jsonl")
        if path.exists():
            found[path.name] = path.read_bytes().splitlines(keepends=True)
    return found


def _service(line: bytes) -> str | None:
    try:
        said = read(line.removesuffix(b"\n"))
    except BadLine:
        return None
    return said.service if isinstance(said, Seal) else None


def _tell(answer: Mapping[str, Any]) -> None:
    for name, one in answer["services"].items():
        typer.echo(
            f"{name}: {one['events']} events in {one['streams']} streams, "
            f"{len(one['broken'])} broken; {one['seals']} seals"
        )
        for broken in one["broken"]:
            typer.echo(f"  {broken['stream_id']}: first at version {broken['version']}")
    for note in answer["notes"]:
        typer.echo(f"note: {note}")
    for one in answer["findings"]:
        typer.echo(f"{one['fault']}: {one['service']} {one['where']}: {one['detail']}")


def _compare(name: str, answer: Mapping[str, Any]) -> None:
    typer.echo(
        f"{name}: {answer['in_journal']} messages in the journal, {answer['on_bus']} "
        f"on Kafka, {answer['pending']} still to be sent, {answer['accepted']} "
        "accepted as lost"
    )
    for title in ("missing_in_journal", "missing_on_bus", "clashing"):
        for one in answer[title]:
            typer.echo(f"  {title.replace('_', ' ')}: {one['id']} {one['type']}")
    if answer["seals_lost"]:
        typer.echo(f"  {answer['seals_lost']} seals in the file, not in the database")
    if answer["missing_in_journal"] or answer["seals_lost"]:
        typer.echo(
            "  Restore the journal's tail; if that cannot be done: "
            f"kiemtra journal accept --service {name} --reason …"
        )
