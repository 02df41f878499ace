"""Events of teams."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Value, Visibility
from contracts.planning.plans import Window


class Seat(Value):
    """A place in a team; one with ``for_inspection`` is there for that one only."""

    agency_id: str
    role: str
    person_ref: str | None = None
    title: str | None = None
    for_inspection: str | None = None


class Member(Value):
    """Who sits on a seat: an agency, and its person once that is known."""

    agency_id: str
    person_ref: str | None = None


class Group(Value):
    """A part of the team that works by itself (Tổ)."""

    group_id: str
    leader: Member
    members: tuple[Member, ...]
    target_ids: tuple[str, ...]
    content_items: tuple[str, ...] = ()
    window: Window | None = None


class TeamEstablished(Event):
    """A decision set up an inspection team (quyết định thành lập Đoàn, Tổ)."""

    TYPE: ClassVar[str] = "planning.team-established.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

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


class TeamRecomposed(Event):
    """A new decision took the place of the one before (kiện toàn Đoàn)."""

    TYPE: ClassVar[str] = "planning.team-recomposed.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    team_id: str
    plan_id: str
    decision_number: str
    replaces: str
    decided_on: date
    lead_agency: str
    seats: tuple[Seat, ...]
    decided_by: str | None = None
    delegated_by_plan_id: str | None = None
    until: date | None = None
    until_plan_completed: bool = False


class MemberAppointed(Event):
    """A person was named for an agency's seat (cử thành viên)."""

    TYPE: ClassVar[str] = "planning.member-appointed.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    team_id: str
    plan_id: str
    seat: Seat


class MemberReplaced(Event):
    """Another person of the same agency took a seat (thay thành viên)."""

    TYPE: ClassVar[str] = "planning.member-replaced.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    team_id: str
    plan_id: str
    before: Seat
    seat: Seat
    reason: str


class MemberInvited(Event):
    """The head asked another agency to take part (mời tham gia Đoàn)."""

    TYPE: ClassVar[str] = "planning.member-invited.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    team_id: str
    plan_id: str
    seat: Seat
    by_agency: str


class MemberRecused(Event):
    """A member takes no part in the inspection of a unit."""

    TYPE: ClassVar[str] = "planning.member-recused.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    team_id: str
    plan_id: str
    member: Member
    target_id: str
    reason: str


class TeamSplit(Event):
    """The team works in groups (chia thành các Tổ)."""

    TYPE: ClassVar[str] = "planning.team-split.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    team_id: str
    plan_id: str
    groups: tuple[Group, ...]


class TeamDissolved(Event):
    """The team is no more: DECIDED, PLAN_COMPLETED or MANDATE_ENDED (giải thể)."""

    TYPE: ClassVar[str] = "planning.team-dissolved.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    team_id: str
    plan_id: str
    dissolved_on: date
    reason: str


class TeamMemberConflictDetected(Event):
    """A tie declared late bars a visit: planned it is flagged, past it is marked."""

    TYPE: ClassVar[str] = "planning.team-member-conflict-detected.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    member: Member
    team_id: str
    plan_id: str
    inspection_id: str
    agency_id: str
    planned_on: date
    tie: str
    past: bool
    detected_on: date
