"""Agencies (cơ quan, đơn vị): what they are called, by whom, and for how long.

An agency has an id of its own for ever. Codes stand under their scheme with the days
they held, because in 2025 thousands of codes came to name another unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.planning.domain.window import Window


class AgencyRefused(Exception):
    """A rule of the registry said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A code in one scheme, for a time (mã định danh)."""

    scheme: str
    value: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRegistered:
    """An agency was entered into the registry."""

    agency_id: str
    kind: str
    name: str
    parent_id: str | None = None
    superior_id: str | None = None
    mailbox: str | None = None
    valid_from: date
    valid_to: date | None = None
    identifiers: tuple[Identifier, ...] = ()


AgencyEvent = AgencyRegistered


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What a plan needs to know of an agency it may inspect."""

    agency_id: str
    kind: str
    name: str
    parent_id: str | None = None
    superior_id: str | None = None
    valid_from: date
    valid_to: date | None = None

    def active_on(self, day: date) -> bool:
        """Say whether the agency exists on *day*."""
        return self.active_in(Window(start=day, end=day))

    def active_in(self, window: Window) -> bool:
        """Say whether the agency exists on some day of *window*."""
        ended = self.valid_to is not None and self.valid_to < window.start
        return self.valid_from <= window.end and not ended


class Registry(Protocol):
    """Where a plan finds the units of a kind."""

    async def units(
        self, kind: str, parent_id: str | None, window: Window, *, seen: int
    ) -> tuple[Unit, ...]:
        """Return the units of *kind* below *parent_id* that exist in *window*.

        The answer knows at least what the journal knew at position *seen*.
        """
        ...


@dataclass(frozen=True, slots=True)
class Agency:
    """The registry's entry; None until there is one."""

    entry: AgencyRegistered | None = None

    @property
    def unit(self) -> Unit | None:
        """Return the agency as a plan sees it."""
        if self.entry is None:
            return None
        return Unit(
            agency_id=self.entry.agency_id,
            kind=self.entry.kind,
            name=self.entry.name,
            parent_id=self.entry.parent_id,
            superior_id=self.entry.superior_id,
            valid_from=self.entry.valid_from,
            valid_to=self.entry.valid_to,
        )


def evolve(_: Agency, event: AgencyEvent) -> Agency:
    """Fold one event into the entry. Never refuses: it already happened."""
    match event:
        case AgencyRegistered():
            return Agency(entry=event)


def register(agency: Agency, *, entry: AgencyRegistered) -> list[AgencyEvent]:
    """Enter an agency; what stands in the registry is not entered differently."""
    if agency.entry == entry:
        return []
    if agency.entry is not None:
        raise AgencyRefused(
            "agency-registered-otherwise", f"{entry.agency_id} is entered differently"
        )
    spans = [(entry.valid_from, entry.valid_to)]
    spans += [(code.valid_from, code.valid_to) for code in entry.identifiers]
    if any(end is not None and end < start for start, end in spans):
        raise AgencyRefused("window-reversed", "it ends before it begins")
    return [entry]
