"""Checklists, as they are shown."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Part
from services.inspection.policy import READ

LISTING = Listing(
    collection="checklists", table="checklists", key="checklist_id", read=READ
)


def detail(aggregate: Aggregate[Any]) -> Detail:
    """Return what is shown of one checklist: all its versions stay readable."""
    return Detail(
        collection="checklists",
        aggregate=aggregate,
        table="checklists",
        key="checklist_id",
        read=READ,
        parts={
            "versions": Part(
                table="checklist_versions", by="checklist_id", order=("number",)
            )
        },
    )
