"""Events to rows, purely; the chassis writes them: the registry, plans, teams."""

from __future__ import annotations

from services.planning.projections import (
    agencies,
    burdens,
    documents,
    plans,
    self_inspections,
    teams,
    triggers,
    work,
)

PROJECTIONS = (
    agencies.PROJECTION,
    plans.PROJECTION,
    documents.PROJECTION,
    teams.PROJECTION,
    burdens.PROJECTION,
    triggers.PROJECTION,
    self_inspections.PROJECTION,
    work.PROJECTION,
)
