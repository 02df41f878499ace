"""Rows to views; the only SELECTs of inspection."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail
from services.inspection.queries import (
    checklists,
    conclusions,
    contents,
    difficulties,
    findings,
    inspections,
    practices,
    rounds,
)
from services.inspection.queries.lineage import LineageView

__all__ = ["LISTINGS", "VIEWS", "LineageView", "details"]

LISTINGS = (
    rounds.LISTING,
    inspections.LISTING,
    findings.LISTING,
    practices.LISTING,
    conclusions.LISTING,
    checklists.LISTING,
    difficulties.LISTING,
)
VIEWS = (*inspections.VIEWS, *findings.VIEWS, *contents.VIEWS)


def details(
    inspection: Aggregate[Any],
    round_: Aggregate[Any],
    practice: Aggregate[Any],
    checklist: Aggregate[Any],
) -> tuple[Detail, ...]:
    """Return what is shown of one round, inspection, good practice, checklist."""
    return (
        rounds.detail(round_),
        inspections.detail(inspection),
        practices.detail(practice),
        checklists.detail(checklist),
    )
