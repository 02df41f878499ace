"""What may be asked of signals, of proposals made of them, and of orders."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from services.chassis.commanding import Command
from services.planning.commands.fields import Code, Id, Name, WindowBody
from services.planning.domain.ordering import OrderedFor
from services.planning.domain.proposing import Verdict
from services.planning.domain.signals import Nature, Source

Topic = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(max_length=2000)]
Web = Annotated[str, StringConstraints(pattern=r"^https?://[^\s@?#]+$", max_length=500)]


class ReceiveSignal(Command):
    """Take a signal in (tiếp nhận phản ánh, kiến nghị); never who sent it."""

    source: Source
    external_id: Name | None = None
    received_on: date | None = None
    topic: Topic
    agency_id: Id
    procedure_code: Name | None = None
    nature: Nature | None = None
    url: Web | None = None
    outlet: Name | None = None
    restricted_ref: Id | None = None
    severity: Code = "NORMAL"


class ClassifySignal(Command):
    """Say what a signal is about (phân loại)."""

    nature: Nature
    reason: Text = ""
    to_agency: Id | None = None


class ForwardSignal(Command):
    """Hand a signal to the body that deals with it (chuyển xử lý)."""

    to_agency: Id
    forwarded_on: date | None = None


class ReportSignalProgress(Command):
    """Tell the sender how far a signal has come (cập nhật tiến độ)."""

    text: Text


class AnswerSignal(Command):
    """Answer a signal (trả lời phản ánh, kiến nghị)."""

    document_number: Name | None = None


class SetWatchRule(Command):
    """Change how many signals of a unit make a proposal."""

    signals: Annotated[int, Field(ge=1, le=1000)]
    days: Annotated[int, Field(ge=1, le=3660)]
    reason: Text = ""


class ProposeTrigger(Command):
    """Propose an unannounced inspection by hand (đề xuất kiểm tra đột xuất)."""

    signal_ids: Annotated[tuple[Id, ...], Field(min_length=1)]
    reason: Text = ""


class DecideTrigger(Command):
    """Decide about a proposal (quyết định có kiểm tra đột xuất hay không)."""

    decision: Verdict
    reason: Text = ""


class OrderInspection(Command):
    """Order an unannounced inspection (quyết định kiểm tra đột xuất)."""

    plan_id: Id
    agency_id: Id
    window: WindowBody
    team_id: Id
    order_number: Text = ""
    ordered_on: date | None = None
    reason: Text = ""
    ordered_for: OrderedFor = OrderedFor.SIGNALS
    proposal_id: Id | None = None
    content_items: tuple[Code, ...] = ()
