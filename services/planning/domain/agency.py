"""Agencies: what they are called, by whom, who heads them, and for how long."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from services.planning.domain.agency_events import (
    AgencyDissolved,
    AgencyEvent,
    AgencyRegistered,
    AgencyRenamed,
    AgencySucceeded,
    FocalOfficerAppointed,
    HeadAppointed,
)
from services.planning.domain.window import Window

Post = HeadAppointed | FocalOfficerAppointed
End = AgencySucceeded | AgencyDissolved
DAY = timedelta(days=1)


class AgencyRefused(Exception):
    """A rule of the registry said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


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
    """The registry's entry, and what has happened since; None until there is one."""

    entry: AgencyRegistered | None = None
    renamed: tuple[AgencyRenamed, ...] = ()
    posts: tuple[Post, ...] = ()
    ended: End | None = None

    @property
    def names(self) -> tuple[tuple[date, str], ...]:
        """Return what it has been called, each since its day."""
        if self.entry is None:
            return ()
        later = sorted((event.valid_from, event.name) for event in self.renamed)
        return ((self.entry.valid_from, self.entry.name), *later)

    @property
    def valid_to(self) -> date | None:
        """Return the agency's last day, if it has one."""
        entered = self.entry.valid_to if self.entry else None
        if self.ended is None:
            return entered
        last = self.ended.effective_on - DAY
        return last if entered is None else min(last, entered)

    @property
    def unit(self) -> Unit | None:
        """Return the agency as a plan sees it, under its present name."""
        if self.entry is None:
            return None
        return Unit(
            agency_id=self.entry.agency_id,
            kind=self.entry.kind,
            name=self.names[-1][1],
            parent_id=self.entry.parent_id,
            superior_id=self.entry.superior_id,
            valid_from=self.entry.valid_from,
            valid_to=self.valid_to,
        )

    def name_on(self, day: date) -> str:
        """Return what the agency is called on *day*; before its first, the first."""
        held = [name for since, name in self.names if since <= day]
        return held[-1] if held else self.names[0][1]


def evolve(agency: Agency, event: AgencyEvent) -> Agency:
    """Fold one event into the entry. Never refuses: it already happened."""
    match event:
        case AgencyRegistered():
            return Agency(entry=event)
        case AgencyRenamed():
            return replace(agency, renamed=(*agency.renamed, event))
        case HeadAppointed() | FocalOfficerAppointed():
            others = tuple(post for post in agency.posts if not _same(post, event))
            return replace(agency, posts=(*others, event))
        case AgencySucceeded() | AgencyDissolved():
            return replace(agency, ended=event)


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


def rename_agency(
    agency: Agency, *, name: str, valid_from: date, legal_ref: str
) -> list[AgencyEvent]:
    """Call the agency otherwise from a day on; the names before stay."""
    entry = entered(agency)
    if (valid_from, name) in agency.names:
        return []
    _active(agency, valid_from)
    if any(since == valid_from for since, _ in agency.names):
        raise AgencyRefused("agency-renamed-otherwise", "it got another name that day")
    return [
        AgencyRenamed(
            agency_id=entry.agency_id,
            name=name,
            valid_from=valid_from,
            legal_ref=legal_ref,
        )
    ]


def fill_post(agency: Agency, *, post: Post) -> list[AgencyEvent]:
    """Put somebody into a post from a day on, or say when their time in it ends."""
    entered(agency)
    if post in agency.posts:
        return []
    if post.valid_to is not None and post.valid_to < post.valid_from:
        raise AgencyRefused("window-reversed", "it ends before it begins")
    _active(agency, post.valid_from)
    if isinstance(post, HeadAppointed):
        for other in agency.posts:
            if isinstance(other, HeadAppointed) and not _same(other, post):
                _one_head(other, post)
    return [post]


def head_on(agency: Agency, *, day: date) -> HeadAppointed | None:
    """Return who heads the agency on *day*: the last to come, unless already gone.

    Who comes ends the time of the one before.
    """
    heads = [
        post
        for post in agency.posts
        if isinstance(post, HeadAppointed) and post.valid_from <= day
    ]
    last = max(heads, key=lambda post: post.valid_from, default=None)
    gone = last is not None and last.valid_to is not None and last.valid_to < day
    return None if gone else last


def entered(agency: Agency) -> AgencyRegistered:
    """Return the registry's entry of an agency that is in it."""
    if agency.entry is None:
        raise AgencyRefused("unknown-agency", "it is not in the registry")
    return agency.entry


def _active(agency: Agency, day: date) -> None:
    if agency.unit is None or not agency.unit.active_on(day):
        raise AgencyRefused("agency-not-active", f"it does not exist on {day}")


def _same(one: Post, other: Post) -> bool:
    """Say whether two events are about one person's one time in a post."""
    return (type(one), one.person_ref, one.valid_from) == (
        type(other),
        other.person_ref,
        other.valid_from,
    )


def _one_head(other: HeadAppointed, post: HeadAppointed) -> None:
    """Refuse two heads who begin on one day: nobody could say who is in office."""
    if other.valid_from == post.valid_from:
        raise AgencyRefused("head-appointed-otherwise", "another head began that day")
