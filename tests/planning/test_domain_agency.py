"""Rules of the registry."""

from dataclasses import replace
from datetime import date
from functools import partial

from services.chassis.testing import given
from services.planning import domain
from services.planning.handlers import AGENCY
from tests.planning.examples import AN_LOC, ENDED, ROUND, UNITS

register = partial(domain.register, entry=AN_LOC)


def test_an_agency_is_registered():
    given(AGENCY).when(register).then(AN_LOC)


def test_registering_the_same_again_is_ignored():
    given(AGENCY, AN_LOC).when(register).then_nothing()


def test_an_agency_is_not_registered_differently():
    other = partial(register, entry=replace(AN_LOC, name="Ủy ban nhân dân phường"))

    given(AGENCY, AN_LOC).when(other).then_refused("agency-registered-otherwise")


def test_an_agency_does_not_end_before_it_begins():
    other = partial(register, entry=replace(AN_LOC, valid_to=date(2020, 10, 31)))

    given(AGENCY).when(other).then_refused("window-reversed")


def test_a_code_does_not_end_before_it_begins():
    [code] = AN_LOC.identifiers
    reversed_ = replace(code, valid_to=date(2020, 10, 31))
    other = partial(register, entry=replace(AN_LOC, identifiers=(reversed_,)))

    given(AGENCY).when(other).then_refused("window-reversed")


def test_an_agency_is_active_from_its_first_to_its_last_day():
    unit = UNITS[0]

    assert unit.active_on(unit.valid_from)
    assert unit.active_on(ENDED)
    assert not unit.active_on(date(2020, 10, 31))
    assert not unit.active_on(date(2025, 7, 1))


def test_an_agency_without_an_end_is_active_for_ever():
    assert replace(UNITS[0], valid_to=None).active_in(
        replace(ROUND, end=date(2099, 12, 31))
    )


def test_an_agency_nobody_entered_is_no_unit():
    assert domain.Agency().unit is None
