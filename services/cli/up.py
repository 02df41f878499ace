"""`kiemtra up` and `kiemtra down`: the whole system on this machine."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console

from services.chassis.embedded.environment import external
from services.chassis.embedded.errors import (
    EmbeddedError,
    HomeInUse,
    ServerFailed,
    Unreachable,
)
from services.chassis.embedded.nursery import Nursery
from services.chassis.embedded.owning import owner_of
from services.chassis.embedded.state import told
from services.cli.output import Home, Json, fail, show

HOME = Path(".kiemtra")
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 180.0
CONFIGURATION = 3
Clock = Literal["real", "controlled"]
Detach = Annotated[bool, typer.Option("--detach", help="Return when all is ready.")]
ClockOption = Annotated[Clock, typer.Option(help="Whose time the services follow.")]


def up(
    *,
    detach: Detach = False,
    as_json: Json = False,
    home: Home = None,
    clock: ClockOption = "real",
) -> None:
    """Start PostgreSQL, Kafka and the four services; stop them with Ctrl-C."""
    place = (home or HOME).absolute()
    try:
        if detach:
            show_system(asyncio.run(start_detached(place, clock=clock)), as_json)
        else:
            asyncio.run(_serve(place, clock, as_json=as_json))
    except Unreachable as error:
        raise fail(str(error), code=CONFIGURATION) from None
    except EmbeddedError as error:
        raise fail(str(error)) from None


def down(*, as_json: Json = False, home: Home = None) -> None:
    """Stop the system that runs on the home, with everything it started."""
    place = (home or HOME).absolute()
    owner = owner_of(place)
    if owner is not None:
        os.kill(owner, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while owner_of(place) == owner:
            if time.monotonic() > deadline:
                raise fail(f"process {owner} does not stop; its log: {place}/logs")
            time.sleep(0.05)
    show({"state": "stopped", "home": str(place)}, as_json=as_json)


async def start_detached(home: Path, *, clock: Clock = "real") -> dict[str, Any]:
    """Start the system as a process that outlives us; return its description.

    Raises:
        HomeInUse: One runs there already.
        Unreachable: A server that the environment names does not answer.
        ServerFailed: It did not get ready; the message shows the end of its log.
    """
    home = Path(os.path.abspath(home))  # noqa: ASYNC240, PTH100 - asks no disk
    _refuse_if_in_use(home)
    child, log = await asyncio.to_thread(_spawn, home, clock)
    try:
        async with asyncio.timeout(PATIENCE):
            while child.poll() is None:
                found = told(home)
                if found and found["state"] == "ready" and found["pid"] == child.pid:
                    return found
                await asyncio.sleep(0.05)
    except BaseException:
        child.terminate()
        raise
    end = await asyncio.to_thread(_end_of, log)
    raise Unreachable(end) if child.returncode == CONFIGURATION else ServerFailed(end)


def show_system(running: dict[str, Any], as_json: bool) -> None:  # noqa: FBT001 - as the option
    """Print where everything answers."""
    if as_json:
        show(running, as_json=True)
        return
    console = Console()
    console.print(f"state     {running['state']}", highlight=False)
    for name in ("home", "clock", "kafka", "mailbox"):
        if name in running:
            console.print(f"{name:9} {running[name]}", highlight=False, soft_wrap=True)
    for name, unit in running.get("services", {}).items():
        console.print(
            f"{name:13} {unit['state']:10} {unit['http']}  operate {unit['operate']}"
            f"  pid {unit['pid']}",
            highlight=False,
            soft_wrap=True,
        )


async def _serve(home: Path, clock: Clock, *, as_json: bool) -> None:
    """Run the system until we are asked to stop."""
    loop = asyncio.get_running_loop()
    me = asyncio.current_task()
    for number in STOPPING:
        loop.add_signal_handler(number, me.cancel if me else loop.stop)
    console = Console(stderr=True)
    status = console.status("Starting PostgreSQL, Apache Kafka and the four services")
    began = loop.time()
    _refuse_if_in_use(home)
    nursery = Nursery(home)
    with suppress(asyncio.CancelledError), status:
        await nursery.start()
        # While it warms up, we import what takes us half a second.
        from services.chassis.embedded.system import system  # noqa: PLC0415 - as said

        async with system(
            home, clock=clock, external=external(), nursery=nursery
        ) as running:
            status.stop()
            show_system(running.describe(), as_json)
            sys.stdout.flush()
            took = loop.time() - began
            console.print(f"Ready in {took:.1f} s; Ctrl-C stops everything.")
            await asyncio.Event().wait()


def _spawn(home: Path, clock: Clock) -> tuple[subprocess.Popen[bytes], Path]:
    log = home / "logs" / "kiemtra.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-P", "-m", "services.cli", "up"]
    command += ["--home", str(home), "--clock", clock]
    with log.open("wb") as output:
        child = subprocess.Popen(  # noqa: S603 - our own command line
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    return child, log


def _end_of(log: Path) -> str:
    text = log.read_text(errors="replace").strip()
    return text.removeprefix("error: ") or f"the system ended by itself; see {log}"


def _refuse_if_in_use(home: Path) -> None:
    if (owner := owner_of(home)) is not None:
        raise HomeInUse(
            f"{home} is in use by process {owner}. Stop it (`kiemtra down --home "
            f"{shlex.quote(str(home))}`), or choose another folder (--home)."
        )
