"""What is true of planning, and what is allowed: agencies, plans, teams.

Pure: standard library only, no clock, no I/O. Time and identity come in as arguments.
"""

from __future__ import annotations

from services.planning.domain.agency import (
    Agency,
    AgencyEvent,
    AgencyRefused,
    AgencyRegistered,
    Identifier,
    Registry,
    Unit,
    register,
)
from services.planning.domain.agency import evolve as evolve_agency
from services.planning.domain.counting import count_conclusion, count_visit
from services.planning.domain.drafting import add_unit, draft, issue, select_units
from services.planning.domain.plan import (
    ConclusionCounted,
    ConclusionRule,
    Plan,
    PlanCompleted,
    PlanDrafted,
    PlanEvent,
    PlanIssued,
    PlanRefused,
    PlanUnknown,
    QuotaSet,
    RemedyPolicy,
    RoundScheduled,
    Status,
    Target,
    UnitAdded,
    VisitCounted,
    VisitOrdered,
)
from services.planning.domain.plan import evolve as evolve_plan
from services.planning.domain.quota import (
    Coverage,
    Progress,
    Quota,
    coverage,
    eligible,
    kinds,
)
from services.planning.domain.scheduling import (
    PlannedVisit,
    WantedRound,
    schedule_round,
)
from services.planning.domain.team import (
    Role,
    Seat,
    Team,
    TeamEstablished,
    TeamEvent,
    TeamRefused,
    establish,
)
from services.planning.domain.team import evolve as evolve_team
from services.planning.domain.window import Window

__all__ = [
    "Agency",
    "AgencyEvent",
    "AgencyRefused",
    "AgencyRegistered",
    "ConclusionCounted",
    "ConclusionRule",
    "Coverage",
    "Identifier",
    "Plan",
    "PlanCompleted",
    "PlanDrafted",
    "PlanEvent",
    "PlanIssued",
    "PlanRefused",
    "PlanUnknown",
    "PlannedVisit",
    "Progress",
    "Quota",
    "QuotaSet",
    "Registry",
    "RemedyPolicy",
    "Role",
    "RoundScheduled",
    "Seat",
    "Status",
    "Target",
    "Team",
    "TeamEstablished",
    "TeamEvent",
    "TeamRefused",
    "Unit",
    "UnitAdded",
    "VisitCounted",
    "VisitOrdered",
    "WantedRound",
    "Window",
    "add_unit",
    "count_conclusion",
    "count_visit",
    "coverage",
    "draft",
    "eligible",
    "establish",
    "evolve_agency",
    "evolve_plan",
    "evolve_team",
    "issue",
    "kinds",
    "register",
    "schedule_round",
    "select_units",
]
