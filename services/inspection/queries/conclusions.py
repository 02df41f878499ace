"""Conclusions, as they are shown."""

from __future__ import annotations

from services.chassis.viewing import Listing
from services.inspection.policy import READ

STATES = {state: f"state = '{state}'" for state in ("due", "overdue", "issued")}
LISTING = Listing(
    collection="conclusions",
    table="conclusions",
    key="inspection_id",
    read=READ,
    equals=("plan_id", "round_id", "agency_id"),
    choices={"state": STATES},
)
