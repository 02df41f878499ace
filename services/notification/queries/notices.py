"""Notices as they are read."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing
from services.notification.policy import READ

LISTINGS = (
    Listing(
        collection="notices",
        table="notices",
        key="notice_id",
        read=READ,
        equals=("recipient", "state", "template", "about"),
    ),
    Listing(
        collection="urgings",
        table="urgings",
        key="notice_id",
        read=READ,
        equals=(
            "agency_id",
            "monitor_agency",
            "case_id",
            "work_item_id",
            "recommendation_id",
        ),
    ),
)


def detail(notice: Aggregate[Any]) -> Detail:
    """Return what is shown of one notice."""
    return Detail(
        collection="notices",
        aggregate=notice,
        table="notices",
        key="notice_id",
        read=READ,
    )
