"""Only the named fields are compared, in depth."""

import pytest

from services.cli.matching import differences


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": {"b": [1]}}, {"a": {"b": [1, 2]}}),
        ({"items": {"length": 2}}, {"items": [1, 2]}),
        ({"length": 2}, [1, 2]),
        ([{"a": 1}], {"items": [{"a": 1, "b": 2}], "next": None}),
        ({"on": "2023-10-03"}, {"on": "2023-10-03"}),
    ],
)
def test_an_answer_that_has_it_all_differs_in_nothing(expected, got):
    assert differences(expected, got) == []


@pytest.mark.parametrize(
    ("expected", "got", "where"),
    [
        ({"a": 1}, {"a": 2}, "a:"),
        ({"a": {"b": 1}}, {"a": {}}, "a.b: missing"),
        ({"items": {"length": 2}}, {"items": [1]}, "1 of 2"),
        ([1, 2], [1], "2 items"),
        ({"a": 1}, None, "expected fields"),
        ({"state": "open"}, {"state": "overdue"}, "state"),
        ({"flag": True}, {"flag": False}, "flag"),
    ],
)
def test_a_difference_names_its_place(expected, got, where):
    [line] = differences(expected, got)

    assert where in line
