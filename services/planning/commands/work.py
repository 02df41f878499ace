"""What may be asked of a work programme (kế hoạch hoạt động kiểm soát TTHC)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StrictInt, StringConstraints

from services.chassis.commanding import Command
from services.planning.commands.fields import Code, Id, Name

ItemId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,80}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=5000)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Year = Annotated[int, Field(ge=1900, le=2999)]
Rule = Annotated[dict[str, StrictInt | str], Field(max_length=5)]


class GroupBody(Command):
    """A group of work; where it stands in the list is its number."""

    code: Code
    title: Name


class HeadBody(Command):
    """Who answers for an item (người đứng đầu)."""

    agency_id: Id
    title: Name
    person_ref: Id | None = None


class DraftWorkProgramme(Command):
    """Draw up a year's programme, with its groups in their order."""

    title: Name
    year: Year
    issuer: Id
    monitor_agency: Id
    groups: Annotated[tuple[GroupBody, ...], Field(max_length=100)]
    purposes: tuple[Text, ...] = ()
    reminder_working_days_before: Annotated[int, Field(ge=0, le=60)] = 5


class AddWorkItem(Command):
    """Put an item into the draft."""

    item_id: ItemId
    group: Code
    title: Text
    owner_agency: Id
    accountable_head: HeadBody
    product: Text
    due: Rule
    coordinating_agencies: tuple[Id, ...] = ()
    procedure_codes: Annotated[tuple[Name, ...], Field(max_length=500)] = ()
    directive_ref: Name | None = None
    content_code: Code | None = None
    priority: Annotated[int, Field(ge=1, le=9)] | None = None


class AssignWorkItem(AddWorkItem):
    """Assign an item of a programme that is in effect (giao việc)."""


class IssueWorkProgramme(Command):
    """Sign the programme; its number comes from the agency's document system."""

    document_number: Name
    issued_on: date | None = None


class CompleteWorkItem(Command):
    """Record that an item is done: what came of it."""

    item_id: ItemId
    product: Text
    sha256: Sha256 | None = None
    completed_on: date | None = None


class ExtendWorkItem(Command):
    """Give an item more time (gia hạn), counted from its present due day."""

    item_id: ItemId
    reason: Text
    due: Rule


class UrgeWorkItem(Command):
    """Urge the owner of an item (đôn đốc)."""

    item_id: ItemId
    text: Text


class SetReportingDuty(Command):
    """Oblige agencies to report each period (chế độ thông tin báo cáo)."""

    obligation_id: ItemId
    title: Name
    period: Literal["MONTH", "QUARTER", "HALF", "YEAR"]
    cut_off_day: Annotated[int, Field(ge=1, le=31)] = 14
    due: Rule
    obliged_agencies: Annotated[tuple[Id, ...], Field(min_length=1, max_length=500)]
    recipient: Id


class CloneWorkProgramme(Command):
    """Draw up a later year's programme from an earlier one, with what was left."""

    from_programme_id: Id
    year: Year
    title: Name
    repeat: bool = False
    open_due: Rule | None = None
