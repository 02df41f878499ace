"""Teams as they are read."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Part
from services.planning import policy

LISTINGS = (
    Listing(
        collection="teams",
        table="teams",
        key="team_id",
        read=policy.READ_TEAMS,
        equals=("plan_id", "lead_agency", "state"),
    ),
)


def detail(team: Aggregate[Any]) -> Detail:
    """Return what is shown of one team."""
    return Detail(
        collection="teams",
        aggregate=team,
        table="teams",
        key="team_id",
        read=policy.READ_TEAMS,
        parts={
            "seats": Part(table="team_seats", by="team_id", order=("ordinal",)),
            "recusals": Part(
                table="team_recusals",
                by="team_id",
                order=("target_id", "agency_id", "person"),
            ),
        },
    )
