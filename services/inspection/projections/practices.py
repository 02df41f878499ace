"""Good practices: who follows them, tries them, took them over, to rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from services.chassis.projector import Add, Change, Operation, Put, Seen
from services.inspection import domain
from services.inspection.projections.versions import Project, versioned


def recorded(seen: Seen) -> Sequence[Operation]:
    """Show a good practice and who follows it."""
    event: domain.GoodPracticeRecorded = seen.event
    row = {
        "practice_id": event.practice_id,
        "round_id": event.round_id,
        "inspection_ids": list(event.inspection_ids),
        "name": event.name,
        "description": event.description,
        "state": "recorded",
        "adopters": event.adopters,
        "adopter_count": len(event.adopters),
        "adopted_since": 0,
        "measured": 0,
        "recorded_on": event.recorded_on,
    }
    return [Put("good_practices", row)]


def piloted(seen: Seen) -> Sequence[Operation]:
    """Show where it is tried."""
    event: domain.GoodPracticePiloted = seen.event
    row = {
        "practice_id": event.practice_id,
        "starts_on": event.start,
        "ends_on": event.end,
        "units": event.units,
        "piloted_on": event.piloted_on,
    }
    return [Put("practice_pilots", row), _change(event.practice_id, state="piloted")]


def proposed(seen: Seen) -> Sequence[Operation]:
    """Show that it was proposed to others."""
    event: domain.GoodPracticeProposed = seen.event
    return [
        _change(
            event.practice_id,
            state="proposed",
            proposed_to=event.scope,
            proposal=event.text,
            proposed_on=event.proposed_on,
        )
    ]


def adopted(seen: Seen) -> Sequence[Operation]:
    """Show who took it over."""
    event: domain.AdoptionNoted = seen.event
    key = {"practice_id": event.practice_id}
    return [
        Put("practice_adoptions", asdict(event)),
        Change("good_practices", key, {"state": "adopted"}),
        Add("good_practices", key, {"adopted_since": 1}),
    ]


def measured(seen: Seen) -> Sequence[Operation]:
    """Show what it changed."""
    event: domain.EffectNoted = seen.event
    key = {"practice_id": event.practice_id}
    return [
        Put("practice_effects", asdict(event)),
        Add("good_practices", key, {"measured": 1}),
    ]


def withdrawn(seen: Seen) -> Sequence[Operation]:
    """Show that it is no model any more."""
    event: domain.GoodPracticeWithdrawn = seen.event
    return [
        _change(
            event.practice_id,
            state="withdrawn",
            withdrawn_on=event.withdrawn_on,
            withdrawn_reason=event.reason,
        )
    ]


def _change(practice_id: str, **values: object) -> Change:
    return Change("good_practices", {"practice_id": practice_id}, values)


OWN: dict[type, Project] = versioned(
    "good_practices",
    "practice_id",
    {
        domain.GoodPracticeRecorded: recorded,
        domain.GoodPracticePiloted: piloted,
        domain.GoodPracticeProposed: proposed,
        domain.AdoptionNoted: adopted,
        domain.EffectNoted: measured,
        domain.GoodPracticeWithdrawn: withdrawn,
    },
)
