"""What may be asked about how an inspection ends; only other services ask it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from services.chassis.commanding import Command


class SettleRemedy(Command):
    """Note that a case of the inspection is waited for no more."""

    recommendation_id: str
    settled_as: Literal["VERIFIED", "WAIVED", "CARRIED_OVER"]
    settled_on: date


class ReopenRemedy(Command):
    """Note that a case of the inspection is open again."""

    recommendation_id: str
    reopened_on: date


class CloseWithoutRemedies(Command):
    """Close an inspection that asks for nothing that could be waited for."""

    concluded_on: date
