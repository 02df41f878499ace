"""Quotas (chỉ tiêu): how many units of which kinds, and when they are met.

A quota reaches the units that exist when it is set; they are kept with it, so that
anyone can count again. It may be said once for all of them or for each stratum: per
parent ("3 xã/1 huyện"), only per parent that is itself inspected, or per kind. All
counting is in whole numbers: 55 % of 100 is 55, whatever floating point says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from services.planning.domain.agency import Unit
from services.planning.domain.window import Window

COMMUNE = frozenset({"COMMUNE", "XA", "PHUONG", "THI_TRAN", "DAC_KHU"})
MIXED = "MIXED"
WHOLE = 100


class Rule(Enum):
    """How many of the units that a quota reaches are inspected."""

    ALL = "ALL"  # tất cả
    EXACT = "EXACT"  # 5 sở, ngành: neither more nor less
    AT_LEAST = "AT_LEAST"  # ít nhất 8
    EXACT_PER_PARENT = "EXACT_PER_PARENT"  # 3 xã/1 huyện
    AT_LEAST_PER_PARENT = "AT_LEAST_PER_PARENT"  # ít nhất 1 xã của mỗi huyện
    PERCENT_AT_LEAST = "PERCENT_AT_LEAST"  # ít nhất 20 % số đơn vị
    RANDOM_DRAW = "RANDOM_DRAW"  # bốc thăm ngẫu nhiên


RULES = frozenset(rule.value for rule in Rule)
PER_PARENT = frozenset({"EXACT_PER_PARENT", "AT_LEAST_PER_PARENT"})
EXACTLY = frozenset({"EXACT", "EXACT_PER_PARENT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many units of a kind, below which agency, are inspected.

    ``n`` is a number of units, or the percentage of PERCENT_AT_LEAST; where there are
    strata, of each. ``parent`` is an agency, or, where the rule counts per parent, the
    kind of the parents. ``selected`` parents are those that the plan inspects too.
    ``about`` is the plans' "khoảng": it is reported, and never short. A draw commits
    to a seed, of which the plan tells the sha256 first and the words at the draw.
    """

    kind: str
    rule: str
    n: int | None = None
    parent: str | None = None
    kinds: tuple[str, ...] = ()
    stratum: str | None = None
    selected: bool = False
    about: bool = False
    exclusions: tuple[str, ...] = ()
    seed_sha256: str | None = None

    @property
    def reached(self) -> frozenset[str]:
        """Return the kinds of agency it speaks of; "cấp xã" is several."""
        named = self.kinds or (self.kind,)
        return frozenset[str]().union(*(kinds(kind) for kind in named))

    @property
    def per(self) -> str | None:
        """Return what it is said for each of: PARENT, KIND, or nothing."""
        return "PARENT" if self.rule in PER_PARENT else self.stratum

    @property
    def parent_kind(self) -> str | None:
        """Return the kind of the parents, if it says one where the agency stands."""
        named = self.per == "PARENT" and self.parent and self.parent.isupper()
        return self.parent if named else None

    @property
    def below(self) -> str | None:
        """Return the agency below which it looks, if it says one."""
        return None if self.parent_kind else self.parent

    def needs(self, units: int) -> int:
        """Return how many of *units* are to be inspected, rounded up."""
        if self.rule == Rule.ALL.value:
            return units
        n = self.n or 0
        if self.rule == Rule.PERCENT_AT_LEAST.value:
            return -(-units * n // WHOLE)
        return n


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligible:
    """A unit that a quota may choose, with what sorts it into a stratum."""

    agency_id: str
    kind: str
    parent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """Where a quota is not met: in which stratum, how many are there of how many.

    *have* above *need* is too many of them, which only exact rules mind.
    """

    stratum: str
    need: int
    have: int

    @property
    def short_by(self) -> int:
        """Return how many are missing."""
        return max(self.need - self.have, 0)


def kinds(kind: str) -> frozenset[str]:
    """Return the kinds of agency that a quota's kind stands for (cấp xã)."""
    return COMMUNE if kind == "COMMUNE" else frozenset({kind})


def eligible(units: Iterable[Unit], kind: str, window: Window) -> tuple[Unit, ...]:
    """Return the units of *kind* that exist in *window*, in order of their ids."""
    return reached(units, Quota(kind=kind, rule=Rule.ALL.value), window)


def reached(units: Iterable[Unit], quota: Quota, window: Window) -> tuple[Unit, ...]:
    """Return the units a quota may choose, each once, in order of their ids."""
    out, of_kind = set(quota.exclusions), quota.reached
    found = {
        u.agency_id: u
        for u in units
        if u.kind in of_kind and u.active_in(window) and u.agency_id not in out
    }
    return tuple(found[agency_id] for agency_id in sorted(found))


def listed(units: Iterable[Unit]) -> tuple[Eligible, ...]:
    """Return the units as a quota keeps them."""
    return tuple(
        Eligible(agency_id=u.agency_id, kind=u.kind, parent_id=u.parent_id)
        for u in units
    )


def strata(
    quota: Quota, units: Iterable[Eligible], chosen: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Sort units by what the quota counts separately; without strata, into one.

    Of *selected* parents only those count that are *chosen* themselves.
    """
    sorted_: dict[str, list[str]] = {} if quota.per else {"": []}
    for unit in units:
        name = {"PARENT": unit.parent_id or "", "KIND": unit.kind}.get(
            quota.per or "", ""
        )
        if quota.selected and quota.per == "PARENT" and name not in chosen:
            continue
        sorted_.setdefault(name, []).append(unit.agency_id)
    return {name: tuple(sorted(sorted_[name])) for name in sorted(sorted_)}


def draw(quota: Quota, units: Iterable[Eligible], seed: str) -> tuple[str, ...]:
    """Draw *n* units of each stratum: those whose hash with the seed comes first.

    The order is that of sha256(seed + newline + agency id), so that whoever has the
    list and the seed can draw again and must get the same.
    """
    drawn: list[str] = []
    for names in strata(quota, units, ()).values():
        drawn += sorted(names, key=lambda name: (lot(seed, name), name))[: quota.n]
    return tuple(drawn)


def lot(seed: str, agency_id: str) -> str:
    """Return the lot of an agency in the draw of *seed*."""
    return sha256(f"{seed}\n{agency_id}".encode()).hexdigest()


def committed(seed: str) -> str:
    """Return what a plan tells of a seed before the draw."""
    return sha256(seed.encode()).hexdigest()


def unmet(
    quota: Quota,
    groups: Mapping[str, Collection[str]],
    have: Collection[str],
    others: Collection[str] = (),
) -> tuple[Shortfall, ...]:
    """Return the strata in which *have* is not what the quota says.

    *others* are on the plan for another reason (drawn by lot): an exact quota counts
    them as its own, and does not mind that they make it more.
    """
    if quota.about:
        return ()
    found = []
    for name, units in groups.items():
        need, there = quota.needs(len(units)), set(units) & set(have)
        over = quota.rule in EXACTLY and len(there - set(others)) > need
        if len(there) < need or over:
            found.append(Shortfall(stratum=name, need=need, have=len(there)))
    return tuple(found)
