"""Random lives of a case, and a small model of what they must bring."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import strategies as st

from services.remediation import domain
from tests.remediation.examples import (
    ASKED,
    CALENDAR,
    DEFAULT,
    POLICY,
    SEPTEMBER,
    hanoi,
)

START = hanoi(2023, 6, 5, 9)
RULES = st.one_of(
    st.just(DEFAULT),
    st.just(SEPTEMBER),
    st.builds(
        domain.DueRule,
        kind=st.just("DAYS"),
        n=st.integers(1, 60),
        unit=st.sampled_from(["calendar", "working"]),
    ),
)
VERBS = ["report", "verify", "reject", "extend", "close", "tick"]


@dataclass(frozen=True)
class Move:
    """Somebody does something at a moment; a tick is the timers catching up."""

    at: datetime
    verb: str
    rule: domain.DueRule
    n: int


@st.composite
def lives(draw):
    """Return a due rule and what is done with the case, in order of time."""
    hours = sorted(draw(st.lists(st.integers(1, 24 * 200), max_size=12, unique=True)))
    moves = [
        Move(
            at=START + timedelta(hours=h),
            verb=draw(st.sampled_from(VERBS)),
            rule=draw(RULES),
            n=n,
        )
        for n, h in enumerate(hours)
    ]
    return draw(RULES), moves


def opened(rule):
    """Return the event that opens the case."""
    [event] = domain.issue(domain.Case(), **ASKED, due_rule=rule, calendar=CALENDAR)
    return event


def decide(case, move):
    """Return what the domain answers to a move; a refusal is nothing."""
    day, said, monitor = move.at.date(), f"lần {move.n}", "hong-ngu-noi-vu"
    verbs = {
        "report": lambda: domain.report(
            case, by_agency="hn-tan-hoi", on=day, summary=said
        ),
        "verify": lambda: domain.verify(case, by_agency=monitor, on=day),
        "reject": lambda: domain.reject(
            case, by_agency=monitor, at=move.at, reason=said, calendar=CALENDAR
        ),
        "extend": lambda: domain.extend(
            case,
            requested_on=day,
            at=move.at,
            approved_by="hong-ngu",
            reason=said,
            due_rule=move.rule,
            calendar=CALENDAR,
        ),
        "close": lambda: domain.close(case),
        "tick": list,
    }
    try:
        return verbs[move.verb]()
    except domain.RemediationRefused:
        return []


@dataclass
class Model:
    """A case as a clerk would keep it on paper."""

    terms: domain.Terms
    version: int = 0
    since: datetime = START
    waiting: bool = False
    overdue: bool = False
    closed: bool = False
    missed: list = field(default_factory=list)

    def pass_to(self, now):
        """Look whether the date was missed by *now*."""
        midnight = datetime.combine(
            self.terms.overdue_from, datetime.min.time(), tzinfo=domain.HANOI
        )
        at = max(midnight, self.since)
        if at <= now and not (self.waiting or self.overdue or self.closed):
            self.overdue = True
            self.missed.append((self.version, at))

    def move(self, move):
        """Do what the move asks, if the rules let it."""
        self.pass_to(move.at)
        if self.closed:
            return
        match move.verb:
            case "report":
                self.waiting = True
            case "verify" if self.waiting:
                self.closed = True
            case "reject" if self.waiting:
                self.waiting, self.since = False, move.at
            case "extend":
                self._extend(move)

    def _extend(self, move):
        day = move.at.date()
        new = domain.settle(
            move.rule,
            POLICY,
            start=self.terms.effective_due_on,
            known_on=day,
            calendar=CALENDAR,
        )
        if new.effective_due_on > self.terms.effective_due_on:
            self.terms, self.version = new, self.version + 1
            self.since, self.overdue = move.at, False
