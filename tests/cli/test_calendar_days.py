"""Officials ask what a day is; operators put a new calendar in the old one's place."""

import json

import pytest
from typer.testing import CliRunner

from services.chassis.calendar.importing import SHIPPED
from services.cli import app

NEW = {
    "date": "2027-02-05",
    "status": "OFF",
    "name": "Nghỉ Tết Nguyên đán",
    "document": "13579/VPCP-KGVX, 20/11/2026",
}


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(app, ["calendar", *words])


@pytest.fixture
def files(tmp_path):
    """The present calendar, and the new one."""
    present, new = tmp_path / "present.json", tmp_path / "new.json"
    text = json.loads(SHIPPED.read_text(encoding="utf-8"))
    present.write_text(json.dumps(text), encoding="utf-8")
    text |= {"version": "vn-2027.1", "as_of": "2026-11-25"}
    text["coverage"]["to"] = "2027-12-31"
    text["entries"].append(NEW)
    new.write_text(json.dumps(text), encoding="utf-8")
    return present, new


def test_a_day_says_what_it_is_by_which_document_and_what_comes_next(run):
    answer = run("check", "2026-01-02", "2026-01-10", "2026-01-05", "--json")

    swapped, made_up, usual = json.loads(answer.stdout)["days"]
    assert swapped["status"] == "OFF"
    assert swapped["document"] == "12729/VPCP-KGVX, 25/12/2025"
    assert swapped["next_working_day"] == "2026-01-05"
    assert (made_up["status"], usual["status"]) == ("WORK", "WORK")
    assert usual["name"] == "Ngày thường"


def test_a_person_reads_it_in_vietnamese(run):
    answer = run("check", "2026-01-02")

    assert "nghỉ: Hoán đổi ngày làm việc" in answer.stdout
    assert "12729/VPCP-KGVX" in answer.stdout
    assert "ngày làm việc kế tiếp: 2026-01-05" in answer.stdout


@pytest.mark.parametrize("text", ["02/01/2026", "2026-02-30", "2026-01-02T08:00+07:00"])
def test_what_is_no_day_is_wrong_usage(run, text):
    assert run("check", text).exit_code == 2


def test_a_dry_run_shows_the_change_and_writes_nothing(run, files):
    present, new = files
    before = present.read_bytes()

    words = ("--to", str(present), "--reason", "Tết 2027", "--dry-run", "--json")
    answer = run("import", str(new), *words)

    assert json.loads(answer.stdout) == {
        "before": "vn-2026.1",
        "after": "vn-2027.1",
        "coverage": ["2018-01-01", "2027-12-31"],
        "changes": [
            "+ 2027-02-05  nghỉ: Nghỉ Tết Nguyên đán (13579/VPCP-KGVX, 20/11/2026)"
        ],
        "written": False,
    }
    assert present.read_bytes() == before


def test_with_a_yes_it_is_replaced_and_says_by_whom(run, files):
    present, new = files

    words = ("--to", str(present), "--reason", "Tết 2027", "--yes", "--as", "p-01")
    answer = run("import", str(new), *words)

    assert answer.exit_code == 0
    written = json.loads(present.read_text(encoding="utf-8"))
    assert written["version"] == "vn-2027.1"
    assert written["history"][0]["replaced_by"] == "p-01"


def test_without_a_yes_nothing_is_replaced(run, files):
    present, new = files
    before = present.read_bytes()

    answer = run("import", str(new), "--to", str(present), "--reason", "Tết 2027")

    assert (answer.exit_code, "--yes" in answer.stderr) == (2, True)
    assert present.read_bytes() == before


def test_a_calendar_that_contradicts_itself_is_refused_with_the_day(run, files):
    present, new = files
    text = json.loads(new.read_text(encoding="utf-8"))
    text["entries"][-1]["document"] = "theo thông lệ"
    new.write_text(json.dumps(text), encoding="utf-8")

    answer = run("import", str(new), "--to", str(present), "--reason", "x", "--yes")

    assert answer.exit_code == 1
    assert "2027-02-05" in answer.stderr
