"""What may be asked of an issued plan: send it, change it, move it, call it off."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.chassis.commanding import Command
from services.planning.commands.fields import Id, Mode, Name, PlaceBody, WindowBody
from services.planning.commands.plans import QuotaBody


class AdditionBody(PlaceBody):
    """A unit that the amendment puts on the plan."""

    agency_id: Id
    window: WindowBody


class WithdrawalBody(Command):
    """A unit that the amendment takes off, and why."""

    agency_id: Id
    reason: Name


class MoveBody(Command):
    """A unit that is inspected in other days."""

    agency_id: Id
    window: WindowBody


class AmendedQuotaBody(Command):
    """A quota that holds from now on."""

    quota: QuotaBody
    window: WindowBody
    mode: Mode = "DIRECT"


class AmendPlan(Command):
    """Change an issued plan by a document (sửa đổi, bổ sung kế hoạch).

    ``quotas``, if given, take the place of all those before.
    """

    document_number: Name
    reason: Name
    amended_on: date | None = None
    add: tuple[AdditionBody, ...] = ()
    withdraw: tuple[WithdrawalBody, ...] = ()
    reschedule: tuple[MoveBody, ...] = ()
    quotas: tuple[AmendedQuotaBody, ...] | None = None


class RescheduleTarget(Command):
    """Move a unit inside the days that were tentative (dự kiến)."""

    agency_id: Id
    window: WindowBody
    reason: Name


class AddUnplannedTarget(PlaceBody):
    """Inspect a unit other than those that the plan lists."""

    agency_id: Id
    window: WindowBody
    reason: Name
    added_on: date | None = None


class NotifyPlan(Command):
    """Record to whom the plan was sent; without names, to all that it names."""

    notified_on: date | None = None
    recipients: tuple[Id, ...] = ()


class CancelPlan(Command):
    """Call the plan off."""

    document_number: Name
    reason: Name
    cancelled_on: date | None = None


class ShortcomingBody(Command):
    """A shortcoming that the visit to the unit looks at again."""

    item_ref: Id
    agency_id: Id
    text: Name


class ImportShortcomings(Command):
    """Take over what an index or an earlier inspection found wanting."""

    source: Literal["INDEX_766", "PAR_INDEX", "INSPECTION", "PUBLIC_DUTY"]
    period: Name
    items: Annotated[tuple[ShortcomingBody, ...], Field(min_length=1)]
