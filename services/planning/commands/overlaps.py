"""What may be asked of officers, of overlaps, and of how much a unit bears."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from services.chassis.commanding import Command
from services.planning.commands.fields import Days, Id, Name, PeriodBody
from services.planning.domain import TieKind

Times = Annotated[int, Field(ge=1, le=366)]


class DeclareTie(Command):
    """Declare what binds an officer to a unit (khai báo xung đột lợi ích)."""

    person_ref: Id
    member_of: Id
    agency_id: Id
    kind: TieKind
    since: date | None = None
    until: date | None = None


class SetLoadPolicy(Command):
    """Say how much inspection a unit, and those right below it, bear."""

    max_visit_days: Times | None = None
    max_visits_per_year: Times | None = None
    min_gap_days: Days | None = None
    blackout: tuple[PeriodBody, ...] = ()
    binding: bool = True


class MergeOverlap(Command):
    """Let the visit of one plan stand for the others (lồng ghép)."""

    lead_plan_id: Id
    lead_agency: Id


class WaiveOverlap(Command):
    """Let an overlap stand, with a reason."""

    reason: Name
