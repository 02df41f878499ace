"""Events about what becomes of a plan's promises."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Value, Visibility
from contracts.planning.plans import Window


class WindowMissed(Event):
    """The days for a unit went by without an inspection of it."""

    TYPE: ClassVar[str] = "planning.window-missed.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    plan_id: str
    agency_id: str
    name: str
    window: Window
    missed_from: date


class Shortfall(Value):
    """In which stratum (a parent, a kind; "": all) there are how many of how many."""

    stratum: str
    need: int
    have: int


class QuotaShort(Value):
    """A quota that is not met, and where."""

    kind: str
    rule: str
    required: int
    covered: int
    short_by: int
    missing: tuple[Shortfall, ...] = ()


class PlanCoverageShort(Event):
    """Near the year's end units are missing that a quota promised."""

    TYPE: ClassVar[str] = "planning.plan-coverage-short.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    plan_id: str
    checked_on: date
    ordered: int
    covered: int
    short_by: int
    quotas: tuple[QuotaShort, ...]


class PlanCoverageMet(Event):
    """What was short has been made up for."""

    TYPE: ClassVar[str] = "planning.plan-coverage-met.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    plan_id: str
    met_on: date
    ordered: int
    covered: int
