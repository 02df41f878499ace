"""`kiemtra demo`: a whole campaign, told by the four services, checked from outside."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shlex
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from services.chassis.embedded import EmbeddedError
from services.chassis.embedded.system import remove, system
from services.cli.campaign import tell
from services.cli.output import Home, Json, fail
from services.cli.settling import NotSettled
from services.cli.story import HANOI, Story, StoryInvalid, load, shipped
from services.cli.telling import StepFailed, Told
from services.cli.up import start_detached

StoryName = Annotated[str, typer.Argument(help="A shipped story, or a story file.")]
Stay = Annotated[bool, typer.Option("--stay", help="Leave the system running.")]
List = Annotated[bool, typer.Option("--list", help="Name the shipped stories.")]


def demo(
    story: StoryName = "hong-ngu-2023",
    *,
    as_json: Json = False,
    stay: Stay = False,
    home: Home = None,
    list_stories: List = False,
) -> None:
    """Tell a campaign on real Kafka and PostgreSQL, and check what came of it."""
    if list_stories:
        _list(as_json=as_json)
        return
    try:
        told = load(story)
        result = asyncio.run(_run(told, home, as_json=as_json, stay=stay))
    except StoryInvalid as error:
        raise fail(str(error), code=2) from None
    except (StepFailed, NotSettled, EmbeddedError) as error:
        raise fail(str(error), code=1) from None
    except asyncio.CancelledError:
        raise fail("the demo was stopped before its end", code=1) from None
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
    if not result["ok"]:
        raise typer.Exit(1)


async def _run(
    story: Story, home: Path | None, *, as_json: bool, stay: bool
) -> dict[str, Any]:
    began = time.monotonic()
    console = Console(stderr=as_json)
    _tidy_when_stopped()
    async with contextlib.AsyncExitStack() as stack:
        place = stack.enter_context(_empty_home(home, stay=stay))
        with console.status("Starting PostgreSQL, Apache Kafka and the four services"):
            if stay:
                running = await start_detached(place, clock="controlled")
            else:
                up = await stack.enter_async_context(system(place, clock="controlled"))
                running = up.describe()
        with _progress(console, quiet=as_json) as progress:
            task = progress.add_task(story.story, total=None)

            async def said(told: Told) -> None:
                progress.update(task, completed=told.number, total=told.of)
                if not as_json:
                    _say(progress.console, told)

            try:
                result = await tell(story, running, said)
            except (StepFailed, NotSettled):
                if stay:
                    _invite(console, story, running)
                raise
        result["wall_seconds"] = round(time.monotonic() - began, 1)
        if not as_json:
            _closing_table(console, result)
        if stay:
            _invite(console, story, running)
    return result


def _tidy_when_stopped() -> None:
    """Leave by the way that stops the servers and removes the home (Ctrl-C does)."""
    me = asyncio.current_task()
    for number in (signal.SIGTERM, signal.SIGHUP):
        if me is not None:
            asyncio.get_running_loop().add_signal_handler(number, me.cancel)


@contextlib.contextmanager
def _empty_home(home: Path | None, *, stay: bool) -> Iterator[Path]:
    """Yield an empty home of the demo's own; remove it at the end unless it stays."""
    if home is not None:
        if home.exists() and any(home.iterdir()):
            raise EmbeddedError(
                f"{home} is not empty; a demo starts on an empty home of its own"
            )
        yield home
        return
    place = Path(tempfile.mkdtemp(prefix="kiemtra-demo-"))
    if stay:
        yield place
        return
    try:
        yield place
    finally:
        remove(place)  # also what root keeps outside it


def _progress(console: Console, *, quiet: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=console, transient=True, disable=quiet)


def _say(console: Console, told: Told) -> None:
    day = told.at.astimezone(HANOI).strftime("%d/%m/%Y %H:%M")
    if told.check is not None:
        mark = "[green]✓[/]" if told.check.ok else "[red]✗[/]"
        console.print(f"{day}  {mark} {told.check.ask}", highlight=False)
        if not told.check.ok:
            console.print(f"    {told.check.got}", style="red", markup=False)
    elif told.step is not None and told.step.says:
        example = " [dim](ví dụ)[/]" if told.step.example else ""
        console.print(f"{day}  {told.step.says}{example}", highlight=False)


def _closing_table(console: Console, result: dict[str, Any]) -> None:
    table = Table(title="Sự kiện trên Kafka", title_justify="left")
    table.add_column("event")
    table.add_column("count", justify="right")
    for kind, number in result["events"].items():
        table.add_row(kind, str(number))
    console.print(table)
    for check in result["checks"]:
        if not check["ok"]:
            text = f"✗ {check['ask']}: expected {check['expected']}, got {check['got']}"
            console.print(text, style="red", markup=False)
    account, checks = result["ledger"], result["checks"]
    console.print(
        f"{result['steps']} steps, {result['refused_as_expected']} refused as "
        f"expected; {sum(c['ok'] for c in checks)} of {len(checks)} checks hold; "
        f"{account['committed_public']} events committed, {account['published']} on "
        f"Kafka, {account['missing']} missing, {account['extra']} extra.\n"
        f"journal_hash {result['journal_hash']}\n"
        f"{result['wall_seconds']} s. "
        + ("Mọi điều kiện đều đạt." if result["ok"] else "CÓ ĐIỀU KIỆN KHÔNG ĐẠT."),
        highlight=False,
    )
    console.print(
        "(ví dụ): marked example: true; the source text does not say it.",
        style="dim",
        highlight=False,
    )


def _invite(console: Console, story: Story, running: Mapping[str, Any]) -> None:
    home = shlex.quote(running["home"])
    posted = [step.post.split("/")[2] for step in story.steps if step.post]
    verbs = ("status", *(f"trace {identity}" for identity in posted[-1:]), "down")
    console.print(
        "The system stays up; look at it, then stop it:\n"
        + "\n".join(f"  kiemtra {verb} --home {home}" for verb in verbs),
        highlight=False,
        markup=False,
        soft_wrap=True,
    )


def _list(*, as_json: bool) -> None:
    stories = {name: load(name).title for name in shipped()}
    if as_json:
        typer.echo(json.dumps({"stories": stories}, ensure_ascii=False))
        return
    for name, title in stories.items():
        typer.echo(f"{name}  {title}")
