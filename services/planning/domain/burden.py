"""What all plans together want of one unit: claims, visits, and how much it bears.

One stream per unit, over all programmes, levels and years: its versions decide who
came first, so that of two plans at once one is told (chồng chéo, cản trở).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from services.planning.domain.burden_events import (
    Booking,
    BurdenEvent,
    Claim,
    ClaimReleased,
    ClaimsMerged,
    LoadLimits,
    LoadLimitsSet,
    UnitClaimed,
    VisitBooked,
    VisitDayCounted,
    VisitDayFreed,
)
from services.planning.domain.overlap import Found, Kind, overlap_id
from services.planning.domain.window import Window

CONTENT_AGAIN_DAYS = 365


class LoadRefused(Exception):
    """What a unit bears said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """The unit as inspections see it."""

    limits: LoadLimits | None = None
    claims: Mapping[str, Claim] = field(default_factory=dict)
    bookings: Mapping[str, Booking] = field(default_factory=dict)
    told: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)

    def leads(self, plan_id: str) -> tuple[str, ...]:
        """Return the plans for which the visit of *plan_id* stands as well."""
        return tuple(sorted(p for p, lead in self.merged.items() if lead == plan_id))

    def when(self, plan_id: str) -> tuple[Window, ...]:
        """Return the days a plan is after: those booked, else the whole window."""
        booked = [b.day for b in self.bookings.values() if b.plan_id == plan_id]
        if booked:
            return tuple(Window(start=day, end=day) for day in sorted(booked))
        return (self.claims[plan_id].window,)


def evolve(burden: Burden, event: BurdenEvent) -> Burden:  # noqa: PLR0911 -- one line a case
    """Fold one event into the burden. Never refuses: it already happened."""
    match event:
        case LoadLimitsSet():
            return replace(burden, limits=event.limits)
        case UnitClaimed():
            return _claimed(burden, event.claim, event.found)
        case VisitBooked():
            booked = _booked(burden, event.booking)
            return _claimed(booked, event.claim, event.found)
        case VisitDayFreed():
            return _freed(burden, (event.inspection_id,))
        case ClaimReleased():
            return _released(burden, event)
        case ClaimsMerged():
            new = dict.fromkeys(event.merged, event.lead_plan_id)
            return replace(burden, merged={**burden.merged, **new})
        case VisitDayCounted():
            return _booked(burden, event.booking)


def set_limits(burden: Burden, *, wanted: LoadLimitsSet) -> list[BurdenEvent]:
    """Say how much inspection a unit bears."""
    if any(closed.reversed for closed in wanted.limits.blackout):
        raise LoadRefused("window-reversed", "it ends before it begins")
    return [] if burden.limits == wanted.limits else [wanted]


def claim(burden: Burden, *, agency_id: str, wanted: Claim) -> list[BurdenEvent]:
    """Lay a plan's claim to the unit; whoever was there before is found."""
    if burden.claims.get(wanted.plan_id) == wanted:
        return []
    found = tuple(_overlaps(burden, agency_id, wanted, (wanted.window,)))
    return [
        UnitClaimed(
            agency_id=agency_id,
            claim=wanted,
            found=found,
            merged_into=burden.merged.get(wanted.plan_id),
        )
    ]


def book(
    burden: Burden,
    *,
    agency_id: str,
    wanted: Claim,
    booking: Booking,
    limits: Sequence[LoadLimits] = (),
) -> list[BurdenEvent]:
    """Take a day of the unit, if it bears it.

    Its own limits hold and those given: of its superior, of the plan.
    """
    if burden.bookings.get(booking.inspection_id) == booking:
        return []
    others = [
        known
        for known in burden.bookings.values()
        if known.inspection_id != booking.inspection_id
    ]
    _free(burden, agency_id, booking, others)
    too_much = False
    for rules in (burden.limits or LoadLimits(), *limits):
        too_much |= _exceeds(rules, agency_id, booking, others)
    days = (Window(start=booking.day, end=booking.day),)
    pressing = _in_year(booking.day, others) if too_much else ()
    found = tuple(_overlaps(burden, agency_id, wanted, days, pressing))
    return [
        VisitBooked(agency_id=agency_id, claim=wanted, booking=booking, found=found)
    ]


