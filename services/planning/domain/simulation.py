"""What a plan would mean, before anybody signs it (mô phỏng kế hoạch).

A plan is played through: its units are put on working days in their windows, one group
of the team after the other; then one looks at the quotas, at who else inspects the same
unit, at how much each member and each unit has to bear, and at what is left if somebody
goes on leave. Nothing is drawn: the same inputs give the same answer, to the byte.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.planning.domain.covering import Counting, Progress, covered
from services.planning.domain.window import Window

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit that the plan would inspect, and in which days."""

    agency_id: str
    window: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A unit on another plan, and its days there: one, if a visit is planned."""

    plan_id: str
    agency_id: str
    window: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Someone who would be in the team, and in which group."""

    person_ref: str
    agency_id: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """With what the plan is played through."""

    today: date
    visits_per_day: int
    members: tuple[Member, ...]
    leave: frozenset[str]
    min_members: int
    unvisited_years: int

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the groups, in order; without members, one of nobody."""
        return tuple(sorted({member.group for member in self.members})) or ("",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A visit as it was put on a day; None where its window had no room."""

    agency_id: str
    group: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is known when the plan is played through."""

    quotas: tuple[Counting, ...]
    units: tuple[Unit, ...]
    elsewhere: tuple[Elsewhere, ...]
    last_visits: Mapping[str, date]
    works: Callable[[date], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Another plan that means the same unit in the same days."""

    agency_id: str
    plan_id: str
    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many visits a member has in a week of the year (ISO 8601)."""

    person_ref: str
    week: str
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """A visit that has too few members left."""

    agency_id: str
    day: date | None
    left: tuple[str, ...]


def place(world: World, assumed: Assumptions) -> tuple[Placed, ...]:
    """Put each unit on the first day with room, who must be done first going first."""
    order = sorted(
        world.units, key=lambda u: (u.window.end, u.window.start, u.agency_id)
    )
    taken: Counter[tuple[str, date]] = Counter()
    placed = []
    for number, unit in enumerate(order):
        group = assumed.groups[number % len(assumed.groups)]
        day = _room(unit.window, group, taken, world, assumed)
        if day is not None:
            taken[group, day] += 1
        placed.append(Placed(agency_id=unit.agency_id, group=group, day=day))
    return tuple(placed)


def _room(
    window: Window,
    group: str,
    taken: Mapping[tuple[str, date], int],
    world: World,
    assumed: Assumptions,
) -> date | None:
    day = window.start
    while day <= window.end:
        if world.works(day) and taken.get((group, day), 0) < assumed.visits_per_day:
            return day
        day += ONE_DAY
    return None


def quotas(world: World) -> tuple[tuple[Counting, int, int, int], ...]:
    """Return each quota with what it needs, what is chosen, and what it is short by."""
    done = {
        unit.agency_id: Progress(visited_on=unit.window.end) for unit in world.units
    }
    found = covered(world.quotas, done)
    return tuple(
        (Counting(quota=one.quota), one.required, one.chosen, one.short_by)
        for one in found
    )


def overlaps(world: World) -> tuple[Overlap, ...]:
    """Return where another plan means the same unit in days that meet."""
    own = {unit.agency_id: unit.window for unit in world.units}
    found = []
    for other in world.elsewhere:
        window = own.get(other.agency_id)
        if window is None:
            continue
        start = max(window.start, other.window.start)
        end = min(window.end, other.window.end)
        if start <= end:
            found.append(
                Overlap(
                    agency_id=other.agency_id,
                    plan_id=other.plan_id,
                    start=start,
                    end=end,
                )
            )
    return tuple(sorted(found, key=lambda o: (o.agency_id, o.plan_id, o.start, o.end)))


def load(placed: Sequence[Placed], assumed: Assumptions) -> tuple[Load, ...]:
    """Return the visits of each member, week by week."""
    found: Counter[tuple[str, str]] = Counter()
    for visit in placed:
        if visit.day is None:
            continue
        for member in _present(visit, assumed.members, frozenset()):
            found[member, week(visit.day)] += 1
    return tuple(
        Load(person_ref=person, week=name, visits=found[person, name])
        for person, name in sorted(found)
    )


def burden(world: World) -> dict[str, int]:
    """Return on how many days each unit of the plan is inspected, by all plans."""
    days: defaultdict[str, int] = defaultdict(int)
    for other in world.elsewhere:
        days[other.agency_id] += 1
    return {u.agency_id: 1 + days[u.agency_id] for u in sorted(world.units, key=_id)}


def unvisited(world: World, assumed: Assumptions) -> tuple[str, ...]:
    """Return the eligible units that nobody visited for years and nobody chose."""
    chosen = {unit.agency_id for unit in world.units}
    since = _years_before(assumed.today, assumed.unvisited_years)
    eligible = {u.agency_id for quota in world.quotas for u in quota.eligible}
    return tuple(
        name
        for name in sorted(eligible - chosen)
        if name not in world.last_visits or world.last_visits[name] < since
    )


def without(placed: Sequence[Placed], assumed: Assumptions) -> tuple[Without, ...]:
    """Return the visits that lose their team if those on leave are away.

    Nobody inspects their own agency, so a member may be missing even so.
    """
    found = []
    for visit in placed:
        left = _present(visit, assumed.members, assumed.leave)
        if len(left) < assumed.min_members:
            found.append(Without(agency_id=visit.agency_id, day=visit.day, left=left))
    return tuple(found)


def week(day: date) -> str:
    """Return the week of a day as ISO 8601 says it: 2023-W19."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def _present(
    visit: Placed, members: Sequence[Member], leave: frozenset[str]
) -> tuple[str, ...]:
    return tuple(
        sorted(
            member.person_ref
            for member in members
            if member.group == visit.group
            and member.person_ref not in leave
            and member.agency_id != visit.agency_id
        )
    )


def _id(unit: Unit) -> str:
    return unit.agency_id


def _years_before(day: date, years: int) -> date:
    """Return the same day years ago; of 29 February, the last of the month."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
