"""What is no rule, and what is no overlay, is refused by name."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import services.chassis.calendar
from services.chassis.calendar import Overlay, OverlayInvalid, RuleRefused, official

CALENDAR = official()
START = date(2023, 5, 23)
FOLDER = Path(services.chassis.calendar.__file__).parent
SHIPPED = json.loads((FOLDER / "vietnam.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (None, "rule-malformed"),
        ([], "rule-malformed"),
        ("working_days", "rule-malformed"),
        ({}, "rule-kind-unknown"),
        ({"kind": "fortnights", "n": 1}, "rule-kind-unknown"),
        ({"kind": ["working_days"], "n": 1}, "rule-kind-unknown"),
        ({"kind": "working_days"}, "rule-field-missing"),
        ({"kind": "working_days", "n": 1, "unit": "x"}, "rule-field-unknown"),
        ({"kind": "working_days", "n": -1}, "rule-n-invalid"),
        ({"kind": "working_days", "n": True}, "rule-n-invalid"),
        ({"kind": "calendar_days", "n": True}, "rule-n-invalid"),
        ({"kind": "end_of_month", "year": 2023, "month": True}, "rule-month-invalid"),
        ({"kind": "working_days", "n": 1.0}, "rule-n-invalid"),
        ({"kind": "working_days", "n": "15"}, "rule-n-invalid"),
        ({"kind": "calendar_days", "n": 10_001}, "rule-n-invalid"),
        ({"kind": "hours", "n": 10**30}, "rule-n-invalid"),
        ({"kind": "by_date", "date": "2023-02-30"}, "rule-date-invalid"),
        ({"kind": "by_date", "date": "30/09/2023"}, "rule-date-invalid"),
        ({"kind": "by_date", "date": "20230930"}, "rule-date-invalid"),
        ({"kind": "by_date", "date": 20230930}, "rule-date-invalid"),
        (
            {"kind": "by_date", "date": datetime(2023, 9, 30, tzinfo=UTC)},
            "rule-date-invalid",
        ),
        ({"kind": "end_of_month", "year": 2023, "month": 13}, "rule-month-invalid"),
        ({"kind": "end_of_month", "year": 2023, "month": 0}, "rule-month-invalid"),
        ({"kind": "end_of_month", "year": 0, "month": 1}, "rule-year-invalid"),
        ({"kind": "end_of_month", "year": 10_000, "month": 1}, "rule-year-invalid"),
        (
            {"kind": "end_of_quarter", "year": 2023, "quarter": 5},
            "rule-quarter-invalid",
        ),
        ({"kind": "end_of_half", "year": 2023, "half": 3}, "rule-half-invalid"),
        (
            {"kind": "window", "from": "2023-05-23", "to": "2023-05-09"},
            "window-reversed",
        ),
    ],
)
def test_a_rule_that_is_none_is_refused(rule, code):
    with pytest.raises(RuleRefused) as refused:
        CALENDAR.due(START, rule)

    assert refused.value.code == code


@pytest.mark.parametrize(
    "kind",
    ["working_days", "calendar_days", "weeks", "months", "years", "hours"],
)
def test_counting_from_nowhere_is_refused(kind):
    with pytest.raises(RuleRefused) as refused:
        CALENDAR.due(None, {"kind": kind, "n": 1})

    assert refused.value.code == "start-missing"


@pytest.mark.parametrize("n", [-1, True, 10_001])
def test_a_walk_of_no_length_is_refused(n):
    for walk in (CALENDAR.working_days_after, CALENDAR.working_days_before):
        with pytest.raises(RuleRefused):
            walk(START, n)


SWAP = SHIPPED["entries"][0]


@pytest.mark.parametrize(
    "changed",
    [
        {"coverage": {"from": "2026-12-31", "to": "2026-01-01"}, "entries": []},
        {"entries": [SWAP, SWAP]},
        {"entries": [SWAP | {"status": "HALF"}]},
        {"entries": [SWAP | {"document": ""}]},
        {"entries": [SWAP | {"date": "2031-01-02"}]},
        {"entries": [{"date": "2026-01-02"}]},
        {"coverage": None},
    ],
)
def test_an_overlay_that_contradicts_itself_is_refused(changed, tmp_path):
    file = tmp_path / "overlay.json"
    file.write_text(json.dumps(SHIPPED | changed))

    with pytest.raises(OverlayInvalid):
        Overlay.load(file)


def test_an_overlay_that_is_no_json_is_refused(tmp_path):
    (tmp_path / "overlay.json").write_text("{")

    with pytest.raises(OverlayInvalid):
        Overlay.load(tmp_path / "overlay.json")
