"""Quotas (chỉ tiêu): which units they reach, and how far a plan has come.

Of the rules that plans use, ``ALL`` selects by itself; the others say how many of
several units are to be chosen, which nobody may guess, so they are refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.planning.domain.agency import Unit
from services.planning.domain.window import Window

RULES = ("ALL",)
COMMUNE = frozenset({"COMMUNE", "XA", "PHUONG", "THI_TRAN", "DAC_KHU"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many units of a kind, below which agency, are inspected."""

    kind: str
    rule: str
    n: int | None = None
    parent: str | None = None


def kinds(kind: str) -> frozenset[str]:
    """Return the kinds of agency that a quota's kind stands for (cấp xã)."""
    return COMMUNE if kind == "COMMUNE" else frozenset({kind})


def eligible(units: Iterable[Unit], kind: str, window: Window) -> tuple[Unit, ...]:
    """Return the units of *kind* that exist in *window*, in order of their ids."""
    of_kind = kinds(kind)
    found = [u for u in units if u.kind in of_kind and u.active_in(window)]
    return tuple(sorted(found, key=lambda unit: unit.agency_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the inspection of one target has come."""

    planned_on: date | None = None
    visited_on: date | None = None
    concluded_on: date | None = None

    @property
    def covered(self) -> bool:
        """Say whether it counts: visited or concluded, never only scheduled."""
        return self.visited_on is not None or self.concluded_on is not None

    @property
    def finished(self) -> bool:
        """Say whether nothing more is awaited of it."""
        return self.visited_on is not None and self.concluded_on is not None


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
        scheduled=sum(t.planned_on is not None for t in all_),
        visited=sum(t.visited_on is not None for t in all_),
        concluded=sum(t.concluded_on is not None for t in all_),
        covered=sum(t.covered for t in all_),
    )
