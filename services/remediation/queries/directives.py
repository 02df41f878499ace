"""What is asked of many and of higher levels, and who followed, as it is read."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Part
from services.remediation.policy import READ

# the name of the filter -> what it may be, and which rows that are
UNDECIDED = {"state": {"undecided": "undecided > 0"}}
LISTINGS = (
    Listing(
        collection="replications",
        table="replications",
        key="directive_id",
        read=READ,
        equals=("plan_id", "round_id", "practice_id"),
        choices=UNDECIDED,
    ),
    Listing(
        collection="duties",
        table="duties",
        key="duty_id",
        read=READ,
        equals=("plan_id", "round_id"),
        choices=UNDECIDED,
    ),
    Listing(
        collection="open-recommendations",
        table="open_recommendations",
        key="recommendation_id",
        read=READ,
        equals=("plan_id", "round_id", "inspection_id"),
        choices=UNDECIDED,
    ),
    Listing(
        collection="upward",
        table="upward",
        key="recommendation_id",
        read=READ,
        equals=("plan_id", "inspection_id", "addressee", "agency_id"),
        choices={
            "state": {
                "open": "state = 'open'",
                "overdue": "state = 'open' AND overdue",
                "answered": "state = 'answered'",
                "undecided": "undecided",
            }
        },
    ),
)


def details(directive: Aggregate[Any], upward: Aggregate[Any]) -> tuple[Detail, ...]:
    """Return what is shown one at a time."""
    return (
        Detail(
            collection="replications",
            aggregate=directive,
            table="replications",
            key="directive_id",
            read=READ,
            parts={
                "adopters": Part(
                    table="replication_adopters",
                    by="directive_id",
                    order=("adopted_on", "agency_id"),
                ),
                "measures": Part(
                    table="replication_measures", by="directive_id", order=("version",)
                ),
            },
        ),
        Detail(
            collection="upward",
            aggregate=upward,
            table="upward",
            key="recommendation_id",
            read=READ,
        ),
    )
