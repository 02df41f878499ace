"""Rounds, as they are shown."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Part
from services.inspection.policy import READ

LISTING = Listing(
    collection="rounds",
    table="rounds",
    key="round_id",
    read=READ,
    equals=("plan_id", "team_id"),
    restricted=True,
)


def detail(aggregate: Aggregate[Any]) -> Detail:
    """Return what is shown of one round."""
    return Detail(
        collection="rounds",
        aggregate=aggregate,
        table="rounds",
        key="round_id",
        read=READ,
        parts={
            "units": Part(table="round_units", by="round_id", order=("inspection_id",)),
            "requests": Part(
                table="round_requests", by="round_id", order=("request_id",)
            ),
        },
        restricted=True,
    )
