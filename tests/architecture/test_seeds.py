"""Every row of the seed texts is shown, and the page says by what."""

from tests.seeds import CAPABILITIES, LATER, PAGE, ROWS, marks, page


def test_every_row_of_the_texts_is_shown():
    assert sorted(set(ROWS) - set(marks())) == []


def test_no_mark_names_a_row_that_no_text_has():
    assert sorted(set(marks()) - set(ROWS)) == []


def test_every_capability_is_shown_but_the_crossing_of_the_edge():
    assert sorted(set(CAPABILITIES) - set(marks("capability")) - set(LATER)) == []


def test_no_mark_names_a_capability_that_does_not_exist():
    assert sorted(set(marks("capability")) - set(CAPABILITIES)) == []


def test_the_page_says_what_the_marks_say():
    assert PAGE.read_text(encoding="utf-8") == page()
