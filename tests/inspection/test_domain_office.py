"""Who headed the unit on the day: the registry's word, or the officer's."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.inspection import domain
from services.inspection.handlers import INSPECTION, OFFICE
from tests.inspection import examples_contents as it
from tests.inspection.examples import (
    AT_THE_UNIT,
    PERSON,
    RAISED,
    REVIEW,
    VISIT_DAY,
    raised,
)

HEAD = domain.HeadNoted(
    agency_id="hn-tan-hoi",
    person_ref="p-71",
    title="Chủ tịch UBND xã Tân Hội",
    valid_from=date(2021, 6, 30),
)
NEXT = replace(HEAD, person_ref="p-72", valid_from=date(2023, 5, 23))
GONE = replace(HEAD, valid_to=date(2023, 5, 21))
NOBODY_SAID = replace(REVIEW, head_ref=None)
LOOKED_UP = replace(
    raised(REVIEW),
    finding=replace(REVIEW, head_title=HEAD.title, head_source="REGISTRY"),
)

note = partial(domain.note_head, noted=HEAD)
find = partial(domain.raise_finding, on=VISIT_DAY, by=PERSON)
determine = partial(
    domain.determine_accountability, head=it.LIABLE, on=date(2023, 5, 30), by=PERSON
)


def office(*heads):
    return OFFICE.fold(heads)


def test_a_head_is_noted_once():
    given(OFFICE).when(note).then(HEAD)
    given(OFFICE, HEAD).when(note).then_nothing()


def test_that_a_head_left_is_noted_in_the_place_of_their_coming():
    given(OFFICE, HEAD).when(note, noted=GONE).then(GONE)
    assert office(HEAD, GONE).heads == (GONE,)


@pytest.mark.seed("1.11")
@pytest.mark.capability("C14")
@pytest.mark.parametrize("said", [REVIEW, NOBODY_SAID], ids=["said", "not-said"])
def test_a_finding_names_the_head_who_was_in_office_that_day(said):
    given(INSPECTION, *AT_THE_UNIT).when(
        find, finding=said, office=office(HEAD, NEXT)
    ).then(LOOKED_UP)


@pytest.mark.capability("C14")
def test_another_head_than_the_registrys_is_refused_and_the_right_one_is_named():
    other = replace(REVIEW, head_ref="p-99")

    given(INSPECTION, *AT_THE_UNIT).when(
        find, finding=other, office=office(HEAD, NEXT)
    ).then_refused("head-not-in-office")
    with pytest.raises(domain.InspectionRefused, match=r"p-71 .*headed hn-tan-hoi"):
        domain.head_then(office(HEAD, NEXT), given="p-99", on=VISIT_DAY)


def test_who_comes_ends_the_time_of_who_was():
    assert domain.head_then(office(HEAD, NEXT), given=None, on=date(2023, 5, 23)) == (
        domain.HeadThen(ref="p-72", title=HEAD.title, source="REGISTRY")
    )


@pytest.mark.parametrize(
    "told",
    [(), (NEXT,), (GONE,)],
    ids=["nothing-told", "not-yet-in-office", "left-before"],
)
def test_where_the_registry_knows_no_head_the_officers_word_stands_and_is_marked(told):
    given(INSPECTION, *AT_THE_UNIT).when(
        find, finding=REVIEW, office=office(*told)
    ).then(RAISED)
    assert RAISED.finding.head_source == "OFFICER"


def test_a_finding_without_a_head_is_marked_as_nobodys_word():
    given(INSPECTION, *AT_THE_UNIT).when(find, finding=NOBODY_SAID).then(
        raised(NOBODY_SAID)
    )
    assert raised(NOBODY_SAID).finding.head_source is None


@pytest.mark.parametrize("said", [REVIEW, NOBODY_SAID], ids=["said", "not-said"])
def test_a_finding_whose_head_was_looked_up_is_not_raised_twice(said):
    given(INSPECTION, *AT_THE_UNIT, LOOKED_UP).when(
        find, finding=said, office=office(HEAD)
    ).then_nothing()


def test_a_finding_whose_head_an_officer_named_is_not_the_one_without_a_head():
    given(INSPECTION, *AT_THE_UNIT, RAISED).when(
        find, finding=NOBODY_SAID
    ).then_refused("finding-raised-otherwise")


@pytest.mark.seed("1.11")
@pytest.mark.capability("C14")
def test_accountability_is_of_the_head_on_the_day_of_the_finding_not_of_today():
    nobody = replace(it.LIABLE, head_ref=None)
    found = (*AT_THE_UNIT, raised(NOBODY_SAID))
    then = replace(
        it.DETERMINED,
        head=replace(it.LIABLE, head_source="REGISTRY"),
        determined_on=date(2023, 5, 30),
    )

    given(INSPECTION, *found).when(
        determine, head=nobody, office=office(HEAD, NEXT)
    ).then(then)
    given(INSPECTION, *found, then).when(
        determine, head=nobody, office=office(HEAD, NEXT)
    ).then_nothing()
    given(INSPECTION, *found).when(
        determine, head=replace(nobody, head_ref="p-72"), office=office(HEAD, NEXT)
    ).then_refused("head-not-in-office")
