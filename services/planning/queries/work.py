"""Work programmes, their items and what is reported, as they are read."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Part, Row
from services.planning import policy

OPEN = ("open", "overdue")


def shape(programme: Row) -> Row:
    """Return a programme with its items under their groups, and how far each came."""
    items: list[Row] = programme.pop("items", [])
    groups = [
        {
            "number": group["number"],
            "code": group["code"],
            "title": group["title"],
            "items": [item for item in items if item["group_code"] == group["code"]],
        }
        for group in programme.pop("groups", [])
    ]
    counts = {
        "items": len(items),
        "open": sum(item["state"] in OPEN for item in items),
        "overdue": sum(item["state"] == "overdue" for item in items),
        "done": sum(item["state"] == "done" for item in items),
    }
    return {**programme, "counts": counts, "groups": groups}


LISTINGS = (
    Listing(
        collection="work-programmes",
        table="work_programmes",
        key="programme_id",
        read=policy.READ_WORK_PROGRAMMES,
        equals=("issuer", "monitor_agency", "status"),
    ),
    Listing(
        collection="work-items",
        table="work_items",
        key="work_item_id",
        read=policy.READ_WORK_PROGRAMMES,
        equals=("owner", "programme_id"),
        choices={
            "state": {
                "open": "state IN ('open', 'overdue')",
                "overdue": "state = 'overdue'",
                "done": "state = 'done'",
                "carried-over": "state = 'carried-over'",
            }
        },
    ),
)


def details(programme: Aggregate[Any]) -> tuple[Detail, ...]:
    """Return what is shown of one programme."""
    by = "programme_id"
    return (
        Detail(
            collection="work-programmes",
            aggregate=programme,
            table="work_programmes",
            key=by,
            read=policy.READ_WORK_PROGRAMMES,
            parts={
                "groups": Part(table="work_groups", by=by, order=("number",)),
                "items": Part(table="work_items", by=by, order=("item_id",)),
                "plans": Part(table="work_item_plans", by=by, order=("plan_id",)),
                "reports": Part(
                    table="reporting_periods",
                    by=by,
                    order=("obligation_id", "period_id", "agency_id"),
                ),
            },
            shape=shape,
        ),
    )
