"""An official asks when something is due."""

import io
import json

import pytest
import typer
from typer.testing import CliRunner

from services.cli import app, calendar

FIFTEEN = '{"kind": "working_days", "n": 15}'


@pytest.fixture
def run():
    return lambda *words, **more: CliRunner().invoke(app, ["calendar", *words], **more)


def asked(*lines):
    return "".join(f"{line}\n" for line in lines)


def test_a_due_date_is_told(run):
    answer = run("due", "--from", "2023-05-23", "--rule", FIFTEEN, "--json")

    told = json.loads(answer.stdout)
    assert answer.exit_code == 0
    assert told.pop("calendar_version").startswith("vn-")
    assert told == {
        "nominal": "2023-06-13",
        "effective": "2023-06-13",
        "overdue_from": "2023-06-14",
        "provisional": False,
        "reading": None,
    }


def test_a_person_reads_the_interpretation_in_vietnamese(run):
    rule = '{"kind": "before_date", "date": "2023-10-02"}'

    answer = run("due", "--rule", rule)

    assert "2023-10-01" in answer.stdout
    assert "Trước ngày D" in answer.stdout


def test_a_rule_with_a_date_of_its_own_needs_no_start(run):
    rule = '{"kind": "end_of_month", "year": 2023, "month": 9}'

    answer = run("due", "--rule", rule, "--json")

    assert json.loads(answer.stdout)["effective"] == "2023-10-02"


def test_hours_count_from_a_moment(run):
    rule = '{"kind": "hours", "n": 10}'

    answer = run("due", "--from", "2023-05-22T22:00+07:00", "--rule", rule, "--json")

    assert json.loads(answer.stdout)["nominal"] == "2023-05-23"


@pytest.mark.parametrize(
    ("start", "rule", "code"),
    [
        ("2023-05-23", "{", "json-invalid"),
        ("2023-05-23", '{"kind": "fortnights"}', "rule-kind-unknown"),
        ("23/05/2023", FIFTEEN, "start-invalid"),
        ("2023-02-30", FIFTEEN, "start-invalid"),
    ],
)
def test_a_wrong_question_is_wrong_usage(run, start, rule, code):
    answer = run("due", "--from", start, "--rule", rule)

    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert code in answer.stderr


def test_a_start_without_a_rule_is_wrong_usage(run):
    assert run("due", "--from", "2023-05-23", input="").exit_code == 2


def test_nobody_waits_for_lines_that_a_person_would_have_to_type(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("sys.stdin", Terminal())

    with pytest.raises(typer.BadParameter):
        calendar.due(None, None)


def test_every_line_gets_its_answer(run):
    lines = asked(
        f'{{"start": "2023-05-23", "rule": {FIFTEEN}}}',
        '{"start": null, "rule": {"kind": "by_date", "date": "2031-01-01"}}',
        '{"rule": {"kind": "end_of_year", "year": 2023}}',
    )

    answer = run("due", input=lines)

    told = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [line["effective"] for line in told] == [
        "2023-06-13",
        "2031-01-02",
        "2024-01-02",
    ]
    assert [line["provisional"] for line in told] == [False, True, False]
    assert answer.exit_code == 0


def test_a_bad_line_is_named_and_the_others_answered(run):
    lines = asked(
        "nonsense",
        '["2023-05-23"]',
        f'{{"start": 20230523, "rule": {FIFTEEN}}}',
        '{"start": "2023-05-23"}',
        f'{{"from": "2023-05-23", "rule": {FIFTEEN}}}',
        f'{{"start": "2023-05-23", "rule": {FIFTEEN}}}',
    )

    answer = run("due", "--json", input=b"\xff\xfe\n" + lines.encode())

    told = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [line.get("error", {}).get("code") for line in told] == [
        "json-invalid",
        "json-invalid",
        "question-malformed",
        "start-invalid",
        "question-malformed",
        "question-malformed",
        None,
    ]
    assert [line.get("line") for line in told] == [1, 2, 3, 4, 5, 6, None]
    assert answer.exit_code == 1


def test_no_question_has_no_answer(run):
    answer = run("due", input="\n")

    assert (answer.exit_code, answer.stdout) == (0, "")


def test_a_year_is_shown_with_its_special_days(run):
    answer = run("show", "2026", "--json")

    told = json.loads(answer.stdout)
    days = {special.pop("date"): special for special in told["days"]}
    assert told["working_days"] == 249
    assert days["2026-01-10"]["status"] == "WORK"
    assert days["2026-01-02"]["document"] == "12729/VPCP-KGVX, 25/12/2025"
    assert days["2026-11-24"]["provisional"]


def test_a_person_reads_a_year_line_by_line(run):
    answer = run("show", "2023")

    assert "working_days: 249" in answer.stdout
    assert "2023-09-01: nghỉ" in answer.stdout


def test_a_year_that_no_calendar_has_is_wrong_usage(run):
    assert run("show", "10000").exit_code == 2
