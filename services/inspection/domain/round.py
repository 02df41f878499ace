"""Rounds: several units inspected in one stretch of days (đợt kiểm tra)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from services.inspection.domain.refusals import InspectionRefused, InspectionUnknown
from services.inspection.domain.values import RoundRequest, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlanned:
    """Planning put the round on the calendar; ``readers`` know of a restricted one."""

    round_id: str
    plan_id: str
    window: Window
    team_id: str
    inspection_ids: tuple[str, ...]
    restricted: bool = False
    readers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDisclosed:
    """The team of an unannounced inspection arrived: its round is no secret now."""

    round_id: str
    inspection_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionEnrolled:
    """An inspection of the round was ordered: this is its unit."""

    round_id: str
    inspection_id: str
    agency_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCounted:
    """An inspection of the round has completed its visit."""

    round_id: str
    inspection_id: str
    visited_on: date
    after_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCounted:
    """A desk inspection of the round has its unit's report, which is its visit."""

    round_id: str
    inspection_id: str
    received_on: date
    after_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionDropped:
    """The round does not wait for an inspection: called off, or put off beyond it."""

    round_id: str
    inspection_id: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundEnded:
    """The round is over; its conclusions' clock starts (TT 02/2017, Đ. 46)."""

    round_id: str
    plan_id: str
    ended_on: date
    inspection_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRequestsIssued:
    """The general requests to all units of the round were issued (đề nghị chung)."""

    round_id: str
    plan_id: str
    issued_on: date
    addressees: tuple[str, ...]
    requests: tuple[RoundRequest, ...]


Counting = InspectionEnrolled | VisitCounted | ReportCounted | InspectionDropped
RoundEvent = RoundPlanned | RoundDisclosed | Counting | RoundEnded | RoundRequestsIssued


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What decisions about a round need to know, and no more."""

    planned: RoundPlanned | None = None
    units: Mapping[str, str] = field(default_factory=dict)  # inspection: its agency
    visited: frozenset[str] = frozenset()  # or, at the desk, reported
    dropped: frozenset[str] = frozenset()
    disclosed: bool = False
    ended: RoundEnded | None = None
    requests: Mapping[str, RoundRequest] = field(default_factory=dict)


def evolve_round(state: Round, event: RoundEvent) -> Round:
    """Fold one event in. Never refuses: it already happened."""
    match event:
        case RoundPlanned():
            return replace(state, planned=event)
        case RoundDisclosed():
            return replace(state, disclosed=True)
        case (
            InspectionEnrolled()
            | VisitCounted()
            | ReportCounted()
            | InspectionDropped()
        ):
            return _counted(state, event)
        case RoundEnded():
            return replace(state, ended=event)
        case RoundRequestsIssued():
            issued = {request.request_id: request for request in event.requests}
            return replace(state, requests={**state.requests, **issued})


def _counted(state: Round, event: Counting) -> Round:
    name = event.inspection_id
    match event:
        case InspectionEnrolled():
            return replace(state, units={**state.units, name: event.agency_id})
        case VisitCounted() | ReportCounted():
            return replace(state, visited=state.visited | {name})
        case InspectionDropped():
            return replace(state, dropped=state.dropped | {name})


def known_round(state: Round) -> RoundPlanned:
    """Return what was planned.

    Raises:
        InspectionUnknown: Nothing was.
    """
    if state.planned is None:
        raise InspectionUnknown("unknown-round", "no such round was scheduled")
    return state.planned


def round_undisclosed(state: Round) -> bool:
    """Say whether the round is of an inspection that its unit does not know of."""
    planned = state.planned
    return planned is not None and planned.restricted and not state.disclosed


def round_disclosed_to(state: Round, *, agency_id: str | None) -> None:
    """Let nobody learn of an unannounced inspection's round before the team arrives.

    Raises:
        InspectionUnknown: It is not theirs to know of; said as if there were none.
    """
    planned = state.planned
    if planned is None or agency_id is None or not round_undisclosed(state):
        return
    if agency_id not in planned.readers:
        known_round(Round())


def disclose_round(state: Round, *, inspection_id: str) -> list[RoundEvent]:
    """Let everybody know of the round: the team has arrived."""
    planned = known_round(state)
    if not round_undisclosed(state):
        return []
    return [RoundDisclosed(round_id=planned.round_id, inspection_id=inspection_id)]


def plan_round(state: Round, *, planned: RoundPlanned) -> list[RoundEvent]:
    """Take up what planning scheduled, once."""
    if state.planned == planned:
        return []
    if state.planned is not None:
        raise InspectionRefused("round-planned-otherwise", "on other terms")
    return [planned]


def enrol(
    state: Round, *, round_id: str, inspection_id: str, agency_id: str
) -> list[RoundEvent]:
    """Remember which unit an inspection of the round is for."""
    if inspection_id in state.units:
        return []
    return [
        InspectionEnrolled(
            round_id=round_id, inspection_id=inspection_id, agency_id=agency_id
        )
    ]


def move_unit(
    state: Round, *, round_id: str, inspection_id: str, agency_id: str
) -> list[RoundEvent]:
    """Let an inspection of the round be for the successor of its unit."""
    if state.units.get(inspection_id) == agency_id:
        return []
    return [
        InspectionEnrolled(
            round_id=round_id, inspection_id=inspection_id, agency_id=agency_id
        )
    ]


def count_visit(
    state: Round, *, round_id: str, inspection_id: str, visited_on: date
) -> list[RoundEvent]:
    """Count a visit of the round that is over, once."""
    if inspection_id in state.visited:
        return []
    return [
        VisitCounted(
            round_id=round_id,
            inspection_id=inspection_id,
            visited_on=visited_on,
            after_end=state.ended is not None,
        )
    ]


def count_report(
    state: Round, *, round_id: str, inspection_id: str, received_on: date
) -> list[RoundEvent]:
    """Count a unit's report that stands for a visit, once."""
    if inspection_id in state.visited:
        return []
    return [
        ReportCounted(
            round_id=round_id,
            inspection_id=inspection_id,
            received_on=received_on,
            after_end=state.ended is not None,
        )
    ]


