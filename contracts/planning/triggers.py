"""What planning tells of signals and unannounced inspections: never outside."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Value, Visibility
from contracts.planning.plans import ConclusionRule, RemedyPolicy, Window


class SignalReceived(Event):
    """A signal about a unit came in; who sent it is known to nobody here."""

    TYPE: ClassVar[str] = "planning.signal-received.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    signal_id: str
    source: str
    external_id: str | None = None
    received_on: date
    topic: str
    agency_id: str
    procedure_code: str | None = None
    severity: str = "NORMAL"


class SignalTransferOverdue(Event):
    """A signal was not handed on in five working days (NĐ 20/2008, Đ. 9)."""

    TYPE: ClassVar[str] = "planning.signal-transfer-overdue.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    signal_id: str
    agency_id: str
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str


class SignalAnswerOverdue(Event):
    """A signal was not answered in twenty days (TT 02/2017/TT-VPCP)."""

    TYPE: ClassVar[str] = "planning.signal-answer-overdue.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    signal_id: str
    agency_id: str
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str


class TriggerProposed(Event):
    """An unannounced inspection was proposed, by a cluster of signals or by hand."""

    TYPE: ClassVar[str] = "planning.trigger-proposed.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    proposal_id: str
    agency_id: str
    how: str
    signal_ids: tuple[str, ...]
    proposed_on: date


class TriggerAssessed(Event):
    """A person decided about a proposal, with a reason."""

    TYPE: ClassVar[str] = "planning.trigger-assessed.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    proposal_id: str
    agency_id: str
    signal_ids: tuple[str, ...]
    decision: str
    reason: str
    decided_by: str
    decided_on: date


class Trigger(Value):
    """What led to an order: signals by a proposal, or a need that its reason tells."""

    ordered_for: str
    proposal_id: str | None = None
    signal_ids: tuple[str, ...] = ()


class UnannouncedInspectionOrdered(Event):
    """An inspection was ordered that nobody is told of before the team arrives."""

    TYPE: ClassVar[str] = "planning.unannounced-inspection-ordered.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    agency_name: str
    window: Window
    programmes: tuple[str, ...]
    content_items: tuple[str, ...]
    team_id: str
    team_agencies: tuple[str, ...]
    lead_agency: str
    order_number: str
    ordered_on: date
    reason: str
    decided_by: str
    trigger: Trigger
    conclusion_rule: ConclusionRule = ConclusionRule()
    remedy_policy: RemedyPolicy = RemedyPolicy()
