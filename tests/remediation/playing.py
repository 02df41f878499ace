"""Random lives of a case, and a small model of what they must bring."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

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
from tests.remediation.turns import SHIFTED

START = hanoi(2023, 6, 5, 9)
BEGAN = START.date()
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
VERBS = [
    "report",
    "record",
    "verify",
    "reject",
    "extend",
    "recalculate",
    "reopen",
    "waive",
    "close",
    "tick",
]
DELAY = timedelta(days=3)  # between a paper report and its entry


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


def calendar_of(move):
    """Return one of two official calendars; which one, the move decides."""
    return SHIFTED if move.n % 2 else CALENDAR


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
        "record": lambda: domain.record_report(
            case,
            by_agency=monitor,
            reported_on=(move.at - DELAY).date(),
            on=day,
            summary=said,
            document_number="15/BC-UBND",
        ),
        "recalculate": lambda: domain.recalculate(
            case, at=move.at, by_agency="hong-ngu", calendar=calendar_of(move)
        ),
        "reopen": lambda: domain.reopen(
            case,
            by_agency="hong-ngu",
            at=move.at,
            reason=said,
            due_rule=move.rule,
            calendar=CALENDAR,
        ),
        "waive": lambda: domain.waive(case, by_agency="hong-ngu", on=day, reason=said),
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
    start: date = BEGAN
    version: int = 0
    since: datetime = START
    waiting: date | None = None
    overdue: bool = False
    closed: bool = False
    asked_on: date = BEGAN
    missed: list = field(default_factory=list)

    def pass_to(self, now):
        """Look whether the date was missed by *now*."""
        at = max(self._midnight(), self.since)
        if at <= now and not (self.waiting or self.overdue or self.closed):
            self.overdue = True
            self.missed.append((self.version, at))

    def move(self, move):
        """Do what the move asks, if the rules let it."""
        self.pass_to(move.at)
        if self.closed:
            if move.verb == "reopen":
                self._reopen(move)
            return
        getattr(self, f"_{move.verb}", lambda _: None)(move)

    def _report(self, move):
        self.waiting = self.waiting or move.at.date()

    def _record(self, move):
        day = (move.at - DELAY).date()
        if day < self.asked_on:
            return
        self.waiting = self.waiting or day
        if day <= self.terms.effective_due_on:
            self.overdue = False

    def _verify(self, move):
        del move
        if self.waiting:
            self.closed = True

    def _reject(self, move):
        if self.waiting:
            self.waiting, self.since = None, move.at
            self.asked_on = move.at.date()

    def _waive(self, move):
        del move
        self.closed = True

    def _extend(self, move):
        start = self.terms.effective_due_on
        new = self._settled(move.rule, start, move, CALENDAR)
        if new.effective_due_on > self.terms.effective_due_on:
            self._on(new, start, move)

    def _recalculate(self, move):
        new = self._settled(self.terms.due_rule, self.start, move, calendar_of(move))
        days = ("due_on", "effective_due_on", "escalations", "provisional")
        if all(getattr(new, d) == getattr(self.terms, d) for d in days):
            return
        was = self.overdue
        self._on(new, self.start, move)
        self.overdue = was and self._midnight() <= move.at

    def _reopen(self, move):
        if not self.closed:
            return
        start = move.at.date()
        new = self._settled(move.rule, start, move, CALENDAR)
        if new.effective_due_on >= start:
            self._on(new, start, move)
            self.closed, self.waiting, self.asked_on = False, None, start

    def _settled(self, rule, start, move, calendar):
        return domain.settle(
            rule, POLICY, start=start, known_on=move.at.date(), calendar=calendar
        )

    def _on(self, terms, start, move):
        self.terms, self.start, self.version = terms, start, self.version + 1
        self.since, self.overdue = move.at, False

    def _midnight(self):
        return datetime.combine(
            self.terms.overdue_from, datetime.min.time(), tzinfo=domain.HANOI
        )
