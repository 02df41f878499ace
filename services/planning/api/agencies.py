"""What HTTP may ask of the registry."""

from __future__ import annotations

from services.chassis.http import Verb
from services.planning import handlers, policy
from services.planning.commands import (
    AppointFocalOfficer,
    AppointHead,
    DissolveAgency,
    RegisterAgency,
    RenameAgency,
    SucceedAgency,
)

VERBS = (
    Verb(
        collection="agencies",
        name="register",
        command=RegisterAgency,
        handler=handlers.register_agency,
        permit=policy.REGISTER_AGENCY,
    ),
    Verb(
        collection="agencies",
        name="rename",
        command=RenameAgency,
        handler=handlers.rename_agency,
        permit=policy.RENAME_AGENCY,
    ),
    Verb(
        collection="agencies",
        name="appoint-head",
        command=AppointHead,
        handler=handlers.appoint_head,
        permit=policy.APPOINT_HEAD,
    ),
    Verb(
        collection="agencies",
        name="appoint-focal-officer",
        command=AppointFocalOfficer,
        handler=handlers.appoint_focal_officer,
        permit=policy.APPOINT_FOCAL_OFFICER,
    ),
    Verb(
        collection="agencies",
        name="succeed",
        command=SucceedAgency,
        handler=handlers.succeed_agency,
        permit=policy.SUCCEED_AGENCY,
    ),
    Verb(
        collection="agencies",
        name="dissolve",
        command=DissolveAgency,
        handler=handlers.dissolve_agency,
        permit=policy.DISSOLVE_AGENCY,
    ),
)
