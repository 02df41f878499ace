"""Coverage (độ bao phủ): how far a plan's targets have come, quota by quota.

What is only scheduled never counts: a unit is covered once it was visited, or once
its inspection was concluded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.planning.domain.quota import (
    Eligible,
    Quota,
    Rule,
    Shortfall,
    strata,
    unmet,
)

LISTED = Quota(kind="LISTED", rule=Rule.ALL.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the inspection of one target has come."""

    planned_on: date | None = None
    visited_on: date | None = None
    concluded_on: date | None = None
    desk: bool = False
    reported_on: date | None = None

    @property
    def begun(self) -> bool:
        """Say whether the unit's days were kept: visited, or its report is there.

        The report of a desk inspection counts for no quota, but it came in time.
        """
        return self.covered or self.reported_on is not None

    @property
    def covered(self) -> bool:
        """Say whether it counts: visited or concluded, never only scheduled."""
        return self.visited_on is not None or self.concluded_on is not None

    @property
    def finished(self) -> bool:
        """Say whether nothing more is awaited of it; a desk has no visit."""
        visited = self.desk or self.visited_on is not None
        return visited and self.concluded_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many of a plan's targets stand where (độ bao phủ)."""

    targets: int
    scheduled: int
    visited: int
    concluded: int
    covered: int

    @property
    def said(self) -> str:
        """Return it as plans say it: 7/7."""
        return f"{self.covered}/{self.targets}"


def coverage(targets: Iterable[Progress]) -> Coverage:
    """Count the targets of a plan."""
    all_ = tuple(targets)
    return Coverage(
        targets=len(all_),
        scheduled=sum(t.planned_on is not None or t.covered for t in all_),
        visited=sum(t.visited_on is not None for t in all_),
        concluded=sum(t.concluded_on is not None for t in all_),
        covered=sum(t.covered for t in all_),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """A quota with the units it may choose, and those drawn for it by lot."""

    quota: Quota
    eligible: tuple[Eligible, ...] = ()
    drawn: tuple[str, ...] = ()

    @property
    def by_lot(self) -> bool:
        """Say whether a lot chose its units."""
        return self.quota.rule == Rule.RANDOM_DRAW.value


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaCoverage:
    """How far a plan has come with one of its quotas."""

    quota: Quota
    eligible: int
    required: int
    chosen: int
    ordered: int
    visited: int
    concluded: int
    covered: int
    missing: tuple[Shortfall, ...] = ()

    @property
    def short_by(self) -> int:
        """Return how many units are still to be visited or concluded."""
        return sum(shortfall.short_by for shortfall in self.missing)


def covered(
    quotas: Sequence[Counting], targets: Mapping[str, Progress]
) -> tuple[QuotaCoverage, ...]:
    """Evaluate each quota over the targets; without any, all targets are one."""
    return tuple(_covered(one, quotas, targets) for one in counted(quotas, targets))


def counted(
    quotas: Sequence[Counting], targets: Collection[str]
) -> tuple[Counting, ...]:
    """Return what is counted: the quotas, or all that is listed if there is none."""
    if quotas:
        return tuple(quotas)
    units = (Eligible(agency_id=name, kind=LISTED.kind) for name in sorted(targets))
    return (Counting(quota=LISTED, eligible=tuple(units)),)


def shortfalls(
    one: Counting,
    quotas: Sequence[Counting],
    have: Collection[str],
    chosen: Collection[str],
) -> tuple[Shortfall, ...]:
    """Return where a quota is not met by *have*, of the *chosen* targets."""
    others = {
        name for other in quotas if other is not one for name in other.drawn
    } - set(one.drawn)
    return unmet(one.quota, _groups(one, chosen), have, others)


def _groups(one: Counting, chosen: Collection[str]) -> dict[str, tuple[str, ...]]:
    if one.by_lot and one.drawn:
        lots = set(one.drawn)
        drawn = tuple(unit for unit in one.eligible if unit.agency_id in lots)
        return strata(one.quota, drawn, chosen)
    return strata(one.quota, one.eligible, chosen)


def _covered(
    one: Counting, quotas: Sequence[Counting], targets: Mapping[str, Progress]
) -> QuotaCoverage:
    groups = _groups(one, targets)
    own = {
        name: targets[name] for g in groups.values() for name in g if name in targets
    }
    done = {name for name, progress in own.items() if progress.covered}
    count = coverage(own.values())
    return QuotaCoverage(
        quota=one.quota,
        eligible=len(one.eligible),
        required=sum(one.quota.needs(len(names)) for names in groups.values()),
        chosen=count.targets,
        ordered=count.scheduled,
        visited=count.visited,
        concluded=count.concluded,
        covered=count.covered,
        missing=tuple(
            shortfall
            for shortfall in shortfalls(one, quotas, done, targets)
            if shortfall.short_by
        ),
    )