def take_over(
    burden: Burden, *, agency_id: str, wanted: Claim, booking: Booking
) -> list[BurdenEvent]:
    """Bear a visit that another unit had on its calendar, be it too much.

    The unit took that one's place: what it means for others is told, not refused.
    """
    if burden.bookings.get(booking.inspection_id) == booking:
        return []
    days = (Window(start=booking.day, end=booking.day),)
    found = tuple(_overlaps(burden, agency_id, wanted, days))
    return [
        VisitBooked(agency_id=agency_id, claim=wanted, booking=booking, found=found)
    ]


def stay_merged(
    burden: Burden, *, agency_id: str, lead: str, merged: str
) -> list[BurdenEvent]:
    """Let a joint visit of the unit before stay joint, unless it is one no more.

    It is none where the merged plan has a visit of its own to this unit, leads
    others here, or follows one itself.
    """
    booked = any(b.plan_id == merged for b in burden.bookings.values())
    led = merged in burden.merged or lead in burden.merged
    if booked or led or burden.leads(merged):
        return []
    return [
        ClaimsMerged(
            agency_id=agency_id,
            overlap_id=overlap_id(agency_id, (lead, merged)),
            lead_plan_id=lead,
            merged=(merged,),
        )
    ]


def free(burden: Burden, *, agency_id: str, inspection_id: str) -> list[BurdenEvent]:
    """Give a day back whose visit was called off; the plan's claim stands."""
    if inspection_id not in burden.bookings:
        return []
    return [VisitDayFreed(agency_id=agency_id, inspection_id=inspection_id)]


def release(
    burden: Burden, *, agency_id: str, plan_id: str, made: Collection[str] = ()
) -> list[BurdenEvent]:
    """Take a plan's claim back; the unit has borne the visits that were *made*."""
    if plan_id not in burden.claims:
        return []
    gone = sorted(name for plans, name in burden.told.items() if plan_id in plans)
    booked = [
        name
        for name, booking in burden.bookings.items()
        if booking.plan_id == plan_id and name not in made
    ]
    return [
        ClaimReleased(
            agency_id=agency_id,
            plan_id=plan_id,
            inspection_ids=tuple(sorted(booked)),
            overlap_ids=tuple(gone),
        )
    ]


def merge(
    burden: Burden, *, agency_id: str, found: str, plans: Iterable[str], lead: str
) -> list[BurdenEvent]:
    """Let the visit of *lead* stand for those of the other plans."""
    others = tuple(sorted(set(plans) - {lead}))
    if burden.merged.get(lead):
        raise LoadRefused("target-merged", f"{lead} itself visits with another plan")
    booked = {booking.plan_id for booking in burden.bookings.values()}
    if ordered := sorted(booked & set(others)):
        raise LoadRefused("merged-plan-visits-itself", f"{ordered} ordered a visit")
    if all(burden.merged.get(plan) == lead for plan in others):
        return []
    return [
        ClaimsMerged(
            agency_id=agency_id, overlap_id=found, lead_plan_id=lead, merged=others
        )
    ]


def count_day(burden: Burden, *, agency_id: str, booking: Booking) -> list[BurdenEvent]:
    """Count a visit that nobody had booked, once it has been."""
    if booking.inspection_id in burden.bookings:
        return []
    return [VisitDayCounted(agency_id=agency_id, booking=booking)]


def _claimed(burden: Burden, known: Claim, found: Iterable[Found]) -> Burden:
    told = {one.plans: one.overlap_id for one in found}
    claims = {**burden.claims, known.plan_id: known}
    return replace(burden, claims=claims, told={**burden.told, **told})


def _booked(burden: Burden, booking: Booking) -> Burden:
    known = {**burden.bookings, booking.inspection_id: booking}
    return replace(burden, bookings=known)


def _released(burden: Burden, event: ClaimReleased) -> Burden:
    gone = event.plan_id
    claims = {plan: it for plan, it in burden.claims.items() if plan != gone}
    told = {plans: name for plans, name in burden.told.items() if gone not in plans}
    merged = {p: lead for p, lead in burden.merged.items() if gone not in {p, lead}}
    left = _freed(burden, event.inspection_ids)
    return replace(left, claims=claims, told=told, merged=merged)


