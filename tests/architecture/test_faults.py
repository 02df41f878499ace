"""Every fault is injected by something, or the page says loudly that it is not."""

from tests.faults import FAULTS, LATER, PAGE, marks, page


def test_every_fault_is_injected_or_says_why_not():
    assert sorted(set(FAULTS) - set(marks()) - set(LATER)) == []


def test_what_is_injected_is_not_said_to_come_later():
    assert sorted(set(LATER) & set(marks())) == []


def test_no_mark_names_a_fault_that_does_not_exist():
    assert sorted(set(marks()) - set(FAULTS)) == []


def test_the_page_says_what_the_marks_say():
    assert PAGE.read_text(encoding="utf-8") == page()
