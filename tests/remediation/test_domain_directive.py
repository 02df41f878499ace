"""What a round asks without a date: recorded once, never due."""

import pytest

from services.chassis.testing import given
from services.remediation import domain
from services.remediation.handlers import DIRECTIVE
from tests.remediation.examples import DUTY, OPEN, REPLICATION


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(REPLICATION, marks=pytest.mark.seed("2.20")),
        pytest.param(DUTY, marks=pytest.mark.seed("2.21")),
        pytest.param(OPEN, marks=pytest.mark.seed("2.23")),
    ],
)
def test_what_is_asked_without_a_date_is_recorded_once(words):
    given(DIRECTIVE).when(domain.direct, words=words).then(words)
    given(DIRECTIVE, words).when(domain.direct, words=words).then_nothing()


def test_a_directive_is_not_given_otherwise():
    given(DIRECTIVE, DUTY).when(domain.direct, words=REPLICATION).then_refused(
        "directive-given-otherwise"
    )
