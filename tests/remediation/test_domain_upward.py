"""What a conclusion asks of a higher level: once, and answered by whom it asks."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.remediation import domain
from services.remediation.handlers import UPWARD
from tests.remediation.turns import ANSWERED
from tests.remediation.turns import UPWARD as ASKED

ask = partial(domain.ask_upward, words=ASKED)
answer = partial(
    domain.answer_upward,
    by_agency="dong-thap",
    on=date(2023, 8, 1),
    text=ANSWERED.text,
    document_number="321/UBND-KSTTHC",
)


@pytest.mark.seed("3.4")
@pytest.mark.capability("C18")
def test_a_higher_level_is_asked_once():
    given(UPWARD).when(ask).then(ASKED)
    given(UPWARD, ASKED).when(ask).then_nothing()
    given(UPWARD, ASKED).when(
        domain.ask_upward, words=replace(ASKED, text="khác")
    ).then_refused("recommendation-issued-otherwise")


@pytest.mark.seed("3.4")
def test_it_is_answered_once():
    given(UPWARD, ASKED).when(answer).then(ANSWERED)
    given(UPWARD, ASKED, ANSWERED).when(answer).then_nothing()


@pytest.mark.parametrize(
    ("history", "also", "code"),
    [
        ([], {}, "unknown-recommendation"),
        ([ASKED], {"by_agency": "hong-ngu"}, "not-the-addressee"),
        ([ASKED, ANSWERED], {"text": "khác"}, "answered-otherwise"),
    ],
)
def test_an_answer_that_is_none_is_refused(history, also, code):
    given(UPWARD, *history).when(answer, **also).then_refused(code)
