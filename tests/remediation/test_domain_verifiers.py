"""Who verifies neither inspected nor remedied."""

from dataclasses import replace
from functools import partial

import pytest

from services.chassis.testing import given
from services.remediation import domain
from services.remediation.handlers import CASE
from tests.remediation.examples import CALENDAR, ISSUED, REPORTED, hanoi

INSPECTED = replace(ISSUED, inspector_refs=("hong-ngu-noi-vu.p-01",))
WHEN = {"by_agency": "hong-ngu-noi-vu"}
verify = partial(domain.verify, on=REPORTED.reported_on, **WHEN)
reject = partial(
    domain.reject,
    at=hanoi(2023, 7, 12, 9, 0),
    reason="Chưa đủ minh chứng",
    calendar=CALENDAR,
    **WHEN,
)


@pytest.mark.seed("1.5")
@pytest.mark.parametrize("verb", [verify, reject])
def test_who_inspected_does_not_judge_the_remedy(verb):
    inspector = partial(verb, by_officer="hong-ngu-noi-vu.p-01")

    given(CASE, INSPECTED, REPORTED).when(inspector).then_refused("verifier-inspected")


@pytest.mark.parametrize("verb", [verify, reject])
@pytest.mark.parametrize("officer", [None, "hong-ngu-noi-vu.p-02", "hong-ngu-vp.p-01"])
def test_another_officer_does_even_under_the_same_reference_elsewhere(verb, officer):
    case = CASE.fold([INSPECTED, REPORTED])

    assert verb(case, by_officer=officer)
