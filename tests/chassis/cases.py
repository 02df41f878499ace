"""A case that waits: opened with a ladder of deadlines, closed or escalated."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.chassis.deciding import Aggregate, decide
from services.chassis.journal import NEW, Append, Deadline, Intent

NOON = datetime(2023, 6, 14, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STEPS = ("case.reminder", "case.overdue", "case.escalation")


class CaseRefused(Exception):
    """A rule said no."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The case begins to wait; each step's moment is a fact of the event."""

    moments: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """A step of the ladder was taken."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Nothing is waited for any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """Something is to be told outside."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """It arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced:
    """It did not arrive."""

    code: str


def _start(event):
    pairs = zip(STEPS, event.moments, strict=False)
    return [Deadline(kind=kind, at=moment) for kind, moment in pairs]


CASE = Aggregate(
    category="case",
    initial=tuple,
    evolve=lambda state, event: (*state, event),
    events=(Opened, Stepped, Closed, Mailed, Delivered, Bounced),
    deadlines={
        Opened: _start,
        Closed: lambda _: [Deadline(kind=kind, at=None) for kind in STEPS],
    },
    intents={Mailed: lambda event: [Intent(kind="mail", payload={"to": event.to})]},
)


def opened(key, *moments):
    event = Opened(moments=moments)
    return Append(
        stream=f"case-{key}", expected=NEW, events=[event], armed=[CASE.arms(event)]
    )


def key_of(stream):
    return stream.removeprefix("case-")


async def on_step(due, journal):
    """Take the step, unless the case is closed."""

    def step(state):
        return [] if Closed() in state else [Stepped(kind=due.kind)]

    await decide(journal, CASE, key_of(due.stream), step)


async def close(journal, key):
    """Close the case, once."""
    return await decide(
        journal, CASE, key, lambda state: [] if Closed() in state else [Closed()]
    )


AT = dict.fromkeys(STEPS, on_step)
