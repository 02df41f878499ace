"""What the fields of planning's commands are."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from services.chassis.commanding import Command

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]{1,120}$")]


Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,49}$")]


Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]


Unit = Literal["calendar_days", "working_days"]


Days = Annotated[int, Field(ge=1, le=366)]


class WindowBody(Command):
    """Days from one to another; both ends belong to it."""

    start: date
    end: date
    tentative: bool = False
    granularity: Literal["QUARTER", "MONTH", "DAYS"] = "DAYS"


class PeriodBody(Command):
    """The days whose work is reviewed (thời kỳ kiểm tra)."""

    start: date
    end: date


Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


Mode = Literal["DIRECT", "INDIRECT"]


Scope = Literal["COMPREHENSIVE", "THEMATIC"]


class PlaceBody(Command):
    """Where and at what one looks in a unit (điểm kiểm tra)."""

    inspection_points: tuple[Name, ...] = ()
    focus: Code | None = None
    site_kind: Code | None = None
    priority: Annotated[int, Field(ge=1, le=9)] | None = None
