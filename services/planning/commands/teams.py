"""What may be asked of a team."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.chassis.commanding import Command
from services.planning.commands.fields import Code, Id, Name, WindowBody
from services.planning.domain import Role


class SeatBody(Command):
    """A place in a team: an agency's, and a person's by reference only."""

    agency_id: Id
    role: Role
    person_ref: Id | None = None
    title: Name | None = None


class _DecisionBody(Command):
    """What a decision about a team says; ``until`` ends its mandate."""

    decision_number: Name
    decided_on: date | None = None
    lead_agency: Id
    seats: tuple[SeatBody, ...]
    decided_by: Id | None = None
    delegated_by_plan_id: Id | None = None
    until: Literal["PLAN_COMPLETED"] | date | None = None


class EstablishTeam(_DecisionBody):
    """Set up an inspection team by a decision (thành lập Đoàn, Tổ kiểm tra)."""

    plan_id: Id


class RecomposeTeam(_DecisionBody):
    """Put a new decision in the place of the one in force (kiện toàn Đoàn)."""

    replaces: Name


class DissolveTeam(Command):
    """End a team (giải thể Đoàn)."""

    dissolved_on: date | None = None


class PersonBody(Command):
    """A person of an agency, by reference."""

    person_ref: Id
    title: Name | None = None


class AppointMember(PersonBody):
    """Name the person of an agency's seat (cử thành viên)."""

    agency_id: Id
    role: Role | None = None


class ReplaceMember(Command):
    """Let another person of the same agency take a seat (thay thành viên)."""

    agency_id: Id
    person_ref: Id
    by: PersonBody
    reason: Name


class InviteMember(Command):
    """Ask another agency to take part, for one inspection or for all (mời)."""

    agency: Id
    for_inspection: Id | None = None
    person_ref: Id | None = None
    title: Name | None = None


class MemberBody(Command):
    """Who sits on a seat: an agency, and its person once that is known."""

    agency_id: Id
    person_ref: Id | None = None


class RecuseMember(MemberBody):
    """Keep a member away from the inspection of a unit (từ chối tham gia)."""

    target_id: Id
    reason: Name


class GroupBody(Command):
    """A part of the team that works by itself (Tổ)."""

    group_id: Id
    leader: MemberBody
    members: tuple[MemberBody, ...] = ()
    target_ids: tuple[Id, ...] = ()
    content_items: tuple[Code, ...] = ()
    window: WindowBody | None = None


class SplitTeam(Command):
    """Divide the team into groups (chia thành các Tổ)."""

    groups: Annotated[tuple[GroupBody, ...], Field(min_length=1)]