def _freed(burden: Burden, gone: Collection[str]) -> Burden:
    left = {k: b for k, b in burden.bookings.items() if k not in gone}
    return replace(burden, bookings=left)


def _free(
    burden: Burden, agency_id: str, booking: Booking, others: Sequence[Booking]
) -> None:
    if lead := burden.merged.get(booking.plan_id):
        raise LoadRefused("target-merged", f"{lead} visits {agency_id} for this plan")
    if any(known.day == booking.day for known in others):
        raise LoadRefused(
            "unit-visited-that-day", f"{agency_id} has a visit on {booking.day}"
        )


def _exceeds(
    rules: LoadLimits, agency_id: str, booking: Booking, others: Sequence[Booking]
) -> bool:
    """Say whether limits that do not bind are exceeded; those that bind refuse."""
    if any(booking.day in closed for closed in rules.blackout):
        raise LoadRefused("visit-on-blackout", f"{agency_id} has none on {booking.day}")
    too_much = _too_much(rules, booking, others)
    if too_much and rules.binding:
        raise LoadRefused("visit-refused-load", f"{agency_id}: {too_much}")
    return bool(too_much)


def _too_much(rules: LoadLimits, wanted: Booking, others: Sequence[Booking]) -> str:
    """Say which cap the visit breaks, or nothing."""
    year = _in_year(wanted.day, others)
    days = {known.day for known in year} | {wanted.day}
    if (
        rules.max_visits_per_year is not None
        and len(year) + 1 > rules.max_visits_per_year
    ):
        return f"{rules.max_visits_per_year} visits a year"
    if rules.max_visit_days is not None and len(days) > rules.max_visit_days:
        return f"{rules.max_visit_days} days of visits a year"
    near = (abs((known.day - wanted.day).days) for known in others)
    if any(gap < rules.min_gap_days for gap in near):
        return f"{rules.min_gap_days} days between visits"
    return ""


def _in_year(day: date, bookings: Iterable[Booking]) -> tuple[Booking, ...]:
    return tuple(known for known in bookings if known.day.year == day.year)


def _overlaps(
    burden: Burden,
    agency_id: str,
    wanted: Claim,
    days: tuple[Window, ...],
    pressing: Iterable[Booking] = (),
) -> Iterable[Found]:
    """Find the plans that want the unit as well, each pair once.

    *pressing* are visits that with this one are too many for the unit.
    """
    pressed = {known.plan_id for known in pressing}
    for plan_id, other in sorted(burden.claims.items()):
        plans = tuple(sorted((wanted.plan_id, plan_id)))
        if plan_id == wanted.plan_id or plans in burden.told:
            continue
        if _joint(burden, wanted.plan_id, plan_id):
            continue
        name = overlap_id(agency_id, plans)
        common = _common(days, burden.when(plan_id))
        again = _asked_again(wanted, other, days, burden.when(plan_id))
        if common is not None or plan_id in pressed:
            yield Found(
                overlap_id=name, kind=Kind.UNIT, plans=plans, window=common or days[0]
            )
        elif again:
            yield Found(
                overlap_id=name,
                kind=Kind.CONTENT,
                plans=plans,
                window=days[0],
                content_items=again,
            )


def _joint(burden: Burden, one: str, other: str) -> bool:
    return burden.merged.get(one) == other or burden.merged.get(other) == one


def _common(some: Iterable[Window], others: Iterable[Window]) -> Window | None:
    """Return the first days that both have."""
    others = tuple(others)
    for one in some:
        for other in others:
            start, end = max(one.start, other.start), min(one.end, other.end)
            if start <= end:
                return Window(start=start, end=end)
    return None


def _asked_again(
    wanted: Claim,
    other: Claim,
    some: Iterable[Window],
    others: Iterable[Window],
) -> tuple[str, ...]:
    """Return what both ask within a year; a yearly cycle asks no twice."""
    if wanted.year != other.year and set(wanted.programmes) & set(other.programmes):
        return ()
    others = tuple(others)
    gaps = [
        max((two.start - one.end).days, (one.start - two.end).days)
        for one in some
        for two in others
    ]
    if min(gaps) >= CONTENT_AGAIN_DAYS:
        return ()
    return tuple(item for item in wanted.content_items if item in other.content_items)
