"""What is wrong with a journal's evidence: each fault by its name, and where.

One pass over each file, in memory for one seal and the heads of the streams.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from contracts.verify.lines import (
    FIRST,
    BadLine,
    Begin,
    End,
    Entry,
    Line,
    Seal,
    read,
)
from contracts.verify.merkle import climb, leaf
from contracts.verify.signatures import genuine

Fault = Literal[
    # Not a line of an export: a byte of it was changed, or it is out of place.
    "malformed",
    # An event is not as it was recorded.
    "edited",
    # An event is not the one that was sealed at this place.
    "not-sealed",
    # Events that were sealed, or that a stream must have had, are not there.
    "deleted",
    # An event stands after one that comes after it.
    "reordered",
    # An event stands a second time, or where none was sealed.
    "re-inserted",
    # The end is missing, or seals are known that come after it.
    "truncated",
    # A seal that the key's owner did not sign, or another owner's.
    "seal-forged",
    # A number is passed over.
    "seal-missing",
    # Two seals under one number: the journal was written anew after the first.
    "seal-rewritten",
    # A seal does not bind the one before it.
    "seal-chain",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault: where it is, and what it is in words."""

    fault: Fault
    service: str
    where: str
    detail: str


@dataclass(slots=True)
class _Open:
    """The seal whose events are being read."""

    seal: Seal
    expected: int = 0  # the index that comes next
    position: int = 0
    found: int = 0
    seen: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Section:
    """A service's journal in a file."""

    begin: Begin
    file: str
    current: _Open | None = None
    seals: int = 0
    events: int = 0
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)


