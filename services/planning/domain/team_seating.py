"""Who sits in a team: persons to seats, guests, groups, and who stays away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from services.planning.domain.plan import Plan
from services.planning.domain.team import (
    Group,
    Member,
    MemberAppointed,
    MemberInvited,
    MemberRecused,
    MemberReplaced,
    Role,
    Seat,
    Team,
    TeamEvent,
    TeamRefused,
    TeamSplit,
)
from services.planning.domain.team_deciding import in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointee:
    """The person for a seat of an agency, in a role if it has several."""

    agency_id: str
    person_ref: str
    role: Role | None = None
    title: str | None = None


def appoint(team: Team, *, named: Appointee) -> list[TeamEvent]:
    """Name the person of an agency's seat that has none yet."""
    decision = in_force(team)
    seats = {
        ordinal: seat
        for ordinal, seat in enumerate(team.seats, start=1)
        if seat.agency_id == named.agency_id and named.role in {None, seat.role}
    }
    if not seats:
        raise TeamRefused("no-such-seat", f"{named.agency_id} has no such seat")
    if any(seat.person_ref == named.person_ref for seat in seats.values()):
        return []
    free = next((n for n, seat in seats.items() if seat.person_ref is None), None)
    if free is None:
        raise TeamRefused("seat-taken", "replace the member who sits there")
    title = named.title or seats[free].title
    seat = replace(seats[free], person_ref=named.person_ref, title=title)
    return [
        MemberAppointed(
            team_id=decision.team_id,
            plan_id=decision.plan_id,
            ordinal=free,
            seat=seat,
            groups=_regrouped(team, free, seat),
        )
    ]


def replace_member(
    team: Team, *, leaving: str, named: Appointee, reason: str
) -> list[TeamEvent]:
    """Let another person of the same agency take a seat."""
    decision = in_force(team)
    sitting = {
        seat.person_ref: ordinal
        for ordinal, seat in enumerate(team.seats, start=1)
        if seat.agency_id == named.agency_id
    }
    left, came = sitting.get(leaving), named.person_ref in sitting
    if left is None and came:
        return []
    if left is None:
        raise TeamRefused("not-in-the-team", f"{leaving} of {named.agency_id} is not")
    if came:
        raise TeamRefused("seat-taken", f"{named.person_ref} has a seat already")
    before = team.seats[left - 1]
    seat = replace(before, person_ref=named.person_ref, title=named.title)
    return [
        MemberReplaced(
            team_id=decision.team_id,
            plan_id=decision.plan_id,
            ordinal=left,
            before=before,
            seat=seat,
            reason=reason,
            groups=_regrouped(team, left, seat),
        )
    ]


def invite(
    team: Team, *, seat: Seat, plan: Plan, by_agency: str | None
) -> list[TeamEvent]:
    """Ask another agency to take part, for one inspection or for all (mời)."""
    decision = in_force(team)
    [head] = (s for s in team.seats if s.role is Role.HEAD)
    if by_agency != head.agency_id:
        raise TeamRefused("invited-not-by-head", f"{head.agency_id} has the head")
    if seat.role is Role.HEAD:
        raise TeamRefused("team-with-two-heads", "a guest does not lead")
    if seat in team.seats:
        return []
    if any(s.agency_id == seat.agency_id for s in team.seats if not s.for_inspection):
        raise TeamRefused("already-in-the-team", f"{seat.agency_id} takes part anyway")
    if seat.agency_id in _inspected(seat, plan):
        raise TeamRefused(
            "member-inspects-own-agency", f"the plan inspects {seat.agency_id}"
        )
    return [
        MemberInvited(
            team_id=decision.team_id,
            plan_id=decision.plan_id,
            ordinal=len(team.seats) + 1,
            seat=seat,
            by_agency=head.agency_id,
        )
    ]


def recuse(
    team: Team, *, member: Member, target_id: str, reason: str
) -> list[TeamEvent]:
    """Keep a member away from the inspection of a unit; the others go."""
    decision = in_force(team)
    if all(seat.officer != member for seat in team.seats):
        raise TeamRefused("not-in-the-team", f"{member.agency_id} has no such seat")
    if (member, target_id) in team.recused:
        return []
    return [
        MemberRecused(
            team_id=decision.team_id,
            plan_id=decision.plan_id,
            member=member,
            target_id=target_id,
            reason=reason,
        )
    ]


def split(team: Team, *, groups: Sequence[Group], plan: Plan) -> list[TeamEvent]:
    """Divide the team; a member is in one group, a target is one group's.

    What no group has is the whole team's.
    """
    decision = in_force(team)
    if tuple(team.groups.values()) == tuple(groups):
        return []
    seats = {seat.officer for seat in team.seats}
    members = [m for group in groups for m in (group.leader, *group.members)]
    if strangers := [m for m in members if m not in seats]:
        raise TeamRefused("not-in-the-team", f"no seat of {strangers[0].agency_id}")
    _each_once("group-named-twice", [group.group_id for group in groups])
    _each_once("member-in-two-groups", members)
    targets = [target for group in groups for target in group.target_ids]
    _each_once("target-in-two-groups", targets)
    if others := sorted(set(targets) - set(plan.targets)):
        raise TeamRefused("not-a-target", f"the plan does not inspect {others}")
    return [
        TeamSplit(
            team_id=decision.team_id, plan_id=decision.plan_id, groups=tuple(groups)
        )
    ]


def _regrouped(team: Team, ordinal: int, after: Seat) -> tuple[Group, ...]:
    """Name in the groups the one who came, unless a like seat is left."""
    gone, came = team.seats[ordinal - 1].officer, after.officer
    others = (s for n, s in enumerate(team.seats, start=1) if n != ordinal)
    if any(seat.officer == gone for seat in others):
        return tuple(team.groups.values())
    return tuple(
        replace(
            group,
            leader=came if group.leader == gone else group.leader,
            members=tuple(came if m == gone else m for m in group.members),
        )
        for group in team.groups.values()
    )


def _inspected(seat: Seat, plan: Plan) -> Collection[str]:
    """Return the units that the one who is asked would inspect."""
    if seat.for_inspection is None:
        return plan.targets
    visit = plan.visits.get(seat.for_inspection)
    if visit is None:
        raise TeamRefused(
            "visit-not-ordered", f"the plan orders no {seat.for_inspection}"
        )
    return (visit.agency_id,)


def _each_once(code: str, named: Sequence[object]) -> None:
    if twice := [name for name, n in Counter(named).items() if n > 1]:
        raise TeamRefused(code, f"more than once: {twice[0]}")
