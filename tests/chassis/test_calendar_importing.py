"""Another official calendar in the present one's place, or a reason why not."""

import json
from datetime import UTC, date, datetime

import pytest

from services.chassis.calendar import OverlayInvalid, importing
from services.chassis.calendar.importing import SHIPPED

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
TET = {
    "date": "2027-02-05",
    "status": "OFF",
    "name": "Nghỉ Tết Nguyên đán Đinh Mùi",
    "document": "13579/VPCP-KGVX, 20/11/2026",
}


@pytest.fixture
def present(tmp_path):
    place = tmp_path / "present.json"
    place.write_bytes(SHIPPED.read_bytes())
    return place


@pytest.fixture
def new(tmp_path):
    """Write the shipped overlay with changes; return the file."""

    def write(add=TET, **changes):
        text = json.loads(SHIPPED.read_text(encoding="utf-8"))
        text |= {
            "version": "vn-2027.1",
            "as_of": "2026-11-25",
            "coverage": {"from": "2018-01-01", "to": "2027-12-31"},
        }
        text["entries"] = [*text["entries"], *([add] if add else [])]
        text |= changes
        place = tmp_path / "new.json"
        place.write_text(json.dumps(text), encoding="utf-8")
        return place

    return write


def test_what_would_change_is_said_day_by_day(new, present):
    found = importing.read(new(), present)

    (change,) = found.changes
    assert (change.day, change.before) == (date(2027, 2, 5), None)
    assert change.after.document == TET["document"]
    assert (found.before.version, found.after.version) == ("vn-2026.1", "vn-2027.1")


def test_it_takes_the_present_ones_place_and_says_by_whom_and_why(new, present):
    found = importing.read(new(), present)

    importing.write(found, "p-01", "Tết 2027", NOW, present)

    written = json.loads(present.read_text(encoding="utf-8"))
    assert written["history"] == [
        {
            "version": "vn-2026.1",
            "replaced_by": "p-01",
            "replaced_at": "2026-12-01T01:00:00+00:00",
            "why": "Tết 2027",
        }
    ]
    assert importing.read(present, present).same
    assert "Đinh Mùi" in present.read_text(encoding="utf-8")


def test_the_same_again_is_nothing(present):
    assert importing.read(SHIPPED, present).same


def test_a_version_that_was_replaced_is_never_used_again(new, present):
    importing.write(importing.read(new(), present), "p-01", "x", NOW, present)

    with pytest.raises(OverlayInvalid, match="taken"):
        importing.read(new(version="vn-2026.1", as_of="2026-12-01"), present)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"version": "vn-2026.1"}, "taken"),
        ({"as_of": "2026-01-01", "add": None}, "older"),
        ({"as_of": "soon"}, "as_of"),
        ({"coverage": {"from": "2018-01-01", "to": "2026-06-30"}}, "coverage|covers"),
        ({"coverage": {"from": "2020-01-01", "to": "2027-12-31"}}, "covers less"),
        ({"add": TET | {"document": "theo thông lệ"}}, "names no document"),
        ({"add": TET | {"document": "1/VPCP, 31/02/2026"}}, "names no document"),
        ({"add": TET | {"document": "1/VPCP, 20/12/2026"}}, "newer than as_of"),
        ({"add": TET | {"document": ""}}, "no document"),
        ({"add": TET | {"status": "HALF"}}, "neither OFF nor WORK"),
        ({"add": TET | {"date": "2028-01-01"}}, "outside"),
    ],
)
def test_what_would_make_counting_a_guess_is_refused(new, present, changes, why):
    with pytest.raises(OverlayInvalid, match=why):
        importing.read(new(**changes), present)


def test_a_provisional_day_needs_no_document_of_that_form(new, present):
    unsure = TET | {"document": "dự kiến của Bộ Nội vụ", "provisional": True}

    assert importing.read(new(add=unsure), present).changes
