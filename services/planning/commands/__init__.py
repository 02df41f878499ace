"""What may be asked of planning."""

from __future__ import annotations

from services.planning.commands.agencies import (
    IdentifierBody,
    RegisterAgency,
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
    "Code",
    "ConclusionRuleBody",
    "Days",
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
    "ScheduleRound",
    "SeatBody",
    "SelectUnits",
    "Unit",
    "VisitBody",
    "WindowBody",
]
