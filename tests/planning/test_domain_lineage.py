"""Rules of the registry in time: names, heads, successors, ends."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from services.chassis.testing import given
from services.planning import domain
from services.planning.handlers import AGENCY
from tests.planning.examples import AN_LOC
from tests.planning.merging import (
    AN_BINH_UNIT,
    DISSOLVED,
    DIVIDED,
    LAW,
    MERGED,
    PHU_THUAN_B,
    REFORM,
    UNITS_AFTER,
)

RENAMED = domain.AgencyRenamed(
    agency_id="hn-an-loc",
    name="Ủy ban nhân dân phường An Lộc A",
    valid_from=date(2023, 1, 1),
    legal_ref="Nghị quyết (ví dụ)",
)
rename = partial(
    domain.rename_agency,
    name=RENAMED.name,
    valid_from=RENAMED.valid_from,
    legal_ref=RENAMED.legal_ref,
)
HEAD = domain.HeadAppointed(
    agency_id="hn-an-loc",
    person_ref="p-21",
    title="Chủ tịch Ủy ban nhân dân phường",
    valid_from=date(2021, 7, 1),
)
NEXT_HEAD = replace(HEAD, person_ref="p-22", valid_from=date(2023, 6, 1))
FOCAL = domain.FocalOfficerAppointed(
    agency_id="hn-an-loc",
    person_ref="p-23",
    title="Công chức Văn phòng - thống kê",
    valid_from=date(2021, 7, 1),
)
appoint = partial(domain.fill_post, post=HEAD)
succeed = partial(
    domain.succeed_agency,
    relations={"vn34-x29954": domain.Relation.WHOLE},
    units=UNITS_AFTER,
    effective_on=REFORM,
    legal_ref=LAW,
    today=REFORM,
)
divide = partial(
    succeed,
    relations={
        "vn34-x29992": domain.Relation.PART,
        "vn34-x30154": domain.Relation.PART,
    },
)
dissolve = partial(
    domain.dissolve_agency, effective_on=REFORM, legal_ref=LAW, today=REFORM
)


def test_an_agency_is_renamed_from_a_day_on():
    given(AGENCY, AN_LOC).when(rename).then(RENAMED)


def test_the_same_name_from_the_same_day_is_ignored():
    given(AGENCY, AN_LOC, RENAMED).when(rename).then_nothing()


def test_an_agency_does_not_get_two_names_on_one_day():
    other = partial(rename, name="Ủy ban nhân dân phường An Lộc B")

    given(AGENCY, AN_LOC, RENAMED).when(other).then_refused("agency-renamed-otherwise")


def test_an_agency_that_has_ended_is_not_renamed():
    late = partial(rename, valid_from=REFORM)

    given(AGENCY, AN_LOC).when(late).then_refused("agency-not-active")


def test_what_is_not_in_the_registry_is_not_renamed():
    given(AGENCY).when(rename).then_refused("unknown-agency")


def test_an_agency_is_called_as_it_was_called_on_the_day():
    agency = AGENCY.fold([AN_LOC, RENAMED])

    assert agency.name_on(date(2022, 12, 31)) == AN_LOC.name
    assert agency.name_on(date(2023, 1, 1)) == RENAMED.name
    assert agency.unit.name == RENAMED.name


@pytest.mark.seed("1.11")
def test_a_head_takes_office_by_reference():
    given(AGENCY, AN_LOC).when(appoint).then(HEAD)


@pytest.mark.seed("4.3")
def test_an_agency_has_a_focal_officer():
    given(AGENCY, AN_LOC).when(partial(appoint, post=FOCAL)).then(FOCAL)


def test_appointing_the_same_again_is_ignored():
    given(AGENCY, AN_LOC, HEAD).when(appoint).then_nothing()


def test_a_head_may_leave_on_a_day_that_is_said_later():
    left = replace(HEAD, valid_to=date(2023, 3, 31))

    given(AGENCY, AN_LOC, HEAD).when(partial(appoint, post=left)).then(left)


def test_two_heads_do_not_begin_on_one_day():
    other = partial(appoint, post=replace(HEAD, person_ref="p-29"))

    given(AGENCY, AN_LOC, HEAD).when(other).then_refused("head-appointed-otherwise")


def test_a_head_does_not_leave_before_coming():
    other = partial(appoint, post=replace(HEAD, valid_to=date(2020, 1, 1)))

    given(AGENCY, AN_LOC).when(other).then_refused("window-reversed")


def test_nobody_heads_an_agency_that_is_not_there():
    other = partial(appoint, post=replace(HEAD, valid_from=REFORM))

    given(AGENCY, AN_LOC).when(other).then_refused("agency-not-active")
    given(AGENCY).when(appoint).then_refused("unknown-agency")


@pytest.mark.seed("1.11")
def test_the_head_in_office_is_the_one_of_that_day():
    agency = AGENCY.fold([AN_LOC, HEAD, NEXT_HEAD, FOCAL])

    assert domain.head_on(agency, day=date(2021, 6, 30)) is None
    assert domain.head_on(agency, day=date(2023, 5, 31)) == HEAD
    assert domain.head_on(agency, day=date(2023, 6, 1)) == NEXT_HEAD


@pytest.mark.capability("C25")
def test_a_unit_that_went_whole_into_another_hands_over_by_itself():
    given(AGENCY, AN_LOC).when(succeed).then(MERGED)


@pytest.mark.capability("C25")
def test_a_divided_unit_hands_over_to_nobody_by_itself():
    given(AGENCY, PHU_THUAN_B).when(divide).then(DIVIDED)
    assert DIVIDED.automatic_to is None


def test_the_same_succession_again_is_ignored():
    given(AGENCY, AN_LOC, MERGED).when(succeed).then_nothing()


def test_an_agency_has_one_end():
    other = partial(succeed, relations={"vn34-x29992": domain.Relation.WHOLE})

    given(AGENCY, AN_LOC, MERGED).when(other).then_refused("agency-ended-otherwise")
    given(AGENCY, AN_LOC, MERGED).when(dissolve).then_refused("agency-ended-otherwise")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"relations": {}}, "succession-without-successor"),
        (
            {"relations": {"vn34-x29954": domain.Relation.PART}},
            "relation-inconsistent",
        ),
        (
            {
                "relations": {
                    "vn34-x29954": domain.Relation.WHOLE,
                    "vn34-x29992": domain.Relation.PART,
                }
            },
            "relation-inconsistent",
        ),
        ({"units": {}}, "unknown-agency"),
        (
            {"units": {"vn34-x29954": replace(AN_BINH_UNIT, valid_to=REFORM)}}
            | {"effective_on": REFORM + timedelta(days=1)},
            "successor-not-active",
        ),
        ({"today": REFORM - timedelta(days=1)}, "succession-not-yet"),
        (
            {"effective_on": date(2026, 1, 1), "today": date(2026, 1, 1)},
            "agency-not-active",
        ),
    ],
)
def test_a_succession_that_cannot_be_is_refused(change, code):
    given(AGENCY, AN_LOC).when(partial(succeed, **change)).then_refused(code)


def test_a_unit_does_not_take_its_own_place():
    own = partial(
        succeed,
        relations={"hn-an-loc": domain.Relation.WHOLE},
        units={"hn-an-loc": domain.Agency(entry=replace(AN_LOC, valid_to=None)).unit},
    )

    given(AGENCY, AN_LOC).when(own).then_refused("own-successor")


def test_a_district_is_dissolved_without_a_successor():
    given(AGENCY, AN_LOC).when(dissolve).then(DISSOLVED)
    given(AGENCY, AN_LOC, DISSOLVED).when(dissolve).then_nothing()


def test_what_is_not_in_the_registry_does_not_end():
    given(AGENCY).when(dissolve).then_refused("unknown-agency")
    given(AGENCY).when(succeed).then_refused("unknown-agency")


def test_a_succeeded_agency_exists_until_the_day_before():
    unit = AGENCY.fold([replace(AN_LOC, valid_to=None), MERGED]).unit

    assert unit.active_on(REFORM - timedelta(days=1))
    assert not unit.active_on(REFORM)


@drawn(
    st.lists(
        st.tuples(
            st.dates(date(2008, 12, 23), date(2025, 6, 30)), st.sampled_from("abc")
        ),
        max_size=8,
    ),
    st.dates(date(2008, 12, 23), date(2025, 6, 30)),
)
def test_at_most_one_head_is_in_office_and_it_is_the_last_to_come(terms, day):
    agency = AGENCY.fold([AN_LOC])
    for since, who in terms:
        post = replace(HEAD, person_ref=who, valid_from=since)
        with suppress(domain.AgencyRefused):
            for event in domain.fill_post(agency, post=post):
                agency = domain.evolve_agency(agency, event)
    head = domain.head_on(agency, day=day)
    begun = [post.valid_from for post in agency.posts if post.valid_from <= day]

    assert (head and head.valid_from) == max(begun, default=None)
