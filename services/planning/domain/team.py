"""Inspection teams (Đoàn, Tổ kiểm tra): their seats, groups, and what became of them.

Seats are the agencies' first and persons' later, by reference only: a reference is an
agency's own, so a person is named by both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from services.planning.domain.window import Window


class TeamRefused(Exception):
    """A rule of teams said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class TeamUnknown(TeamRefused):
    """No decision ever set a team up under that id."""


class Role(Enum):
    """What a seat is for."""

    HEAD = "HEAD"  # Trưởng đoàn, Tổ trưởng
    PERMANENT_DEPUTY_HEAD = "PERMANENT_DEPUTY_HEAD"  # Phó Trưởng đoàn thường trực
    DEPUTY_HEAD = "DEPUTY_HEAD"  # Phó Trưởng đoàn
    GROUP_LEADER = "GROUP_LEADER"  # Tổ trưởng
    MEMBER = "MEMBER"  # thành viên
    SECRETARY = "SECRETARY"  # thư ký
    MEDIA = "MEDIA"  # đài, báo


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place in the team; one with ``for_inspection`` is there for that one only."""

    agency_id: str
    role: Role
    person_ref: str | None = None
    title: str | None = None
    for_inspection: str | None = None

    @property
    def officer(self) -> Member:
        """Return who sits there."""
        return Member(agency_id=self.agency_id, person_ref=self.person_ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Who sits on a seat: an agency, and its person once that is known."""

    agency_id: str
    person_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part of the team that works by itself (Tổ), on targets, contents or days."""

    group_id: str
    leader: Member
    members: tuple[Member, ...]
    target_ids: tuple[str, ...]
    content_items: tuple[str, ...] = ()
    window: Window | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamEstablished:
    """A decision set up the team (quyết định thành lập)."""

    team_id: str
    plan_id: str
    decision_number: str
    decided_on: date
    lead_agency: str
    seats: tuple[Seat, ...]
    decided_by: str | None = None
    delegated_by_plan_id: str | None = None
    until: date | None = None
    until_plan_completed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRecomposed:
    """A new decision took the place of the one before (kiện toàn Đoàn).

    ``vacated`` is the number of seats that there were.
    """

    team_id: str
    plan_id: str
    decision_number: str
    replaces: str
    vacated: int
    decided_on: date
    lead_agency: str
    seats: tuple[Seat, ...]
    decided_by: str | None = None
    delegated_by_plan_id: str | None = None
    until: date | None = None
    until_plan_completed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAppointed:
    """A person was named for an agency's seat (cử thành viên).

    ``ordinal`` is the seat's place, from 1; ``groups`` are those as they then are.
    """

    team_id: str
    plan_id: str
    ordinal: int
    seat: Seat
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberReplaced:
    """Another person of the same agency took a seat (thay thành viên)."""

    team_id: str
    plan_id: str
    ordinal: int
    before: Seat
    seat: Seat
    reason: str
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberInvited:
    """The head asked another agency to take part (mời tham gia Đoàn)."""

    team_id: str
    plan_id: str
    ordinal: int
    seat: Seat
    by_agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRecused:
    """A member takes no part in the inspection of a unit (từ chối, thay đổi)."""

    team_id: str
    plan_id: str
    member: Member
    target_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSplit:
    """The team works in groups (chia thành các Tổ)."""

    team_id: str
    plan_id: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDissolved:
    """The team is no more (giải thể): decided, done, or its mandate ended."""

    team_id: str
    plan_id: str
    dissolved_on: date
    reason: str


Decision = TeamEstablished | TeamRecomposed
TeamEvent = (
    TeamEstablished
    | TeamRecomposed
    | MemberAppointed
    | MemberReplaced
    | MemberInvited
    | MemberRecused
    | TeamSplit
    | TeamDissolved
)


@dataclass(frozen=True, slots=True)
class Team:
    """The team as it is now; no decision until one is taken.

    ``seated`` are the seats as they became since the decision.
    """

    decision: Decision | None = None
    seated: tuple[Seat, ...] | None = None
    groups: Mapping[str, Group] = field(default_factory=dict)
    recused: frozenset[tuple[Member, str]] = frozenset()
    dissolved: TeamDissolved | None = None

    def day(self, given: date | None, today: date) -> date:
        """Return the day of a decision that may not name one: as on record, or today.

        So the same request on a later day is still the same.
        """
        if given is not None:
            return given
        return today if self.decision is None else self.decision.decided_on

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Return the seats as they are now."""
        if self.seated is not None:
            return self.seated
        return self.decision.seats if self.decision else ()

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return the agencies that take part, the leading one first, each once.

        Those asked for one inspection only take no part in the others.
        """
        if self.decision is None:
            return ()
        return self._named(seat for seat in self.seats if seat.for_inspection is None)

    def agencies_at(self, target_id: str, inspection_id: str) -> tuple[str, ...]:
        """Return the agencies that take part in one inspection, the leading first."""
        return self._named(self.at(target_id, inspection_id))

    def at(
        self, target_id: str, inspection_id: str, formerly: Collection[str] = ()
    ) -> tuple[Seat, ...]:
        """Return the seats that go to a target: its group's, or all of them.

        A group goes on with the unit that took the place of its own, *formerly*.
        """
        named = {target_id, *formerly}
        group = next((g for g in self.groups.values() if named & {*g.target_ids}), None)
        going = {group.leader, *group.members} if group else None
        return tuple(
            seat
            for seat in self.seats
            if seat.for_inspection in {None, inspection_id}
            and (going is None or seat.officer in going or seat.for_inspection)
            and (seat.officer, target_id) not in self.recused
        )

    def _named(self, seats: Iterable[Seat]) -> tuple[str, ...]:
        lead = (self.decision.lead_agency,) if self.decision else ()
        return tuple(dict.fromkeys((*lead, *(seat.agency_id for seat in seats))))


def evolve(team: Team, event: TeamEvent) -> Team:  # noqa: PLR0911 -- one line a case
    """Fold one event into the team. Never refuses: it already happened."""
    match event:
        case TeamEstablished():
            return Team(decision=event)
        case TeamRecomposed():
            return Team(decision=event, recused=team.recused)
        case MemberAppointed() | MemberReplaced():
            seats = list(team.seats)
            seats[event.ordinal - 1] = event.seat
            groups = {group.group_id: group for group in event.groups}
            return replace(team, seated=tuple(seats), groups=groups)
        case MemberInvited():
            return replace(team, seated=(*team.seats, event.seat))
        case MemberRecused():
            out = (event.member, event.target_id)
            return replace(team, recused=team.recused | {out})
        case TeamSplit():
            return replace(team, groups={g.group_id: g for g in event.groups})
        case TeamDissolved():
            return replace(team, dissolved=event)
