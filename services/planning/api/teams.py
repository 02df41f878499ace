"""What HTTP may ask of teams."""

from __future__ import annotations

from services.chassis.http import Verb
from services.planning import handlers, policy
from services.planning.commands import (
    EstablishTeam,
)

VERBS = (
    Verb(
        collection="teams",
        name="establish",
        command=EstablishTeam,
        handler=handlers.establish_team,
        permit=policy.ESTABLISH_TEAM,
    ),
)
