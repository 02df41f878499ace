"""What HTTP may ask of planning: tables of verbs, and what a no becomes."""

from __future__ import annotations

from services.chassis.calendar import Calendar
from services.chassis.http import Verb
from services.planning import domain, handlers
from services.planning.api import (
    agencies,
    burdens,
    documents,
    plans,
    teams,
    triggers,
    work,
)


def verbs(
    registry: domain.Registry,
    calendar: Calendar,
    simulations: handlers.Simulations,
) -> tuple[Verb, ...]:
    """Return all verbs; a quota finds its units in *registry*."""
    return (
        *agencies.VERBS,
        *plans.verbs(registry, calendar, simulations),
        *documents.VERBS,
        *teams.VERBS,
        *burdens.VERBS,
        *triggers.verbs(calendar),
        *work.verbs(calendar),
    )


REFUSALS: dict[type[Exception], int] = {
    domain.PlanUnknown: 404,
    domain.AgencyRefused: 409,
    domain.PlanRefused: 409,
    domain.TeamUnknown: 404,
    domain.TeamRefused: 409,
    **burdens.REFUSALS,
    **documents.REFUSALS,
    **triggers.REFUSALS,
    **work.REFUSALS,
}
