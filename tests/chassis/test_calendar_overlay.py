"""The overlay is read as it is written, and a calendar is what law and overlay say."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from services.chassis import calendar
from services.chassis.calendar import Calendar, Overlay, RuleRefused, Special, official
from services.chassis.calendar.counting import LIBRARY
from services.chassis.calendar.overlay import STATUSES
from services.chassis.calendar.rules import plus_months

FILE = Path(calendar.__file__).parent / "vietnam.json"
SHIPPED = json.loads(FILE.read_text(encoding="utf-8"))
DAY = {
    "date": "2030-05-06",
    "status": "OFF",
    "name": "Nghỉ bù",
    "document": "1/TB-BNV",
}
ONE_DAY = {
    "version": "v1",
    "coverage": {"from": "2030-05-06", "to": "2030-05-06"},
    "entries": [DAY],
}


def test_the_shipped_overlay_is_read_as_it_is_written():
    overlay = Overlay.load(FILE)

    assert overlay.version == SHIPPED["version"]
    assert overlay.start.isoformat() == SHIPPED["coverage"]["from"]
    assert overlay.end.isoformat() == SHIPPED["coverage"]["to"]
    assert list(overlay.days.values()) == [
        Special(
            day=date.fromisoformat(entry["date"]),
            works=STATUSES[entry["status"]],
            name=entry["name"],
            document=entry["document"],
            provisional=entry.get("provisional", False),
        )
        for entry in SHIPPED["entries"]
    ]
    assert all(day == special.day for day, special in overlay.days.items())


def test_the_first_and_the_last_day_of_the_coverage_belong_to_it():
    overlay = Overlay.read(ONE_DAY)

    assert overlay.start == overlay.end == date(2030, 5, 6)
    assert overlay.days == {
        date(2030, 5, 6): Special(
            day=date(2030, 5, 6), works=False, name="Nghỉ bù", document="1/TB-BNV"
        )
    }
    assert overlay.days[date(2030, 5, 6)].provisional is False


def test_what_is_not_settled_says_so():
    overlay = Overlay.read(ONE_DAY | {"entries": [DAY | {"provisional": True}]})

    assert overlay.days[date(2030, 5, 6)].provisional is True


def test_a_calendar_is_named_by_its_overlay_and_by_the_library_of_the_law():
    overlay = Overlay.read(ONE_DAY)
    fresh = Calendar(overlay)

    assert fresh.overlay is overlay
    assert fresh.version == f"v1+{LIBRARY}"
    assert not fresh.is_working_day(date(2030, 5, 6))
    assert fresh.is_working_day(date(2030, 5, 7))


def test_the_laws_holidays_are_named_in_vietnamese():
    fresh = Calendar(Overlay.read(ONE_DAY))
    specials = {special.day: special for special in fresh.specials(2030)}

    assert specials[date(2030, 9, 2)] == Special(
        day=date(2030, 9, 2), works=False, name="Quốc khánh", document=LIBRARY
    )
    assert not fresh.is_working_day(date(2030, 9, 2))


def test_a_day_worked_instead_of_another_is_the_laws_too():
    specials = Calendar(Overlay.read(ONE_DAY)).specials(2025)

    assert {special.day.year for special in specials} == {2025}
    assert [special for special in specials if special.works] == [
        Special(day=date(2025, 4, 26), works=True, name="Ngày làm bù", document=LIBRARY)
    ]


def test_months_are_counted_from_the_first_year_to_the_last():
    assert plus_months(date(1, 1, 31), 1) == date(1, 2, 28)
    assert plus_months(date(9999, 1, 1), 11) == date(9999, 12, 1)
    with pytest.raises(OverflowError):
        plus_months(date(9999, 12, 1), 1)


def test_hours_of_a_moment_that_names_no_zone_run_where_it_is_written():
    counted = official().due(datetime(2023, 5, 16, 18, 0), {"kind": "hours", "n": 1})  # noqa: DTZ001 - without a zone is the point

    assert counted.nominal == date(2023, 5, 16)


def test_days_after_a_moment_that_names_no_zone_are_those_after_its_day():
    evening = datetime(2023, 5, 16, 18, 0)  # noqa: DTZ001 - without a zone is the point
    counted = official().due(evening, {"kind": "calendar_days", "n": 1})

    assert counted.nominal == date(2023, 5, 17)


def test_a_walk_of_no_length_says_by_its_code_what_is_wrong():
    with pytest.raises(RuleRefused) as refused:
        official().working_days_after(date(2023, 5, 16), -1)

    assert refused.value.code == "rule-n-invalid"


def test_a_refused_rule_says_what_is_wrong_with_it():
    with pytest.raises(RuleRefused) as refused:
        official().due(date(2023, 5, 16), {"kind": "weeks", "n": -1})

    assert refused.value.detail.startswith("n ")
    assert str(refused.value) == refused.value.detail
