"""What may be asked of planning."""

from __future__ import annotations

from services.planning.commands.agencies import (
    AppointFocalOfficer,
    AppointHead,
    DissolveAgency,
    IdentifierBody,
    RegisterAgency,
    RenameAgency,
    SiteBody,
    SucceedAgency,
    SuccessorBody,
)
from services.planning.commands.fields import (
    Code,
    Days,
    Id,
    Name,
    PeriodBody,
    Unit,
    WindowBody,
)
from services.planning.commands.plans import (
    AddUnit,
    ConclusionRuleBody,
    DraftPlan,
    IssuePlan,
    QuotaBody,
    RemedyPolicyBody,
    ScheduleRound,
    SelectUnits,
    VisitBody,
)
from services.planning.commands.teams import (
    EstablishTeam,
    SeatBody,
)

__all__ = [
    "AddUnit",
    "AppointFocalOfficer",
    "AppointHead",
    "Code",
    "ConclusionRuleBody",
    "Days",
    "DissolveAgency",
    "DraftPlan",
    "EstablishTeam",
    "Id",
    "IdentifierBody",
    "IssuePlan",
    "Name",
    "PeriodBody",
    "QuotaBody",
    "RegisterAgency",
    "RemedyPolicyBody",
    "RenameAgency",
    "ScheduleRound",
    "SeatBody",
    "SelectUnits",
    "SiteBody",
    "SucceedAgency",
    "SuccessorBody",
    "Unit",
    "VisitBody",
    "WindowBody",
]
