"""What an inspection's folder gathers, and checklists, to rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from services.chassis.projector import Change, Operation, Put, Seen
from services.inspection import domain
from services.inspection.projections.versions import Project


def checklist_published(seen: Seen) -> Sequence[Operation]:
    """Show a version of a checklist beside those before it."""
    event: domain.ChecklistPublished = seen.event
    shared = {
        "checklist_id": event.checklist_id,
        "title": event.title,
        "sha256": event.sha256,
        "published_on": event.published_on,
    }
    version = {
        "number": event.version,
        "items": [listed(item) for item in event.items],
        "authority": event.authority,
    }
    latest = {"latest": event.version, "version": seen.version}
    return [
        Put("checklists", shared | latest),
        Put("checklist_versions", shared | version),
    ]


def listed(item: domain.ChecklistItem) -> dict[str, object]:
    """Return an item as JSON: days and numbers as they are written."""
    target = item.metric
    return {
        "code": item.code,
        "title": item.title,
        "legal_basis": [_provision(basis) for basis in item.legal_basis],
        "questions": [asdict(question) for question in item.questions],
        "metric": shown_target(target) if target else None,
    }


def _provision(basis: domain.Provision) -> dict[str, object]:
    until = basis.valid_to
    return {
        "provision": basis.provision,
        "valid_from": basis.valid_from.isoformat(),
        "valid_to": until.isoformat() if until else None,
    }


def shown_target(target: domain.Target) -> dict[str, object]:
    """Return a target as JSON."""
    return {
        "code": target.code,
        "target": str(target.target),
        "sense": target.sense,
        "due": target.due.isoformat() if target.due else None,
    }


def checklist_pinned(seen: Seen) -> Sequence[Operation]:
    """Show which checklist an inspection goes by."""
    event: domain.ChecklistPinned = seen.event
    values = {"checklist": asdict(event.pin), "checklist_title": event.title}
    return [Change("inspections", {"inspection_id": event.inspection_id}, values)]


def item_answered(seen: Seen) -> Sequence[Operation]:
    """Show the last answer to a question."""
    event: domain.ItemAnswered = seen.event
    return [
        Put("answers", {"inspection_id": event.inspection_id, **asdict(event.answer)})
    ]


def rectified_on_site(seen: Seen) -> Sequence[Operation]:
    """Show that a finding was put right at once, and what proves it."""
    event: domain.FindingRectifiedOnSite = seen.event
    values = {
        "state": "rectified",
        "rectified_on": event.rectified_on,
        "rectified_how": event.how,
        "rectified_evidence": [asdict(piece) for piece in event.evidence],
    }
    return [Change("findings", {"finding_id": event.finding_id}, values)]


def accountability_determined(seen: Seen) -> Sequence[Operation]:
    """Show how far the head answers for a finding."""
    event: domain.HeadAccountabilityDetermined = seen.event
    values = {
        "head_liability": event.head.liability,
        "head_liable_ref": event.head.head_ref,
        "head_liable_source": event.head.head_source,
        "head_liability_reason": event.head.reason,
    }
    return [Change("findings", {"finding_id": event.head.finding_id}, values)]


def difficulty_reported(seen: Seen) -> Sequence[Operation]:
    """Show a difficulty."""
    event: domain.DifficultyReported = seen.event
    row = {
        "key": f"{event.inspection_id}/{event.difficulty.difficulty_id}",
        "inspection_id": event.inspection_id,
        "plan_id": event.plan_id,
        "agency_id": event.agency_id,
        "agency_name": event.agency_name,
        "reported_on": event.reported_on,
        **asdict(event.difficulty),
    }
    return [Put("difficulties", row)]


def difficulty_answered(seen: Seen) -> Sequence[Operation]:
    """Show what was answered."""
    event: domain.DifficultyAnswered = seen.event
    key = {"key": f"{event.inspection_id}/{event.difficulty_id}"}
    values = {
        "answer": event.text,
        "answer_number": event.document_number,
        "answered_on": event.answered_on,
    }
    return [Change("difficulties", key, values)]


def finding_repeated(seen: Seen) -> Sequence[Operation]:
    """Show how often a finding came before, and which remedies did not last."""
    event: domain.FindingRepeated = seen.event
    values = {
        "repeat_times": event.times,
        "repeat_years": event.years,
        "earlier": [
            asdict(one) | {"raised_on": one.raised_on.isoformat()}
            for one in event.earlier
        ],
    }
    return [Change("findings", {"finding_id": event.finding_id}, values)]


OWN: dict[type, Project] = {
    domain.ChecklistPinned: checklist_pinned,
    domain.ItemAnswered: item_answered,
    domain.FindingRectifiedOnSite: rectified_on_site,
    domain.HeadAccountabilityDetermined: accountability_determined,
    domain.DifficultyReported: difficulty_reported,
    domain.DifficultyAnswered: difficulty_answered,
}
OTHERS: dict[type, Project] = {
    domain.ChecklistPublished: checklist_published,
    domain.FindingRepeated: finding_repeated,
}
