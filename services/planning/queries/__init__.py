"""Rows to views; the only SELECTs of planning, and the registry as plans ask it."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail
from services.planning.queries import (
    agencies,
    burdens,
    documents,
    lineage,
    plans,
    simulation,
    teams,
    triggers,
    work,
)
from services.planning.queries.agencies import RegistryView
from services.planning.queries.burdens import detail as overlap_detail
from services.planning.queries.documents import document_detail
from services.planning.queries.plans import TargetsView
from services.planning.queries.simulation import SimulationView
from services.planning.queries.triggers import OrdersView, trigger_details
from services.planning.queries.work import details as work_details

__all__ = [
    "LISTINGS",
    "VIEWS",
    "OrdersView",
    "RegistryView",
    "SimulationView",
    "TargetsView",
    "details",
    "document_detail",
    "overlap_detail",
    "trigger_details",
    "work_details",
]

LISTINGS = (
    *agencies.LISTINGS,
    *plans.LISTINGS,
    *teams.LISTINGS,
    *documents.LISTINGS,
    *burdens.LISTINGS,
    *triggers.LISTINGS,
    *work.LISTINGS,
)
VIEWS = (
    *lineage.VIEWS,
    *plans.VIEWS,
    *simulation.VIEWS,
    *burdens.VIEWS,
)


def details(
    agency: Aggregate[Any], plan: Aggregate[Any], team: Aggregate[Any]
) -> tuple[Detail, ...]:
    """Return what is shown of one agency, one plan, one team."""
    return agencies.detail(agency), plans.detail(plan), teams.detail(team)
