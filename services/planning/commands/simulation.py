"""With what a plan is played through before anybody signs it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from services.chassis.commanding import Command
from services.planning.commands.fields import Id

Few = Annotated[int, Field(ge=1, le=50)]


class MemberBody(Command):
    """Someone who would be in the team, and in which group (Tổ)."""

    person_ref: Id
    agency_id: Id
    group: Annotated[str, Field(max_length=60)] = ""


class SimulatePlan(Command):
    """Play a plan through: it changes nothing, the same gives the same."""

    visits_per_day: Few = 2
    members: tuple[MemberBody, ...] = ()
    leave: tuple[Id, ...] = ()
    min_members: Few = 2
    unvisited_years: Few = 3
    today: date | None = None
