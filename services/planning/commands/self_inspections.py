"""What may be asked of the duty to inspect oneself (tự kiểm tra)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from services.chassis.commanding import Command
from services.planning.commands.fields import Id, Name

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class RequireSelfInspection(Command):
    """Oblige units to inspect themselves, by two days (giao tự kiểm tra)."""

    agency_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=500)]
    plan_due_on: date
    result_due_on: date
    share_percent: Annotated[int, Field(ge=1, le=100)] | None = None


class IssueOwnPlan(Command):
    """Issue the unit's own plan (kế hoạch tự kiểm tra), online or direct."""

    document_number: Name
    mode: Literal["DIRECT", "ONLINE"]
    divisions: tuple[Name, ...]
    divisions_total: Annotated[int, Field(ge=1)] | None = None
    issued_on: date | None = None


class ReportSelfInspection(Command):
    """Report what the unit found at home (báo cáo kết quả tự kiểm tra)."""

    document_number: Name
    sha256: Sha256
    divisions_inspected: tuple[Name, ...] = ()
    findings: Annotated[int, Field(ge=0)] = 0
    reported_on: date | None = None
