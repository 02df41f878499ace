"""What a unit bears: claims of all plans, days of visits, limits, overlaps."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning import domain
from services.planning.handlers.burdens import BURDEN

UNIT = "hn-an-loc"
MAY = domain.Window(start=date(2023, 5, 9), end=date(2023, 5, 23))
JUNE = domain.Window(start=date(2023, 6, 1), end=date(2023, 6, 30))
PAR = domain.Claim(
    plan_id="KH-2023-HN",
    window=MAY,
    year=2023,
    programmes=("PAR",),
    content_items=("DIRECTION", "DIGITISATION"),
)
DUTY = domain.Claim(
    plan_id="KH-2023-CV",
    window=domain.Window(start=date(2023, 5, 22), end=date(2023, 6, 5)),
    year=2023,
    programmes=("PUBLIC_DUTY",),
    content_items=("OFFICER_DUTY", "DIRECTION"),
)
PAIR = ("KH-2023-CV", "KH-2023-HN")
OVERLAP = "hn-an-loc:KH-2023-CV:KH-2023-HN"
FOUND = domain.Found(
    overlap_id=OVERLAP,
    kind=domain.OverlapKind.UNIT,
    plans=PAIR,
    window=domain.Window(start=date(2023, 5, 22), end=date(2023, 5, 23)),
)
CLAIMED = domain.UnitClaimed(agency_id=UNIT, claim=PAR)
CLAIMED_TOO = domain.UnitClaimed(agency_id=UNIT, claim=DUTY, found=(FOUND,))
VISIT = domain.Booking(
    inspection_id="I-2023-HN-04", plan_id="KH-2023-HN", day=date(2023, 5, 15)
)
BOOKED = domain.VisitBooked(agency_id=UNIT, claim=PAR, booking=VISIT)
SECOND = domain.Booking(
    inspection_id="I-2023-CV-01", plan_id="KH-2023-CV", day=date(2023, 6, 1)
)
claim = partial(domain.claim_unit, agency_id=UNIT, wanted=PAR)
claim_too = partial(domain.claim_unit, agency_id=UNIT, wanted=DUTY)
book = partial(domain.book_visit, agency_id=UNIT, wanted=PAR, booking=VISIT)
book_second = partial(domain.book_visit, agency_id=UNIT, wanted=DUTY, booking=SECOND)
release = partial(domain.release_claim, agency_id=UNIT, plan_id="KH-2023-HN")
merge = partial(
    domain.merge_claims, agency_id=UNIT, found=OVERLAP, plans=PAIR, lead="KH-2023-HN"
)
MERGED = domain.ClaimsMerged(
    agency_id=UNIT,
    overlap_id=OVERLAP,
    lead_plan_id="KH-2023-HN",
    merged=("KH-2023-CV",),
)


def limits(**caps):
    return domain.LoadLimitsSet(agency_id=UNIT, limits=domain.LoadLimits(**caps))


def test_a_claim_is_laid_once():
    given(BURDEN).when(claim).then(CLAIMED)
    given(BURDEN, CLAIMED).when(claim).then_nothing()


@pytest.mark.seed("1.7")
@pytest.mark.capability("C6")
def test_plans_that_want_a_unit_in_the_same_days_are_told_once():
    given(BURDEN, CLAIMED).when(claim_too).then(CLAIMED_TOO)

    moved = replace(DUTY, window=MAY)
    given(BURDEN, CLAIMED, CLAIMED_TOO).when(partial(claim_too, wanted=moved)).then(
        domain.UnitClaimed(agency_id=UNIT, claim=moved)
    )


def test_a_day_that_is_booked_stands_for_the_whole_window():
    given(BURDEN, CLAIMED, BOOKED).when(
        partial(claim_too, wanted=replace(DUTY, content_items=()))
    ).then(domain.UnitClaimed(agency_id=UNIT, claim=replace(DUTY, content_items=())))


@pytest.mark.seed("1.7")
def test_the_same_content_asked_again_within_a_year_is_told():
    later = replace(DUTY, window=JUNE)
    [event] = domain.claim_unit(BURDEN.fold([CLAIMED]), agency_id=UNIT, wanted=later)

    [found] = event.found
    assert (found.kind, found.content_items) == (
        domain.OverlapKind.CONTENT,
        ("DIRECTION",),
    )


@pytest.mark.parametrize(
    "other",
    [
        replace(DUTY, window=JUNE, content_items=("OFFICER_DUTY",)),
        replace(  # the same programme, a year later
            PAR,
            plan_id="KH-2024-HN",
            year=2024,
            window=domain.Window(start=date(2024, 4, 1), end=date(2024, 4, 30)),
        ),
        replace(
            DUTY,
            year=2024,
            window=domain.Window(start=date(2024, 5, 22), end=date(2024, 5, 23)),
        ),
    ],
)
def test_other_contents_yearly_cycles_and_a_year_apart_are_no_overlap(other):
    given(BURDEN, CLAIMED).when(partial(claim, wanted=other)).then(
        domain.UnitClaimed(agency_id=UNIT, claim=other)
    )


def test_a_day_is_booked_once():
    given(BURDEN, CLAIMED).when(book).then(BOOKED)
    given(BURDEN, CLAIMED, BOOKED).when(book).then_nothing()


def test_a_booked_visit_is_moved_to_another_day():
    moved = replace(VISIT, day=date(2023, 5, 16))

    given(BURDEN, BOOKED).when(partial(book, booking=moved)).then(
        domain.VisitBooked(agency_id=UNIT, claim=PAR, booking=moved)
    )


@pytest.mark.seed("1.6")
@pytest.mark.capability("C6")
def test_a_unit_has_no_two_visits_on_one_day():
    same_day = replace(SECOND, day=VISIT.day)

    given(BURDEN, BOOKED).when(partial(book_second, booking=same_day)).then_refused(
        "unit-visited-that-day"
    )


@pytest.mark.seed("1.6")
def test_a_unit_has_no_visit_on_a_day_it_closed():
    closed = limits(blackout=(MAY,))

    given(BURDEN, closed).when(book).then_refused("visit-on-blackout")


@pytest.mark.seed("1.6")
@pytest.mark.parametrize(
    "caps",
    [{"max_visit_days": 1}, {"max_visits_per_year": 1}, {"min_gap_days": 18}],
)
def test_a_unit_bears_so_much_and_no_more(caps):
    given(BURDEN, limits(**caps), BOOKED).when(book_second).then_refused(
        "visit-refused-load"
    )


@pytest.mark.parametrize(
    "caps",
    [{"max_visit_days": 2}, {"max_visits_per_year": 2}, {"min_gap_days": 17}],
)
def test_what_a_unit_bears_it_is_asked_for(caps):
    [event] = book_second(BURDEN.fold([limits(**caps), BOOKED]))

    assert event.booking == SECOND


def test_the_limits_of_a_superior_and_of_the_plan_hold_too():
    strict = domain.LoadLimits(max_visits_per_year=1)

    given(BURDEN, BOOKED).when(
        partial(book_second, limits=(domain.LoadLimits(), strict))
    ).then_refused("visit-refused-load")


def test_limits_that_do_not_bind_are_told():
    loose = limits(max_visits_per_year=1, binding=False)
    apart = replace(DUTY, window=JUNE, content_items=())

    [event] = book_second(BURDEN.fold([loose, BOOKED]), wanted=apart)

    [found] = event.found
    assert (found.kind, found.window.start) == (domain.OverlapKind.UNIT, SECOND.day)


def test_a_new_year_begins_anew():
    next_year = replace(SECOND, day=date(2024, 1, 2))

    [event] = domain.book_visit(
        BURDEN.fold([limits(max_visits_per_year=1, max_visit_days=1), BOOKED]),
        agency_id=UNIT,
        wanted=replace(DUTY, content_items=()),
        booking=next_year,
    )
    assert event.booking == next_year


def test_limits_are_set_once_and_their_days_do_not_run_backwards():
    wanted = limits(max_visit_days=3)
    backwards = limits(blackout=(domain.Window(start=MAY.end, end=MAY.start),))
    verb = partial(domain.set_load_limits, wanted=wanted)

    given(BURDEN).when(verb).then(wanted)
    given(BURDEN, wanted).when(verb).then_nothing()
    given(BURDEN).when(partial(domain.set_load_limits, wanted=backwards)).then_refused(
        "window-reversed"
    )


@pytest.mark.seed("1.7")
@pytest.mark.capability("C6")
def test_one_visit_stands_for_both_plans():
    given(BURDEN, CLAIMED, CLAIMED_TOO).when(merge).then(MERGED)
    given(BURDEN, CLAIMED, CLAIMED_TOO, MERGED).when(merge).then_nothing()

    burden = BURDEN.fold([CLAIMED, CLAIMED_TOO, MERGED])
    assert burden.leads("KH-2023-HN") == ("KH-2023-CV",)
    given(BURDEN, CLAIMED, CLAIMED_TOO, MERGED).when(book_second).then_refused(
        "target-merged"
    )


def test_a_plan_that_has_ordered_its_own_visit_is_not_merged():
    booked = domain.VisitBooked(agency_id=UNIT, claim=DUTY, booking=SECOND)

    given(BURDEN, CLAIMED, booked).when(merge).then_refused("merged-plan-visits-itself")


def test_a_merged_plan_leads_no_other():
    other = partial(
        merge, plans=("KH-2023-CV", "KH-2023-TT"), lead="KH-2023-CV", found="other"
    )

    given(BURDEN, CLAIMED, CLAIMED_TOO, MERGED).when(other).then_refused(
        "target-merged"
    )


def test_a_claim_taken_back_ends_its_overlaps_and_frees_its_day():
    released = domain.ClaimReleased(
        agency_id=UNIT,
        plan_id="KH-2023-HN",
        inspection_ids=("I-2023-HN-04",),
        overlap_ids=(OVERLAP,),
    )
    history = (CLAIMED, CLAIMED_TOO, BOOKED)

    given(BURDEN, *history).when(release).then(released)
    given(BURDEN, *history, released).when(release).then_nothing()
    same_day = replace(SECOND, day=VISIT.day)
    [event] = book_second(BURDEN.fold([*history, released]), booking=same_day)
    assert event.booking == same_day


def test_an_unannounced_visit_counts_once_it_has_been():
    booking = replace(VISIT, inspection_id="I-2023-DX-01")
    counted = domain.VisitDayCounted(agency_id=UNIT, booking=booking)
    count = partial(domain.count_visit_day, agency_id=UNIT, booking=booking)

    given(BURDEN).when(count).then(counted)
    given(BURDEN, counted).when(count).then_nothing()
    given(BURDEN, counted).when(
        partial(book_second, booking=replace(SECOND, day=VISIT.day))
    ).then_refused("unit-visited-that-day")


FREED = domain.VisitDayFreed(agency_id=UNIT, inspection_id=VISIT.inspection_id)
free = partial(domain.free_visit_day, agency_id=UNIT, inspection_id=VISIT.inspection_id)


def test_a_visit_called_off_frees_its_day_and_no_more():
    given(BURDEN, CLAIMED, BOOKED).when(free).then(FREED)
    given(BURDEN, CLAIMED, BOOKED, FREED).when(free).then_nothing()

    burden = BURDEN.fold([CLAIMED, BOOKED, FREED])
    assert (set(burden.claims), burden.bookings) == ({"KH-2023-HN"}, {})


def test_a_freed_day_counts_for_no_cap():
    once = limits(max_visits_per_year=1)

    given(BURDEN, once, CLAIMED, BOOKED).when(book_second).then_refused(
        "visit-refused-load"
    )
    assert book_second(BURDEN.fold([once, CLAIMED, BOOKED, FREED]))


def test_a_plan_that_wants_nothing_any_more_leaves_the_days_that_were_borne():
    another = replace(VISIT, inspection_id="I-2023-HN-09", day=date(2023, 5, 17))
    booked_too = replace(BOOKED, booking=another)
    history = (CLAIMED, BOOKED, booked_too)

    [released] = release(BURDEN.fold(history), made={another.inspection_id})

    assert released.inspection_ids == (VISIT.inspection_id,)
    burden = BURDEN.fold([*history, released])
    assert (burden.claims, set(burden.bookings)) == ({}, {another.inspection_id})
