"""Overlaps (chồng chéo): found once for each pair of plans, merged or waived."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from hashlib import sha256

from services.planning.domain.window import Window

LONGEST_ID = 120
PROPOSED = 10
SATURDAY = 5


class OverlapRefused(Exception):
    """A rule of overlaps said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class OverlapUnknown(OverlapRefused):
    """No overlap was ever found under that id."""


class Kind(Enum):
    """What two plans have in common."""

    UNIT = "UNIT"  # the same unit in the same days
    MEMBER = "MEMBER"  # the same officer on the same day
    CONTENT = "CONTENT"  # the same unit asked the same within a year


class Resolution(Enum):
    """How an overlap ended."""

    MERGED = "MERGED"  # one visit for all (phối hợp, lồng ghép)
    WAIVED = "WAIVED"  # it stands, with a reason
    RELEASED = "RELEASED"  # a plan took its claim back


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An overlap as the stream that found it holds it."""

    overlap_id: str
    kind: Kind
    plans: tuple[str, ...]
    window: Window
    content_items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapDetected:
    """Plans are after the same unit or officer (phát hiện chồng chéo)."""

    overlap_id: str
    kind: Kind
    agency_id: str
    person_ref: str | None
    plans: tuple[str, ...]
    window: Window
    content_items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapResolved:
    """The overlap was merged, waived with a reason, or is gone."""

    overlap_id: str
    kind: Kind
    agency_id: str
    plans: tuple[str, ...]
    resolution: Resolution
    resolved_on: date
    lead_plan_id: str | None = None
    lead_agency: str | None = None
    reason: str | None = None


OverlapEvent = OverlapDetected | OverlapResolved


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """The overlap as it stands."""

    detected: OverlapDetected | None = None
    resolved: OverlapResolved | None = None


def evolve(overlap: Overlap, event: OverlapEvent) -> Overlap:
    """Fold one event into the overlap. Never refuses: it already happened."""
    match event:
        case OverlapDetected():
            return Overlap(detected=event)
        case OverlapResolved():
            return replace(overlap, resolved=event)


def overlap_id(who: str, plans: Sequence[str]) -> str:
    """Name an overlap by whom it is about and by its plans: the same pair, one name."""
    name = ":".join((who, *sorted(plans)))
    if len(name) <= LONGEST_ID:
        return name
    return f"overlap:{sha256(name.encode()).hexdigest()}"


def detect(overlap: Overlap, *, detected: OverlapDetected) -> list[OverlapEvent]:
    """Tell an overlap once; again only after a claim was taken back and laid anew."""
    gone = overlap.resolved and overlap.resolved.resolution is Resolution.RELEASED
    return [detected] if overlap.detected is None or gone else []


def merge(
    overlap: Overlap, *, lead_plan_id: str, lead_agency: str, on: date
) -> list[OverlapEvent]:
    """Let the visit of one plan stand for the others, under one lead agency."""
    detected = _known(overlap)
    if detected.kind is Kind.MEMBER:
        raise OverlapRefused("member-cannot-be-merged", "replace the member, or waive")
    if lead_plan_id not in detected.plans:
        raise OverlapRefused("lead-plan-not-in-overlap", f"not one of {detected.plans}")
    return _end(
        overlap,
        replace(
            _resolved(detected, Resolution.MERGED, on),
            lead_plan_id=lead_plan_id,
            lead_agency=lead_agency,
        ),
    )


def waive(overlap: Overlap, *, reason: str, on: date) -> list[OverlapEvent]:
    """Let the overlap stand, with a reason."""
    detected = _known(overlap)
    wanted = replace(_resolved(detected, Resolution.WAIVED, on), reason=reason)
    return _end(overlap, wanted)


def release(overlap: Overlap, *, on: date) -> list[OverlapEvent]:
    """End an overlap that is gone because a plan took its claim back."""
    if overlap.detected is None or overlap.resolved is not None:
        return []
    return [_resolved(overlap.detected, Resolution.RELEASED, on)]


@dataclass(frozen=True, slots=True, kw_only=True)
class JointPart:
    """What one plan wants of the unit, for a proposal."""

    plan_id: str
    window: Window
    lead_agency: str
    content_items: tuple[str, ...] = ()
    issued_on: date | None = None
    planned_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JointVisit:
    """One visit for several plans: on which days, led by whom, about what."""

    lead_plan_id: str
    lead_agency: str
    common: Window | None
    days: tuple[date, ...]
    content_items: tuple[str, ...]


def propose(
    parts: Sequence[JointPart],
    *,
    taken: Collection[date],
    blackout: Sequence[Window] = (),
) -> JointVisit:
    """Propose a joint visit on the common days, Saturdays and Sundays left out.

    The plan that has ordered its visit leads, else the one issued first.
    """
    lead = min(parts, key=_rank)
    start = max(part.window.start for part in parts)
    end = min(part.window.end for part in parts)
    common = Window(start=start, end=end) if start <= end else None
    span = range((end - start).days + 1) if common else ()
    days = [start + timedelta(days=n) for n in span]
    free = [
        day
        for day in days
        if day.weekday() < SATURDAY
        and day not in taken
        and not any(day in closed for closed in blackout)
    ]
    if lead.planned_on is not None:
        free = [lead.planned_on]
    items = (item for part in (lead, *parts) for item in part.content_items)
    return JointVisit(
        lead_plan_id=lead.plan_id,
        lead_agency=lead.lead_agency,
        common=common,
        days=tuple(free[:PROPOSED]),
        content_items=tuple(dict.fromkeys(items)),
    )


def _rank(part: JointPart) -> tuple[bool, date, str]:
    return part.planned_on is None, part.issued_on or date.max, part.plan_id


def _known(overlap: Overlap) -> OverlapDetected:
    if overlap.detected is None:
        raise OverlapUnknown("unknown-overlap", "no such overlap was found")
    return overlap.detected


def _resolved(
    detected: OverlapDetected, resolution: Resolution, on: date
) -> OverlapResolved:
    return OverlapResolved(
        overlap_id=detected.overlap_id,
        kind=detected.kind,
        agency_id=detected.agency_id,
        plans=detected.plans,
        resolution=resolution,
        resolved_on=on,
    )


def _end(overlap: Overlap, wanted: OverlapResolved) -> list[OverlapEvent]:
    known = overlap.resolved
    if known is None:
        return [wanted]
    if replace(known, resolved_on=wanted.resolved_on) == wanted:
        return []
    raise OverlapRefused(
        "overlap-resolved-otherwise", f"it is {known.resolution.value}"
    )
