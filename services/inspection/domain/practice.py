"""Good practices: models worth following, and who follows them (mô hình hay)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.inspection.domain.refusals import InspectionRefused
from services.inspection.domain.round import Round, known_round


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodPracticeRecorded:
    """A model was seen, and these units had adopted it; whose visits saw it."""

    practice_id: str
    round_id: str
    name: str
    description: str | None
    adopters: tuple[str, ...]
    inspection_ids: tuple[str, ...]
    recorded_on: date


PracticeEvent = GoodPracticeRecorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What decisions about a good practice need to know, and no more."""

    recorded: GoodPracticeRecorded | None = None


def evolve_practice(state: Practice, event: PracticeEvent) -> Practice:
    """Fold one event in. Never refuses: it already happened."""
    match event:
        case GoodPracticeRecorded():
            return replace(state, recorded=event)


def record_practice(  # noqa: PLR0913  a practice is recorded with all that is known
    state: Practice,
    *,
    practice_id: str,
    seen_in: Round,
    name: str,
    description: str | None,
    adopters: tuple[str, ...],
    on: date,
) -> list[PracticeEvent]:
    """Record a good practice of a round, with at least one unit that follows it."""
    planned = known_round(seen_in)
    if planned.restricted and not seen_in.disclosed:
        raise InspectionRefused("visit-not-started", "the visit has not started")
    if not adopters:
        raise InspectionRefused("practice-without-adopter", "no unit follows it")
    event = GoodPracticeRecorded(
        practice_id=practice_id,
        round_id=planned.round_id,
        name=name,
        description=description,
        adopters=adopters,
        inspection_ids=tuple(i for i, a in seen_in.units.items() if a in set(adopters)),
        recorded_on=on,
    )
    before = state.recorded
    if before is None:
        return [event]
    if replace(before, inspection_ids=event.inspection_ids, recorded_on=on) == event:
        return []
    raise InspectionRefused("practice-recorded-otherwise", "the id is taken")
