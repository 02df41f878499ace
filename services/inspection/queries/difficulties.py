"""Difficulties that units named, and what was answered, as they are shown."""

from __future__ import annotations

from services.chassis.viewing import Listing
from services.inspection.policy import READ

STATES = {"open": "answered_on IS NULL", "answered": "answered_on IS NOT NULL"}
LISTING = Listing(
    collection="difficulties",
    table="difficulties",
    key="key",
    read=READ,
    equals=("plan_id", "agency_id", "addressee", "inspection_id"),
    choices={"state": STATES},
)
