"""What becomes of a plan's promises: windows missed, quotas short or met, the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.planning.domain.quota import Shortfall
from services.planning.domain.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowMissed:
    """The days for a unit went by without it (trễ so với dự kiến)."""

    plan_id: str
    agency_id: str
    name: str
    window: Window
    missed_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaShort:
    """A quota that is not met, and where."""

    kind: str
    rule: str
    required: int
    covered: int
    short_by: int
    missing: tuple[Shortfall, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCoverageShort:
    """Near the year's end units are missing that a quota promised (thiếu chỉ tiêu)."""

    plan_id: str
    checked_on: date
    ordered: int
    covered: int
    short_by: int
    quotas: tuple[QuotaShort, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCoverageMet:
    """What was short has been made up for (đạt chỉ tiêu)."""

    plan_id: str
    met_on: date
    ordered: int
    covered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCompleted:
    """Every target was inspected and every quota is met (hoàn thành kế hoạch)."""

    plan_id: str
    completed_on: date
    ordered: int
    visited: int
    concluded: int


CoverageEvent = WindowMissed | PlanCoverageShort | PlanCoverageMet | PlanCompleted
