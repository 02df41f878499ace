"""Signals, proposals, orders and self-inspections as they are read."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing
from services.planning import policy

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
        ),
        Detail(
            collection="self-inspections",
            aggregate=self_inspection,
            table="self_inspections",
            key="self_inspection_id",
            read=policy.READ_SELF_INSPECTIONS,
        ),
    )
