"""What may be asked of rounds."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.commanding import Command
from services.inspection import domain
from services.inspection.commands.fields import Heard, Id, Text


class PlanRound(Heard):
    """Take up the round that planning scheduled."""

    plan_id: str
    window: domain.Window
    team_id: str
    inspection_ids: tuple[str, ...]
    restricted: bool = False
    readers: tuple[str, ...] = ()


class DiscloseRound(Command):
    """Let everybody know of the round of an unannounced inspection."""

    inspection_id: str


class EnrolInspection(Command):
    """Remember which unit an inspection of the round is for."""

    inspection_id: str
    agency_id: str


class CountVisit(Command):
    """Count a completed visit of the round."""

    inspection_id: str
    visited_on: date


class CountReport(Command):
    """Count a unit's report that stands for a visit."""

    inspection_id: str
    received_on: date


class DropInspection(Command):
    """Wait no more for an inspection: called off, or put off to *planned_on*."""

    inspection_id: str
    planned_on: date | None = None


class EndRound(Command):
    """End the round (kết thúc đợt kiểm tra)."""

    ended_on: date | None = None


class RequestMade(Command):
    """What is asked of all units, without a date (đề nghị chung)."""

    request_id: Id
    kind: domain.RequestKind
    text: Text
    practice_id: Id | None = None
    verifiable: bool = False

    def value(self) -> domain.RoundRequest:
        """Return it as the domain knows it."""
        return domain.RoundRequest(
            request_id=self.request_id,
            kind=self.kind,
            text=self.text,
            practice_id=self.practice_id,
            verifiable=self.verifiable,
        )


class IssueRoundRequests(Command):
    """Issue the general requests of a round."""

    requests: tuple[RequestMade, ...] = Field(min_length=1, max_length=200)
