"""Named places at which a fault test kills this process, or makes it fail.

None does anything until one is armed: ``KIEMTRA_FAILPOINT=name:n`` kills the process
with -9 when it comes by for the n-th time. ``name:n:raise`` raises instead. A process
that is not embedded refuses to be armed.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, get_args

from services.chassis.logging import log
from services.chassis.settings import BadSettings

FailpointName = Literal[
    "append.committing",  # a command has written, its COMMIT is next
    "append.committed",  # it is committed, and not answered yet
    "relay.sending",  # the journal has it, Kafka does not
    "relay.sent",  # Kafka has acknowledged it, the cursor stands before it
    "consumer.committed",  # effects and checkpoint are there, Kafka's offset is not
    "projection.committed",  # rows and positions are there, nobody was told
    "migration.applying",  # a file has run, its transaction is open
    "migration.applied",  # it is committed, the next one has not begun
    "rebuild.swapping",  # the new build is shown, in a transaction that is open
]
FAILPOINTS: frozenset[str] = frozenset(get_args(FailpointName))


class Struck(Exception):
    """A failpoint was armed to raise this."""


@dataclass(slots=True, kw_only=True)
class _Armed:
    left: int
    raises: bool


_armed: dict[str, _Armed] = {}


def hit(name: FailpointName) -> None:
    """Come by a failpoint.

    Raises:
        Struck: It was armed to raise, and its time has come.
    """
    if _armed and (armed := _armed.get(name)) is not None:
        _count(name, armed)


def arm(text: str, *, embedded: bool) -> None:
    """Arm what ``name:n`` or ``name:n:raise`` says; an empty text says nothing.

    Raises:
        BadSettings: There is no such failpoint, or the process is not embedded.
    """
    if not text:
        return
    if not embedded:
        raise BadSettings("KIEMTRA_FAILPOINT kills: it is for embedded mode only")
    name, _, rest = text.partition(":")
    number, _, act = rest.partition(":")
    if name not in FAILPOINTS or not number.isdecimal() or act not in ("", "raise"):
        known = ", ".join(sorted(FAILPOINTS))
        raise BadSettings(f"KIEMTRA_FAILPOINT is name:n, the name one of {known}")
    _armed[name] = _Armed(left=int(number), raises=act == "raise")


@contextmanager
def failing(name: FailpointName, n: int = 1) -> Iterator[None]:
    """Raise ``Struck`` at the n-th time inside the block, in a test.

    Raises:
        AssertionError: The failpoint was not hit as often as that.
    """
    _armed[name] = armed = _Armed(left=n, raises=True)
    try:
        yield
    finally:
        del _armed[name]
    if armed.left > 0:
        raise AssertionError(f"{name} was never hit for the last time")


def _count(name: str, armed: _Armed) -> None:
    armed.left -= 1
    if armed.left != 0:
        return
    log("failpoint.hit", failpoint=name)
    if armed.raises:
        raise Struck(name)
    os.kill(os.getpid(), signal.SIGKILL)
