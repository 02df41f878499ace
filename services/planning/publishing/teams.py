"""What teams say to the world."""

from __future__ import annotations

from collections.abc import Sequence

import contracts.planning as published
from contracts.event import Event
from services.planning import domain


def publish(event: domain.TeamEvent) -> Sequence[Event]:
    """Translate an event of a team."""
    match event:
        case domain.TeamEstablished():
            return [_team(event)]


def _team(event: domain.TeamEstablished) -> published.TeamEstablished:
    return published.TeamEstablished(
        team_id=event.team_id,
        plan_id=event.plan_id,
        decision_number=event.decision_number,
        decided_on=event.decided_on,
        lead_agency=event.lead_agency,
        seats=tuple(
            published.Seat(
                agency_id=seat.agency_id,
                role=seat.role.value,
                person_ref=seat.person_ref,
                title=seat.title,
            )
            for seat in event.seats
        ),
    )
