"""Rules of good practices: seen, tried, proposed, taken over, measured, taken back."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.inspection import domain
from services.inspection.handlers import INSPECTION, PRACTICE
from tests.inspection import examples_contents as it
from tests.inspection.examples import AT_THE_UNIT, PLANNED, QR, ROUND_END

tried = partial(
    domain.pilot,
    units=("hn-an-lac",),
    start=it.PILOTED.start,
    end=it.PILOTED.end,
    on=it.PILOTED.piloted_on,
)
propose = partial(
    domain.propose,
    scope=it.PROPOSED.scope,
    text=it.PROPOSED.text,
    on=it.PROPOSED.proposed_on,
    authority=it.PROPOSED.authority,
)
withdraw = partial(
    domain.withdraw_practice, reason=it.NO_MODEL.reason, on=it.NO_MODEL.withdrawn_on
)
record = partial(
    domain.record_practice_of,
    practice_id="GP-1",
    inspection=INSPECTION.fold(AT_THE_UNIT),
    name=QR.name,
    description=None,
    adopters=(),
    on=ROUND_END,
)
SEEN_ONCE = replace(
    QR,
    adopters=("hn-tan-hoi",),
    inspection_ids=("I-2023-HN-07",),
    recorded_on=ROUND_END,
)


@pytest.mark.seed("2.7", "3.1", "1.4")
@pytest.mark.capability("C16")
def test_a_practice_of_one_inspection_is_followed_by_its_unit():
    given(PRACTICE).when(record).then(SEEN_ONCE)
    given(PRACTICE, SEEN_ONCE).when(record).then_nothing()
    given(PRACTICE, QR).when(record).then_refused("practice-recorded-otherwise")
    given(PRACTICE).when(record, inspection=INSPECTION.fold((PLANNED,))).then_refused(
        "visit-not-started"
    )


@pytest.mark.seed("2.20")
@pytest.mark.capability("C16")
def test_a_practice_is_tried_at_some_units_for_a_time():
    later = date(2023, 6, 2)

    given(PRACTICE, QR).when(tried).then(it.PILOTED)
    given(PRACTICE, QR, it.PILOTED).when(tried, on=later).then_nothing()


@pytest.mark.parametrize(
    ("history", "changed", "code"),
    [
        ((), {}, "unknown-practice"),
        ((QR,), {"units": ()}, "pilot-without-units"),
        ((QR,), {"end": date(2023, 5, 31)}, "window-reversed"),
        ((QR, it.NO_MODEL), {}, "practice-withdrawn"),
    ],
)
def test_a_practice_is_not_tried_otherwise(history, changed, code):
    given(PRACTICE, *history).when(tried, **changed).then_refused(code)


@pytest.mark.seed("1.4", "2.20", "3.1")
def test_a_practice_is_proposed_taken_over_and_measured():
    given(PRACTICE, QR).when(propose).then(it.PROPOSED)
    given(PRACTICE, QR, it.PROPOSED).when(propose).then_nothing()
    given(PRACTICE, QR, it.PROPOSED).when(
        domain.note_adoption, adoption=it.ADOPTED
    ).then(it.ADOPTED)
    given(PRACTICE, QR, it.ADOPTED).when(
        domain.note_adoption, adoption=it.ADOPTED
    ).then_nothing()
    given(PRACTICE, QR, it.ADOPTED).when(domain.note_effect, effect=it.EFFECT).then(
        it.EFFECT
    )
    given(PRACTICE, QR, it.EFFECT).when(
        domain.note_effect, effect=it.EFFECT
    ).then_nothing()


def test_what_others_do_with_a_practice_that_is_not_here_is_not_noted():
    given(PRACTICE).when(domain.note_adoption, adoption=it.ADOPTED).then_nothing()
    given(PRACTICE).when(domain.note_effect, effect=it.EFFECT).then_nothing()


def test_a_practice_is_withdrawn_with_a_reason():
    given(PRACTICE, QR).when(withdraw).then(it.NO_MODEL)
    given(PRACTICE, QR, it.NO_MODEL).when(withdraw).then_nothing()
    given(PRACTICE, QR, it.NO_MODEL).when(withdraw, reason="Khác").then_refused(
        "practice-withdrawn"
    )
    given(PRACTICE).when(withdraw).then_refused("unknown-practice")
    given(PRACTICE).when(propose).then_refused("unknown-practice")
    given(PRACTICE, QR, it.NO_MODEL).when(propose).then_refused("practice-withdrawn")
