"""Run one child and stop it when its owner is gone.

Started by ``processes.py`` as ``python -I -S supervisor.py '{"command": […], …}'``;
standard library only, one thread. The owner holds the other end of standard input and
never writes to it: end of file means that the owner stopped us or died, by whatever
signal. So a server is shut down cleanly even when its owner is killed with SIGKILL.
Should the supervisor itself be killed, the kernel sends the stop signal to the child
(Linux: PR_SET_PDEATHSIG; it is tied to the thread that forked, which is why this
process has only one).
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
WAKING = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def main() -> int:
    """Run the child to its end; exit with its status."""
    order = json.loads(sys.argv[1])
    woken = _wakeup()
    child = subprocess.Popen(  # noqa: S603 - the owner's own command line
        order["command"],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr.fileno(),  # the log
        stderr=sys.stderr.fileno(),
        pass_fds=order["keep"],  # its locks: the folder stays locked while it lives
        preexec_fn=_before_it_runs(order),  # noqa: PLW1509 - this process has one thread
        user=order["user"],
        group=order["group"],
        extra_groups=[] if order["user"] is not None else None,
    )
    sys.stdout.write(f"{child.pid}\n")
    sys.stdout.flush()
    _watch(child, order, woken)
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def _wakeup() -> int:
    """Return a descriptor that is readable when a signal came."""
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    for number in WAKING:  # handlers, not SIG_IGN: the child would inherit that
        signal.signal(number, lambda *_: None)
    return woken


def _before_it_runs(order: dict[str, Any]) -> Callable[[], None]:
    """Return what the child does between fork and exec."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    supervisor = os.getpid()

    def prepare() -> None:
        if libc is None:
            return
        if order["own_namespace"] and libc.unshare(CLONE_NEWUSER) != 0:
            raise OSError(ctypes.get_errno(), "unshare")
        # After any change of user, which would clear it.
        libc.prctl(PR_SET_PDEATHSIG, order["stop"])
        if os.getppid() != supervisor:
            os.kill(os.getpid(), order["stop"])

    return prepare


def _watch(child: subprocess.Popen[bytes], order: dict[str, Any], woken: int) -> None:
    """Wait for the child's end; ask for it when the owner is gone, then insist."""
    kill_at = None
    while child.poll() is None:
        timeout = None if kill_at is None else max(0.0, kill_at - time.monotonic())
        watched = [woken] if kill_at is not None else [woken, 0]
        ready, _, _ = select.select(watched, [], [], timeout)
        asked = 0 in ready
        if woken in ready:
            asked |= any(number != signal.SIGCHLD for number in os.read(woken, 64))
        if asked and kill_at is None:
            child.send_signal(order["stop"])
            child.send_signal(signal.SIGCONT)  # one that was halted must hear it
            kill_at = time.monotonic() + order["grace"]
        elif kill_at is not None and time.monotonic() >= kill_at:
            child.kill()
            kill_at += 3600


if __name__ == "__main__":
    sys.exit(main())
