"""Inspections, and what was seen at the unit, to rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from services.chassis.projector import Add, Change, Operation, Put, Seen
from services.inspection import domain
from services.inspection.projections.folder import shown_target

Operations = Sequence[Operation]
State = domain.Status


def _change(inspection_id: str, **values: object) -> Change:
    return Change("inspections", {"inspection_id": inspection_id}, values)


def _count(inspection_id: str, **amounts: int) -> Add:
    return Add("inspections", {"inspection_id": inspection_id}, amounts)


def inspection_planned(seen: Seen) -> Operations:
    """Show an ordered inspection."""
    event: domain.InspectionPlanned = seen.event
    terms = event.terms
    row = {
        "inspection_id": event.inspection_id,
        "plan_id": terms.plan_id,
        "round_id": terms.round_id,
        "agency_id": terms.agency_id,
        "agency_name": terms.agency_name,
        "state": State.PLANNED.value,
        "planned_on": terms.planned_on,
        "window_start": terms.window.start,
        "window_end": terms.window.end,
        "programmes": terms.programmes,
        "content_items": terms.content_items,
        "team_id": terms.team_id,
        "lead_agency": terms.lead_agency,
        "basis": terms.basis,
        "mode": terms.mode,
        "performer": terms.performer,
        "scope": terms.scope,
        "points": (),
        "finding_count": 0,
        "practice_count": 0,
        "referral_count": 0,
        "refusal_count": 0,
        "postponed_count": 0,
        "restricted": terms.unannounced,
        "readers": list(terms.readers) if terms.unannounced else [],
    }
    return [Put("inspections", row | _ordered(terms)), *_carried(event)]


def _carried(event: domain.InspectionPlanned) -> Operations:
    """Return what is to be looked at again: until it is, without a result."""
    return [
        Put(
            "carried_over",
            {
                "inspection_id": event.inspection_id,
                "item_ref": item.ref,
                "text": item.text,
                "source": item.source,
            },
        )
        for item in event.terms.carried_items
    ]


def _ordered(terms: domain.Terms) -> dict[str, object]:
    """Return what only some inspections are ordered with."""
    order = terms.order
    return {
        "focus_items": terms.focus_items,
        "inspection_points": terms.inspection_points,
        "site_kind": terms.site_kind,
        "focus": terms.focus,
        "theme": terms.theme,
        "carried_items": [asdict(item) for item in terms.carried_items],
        "checklist": asdict(terms.checklist) if terms.checklist else None,
        "order_number": order.order_number if order else None,
        "ordered_on": order.ordered_on if order else None,
        "order_reason": order.reason if order else None,
    }


def unit_notified(seen: Seen) -> Operations:
    """Show that the unit was told."""
    event: domain.UnitNotified = seen.event
    return [
        _change(
            event.inspection_id,
            state=State.NOTIFIED.value,
            notified_on=event.notified_on,
            outline=event.outline,
            notice_due_on=event.notice_due_on,
            short_notice=event.short_notice,
        )
    ]


def visit_started(seen: Seen) -> Operations:
    """Show that the team arrived."""
    event: domain.VisitStarted = seen.event
    return [
        _change(
            event.inspection_id,
            state=State.IN_PROGRESS.value,
            started_at=event.started_at,
            site=event.site,
            decision_number=event.decision_number,
            review_start=event.review_period.start if event.review_period else None,
            review_end=event.review_period.end if event.review_period else None,
            restricted=False,
        )
    ]


def visit_completed(seen: Seen) -> Operations:
    """Show that the visit is over."""
    event: domain.VisitCompleted = seen.event
    return [
        _change(
            event.inspection_id,
            state=State.VISIT_COMPLETED.value,
            visited_on=event.visited_on,
            points=event.points,
            carried_left=event.carried_left,
        )
    ]


def minutes_signed(seen: Seen) -> Operations:
    """Show the signed minutes."""
    event: domain.MinutesSigned = seen.event
    return [
        _change(
            event.inspection_id,
            state=State.MINUTES_SIGNED.value,
            minutes_state="signed",
            minutes_number=event.document_number,
            minutes_on=event.signed_on,
            minutes_sha256=event.sha256,
        )
    ]


def minutes_refused(seen: Seen) -> Operations:
    """Show the minutes that the unit did not sign."""
    event: domain.MinutesRefused = seen.event
    return [
        _change(
            event.inspection_id,
            state=State.MINUTES_SIGNED.value,
            minutes_state="refused",
            minutes_number=event.document_number,
            minutes_on=event.refused_on,
            minutes_reason=event.reason,
            minutes_witness=event.witness_ref,
        )
    ]


def content_assessed(seen: Seen) -> Operations:
    """Show the last assessment of a content item."""
    event: domain.ContentAssessed = seen.event
    row = {
        "inspection_id": event.inspection_id,
        "basis_not_in_force": event.basis_not_in_force,
        **asdict(event.assessment),
    }
    return [Put("contents", row)]


def metric_recorded(seen: Seen) -> Operations:
    """Show the last figure of a code."""
    event: domain.MetricRecorded = seen.event
    row = {
        "inspection_id": event.inspection_id,
        "target": shown_target(event.target) if event.target else None,
        "verdict": event.verdict,
        **asdict(event.metric),
    }
    return [Put("metrics", row)]


def carried_over_item_assessed(seen: Seen) -> Operations:
    """Show how an open item of earlier inspections stands."""
    event: domain.CarriedOverItemAssessed = seen.event
    key = {"inspection_id": event.inspection_id, "item_ref": event.item.item_ref}
    values = {"result": event.item.result, "remark": event.item.remark}
    return [Change("carried_over", key, values)]


def practice_noted(seen: Seen) -> Operations:
    """Count a good practice that the unit follows."""
    event: domain.PracticeNoted = seen.event
    return [_count(event.inspection_id, practice_count=1)]


def misconduct_referred(seen: Seen) -> Operations:
    """Count a referral; to whom and what is not for everybody."""
    event: domain.MisconductReferred = seen.event
    return [_count(event.inspection_id, referral_count=1)]


def finding_raised(seen: Seen) -> Operations:
    """Show a finding, and count it."""
    event: domain.FindingRaised = seen.event
    row = {
        **asdict(event.finding),
        "inspection_id": event.inspection_id,
        "plan_id": event.plan_id,
        "agency_id": event.agency_id,
        "agency_name": event.agency_name,
        "state": "raised",
        "raised_on": event.raised_on,
        "recommendation_ids": (),
        "unusual_roles": event.finding.unusual_roles,
        "basis_not_in_force": event.basis_not_in_force,
    }
    return [Put("findings", row), _count(event.inspection_id, finding_count=1)]


def finding_withdrawn(seen: Seen) -> Operations:
    """Show that a finding was taken back, and count it no more."""
    event: domain.FindingWithdrawn = seen.event
    values = {
        "state": "withdrawn",
        "withdrawn_on": event.withdrawn_on,
        "withdrawn_reason": event.reason,
    }
    return [
        Change("findings", {"finding_id": event.finding_id}, values),
        _count(event.inspection_id, finding_count=-1),
    ]
