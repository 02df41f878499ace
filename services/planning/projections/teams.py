"""Teams' events to rows: seats as they are now, groups, conflicts of interest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from services.chassis.projector import (
    Change,
    Drop,
    Operation,
    Projection,
    Put,
    Seen,
    Table,
)
from services.planning import domain

TEAMS = Table(
    name="teams",
    columns={
        "team_id": "text",
        "plan_id": "text",
        "state": "text",
        "decision_number": "text",
        "replaces": "text",
        "decided_on": "date",
        "lead_agency": "text",
        "decided_by": "text",
        "delegated_by_plan_id": "text",
        "until": "date",
        "until_plan_completed": "boolean",
        "groups": "jsonb",
        "dissolved_on": "date",
        "dissolved_because": "text",
        "version": "int",
    },
    key=("team_id",),
    indexes=(("plan_id",),),
)


TEAM_SEATS = Table(
    name="team_seats",
    columns={
        "team_id": "text",
        "ordinal": "int",
        "agency_id": "text",
        "role": "text",
        "person_ref": "text",
        "title": "text",
        "for_inspection": "text",
    },
    key=("team_id", "ordinal"),
)
RECUSALS = Table(
    name="team_recusals",
    columns={
        "team_id": "text",
        "agency_id": "text",
        "person": "text",
        "target_id": "text",
        "reason": "text",
    },
    key=("team_id", "agency_id", "person", "target_id"),
)
CONFLICTS = Table(
    name="member_conflicts",
    columns={
        "officer_id": "text",
        "inspection_id": "text",
        "tie": "text",
        "team_id": "text",
        "plan_id": "text",
        "agency_id": "text",
        "planned_on": "date",
        "past": "boolean",
        "detected_on": "date",
    },
    key=("officer_id", "inspection_id", "tie"),
    indexes=(("team_id",),),
)


def team_decided(seen: Seen) -> Sequence[Operation]:
    """Show a team and its seats, in the place of those before."""
    event: domain.Decision = seen.event
    row: dict[str, Any] = {
        **dict.fromkeys(TEAMS.columns),
        "team_id": event.team_id,
        "plan_id": event.plan_id,
        "state": "in_force",
        "decision_number": event.decision_number,
        "decided_on": event.decided_on,
        "lead_agency": event.lead_agency,
        "decided_by": event.decided_by,
        "delegated_by_plan_id": event.delegated_by_plan_id,
        "until": event.until,
        "until_plan_completed": event.until_plan_completed,
        "groups": [],
        "version": seen.version,
    }
    seats = [_seat(event.team_id, n, s) for n, s in enumerate(event.seats, start=1)]
    if not isinstance(event, domain.TeamRecomposed):
        return [Put("teams", row), *seats]
    row["replaces"] = event.replaces
    keys = (_key(event.team_id, n) for n in range(len(seats) + 1, event.vacated + 1))
    return [Put("teams", row), *seats, *(Drop("team_seats", key) for key in keys)]


def seat_taken(seen: Seen) -> Sequence[Operation]:
    """Show who sits where, and the groups as they then are."""
    event: domain.MemberAppointed | domain.MemberReplaced = seen.event
    seat = _seat(event.team_id, event.ordinal, event.seat)
    return [seat, _team(seen, groups=_groups(event.groups))]


def member_invited(seen: Seen) -> Sequence[Operation]:
    """Show a guest."""
    event: domain.MemberInvited = seen.event
    return [_seat(event.team_id, event.ordinal, event.seat), _team(seen)]


def member_recused(seen: Seen) -> Sequence[Operation]:
    """Show who stays away from which unit."""
    event: domain.MemberRecused = seen.event
    row = {
        "team_id": event.team_id,
        "agency_id": event.member.agency_id,
        "person": event.member.person_ref or "",
        "target_id": event.target_id,
        "reason": event.reason,
    }
    return [Put("team_recusals", row), _team(seen)]


def team_split(seen: Seen) -> Sequence[Operation]:
    """Show the groups."""
    event: domain.TeamSplit = seen.event
    return [_team(seen, groups=_groups(event.groups))]


def team_dissolved(seen: Seen) -> Sequence[Operation]:
    """Show that the team is no more."""
    event: domain.TeamDissolved = seen.event
    return [
        _team(
            seen,
            state="dissolved",
            dissolved_on=event.dissolved_on,
            dissolved_because=event.reason,
        )
    ]


def conflict_detected(seen: Seen) -> Sequence[Operation]:
    """Flag a planned visit, or mark a past one."""
    event: domain.TeamMemberConflictDetected = seen.event
    row = {
        "officer_id": event.officer_id,
        "inspection_id": event.duty.inspection_id,
        "tie": event.tie.kind.value,
        "team_id": event.duty.team_id,
        "plan_id": event.duty.plan_id,
        "agency_id": event.duty.target_id,
        "planned_on": event.duty.planned_on,
        "past": event.past,
        "detected_on": event.detected_on,
    }
    return [Put("member_conflicts", row)]


def _team(seen: Seen, **values: object) -> Change:
    key = {"team_id": seen.event.team_id}
    return Change("teams", key, {**values, "version": seen.version})


def _key(team_id: str, ordinal: int) -> dict[str, object]:
    return {"team_id": team_id, "ordinal": ordinal}


def _seat(team_id: str, ordinal: int, seat: domain.Seat) -> Put:
    row = {
        **_key(team_id, ordinal),
        "agency_id": seat.agency_id,
        "role": seat.role.value,
        "person_ref": seat.person_ref,
        "title": seat.title,
        "for_inspection": seat.for_inspection,
    }
    return Put("team_seats", row)


def _groups(groups: Iterable[domain.Group]) -> list[dict[str, Any]]:
    return [
        {
            "group_id": group.group_id,
            "leader": _member(group.leader),
            "members": [_member(member) for member in group.members],
            "target_ids": list(group.target_ids),
            "content_items": list(group.content_items),
            "window": _window(group.window),
        }
        for group in groups
    ]


def _member(member: domain.Member) -> dict[str, str | None]:
    return {"agency_id": member.agency_id, "person_ref": member.person_ref}


def _window(window: domain.Window | None) -> dict[str, str] | None:
    if window is None:
        return None
    return {"start": window.start.isoformat(), "end": window.end.isoformat()}


PROJECTION = Projection(
    name="teams",
    tables=(TEAMS, TEAM_SEATS, RECUSALS, CONFLICTS),
    own={
        domain.TeamEstablished: team_decided,
        domain.TeamRecomposed: team_decided,
        domain.MemberAppointed: seat_taken,
        domain.MemberReplaced: seat_taken,
        domain.MemberInvited: member_invited,
        domain.MemberRecused: member_recused,
        domain.TeamSplit: team_split,
        domain.TeamDissolved: team_dissolved,
        domain.TeamMemberConflictDetected: conflict_detected,
    },
)