def drop(
    state: Round, *, round_id: str, inspection_id: str, planned_on: date | None
) -> list[RoundEvent]:
    """Wait no more for an inspection that is off, or put off to after the round."""
    if inspection_id in state.dropped or inspection_id in state.visited:
        return []
    window = state.planned.window if state.planned else None
    if planned_on is not None and (window is None or planned_on <= window.end):
        return []
    why = "CANCELLED" if planned_on is None else "POSTPONED"
    return [InspectionDropped(round_id=round_id, inspection_id=inspection_id, why=why)]


def end_round(state: Round, *, ended_on: date | None, today: date) -> list[RoundEvent]:
    """End the round, once every unit of it was visited, reported or dropped."""
    planned = known_round(state)
    if state.ended is not None:
        if ended_on in (None, state.ended.ended_on):
            return []
        raise InspectionRefused("round-ended-otherwise", "it ended on another day")
    on = ended_on or today
    if on < planned.window.start:
        raise InspectionRefused(
            "round-before-window", f"it does not start before {planned.window.start}"
        )
    if on > today:
        raise InspectionRefused("round-ends-in-future", f"{on} is yet to come")
    awaited = state.visited | state.dropped
    if outstanding := [i for i in planned.inspection_ids if i not in awaited]:
        raise InspectionRefused("visit-outstanding", f"not yet visited: {outstanding}")
    done = tuple(i for i in planned.inspection_ids if i in state.visited)
    if not done:
        raise InspectionRefused("round-without-visit", "no inspection took place")
    return [
        RoundEnded(
            round_id=planned.round_id,
            plan_id=planned.plan_id,
            ended_on=on,
            inspection_ids=done,
        )
    ]


def issue_requests(
    state: Round, *, requests: tuple[RoundRequest, ...], on: date
) -> list[RoundEvent]:
    """Ask something of all units of the round, each request once."""
    planned = known_round(state)
    new: dict[str, RoundRequest] = {}
    for request in requests:
        before = {**state.requests, **new}.get(request.request_id)
        if before is None:
            new[request.request_id] = request
        elif before != request:
            raise InspectionRefused(
                "request-issued-otherwise", f"{request.request_id} asks another thing"
            )
    if not new:
        return []
    if state.ended is None:
        raise InspectionRefused("round-not-ended", "the round is not over")
    return [
        RoundRequestsIssued(
            round_id=planned.round_id,
            plan_id=planned.plan_id,
            issued_on=on,
            addressees=tuple(dict.fromkeys(state.units.values())),
            requests=tuple(new.values()),
        )
    ]
