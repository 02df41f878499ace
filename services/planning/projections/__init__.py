"""Events to rows, purely; the chassis writes them: the registry, plans, teams."""

from __future__ import annotations

from services.planning.projections import (
    agencies,
    plans,
    self_inspections,
    teams,
    triggers,
)

PROJECTIONS = (
    agencies.PROJECTION,
    plans.PROJECTION,
    teams.PROJECTION,
    triggers.PROJECTION,
    self_inspections.PROJECTION,
)
