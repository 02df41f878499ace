"""What happens to what one unit bears: claims laid, days taken, freed, merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.planning.domain.overlap import Found
from services.planning.domain.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadLimits:
    """How much inspection a unit bears; one not ``binding`` is told, not enforced."""

    max_visit_days: int | None = None
    max_visits_per_year: int | None = None
    min_gap_days: int = 0
    blackout: tuple[Window, ...] = ()
    binding: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a plan wants of the unit: when, what, and in which yearly cycle."""

    plan_id: str
    window: Window
    year: int
    programmes: tuple[str, ...]
    content_items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A day on which the unit is visited."""

    inspection_id: str
    plan_id: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadLimitsSet:
    """It was said how much inspection the unit, and those below it, bear."""

    agency_id: str
    limits: LoadLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitClaimed:
    """A plan, be it a draft, wants to inspect the unit.

    ``merged_into`` is the plan whose visit stands for this one's, if one does.
    """

    agency_id: str
    claim: Claim
    found: tuple[Found, ...] = ()
    merged_into: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitBooked:
    """A day of the unit was taken for a visit."""

    agency_id: str
    claim: Claim
    booking: Booking
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDayFreed:
    """A day that was taken is free again: the visit was called off."""

    agency_id: str
    inspection_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReleased:
    """A plan wants nothing of the unit any more; its overlaps are gone.

    ``inspection_ids`` are the visits that will not be made; those made stay counted.
    """

    agency_id: str
    plan_id: str
    inspection_ids: tuple[str, ...] = ()
    overlap_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsMerged:
    """The visit of one plan stands for that of the others (lồng ghép)."""

    agency_id: str
    overlap_id: str
    lead_plan_id: str
    merged: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDayCounted:
    """The unit had a visit that no plan had booked: it came unannounced."""

    agency_id: str
    booking: Booking


BurdenEvent = (
    LoadLimitsSet
    | UnitClaimed
    | VisitBooked
    | VisitDayFreed
    | ClaimReleased
    | ClaimsMerged
    | VisitDayCounted
)
