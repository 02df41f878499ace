"""How an inspection ends: its remedies are verified, waived or carried over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Settled = Literal["VERIFIED", "WAIVED", "CARRIED_OVER"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedySettled:
    """Nothing is waited for any more in one of the cases of the inspection."""

    inspection_id: str
    recommendation_id: str
    settled_as: Settled
    settled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyReopened:
    """One of the cases is open again (mở lại)."""

    inspection_id: str
    recommendation_id: str
    reopened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionClosed:
    """All that was asked for is verified, waived or carried over (kết thúc)."""

    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    closed_on: date
    verified: int
    waived: int
    carried_over: int


ClosingEvent = RemedySettled | RemedyReopened | InspectionClosed
