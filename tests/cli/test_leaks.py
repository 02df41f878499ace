"""What lies on the topics of an unannounced inspection before its team arrives."""

from datetime import UTC, datetime, timedelta

import pytest

from services.cli.leaks import ORDERED, STARTED, Message, leaks

BEGAN = datetime(2023, 6, 6, 1, tzinfo=UTC)
BEFORE = BEGAN - timedelta(minutes=1)
ORDER = Message(
    kind=ORDERED, time=BEFORE, body={"inspection_id": "I-DX", "round_id": "R-I-DX"}
)
START = Message(kind=STARTED, time=BEGAN, body={"inspection_id": "I-DX"})
TOLD = "inspection.unit-notified.v1"


def message(kind, body, time=BEFORE):
    return Message(kind=kind, time=time, body=body)


@pytest.mark.seed("1.10")
@pytest.mark.parametrize(
    "body",
    [
        {"inspection_id": "I-DX"},
        {"round_id": "R-I-DX"},
        {"units": [{"name": "x"}, {"visits": ["I-DX"]}]},
        {"coverage": {"I-DX": 1}},
    ],
)
def test_what_names_it_anywhere_too_early_is_a_leak(body):
    assert len(leaks([ORDER, message(TOLD, body), START])) == 1
    assert len(leaks([ORDER, message(TOLD, body)])) == 1
    assert len(leaks([ORDER, message("agency.something.v1", body), START])) == 1


@pytest.mark.parametrize(
    "told",
    [
        message(TOLD, {"inspection_id": "I-DX"}, BEGAN),
        message(TOLD, {"inspection_id": "I-DX-2"}),
        message("inspection.visit-refused.v1", {"inspection_id": "I-DX"}),
    ],
)
def test_what_is_told_on_arrival_of_others_or_internally_is_none(told):
    assert leaks([ORDER, told, START]) == []
