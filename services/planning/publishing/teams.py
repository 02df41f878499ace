"""What teams say to the world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import contracts.planning as published
from contracts.event import Event
from services.planning import domain


def publish(event: domain.TeamEvent) -> Sequence[Event]:  # noqa: C901, PLR0911 -- one line a case
    """Translate an event of a team."""
    match event:
        case domain.TeamEstablished():
            return [published.TeamEstablished(**_decision(event))]
        case domain.TeamRecomposed():
            said = _decision(event)
            return [published.TeamRecomposed(replaces=event.replaces, **said)]
        case domain.MemberAppointed():
            seat = _seat(event.seat)
            return [published.MemberAppointed(**_about(event), seat=seat)]
        case domain.MemberReplaced():
            return [_replaced(event)]
        case domain.MemberInvited():
            return [_invited(event)]
        case domain.MemberRecused():
            return [_recused(event)]
        case domain.TeamSplit():
            groups = tuple(_group(group) for group in event.groups)
            return [published.TeamSplit(**_about(event), groups=groups)]
        case domain.TeamDissolved():
            return [_dissolved(event)]


def publish_officer(event: domain.OfficerEvent) -> Sequence[Event]:
    """Translate an event of an officer: of ties, only what bars a visit is told."""
    match event:
        case domain.TeamMemberConflictDetected():
            return [_conflict(event)]
        case domain.TieDeclared() | domain.DutiesAssigned() | domain.DutiesEnded():
            return []


def _about(event: domain.TeamEvent) -> dict[str, str]:
    return {"team_id": event.team_id, "plan_id": event.plan_id}


def _decision(event: domain.Decision) -> dict[str, Any]:
    return {
        **_about(event),
        "decision_number": event.decision_number,
        "decided_on": event.decided_on,
        "lead_agency": event.lead_agency,
        "seats": tuple(_seat(seat) for seat in event.seats),
        "decided_by": event.decided_by,
        "delegated_by_plan_id": event.delegated_by_plan_id,
        "until": event.until,
        "until_plan_completed": event.until_plan_completed,
    }


def _replaced(event: domain.MemberReplaced) -> published.MemberReplaced:
    return published.MemberReplaced(
        **_about(event),
        before=_seat(event.before),
        seat=_seat(event.seat),
        reason=event.reason,
    )


def _invited(event: domain.MemberInvited) -> published.MemberInvited:
    return published.MemberInvited(
        **_about(event), seat=_seat(event.seat), by_agency=event.by_agency
    )


def _recused(event: domain.MemberRecused) -> published.MemberRecused:
    return published.MemberRecused(
        **_about(event),
        member=_member(event.member),
        target_id=event.target_id,
        reason=event.reason,
    )


def _dissolved(event: domain.TeamDissolved) -> published.TeamDissolved:
    return published.TeamDissolved(
        **_about(event), dissolved_on=event.dissolved_on, reason=event.reason
    )


def _conflict(
    event: domain.TeamMemberConflictDetected,
) -> published.TeamMemberConflictDetected:
    return published.TeamMemberConflictDetected(
        member=_member(event.member),
        team_id=event.duty.team_id,
        plan_id=event.duty.plan_id,
        inspection_id=event.duty.inspection_id,
        agency_id=event.duty.target_id,
        planned_on=event.duty.planned_on,
        tie=event.tie.kind.value,
        past=event.past,
        detected_on=event.detected_on,
    )


def _seat(seat: domain.Seat) -> published.Seat:
    return published.Seat(
        agency_id=seat.agency_id,
        role=seat.role.value,
        person_ref=seat.person_ref,
        title=seat.title,
        for_inspection=seat.for_inspection,
    )


def _member(member: domain.Member) -> published.Member:
    return published.Member(agency_id=member.agency_id, person_ref=member.person_ref)


def _group(group: domain.Group) -> published.Group:
    window = group.window
    return published.Group(
        group_id=group.group_id,
        leader=_member(group.leader),
        members=tuple(_member(member) for member in group.members),
        target_ids=group.target_ids,
        content_items=group.content_items,
        window=published.Window(
            start=window.start, end=window.end, tentative=window.tentative
        )
        if window
        else None,
    )
