"""What earlier years leave to a plan: shortcomings to look at again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortcomingImported:
    """A shortcoming found elsewhere is looked at again (chỉ số, đợt kiểm tra trước).

    Of the Index 766, the PAR INDEX, an inspection not in this system, public duty.
    """

    plan_id: str
    item_ref: str
    agency_id: str
    text: str
    source: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCarriedIn:
    """A case that an earlier plan left open is looked at again (chuyển tiếp)."""

    plan_id: str
    item_ref: str
    agency_id: str
    text: str
    from_plan_id: str
    year: int
    source: str = "INSPECTION"


CarryingEvent = ShortcomingImported | ItemCarriedIn
