"""Rows to views; the only SELECTs of planning, and the registry as plans ask it."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail
from services.planning.queries import (
    agencies,
    burdens,
    lineage,
    plans,
    teams,
    triggers,
)
from services.planning.queries.agencies import RegistryView
from services.planning.queries.documents import document_detail
from services.planning.queries.burdens import detail as overlap_detail
from services.planning.queries.triggers import trigger_details

__all__ = ["LISTINGS", "VIEWS", "RegistryView", "details", "overlap_detail", "trigger_details"]

LISTINGS = (
    *agencies.LISTINGS,
    *plans.LISTINGS,
    *teams.LISTINGS,
    *burdens.LISTINGS,
    *triggers.LISTINGS,
)
VIEWS = (
    *lineage.VIEWS,
    *plans.VIEWS,
    *burdens.VIEWS,
)


def details(
    agency: Aggregate[Any], plan: Aggregate[Any], team: Aggregate[Any]
) -> tuple[Detail, ...]:
    """Return what is shown of one agency, one plan, one team."""
    return agencies.detail(agency), plans.detail(plan), teams.detail(team)
