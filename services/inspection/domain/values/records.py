"""What is recorded at the unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.inspection.domain.values.evidence import Evidence

Rating = Literal["GOOD", "FAIR", "AVERAGE", "WEAK"]
CarriedOverResult = Literal["RESOLVED", "PARTLY", "NOT"]
TaskSource = Literal["ASSIGNED", "OWN_PLAN"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How one content item stands (đánh giá); ``strength`` marks what is done well.

    ``progress``, ``effectiveness`` and ``quality`` say more where they are asked
    (tiến độ, hiệu quả, chất lượng); ``task_source`` and ``directive_ref`` whose task
    it was, and by which document.
    """

    item: str
    rating: Rating
    remark: str | None = None
    strength: bool = False
    evidence: tuple[Evidence, ...] = ()
    progress: Rating | None = None
    effectiveness: Rating | None = None
    quality: Rating | None = None
    task_source: TaskSource | None = None
    directive_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A figure of the unit, the day it holds for and the system it was read from."""

    code: str
    numerator: int
    denominator: int | None = None
    as_of: date
    source_system: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOver:
    """How an open item of an earlier inspection stands now (khắc phục lần trước)."""

    item_ref: str
    result: CarriedOverResult
    remark: str | None = None
