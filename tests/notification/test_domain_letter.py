"""Filling in a template."""

from datetime import date

import pytest

from services.notification import domain


def test_the_first_line_is_the_subject():
    assert domain.written("Nhắc hạn $case\nKính gửi $name\n", CASE) == (
        "Nhắc hạn RC-08",
        "Kính gửi UBND xã\n",
    )


CASE = {"case": "RC-08", "name": "UBND xã"}


def test_a_field_is_not_read_as_a_template():
    subject, _ = domain.written("$case\n", {"case": "$name", "name": "x"})

    assert subject == "$name"


def test_a_field_does_not_break_the_subject():
    subject, _ = domain.written("$case\n", {"case": "RC\r\nBcc: a@b.example"})

    assert subject == "RC Bcc: a@b.example"


@pytest.mark.parametrize("template", ["$nobody\n", "x\n$nobody\n", "$\n"])
def test_what_stays_open_is_refused(template):
    with pytest.raises(domain.NoticeRefused) as refused:
        domain.written(template, CASE)
    assert refused.value.code == "template-unfilled"


def test_a_day_is_written_as_officials_do():
    assert domain.day(date(2023, 10, 2)) == "02/10/2023"


def test_a_code_that_nobody_named_stands_for_itself():
    phrases = domain.Phrases("content.RECORDS = sổ theo dõi\n\n")

    assert phrases.name("content", "RECORDS") == "sổ theo dõi"
    assert phrases.name("content", "NEW_ITEM") == "NEW_ITEM"
    assert list(phrases) == ["content.RECORDS"]
