"""Good practices, as they are shown."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Part
from services.inspection.policy import READ

LISTING = Listing(
    collection="good-practices",
    table="good_practices",
    key="practice_id",
    read=READ,
    equals=("round_id", "state"),
)


def detail(aggregate: Aggregate[Any]) -> Detail:
    """Return what is shown of one good practice."""
    return Detail(
        collection="good-practices",
        aggregate=aggregate,
        table="good_practices",
        key="practice_id",
        read=READ,
        parts={
            "adoptions": Part(
                table="practice_adoptions",
                by="practice_id",
                order=("adopted_on", "agency_id"),
            ),
            "effects": Part(
                table="practice_effects",
                by="practice_id",
                order=("measured_on", "agency_id", "metric"),
            ),
            "pilots": Part(
                table="practice_pilots", by="practice_id", order=("starts_on",)
            ),
        },
    )
