"""Commands to decisions: one function per command, no rule in here."""

from __future__ import annotations

from services.planning.handlers.agencies import (
    appoint_focal_officer,
    appoint_head,
    dissolve_agency,
    register_agency,
    rename_agency,
    succeed_agency,
)
from services.planning.handlers.aggregates import (
    AGENCY,
    PLAN,
    TEAM,
)
from services.planning.handlers.counting import (
    count_conclusion,
    count_visit,
)
from services.planning.handlers.plans import (
    Simulations,
    add_unit,
    draft_plan,
    issue_plan,
    select_units,
)
from services.planning.handlers.rounds import schedule_round
from services.planning.handlers.teams import (
    establish_team,
)

__all__ = [
    "AGENCY",
    "PLAN",
    "TEAM",
    "Simulations",
    "add_unit",
    "appoint_focal_officer",
    "appoint_head",
    "count_conclusion",
    "count_visit",
    "dissolve_agency",
    "draft_plan",
    "establish_team",
    "issue_plan",
    "register_agency",
    "rename_agency",
    "schedule_round",
    "select_units",
    "succeed_agency",
]
