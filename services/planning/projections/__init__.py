"""Events to rows, purely; the chassis writes them: the registry, plans, teams."""

from __future__ import annotations

from services.planning.projections import agencies, plans, teams

PROJECTIONS = (agencies.PROJECTION, plans.PROJECTION, teams.PROJECTION)
