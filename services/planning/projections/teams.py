"""Teams' events to rows."""

from __future__ import annotations

from collections.abc import Sequence

from services.chassis.projector import Operation, Projection, Put, Seen, Table
from services.planning import domain

TEAMS = Table(
    name="teams",
    columns={
        "team_id": "text",
        "plan_id": "text",
        "decision_number": "text",
        "decided_on": "date",
        "lead_agency": "text",
        "version": "int",
    },
    key=("team_id",),
    indexes=(("plan_id",),),
)


TEAM_SEATS = Table(
    name="team_seats",
    columns={
        "team_id": "text",
        "ordinal": "int",
        "agency_id": "text",
        "role": "text",
        "person_ref": "text",
        "title": "text",
    },
    key=("team_id", "ordinal"),
)


def team_established(seen: Seen) -> Sequence[Operation]:
    """Show a team and its seats."""
    event: domain.TeamEstablished = seen.event
    seats = (
        {
            "team_id": event.team_id,
            "ordinal": ordinal,
            "agency_id": seat.agency_id,
            "role": seat.role.value,
            "person_ref": seat.person_ref,
            "title": seat.title,
        }
        for ordinal, seat in enumerate(event.seats, start=1)
    )
    names = [name for name in TEAMS.columns if name != "version"]
    row = {name: getattr(event, name) for name in names} | {"version": seen.version}
    return [Put("teams", row), *(Put("team_seats", seat) for seat in seats)]


PROJECTION = Projection(
    name="teams",
    tables=(TEAMS, TEAM_SEATS),
    own={domain.TeamEstablished: team_established},
)
