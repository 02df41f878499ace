"""What HTTP may ask of the registry."""

from __future__ import annotations

from services.chassis.http import Verb
from services.planning import handlers, policy
from services.planning.commands import (
    RegisterAgency,
)

VERBS = (
    Verb(
        collection="agencies",
        name="register",
        command=RegisterAgency,
        handler=handlers.register_agency,
        permit=policy.REGISTER_AGENCY,
    ),
)
