"""Inspection teams (Đoàn, Tổ kiểm tra): one head, and nobody at home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from services.planning.domain.plan import Plan

HEADS = 1


class TeamRefused(Exception):
    """A rule of teams said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Role(Enum):
    """What a seat is for."""

    HEAD = "HEAD"  # Trưởng đoàn, Tổ trưởng
    DEPUTY_HEAD = "DEPUTY_HEAD"  # Phó Trưởng đoàn
    MEMBER = "MEMBER"  # thành viên
    SECRETARY = "SECRETARY"  # thư ký


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place in the team: an agency's first, a person's by reference only."""

    agency_id: str
    role: Role
    person_ref: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamEstablished:
    """A decision set up the team (quyết định thành lập)."""

    team_id: str
    plan_id: str
    decision_number: str
    decided_on: date
    lead_agency: str
    seats: tuple[Seat, ...]


TeamEvent = TeamEstablished


@dataclass(frozen=True, slots=True)
class Team:
    """The team as decided; None until it is."""

    decision: TeamEstablished | None = None

    def day(self, given: date | None, today: date) -> date:
        """Return the day of a decision that may not name one: as on record, or today.

        So the same request on a later day is still the same.
        """
        if given is not None:
            return given
        return today if self.decision is None else self.decision.decided_on

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return the agencies that take part, the leading one first, each once."""
        if self.decision is None:
            return ()
        seats = (seat.agency_id for seat in self.decision.seats)
        return tuple(dict.fromkeys((self.decision.lead_agency, *seats)))


def evolve(_: Team, event: TeamEvent) -> Team:
    """Fold one event into the team. Never refuses: it already happened."""
    match event:
        case TeamEstablished():
            return Team(decision=event)


def establish(team: Team, *, decided: TeamEstablished, plan: Plan) -> list[TeamEvent]:
    """Set up a team of one head, none of whose agencies the plan inspects."""
    if team.decision == decided:
        return []
    if team.decision is not None:
        raise TeamRefused(
            "team-established-otherwise", f"{decided.team_id} is set up differently"
        )
    if not plan.in_effect:
        raise TeamRefused("plan-not-issued", f"{decided.plan_id} is not in effect")
    heads = sum(seat.role is Role.HEAD for seat in decided.seats)
    if heads < HEADS:
        raise TeamRefused("team-without-head", "no seat is the head's")
    if heads > HEADS:
        raise TeamRefused("team-with-two-heads", f"{heads} seats are the head's")
    at_home = set(Team(decision=decided).agencies) & set(plan.targets)
    if at_home:
        raise TeamRefused(
            "member-inspects-own-agency", f"the plan inspects {sorted(at_home)}"
        )
    return [decided]
