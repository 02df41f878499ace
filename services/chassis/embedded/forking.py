"""The warm parent of the services: imports once, then forks one child per service.

`python -m services.chassis.embedded.forking MODULE…` imports the modules, then reads
orders from standard input, one JSON object a line. A child is `python -m <module>` in
all but the second and a half that its imports would take. End of file means that the
owner is gone: then the children are asked to stop, and killed after their grace.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import runpy
import select
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field
from typing import Any

from services.chassis.embedded.environment import replace

PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
WAKING = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass(slots=True)
class Nursing:
    """What the parent knows: who lives, until when, and whether it goes on."""

    answers: int
    woken: int
    graces: dict[int, float] = field(default_factory=dict)
    kill_at: dict[int, float] = field(default_factory=dict)
    unread: bytes = b""
    closed: bool = False


def main(modules: list[str]) -> str | None:
    """Fork as ordered; return the module to run in a child, None in the parent."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    for number in WAKING:
        signal.signal(number, lambda *_: None)
    nursing = Nursing(answers=os.dup(1), woken=woken)
    gc.disable()  # imports make much and throw nothing away
    for module in modules:
        _warm(module)
    gc.freeze()  # what is shared stays shared
    gc.enable()
    while not (nursing.closed and not nursing.graces):
        for order in _orders(nursing):
            if "end" in order:
                _ask(nursing, order["end"])
            elif _fork(nursing, order) == 0:
                os.close(nursing.answers)
                os.close(woken)
                os.close(waker)
                _become(order, libc)
                return str(order["module"])
        _reap(nursing)
    return None


def _warm(module: str) -> None:
    """Import ahead; a child that cannot do without will say so in its own log."""
    try:
        importlib.import_module(module)
    except Exception:  # noqa: BLE001 - warming is a help, never a reason to refuse
        traceback.print_exc()


def _orders(nursing: Nursing) -> list[dict[str, Any]]:
    """Wait for something to do; return the orders that came."""
    waits = [max(0.0, at - time.monotonic()) for at in nursing.kill_at.values()]
    watched = [nursing.woken] if nursing.closed else [nursing.woken, 0]
    ready, _, _ = select.select(watched, [], [], min(waits, default=None))
    if nursing.woken in ready:
        came = os.read(nursing.woken, 64)
        nursing.closed |= any(number != signal.SIGCHLD for number in came)
    if 0 in ready:
        read = os.read(0, 2**20)
        nursing.closed |= not read
        nursing.unread += read
    if nursing.closed:
        for pid in set(nursing.graces) - set(nursing.kill_at):
            _ask(nursing, pid)
        return []
    *lines, nursing.unread = nursing.unread.split(b"\n")
    return [json.loads(line) for line in lines]


def _fork(nursing: Nursing, order: dict[str, Any]) -> int:
    order["parent"] = os.getpid()
    pid = os.fork()
    if pid != 0:
        nursing.graces[pid] = order["grace"]
        _tell(nursing, {"key": order["key"], "pid": pid})
    return pid


def _ask(nursing: Nursing, pid: int) -> None:
    """Ask a child to stop, and remember when to insist."""
    if pid not in nursing.graces or pid in nursing.kill_at:
        return
    os.kill(pid, signal.SIGTERM)
    os.kill(pid, signal.SIGCONT)  # one that was halted must hear it
    nursing.kill_at[pid] = time.monotonic() + nursing.graces[pid]


def _reap(nursing: Nursing) -> None:
    """Tell who has ended; kill who was asked and did not."""
    now = time.monotonic()
    for pid in [pid for pid, at in nursing.kill_at.items() if at <= now]:
        os.kill(pid, signal.SIGKILL)
        nursing.kill_at[pid] = now + 3600
    while nursing.graces:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        nursing.graces.pop(pid)
        nursing.kill_at.pop(pid, None)
        code = os.waitstatus_to_exitcode(status)
        code = code if code >= 0 else 128 - code
        _tell(nursing, {"pid": pid, "status": code})


def _tell(nursing: Nursing, answer: dict[str, Any]) -> None:
    try:
        os.write(nursing.answers, f"{json.dumps(answer)}\n".encode())
    except BrokenPipeError:
        nursing.closed = True


def _become(order: dict[str, Any], libc: ctypes.CDLL | None) -> None:
    """Be what a process of our own would be."""
    signal.set_wakeup_fd(-1)
    for number in WAKING:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(nothing)
    os.close(log)
    if libc is not None:
        libc.prctl(PR_SET_NAME, order["name"].encode()[:15])
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != order["parent"]:
            os.kill(os.getpid(), signal.SIGTERM)
    os.chdir(order["folder"])
    replace(order["environment"])


if __name__ == "__main__":
    chosen = main(sys.argv[1:])
    if chosen is not None:
        sys.argv = [chosen]
        runpy.run_module(chosen, run_name="__main__", alter_sys=True)
