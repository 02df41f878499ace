"""The kinds of stream that planning keeps."""

from __future__ import annotations

from services.chassis.deciding import Aggregate
from services.planning import domain

AGENCY = Aggregate(
    category="agency",
    initial=domain.Agency,
    evolve=domain.evolve_agency,
    events=(domain.AgencyRegistered,),
)


PLAN = Aggregate(
    category="plan",
    initial=domain.Plan,
    evolve=domain.evolve_plan,
    events=(
        domain.PlanDrafted,
        domain.QuotaSet,
        domain.UnitAdded,
        domain.PlanIssued,
        domain.RoundScheduled,
        domain.VisitOrdered,
        domain.VisitCounted,
        domain.ConclusionCounted,
        domain.PlanCompleted,
    ),
)


TEAM = Aggregate(
    category="team",
    initial=domain.Team,
    evolve=domain.evolve_team,
    events=(domain.TeamEstablished,),
    ordered_by=lambda established: established.plan_id,
)
