"""What inspection hears of teams: who may record what an inspection sees."""

from __future__ import annotations

from collections.abc import Mapping

from contracts import planning
from contracts.event import Event
from services.chassis.consumer import Reaction
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain, handlers


async def on_team_decided(
    event: planning.TeamEstablished | planning.TeamRecomposed, journal: Journal
) -> None:
    """Take over who sits in the team."""
    command = asked.SeatTeam(seats=tuple(_seat(seat) for seat in event.seats))
    await handlers.seat_team(event.team_id, command, journal)


async def on_member_seated(
    event: planning.MemberAppointed | planning.MemberInvited, journal: Journal
) -> None:
    """Let an officer take the seat of their agency, or one that is added."""
    command = asked.TakeSeat(seat=_seat(event.seat))
    await handlers.take_seat(event.team_id, command, journal)


async def on_member_replaced(event: planning.MemberReplaced, journal: Journal) -> None:
    """Let an officer take another's seat."""
    command = asked.TakeSeat(before=_seat(event.before), seat=_seat(event.seat))
    await handlers.take_seat(event.team_id, command, journal)


async def on_member_recused(event: planning.MemberRecused, journal: Journal) -> None:
    """Keep a member away from a unit."""
    kept = domain.KeptAway(officer=_officer(event.member), target_id=event.target_id)
    await handlers.keep_away(event.team_id, asked.KeepAway(kept=kept), journal)


async def on_team_split(event: planning.TeamSplit, journal: Journal) -> None:
    """Let the team go in groups."""
    groups = tuple(
        domain.Group(
            officers=tuple(map(_officer, (group.leader, *group.members))),
            target_ids=group.target_ids,
        )
        for group in event.groups
    )
    await handlers.split_crew(event.team_id, asked.SplitCrew(groups=groups), journal)


async def on_team_dissolved(event: planning.TeamDissolved, journal: Journal) -> None:
    """Let the team be no more."""
    command = asked.EndCrew(ended_on=event.dissolved_on)
    await handlers.end_crew(event.team_id, command, journal)


def _seat(seat: planning.Seat) -> domain.Seat:
    member = planning.Member(agency_id=seat.agency_id, person_ref=seat.person_ref)
    return domain.Seat(
        officer=_officer(member), role=seat.role, for_inspection=seat.for_inspection
    )


def _officer(member: planning.Member) -> domain.Officer:
    return domain.Officer(agency_id=member.agency_id, person_ref=member.person_ref)


ON: Mapping[type[Event], Reaction] = {
    planning.TeamEstablished: on_team_decided,
    planning.TeamRecomposed: on_team_decided,
    planning.MemberAppointed: on_member_seated,
    planning.MemberInvited: on_member_seated,
    planning.MemberReplaced: on_member_replaced,
    planning.MemberRecused: on_member_recused,
    planning.TeamSplit: on_team_split,
    planning.TeamDissolved: on_team_dissolved,
}
