"""What a conclusion asks of a higher level (kiến nghị cấp trên): it is answered.

It has a date only where the conclusion names one: by law or by the addressee's own
promise. Then it can be overdue; an answer takes that back, however late it comes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from services.remediation.domain.deadlines import (
    HANOI,
    CaseUnknown,
    DueRule,
    Policy,
    RemediationRefused,
    WorkingDays,
    settle,
)
from services.remediation.domain.events import Candidate, UnitEnded


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDue:
    """By when an answer is asked for; the calendar counted it once."""

    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str

    @property
    def moment(self) -> datetime:
        """Return when it is overdue: as that day begins in Hà Nội (BLDS 2015)."""
        return datetime.combine(self.overdue_from, time.min, tzinfo=HANOI)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpwardRecommendationIssued:
    """A higher level is asked to change or settle something (kiến nghị sửa đổi)."""

    recommendation_id: str
    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    addressee: str
    text: str
    issued_on: date
    due_rule: DueRule | None = None
    due: AnswerDue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpwardRecommendationOverdue:
    """The day passed on which the higher level was to have answered."""

    recommendation_id: str
    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    addressee: str
    text: str
    due: AnswerDue


@dataclass(frozen=True, slots=True, kw_only=True)
class UpwardRecommendationAnswered:
    """The higher level answered (trả lời kiến nghị)."""

    recommendation_id: str
    inspection_id: str
    agency_id: str
    addressee: str
    text: str
    answered_on: date
    document_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpwardHandedOver:
    """Another agency answers in the place of one that ended (bàn giao)."""

    recommendation_id: str
    inspection_id: str
    from_agency: str
    from_name: str
    to_agency: str
    to_name: str
    relation: str | None
    handed_over_on: date
    legal_ref: str
    decided_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpwardHandoverRequired:
    """Who was asked was divided or dissolved: somebody decides who answers."""

    recommendation_id: str
    inspection_id: str
    ended_agency: str
    ended_name: str
    candidates: tuple[Candidate, ...]
    required_on: date
    legal_ref: str


UpwardEvent = (
    UpwardRecommendationIssued
    | UpwardHandedOver
    | UpwardHandoverRequired
    | UpwardRecommendationOverdue
    | UpwardRecommendationAnswered
)


@dataclass(frozen=True, slots=True)
class Upward:
    """The state a decision needs: ``first`` as asked, ``issued`` with who answers."""

    issued: UpwardRecommendationIssued | None = None
    first: UpwardRecommendationIssued | None = None
    undecided: UpwardHandoverRequired | None = None
    answered: UpwardRecommendationAnswered | None = None
    overdue: bool = False

    @property
    def waits_until(self) -> datetime | None:
        """Return the moment at which it is overdue, if it still waits for one."""
        due = self.issued.due if self.issued else None
        if due is None or self.answered is not None or self.overdue:
            return None
        return due.moment


def evolve_upward(state: Upward, event: UpwardEvent) -> Upward:
    """Fold one event in."""
    match event:
        case UpwardRecommendationIssued():
            return replace(state, issued=event, first=event)
        case UpwardHandoverRequired():
            return replace(state, undecided=event)
        case UpwardHandedOver():
            issued = state.issued
            if issued is not None:
                issued = replace(issued, addressee=event.to_agency)
            return replace(state, issued=issued, undecided=None)
        case UpwardRecommendationOverdue():
            return replace(state, overdue=True)
        case UpwardRecommendationAnswered():
            return replace(state, answered=event)


def ask_upward(
    upward: Upward,
    *,
    words: UpwardRecommendationIssued,
    policy: Policy,
    calendar: WorkingDays,
) -> list[UpwardEvent]:
    """Ask a higher level, once; its day is counted then, and not again."""
    if upward.first is not None:
        if replace(upward.first, due=None) == words:
            return []
        raise RemediationRefused("recommendation-issued-otherwise", "it says otherwise")
    rule = words.due_rule
    if rule is None or rule.kind == "NONE":
        return [words]
    on = words.issued_on
    terms = settle(rule, policy, start=on, known_on=on, calendar=calendar)
    due = AnswerDue(
        due_on=terms.due_on,
        effective_due_on=terms.effective_due_on,
        overdue_from=terms.overdue_from,
        calendar_version=terms.calendar_version,
    )
    return [replace(words, due=due)]


def mark_upward_overdue(upward: Upward, *, at: datetime) -> list[UpwardEvent]:
    """Say that the answer is overdue: once, and never before its day has passed."""
    asked, moment = upward.issued, upward.waits_until
    if asked is None or asked.due is None or moment is None or at < moment:
        return []
    return [
        UpwardRecommendationOverdue(
            recommendation_id=asked.recommendation_id,
            inspection_id=asked.inspection_id,
            plan_id=asked.plan_id,
            agency_id=asked.agency_id,
            agency_name=asked.agency_name,
            addressee=asked.addressee,
            text=asked.text,
            due=asked.due,
        )
    ]


def answer_upward(
    upward: Upward,
    *,
    by_agency: str,
    on: date,
    text: str,
    document_number: str | None = None,
) -> list[UpwardEvent]:
    """Answer what was asked; only whom it was asked of does."""
    asked, old = upward.issued, upward.answered
    if asked is None:
        raise CaseUnknown("unknown-recommendation", "nobody asked for that")
    if by_agency != asked.addressee:
        raise RemediationRefused("not-the-addressee", "it was asked of another agency")
    if old is not None:
        if (old.text, old.document_number) == (text, document_number):
            return []
        raise RemediationRefused("answered-otherwise", "it has its answer")
    return [
        UpwardRecommendationAnswered(
            recommendation_id=asked.recommendation_id,
            inspection_id=asked.inspection_id,
            agency_id=asked.agency_id,
            addressee=asked.addressee,
            text=text,
            answered_on=on,
            document_number=document_number,
        )
    ]


def outlive_upward(upward: Upward, *, ended: UnitEnded, on: date) -> list[UpwardEvent]:
    """Have the successor answer, or ask who does, if the ended agency was to."""
    asked = upward.issued
    if asked is None or asked.addressee != ended.agency_id:
        return []
    if upward.answered is not None or upward.undecided is not None:
        return []
    if ended.automatic_to is not None:
        [heir] = ended.candidates
        return [_handed(asked, ended.name, heir, ended.legal_ref, on=on)]
    return [
        UpwardHandoverRequired(
            recommendation_id=asked.recommendation_id,
            inspection_id=asked.inspection_id,
            ended_agency=ended.agency_id,
            ended_name=ended.name,
            candidates=ended.candidates,
            required_on=on,
            legal_ref=ended.legal_ref,
        )
    ]


def hand_upward_over(  # noqa: PLR0913 -- keyword only; the fields of a decision
    upward: Upward,
    *,
    to_agency: str,
    to_name: str,
    by_agency: str,
    reason: str,
    on: date,
) -> list[UpwardEvent]:
    """Decide who answers in the place of an agency that ended."""
    asked, waits = upward.issued, upward.undecided
    if asked is None:
        raise CaseUnknown("unknown-recommendation", "nobody asked for that")
    if asked.addressee == to_agency:
        return []
    if waits is None or upward.answered is not None:
        raise RemediationRefused(
            "no-handover-decision-required", "nobody's place is to be taken"
        )
    named = {it.agency_id: it for it in waits.candidates}
    if named and to_agency not in named:
        raise RemediationRefused(
            "not-a-successor", "no part of the agency went into that one"
        )
    heir = named.get(to_agency) or Candidate(
        agency_id=to_agency, name=to_name, relation="DECIDED"
    )
    decided = _handed(asked, waits.ended_name, heir, waits.legal_ref, on=on)
    return [replace(decided, decided_by=by_agency, reason=reason)]


def _handed(
    asked: UpwardRecommendationIssued,
    from_name: str,
    heir: Candidate,
    legal_ref: str,
    *,
    on: date,
) -> UpwardHandedOver:
    return UpwardHandedOver(
        recommendation_id=asked.recommendation_id,
        inspection_id=asked.inspection_id,
        from_agency=asked.addressee,
        from_name=from_name,
        to_agency=heir.agency_id,
        to_name=heir.name,
        relation=heir.relation,
        handed_over_on=on,
        legal_ref=legal_ref,
    )
