"""Signals, proposals, orders and self-inspections as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Part, Rows
from services.planning import policy

ABOUT = """
SELECT inspection_id FROM orders
WHERE agency_id = $1 AND state <> 'called-off' ORDER BY inspection_id
"""
OF_TEAM = """
SELECT inspection_id FROM orders
WHERE team_id = $1 AND state <> 'called-off' ORDER BY inspection_id
"""


@dataclass(frozen=True, slots=True)
class OrdersView:
    """Which orders there are, read by the service itself and told to nobody."""

    rows: Rows

    async def about(self, agency_id: str, *, seen: int) -> Sequence[str]:
        """Return the inspections ordered at a unit that were not called off."""
        return await self._found(ABOUT, agency_id, seen)

    async def of_team(self, team_id: str, *, seen: int) -> Sequence[str]:
        """Return the inspections that a team was ordered to make."""
        return await self._found(OF_TEAM, team_id, seen)

    async def _found(self, which: str, key: str, seen: int) -> Sequence[str]:
        await self.rows.caught_up(seen)
        return [row["inspection_id"] for row in await self.rows.fetch(which, key)]


LISTINGS = (
    Listing(
        collection="signals",
        table="signals",
        key="signal_id",
        read=policy.READ_SIGNALS,
        equals=("agency_id", "source", "nature", "state", "severity", "followed_by"),
        restricted=True,
    ),
    Listing(
        collection="proposals",
        table="proposals",
        key="proposal_id",
        read=policy.READ_SIGNALS,
        equals=("agency_id", "state", "decision", "how"),
        restricted=True,
    ),
    Listing(
        collection="orders",
        table="orders",
        key="inspection_id",
        read=policy.READ_ORDERS,
        equals=("agency_id", "plan_id", "state", "ordered_for"),
        restricted=True,
    ),
    Listing(
        collection="self-inspections",
        table="self_inspections",
        key="self_inspection_id",
        read=policy.READ_SELF_INSPECTIONS,
        equals=("plan_id", "agency_id"),
        choices={
            "state": {
                "open": "reported_on IS NULL",
                "overdue": "reported_on IS NULL AND (plan_overdue OR result_overdue)",
                "met": "reported_on IS NOT NULL AND NOT plan_late AND NOT result_late",
                "late": "reported_on IS NOT NULL AND (plan_late OR result_late)",
                "missed": "reported_on IS NULL AND result_overdue",
            }
        },
    ),
)


def trigger_details(
    signal: Aggregate[Any],
    proposal: Aggregate[Any],
    order: Aggregate[Any],
    self_inspection: Aggregate[Any],
) -> tuple[Detail, ...]:
    """Return what is shown of one signal, proposal, order, duty."""
    return (
        Detail(
            collection="signals",
            aggregate=signal,
            table="signals",
            key="signal_id",
            read=policy.READ_SIGNALS,
            restricted=True,
        ),
        Detail(
            collection="proposals",
            aggregate=proposal,
            table="proposals",
            key="proposal_id",
            read=policy.READ_SIGNALS,
            restricted=True,
        ),
        Detail(
            collection="orders",
            aggregate=order,
            table="orders",
            key="inspection_id",
            read=policy.READ_ORDERS,
            restricted=True,
            parts={
                "conflicts": Part(
                    table="order_conflicts",
                    by="inspection_id",
                    order=("detected_on", "officer_id", "tie"),
                )
            },
        ),
        Detail(
            collection="self-inspections",
            aggregate=self_inspection,
            table="self_inspections",
            key="self_inspection_id",
            read=policy.READ_SELF_INSPECTIONS,
        ),
    )
