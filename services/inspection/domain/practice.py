"""Good practices: models worth following, and who follows them (mô hình hay)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.inspection.domain.inspection import Inspection, begun
from services.inspection.domain.practice_events import (
    AdoptionNoted,
    EffectNoted,
    GoodPracticePiloted,
    GoodPracticeProposed,
    GoodPracticeRecorded,
    GoodPracticeWithdrawn,
    PracticeEvent,
)
from services.inspection.domain.refusals import InspectionRefused, InspectionUnknown
from services.inspection.domain.round import Round, known_round


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What decisions about a good practice need to know, and no more."""

    recorded: GoodPracticeRecorded | None = None
    pilots: tuple[GoodPracticePiloted, ...] = ()
    proposed: GoodPracticeProposed | None = None
    adoptions: frozenset[AdoptionNoted] = frozenset()
    effects: frozenset[EffectNoted] = frozenset()
    withdrawn: GoodPracticeWithdrawn | None = None


def evolve_practice(state: Practice, event: PracticeEvent) -> Practice:
    """Fold one event in. Never refuses: it already happened."""
    match event:
        case GoodPracticeRecorded():
            return replace(state, recorded=event)
        case GoodPracticePiloted():
            return replace(state, pilots=(*state.pilots, event))
        case GoodPracticeProposed():
            return replace(state, proposed=event)
        case AdoptionNoted():
            return replace(state, adoptions=state.adoptions | {event})
        case EffectNoted():
            return replace(state, effects=state.effects | {event})
        case GoodPracticeWithdrawn():
            return replace(state, withdrawn=event)


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
    event = GoodPracticeRecorded(
        practice_id=practice_id,
        round_id=planned.round_id,
        name=name,
        description=description,
        adopters=adopters,
        inspection_ids=tuple(i for i, a in seen_in.units.items() if a in set(adopters)),
        recorded_on=on,
    )
    return _recorded(state, event)


def record_practice_of(  # noqa: PLR0913  a practice is recorded with all that is known
    state: Practice,
    *,
    practice_id: str,
    inspection: Inspection,
    name: str,
    description: str | None,
    adopters: tuple[str, ...],
    on: date,
) -> list[PracticeEvent]:
    """Record a good practice of one inspection: its unit follows it, if no other."""
    planned = begun(inspection)
    event = GoodPracticeRecorded(
        practice_id=practice_id,
        round_id=planned.terms.round_id,
        name=name,
        description=description,
        adopters=adopters or (planned.terms.agency_id,),
        inspection_ids=(planned.inspection_id,),
        recorded_on=on,
    )
    return _recorded(state, event)


def _recorded(state: Practice, event: GoodPracticeRecorded) -> list[PracticeEvent]:
    if not event.adopters:
        raise InspectionRefused("practice-without-adopter", "no unit follows it")
    before = state.recorded
    if before is None:
        return [event]
    seen, on = event.inspection_ids, event.recorded_on
    if replace(before, inspection_ids=seen, recorded_on=on) == event:
        return []
    raise InspectionRefused("practice-recorded-otherwise", "the id is taken")


def pilot(
    state: Practice, *, units: tuple[str, ...], start: date, end: date, on: date
) -> list[PracticeEvent]:
    """Try it at some units, for a time (triển khai thí điểm)."""
    recorded = _standing(state)
    event = GoodPracticePiloted(
        practice_id=recorded.practice_id,
        units=units,
        start=start,
        end=end,
        piloted_on=on,
    )
    if event in {replace(before, piloted_on=on) for before in state.pilots}:
        return []
    if not units:
        raise InspectionRefused("pilot-without-units", "nobody tries it")
    if end < start:
        raise InspectionRefused("window-reversed", "it ends before it begins")
    return [event]


def propose(
    state: Practice,
    *,
    scope: tuple[str, ...],
    text: str,
    on: date,
    authority: str | None,
) -> list[PracticeEvent]:
    """Propose that others take it over (đề xuất nhân rộng)."""
    recorded = _standing(state)
    event = GoodPracticeProposed(
        practice_id=recorded.practice_id,
        scope=scope,
        text=text,
        proposed_on=on,
        authority=authority,
    )
    before = state.proposed
    if before is not None and (before.scope, before.text) == (scope, text):
        return []
    return [event]


def withdraw_practice(state: Practice, *, reason: str, on: date) -> list[PracticeEvent]:
    """Take it off the register, with the reason; what happened stays."""
    recorded = _known(state)
    if state.withdrawn is not None and state.withdrawn.reason == reason:
        return []
    _standing(state)
    return [
        GoodPracticeWithdrawn(
            practice_id=recorded.practice_id, reason=reason, withdrawn_on=on
        )
    ]


def note_adoption(state: Practice, *, adoption: AdoptionNoted) -> list[PracticeEvent]:
    """Remember who took it over, also of one that was withdrawn since."""
    if state.recorded is None or adoption in state.adoptions:
        return []
    return [adoption]


def note_effect(state: Practice, *, effect: EffectNoted) -> list[PracticeEvent]:
    """Remember what it brought."""
    if state.recorded is None or effect in state.effects:
        return []
    return [effect]


def _known(state: Practice) -> GoodPracticeRecorded:
    if state.recorded is None:
        raise InspectionUnknown("unknown-practice", "no such practice was recorded")
    return state.recorded


def _standing(state: Practice) -> GoodPracticeRecorded:
    recorded = _known(state)
    if state.withdrawn is not None:
        raise InspectionRefused("practice-withdrawn", "it is no model any more")
    return recorded