class Checker:
    """Reads files one after the other; ``finish`` compares what they hold together."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self.findings: list[Finding] = []
        self.notes: dict[str, str] = {}
        self.events = 0
        self.seals: dict[str, dict[int, Seal]] = {}
        self._given = frozenset(keys)
        self._keys: dict[str, str] = {}
        self._ends: list[_Section] = []
        self._void: dict[str, set[int]] = {}
        self._empty: dict[str, dict[int, Finding]] = {}
        self._section: _Section | None = None
        self._service = ""

    def file(self, name: str, lines: Iterable[bytes]) -> None:
        """Read a file: sections of journals, seals, or both."""
        for number, raw in enumerate(lines, start=1):
            where = f"{name}:{number}"
            try:
                line = read(raw.removesuffix(b"\n") if raw.endswith(b"\n") else b"")
            except BadLine as error:
                self._found("malformed", where, str(error))
                continue
            self._line(name, where, line)
        if self._section is not None:
            told = f"the end is missing; the last seal here is {self._section.seals}"
            self._found("truncated", name, told)
            self._closed(self._section)

    def finish(self) -> list[Finding]:
        """Compare what all files hold together; return every fault."""
        for service, seals in self.seals.items():
            self._service = service
            void = self._void.get(service, set())
            empty = self._empty.get(service, {})
            self.findings += [empty[number] for number in set(empty) - void]
            self._chained(seals)
        for section in self._ends:
            self._whole(section)
        return self.findings

    @property
    def keys(self) -> dict[str, str]:
        """Return the key that each service's seals were made with."""
        return dict(self._keys)

    def _line(self, file: str, where: str, line: Line) -> None:
        section = self._section
        if isinstance(line, Begin):
            if section is not None:
                self._found("truncated", where, "a journal begins inside another")
                self._closed(section)
            self._service = line.service
            self._section = _Section(line, file, seals=line.first - 1)
        elif isinstance(line, Seal):
            self._sealed(file, where, line)
        elif section is not None and isinstance(line, End):
            self._end(section, where, line)  # without a seal, where none was made yet
        elif section is None or section.current is None or isinstance(line, End):
            self._found("malformed", where, "it belongs to no seal of a journal")
        else:
            self._event(section, section.current, where, line)

    def _sealed(self, file: str, where: str, seal: Seal) -> None:
        self._service = seal.service
        self._signed(where, seal)
        known = self.seals.setdefault(seal.service, {})
        before = known.setdefault(seal.number, seal)
        if before != seal:
            told = f"another seal {seal.number} is known than the one in {file}"
            self._found("seal-rewritten", where, told)
        self._resumed(seal)
        section = self._section
        if section is None:
            return
        if seal.service != section.begin.service:
            self._found("seal-forged", where, "it is a seal of another service")
            return
        if section.current is not None:
            self._complete(section.current)
        if seal.number != section.seals + 1:
            told = f"seal {section.seals + 1} should stand here, not {seal.number}"
            fault: Fault = (
                "seal-missing" if seal.number > section.seals else "re-inserted"
            )
            self._found(fault, where, told)
        section.seals = seal.number
        section.current = _Open(seal)

    def _signed(self, where: str, seal: Seal) -> None:
        key = self._keys.setdefault(seal.service, seal.key)
        trusted = seal.key in self._given if self._given else seal.key == key
        if not trusted:
            self._found("seal-forged", where, f"seal {seal.number} has another key")
        if not genuine(seal.key, seal.signature, seal.signed):
            told = f"the signature of seal {seal.number} is not its key's"
            self._found("seal-forged", where, told)

    def _resumed(self, seal: Seal) -> None:
        """Give up the seals that an operator gave up: their events are nowhere."""
        if seal.resumes is None:
            return
        void = range(seal.resumes.seal + 1, seal.number)
        self._void.setdefault(seal.service, set()).update(void)
        self.notes[seal.hash] = (
            f"{seal.service}: seals {seal.resumes.seal + 1} to {seal.number - 1} were "
            f"given up by {seal.resumes.who}: {seal.resumes.why}"
        )

    def _event(self, section: _Section, here: _Open, where: str, event: Entry) -> None:
        section.events += 1
        self.events += 1
        here.found += 1
        proven = _proven(event, here.seal)
        if not self._in_place(here, where, event, sealed=proven or bool(event.path)):
            return
        named = f"{event.stream} version {event.version} (position {event.position})"
        if event.chained != event.hash:
            self._found("edited", where, f"{named} is not as it was recorded")
        elif not proven:
            told = f"{named} is not what seal {here.seal.number} holds at {event.index}"
            self._found("not-sealed", where, told)
        self._follows(section, where, event)

    def _in_place(self, here: _Open, where: str, event: Entry, *, sealed: bool) -> bool:
        """Say whether the event stands where its seal has it."""
        at, seal = event.position, here.seal
        if at in here.seen or not seal.after < at <= seal.upto:
            told = f"position {at} stands once more, or outside seal {seal.number}"
            self._found("re-inserted", where, told)
            return False
        here.seen.add(at)
        if not sealed:  # it has no place among the others
            return True
        if at < here.position or event.index < here.expected:
            told = f"position {at} stands after position {here.position}"
            self._found("reordered", where, told)
            return False
        if event.index > here.expected:
            self._deleted(here, where, event.index, f"before position {at}")
        here.expected, here.position = event.index + 1, at
        return True

    def _deleted(self, here: _Open, where: str, upto: int, until: str) -> None:
        told = (
            f"{upto - here.expected} of seal {here.seal.number} are not there: "
            f"{here.expected} to {upto - 1}, after position "
            f"{here.position or here.seal.after}, {until}"
        )
        self._found("deleted", where, told)

    def _follows(self, section: _Section, where: str, event: Entry) -> None:
        """Hold an event against the one before it in its stream."""
        beginning = (0, "") if section.begin.first == 1 else None
        version, hashed = (
            section.heads.get(event.stream)
            or beginning
            or (
                event.version - 1,
                event.previous,
            )
        )
        section.heads[event.stream] = (event.version, event.hash)
        if event.version > version + 1:
            told = f"{event.stream}: versions {version + 1} to {event.version - 1}"
            self._found("deleted", where, f"{told} are not there")
        elif event.version <= version:
            told = f"{event.stream} is at version {version} already"
            self._found("re-inserted", where, told)
        elif event.previous != hashed:
            told = f"{event.stream} version {event.version} follows another event"
            self._found("edited", where, f"{told} than version {version} is now")

    def _complete(self, here: _Open) -> None:
        """See at the end of a seal that all its events were there."""
        seal = here.seal
        if here.expected == seal.events:
            return
        where = f"seal {seal.number}"
        if here.found:
            self._deleted(here, where, seal.events, f"up to {seal.upto}")
            return
        self._empty.setdefault(seal.service, {})[seal.number] = Finding(
            fault="deleted",
            service=seal.service,
            where=where,
            detail=f"none of its {seal.events} events is there",
        )

    def _end(self, section: _Section, where: str, end: End) -> None:
        if section.current is not None:
            self._complete(section.current)
        section.current = None
        if (end.last, end.events) != (section.seals, section.events):
            told = f"it says {end.events} events up to seal {end.last}"
            self._found("truncated", where, f"{told}, {section.events} are here")
        self._closed(section)

    def _closed(self, section: _Section) -> None:
        if section.current is not None:
            self._complete(section.current)
            section.current = None
        self._ends.append(section)
        self._section = None

    def _chained(self, seals: dict[int, Seal]) -> None:
        """Hold each seal against the one before it."""
        void = self._void.get(self._service, set())
        upto = 0
        for number in sorted(seals):
            seal, before = seals[number], seals.get(number - 1)
            where = f"seal {number}"
            if before is None and number > 1 and number > min(seals):
                self._found("seal-missing", where, f"seal {number - 1} is not there")
            if seal.resumes is not None and seal.resumes.seal in seals:
                upto = seals[seal.resumes.seal].upto
            bound = before.hash if before else FIRST if number == 1 else seal.previous
            begins = upto if before or number == 1 else seal.after
            if (seal.previous, seal.after) != (bound, begins):
                told = "does not bind the seal before it, or leaves out events"
                self._found("seal-chain", where, f"seal {number} {told}")
            upto = seal.upto
        if lost := void - set(seals):
            self._found("seal-missing", "", f"seals {sorted(lost)} are not there")

    def _whole(self, section: _Section) -> None:
        """Hold a journal's end against the seals that are known from elsewhere."""
        begin = section.begin
        self._service = begin.service
        last = max(self.seals.get(begin.service, {}), default=0)
        if section.seals != begin.last:
            told = f"it should end with seal {begin.last}, not {section.seals}"
            self._found("truncated", section.file, told)
        if begin.whole and (begin.first > 1 or last > begin.last):
            told = f"it holds seals {begin.first} to {begin.last}, {last} are known"
            self._found("truncated", section.file, told)

    def _found(self, fault: Fault, where: str, detail: str) -> None:
        self.findings.append(
            Finding(fault=fault, service=self._service, where=where, detail=detail)
        )


def _proven(event: Entry, seal: Seal) -> bool:
    """Say whether its path leads from the event to the seal's root."""
    path = [bytes.fromhex(step) for step in event.path]
    reached = climb(leaf(event.leaf), event.index, seal.events, path)
    return reached is not None and reached.hex() == seal.root
