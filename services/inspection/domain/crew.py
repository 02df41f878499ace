"""Who inspects: the team of an order as it sits now, and whether an officer is in it.

Planning decides on teams; what it tells is kept here, a team's composition as a whole
each time it changes. A person is named by agency and reference; a seat that no person
has yet is its agency's, for any of its officers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from services.inspection.domain.inspection import Inspection
from services.inspection.domain.refusals import InspectionRefused, InspectionUnknown

__all__ = [
    "Crew",
    "CrewSeated",
    "Group",
    "KeptAway",
    "Officer",
    "Seat",
    "end_crew",
    "evolve_crew",
    "keep_away",
    "of_the_team",
    "seat_team",
    "split_crew",
    "take_seat",
]


LEADING = frozenset({"HEAD", "PERMANENT_DEPUTY_HEAD", "DEPUTY_HEAD"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """An agency, and its person once that is known."""

    agency_id: str
    person_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place in a team; one with ``for_inspection`` is there for that one only."""

    officer: Officer
    role: str
    for_inspection: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part of the team that goes to targets of its own (Tổ)."""

    officers: tuple[Officer, ...]
    target_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAway:
    """A member takes no part in the inspection of one unit."""

    officer: Officer
    target_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewSeated:
    """The team is composed so from now on; ``ended_on``: it is no more."""

    team_id: str
    seats: tuple[Seat, ...]
    groups: tuple[Group, ...] = ()
    kept_away: tuple[KeptAway, ...] = ()
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Crew:
    """The team as it is now; None: nobody told of it yet."""

    seated: CrewSeated | None = None


def evolve_crew(_: Crew, event: CrewSeated) -> Crew:
    """Fold one event in; each says all."""
    return Crew(seated=event)


def seat_team(crew: Crew, *, team_id: str, seats: tuple[Seat, ...]) -> list[CrewSeated]:
    """Take a decision over: seats anew, no groups yet; who stays away, stays away."""
    kept_away = crew.seated.kept_away if crew.seated else ()
    return _unless_so(
        crew, CrewSeated(team_id=team_id, seats=seats, kept_away=kept_away)
    )


def take_seat(crew: Crew, *, before: Seat | None, seat: Seat) -> list[CrewSeated]:
    """Let an officer take a seat: another's, their agency's, or one added for them."""
    now = _told(crew)
    if seat in now.seats:
        return []
    unnamed = replace(seat, officer=replace(seat.officer, person_ref=None))
    left = before or unnamed
    if left not in now.seats:
        return _unless_so(crew, replace(now, seats=(*now.seats, seat)))
    seats = list(now.seats)
    seats[seats.index(left)] = seat
    groups = now.groups
    if all(other.officer != left.officer for other in seats):
        groups = tuple(_regrouped(group, left, seat) for group in groups)
    return _unless_so(crew, replace(now, seats=tuple(seats), groups=groups))


def split_crew(crew: Crew, *, groups: tuple[Group, ...]) -> list[CrewSeated]:
    """Let the team go in groups; what no group has is the whole team's."""
    return _unless_so(crew, replace(_told(crew), groups=groups))


def keep_away(crew: Crew, *, kept: KeptAway) -> list[CrewSeated]:
    """Let a member take no part in the inspection of a unit."""
    now = _told(crew)
    if kept in now.kept_away:
        return []
    return [replace(now, kept_away=(*now.kept_away, kept))]


def end_crew(crew: Crew, *, on: date) -> list[CrewSeated]:
    """Let the team be no more."""
    now = _told(crew)
    return [] if now.ended_on is not None else [replace(now, ended_on=on)]


def of_the_team(inspection: Inspection, *, crew: Crew, officer: Officer) -> None:
    """Let only members of the ordered team record what an inspection sees.

    What was begun before the team was dissolved is brought to its end by who was in it.

    Raises:
        InspectionRefused: The officer has no seat that goes to this unit, or the team
            is no more.
    """
    ordered, now = inspection.ordered, crew.seated
    if ordered is None:
        return
    terms = ordered.terms
    if now is None:
        named = {*terms.team_agencies, terms.lead_agency}
        if officer.agency_id not in named:
            raise _no_member(officer, terms.team_id)
        return
    begun = inspection.started is not None or inspection.report is not None
    if now.ended_on is not None and not begun:
        raise InspectionRefused("team-dissolved", f"since {now.ended_on}")
    going = _going(now, terms.agency_id, ordered.inspection_id)
    if not any(_sits(seat, officer) for seat in going):
        raise _no_member(officer, terms.team_id)


def _going(now: CrewSeated, target_id: str, inspection_id: str) -> Iterable[Seat]:
    """Return the seats that go to a target: its group's and its guests', or all.

    Who leads the team (Trưởng đoàn, Phó Trưởng đoàn) leads each of its groups.
    """
    group = next((g for g in now.groups if target_id in g.target_ids), None)
    for seat in now.seats:
        guest = seat.for_inspection == inspection_id
        member = seat.for_inspection is None and (
            group is None or seat.role in LEADING or seat.officer in group.officers
        )
        kept = KeptAway(officer=seat.officer, target_id=target_id) in now.kept_away
        if (guest or member) and not kept:
            yield seat


def _sits(seat: Seat, officer: Officer) -> bool:
    named = seat.officer.person_ref
    return seat.officer.agency_id == officer.agency_id and named in {
        None,
        officer.person_ref,
    }


def _no_member(officer: Officer, team_id: str) -> InspectionRefused:
    who = f"{officer.agency_id}.{officer.person_ref}"
    return InspectionRefused("officer-not-in-team", f"{who} goes not with {team_id}")


def _regrouped(group: Group, left: Seat, seat: Seat) -> Group:
    """Name in a group the one who came in the place of the one who left."""
    officers = (seat.officer if o == left.officer else o for o in group.officers)
    return replace(group, officers=tuple(officers))


def _told(crew: Crew) -> CrewSeated:
    if crew.seated is None:
        raise InspectionUnknown("unknown-team", "no decision on the team was told")
    return crew.seated


def _unless_so(crew: Crew, seated: CrewSeated) -> list[CrewSeated]:
    return [] if crew.seated == seated else [seated]
