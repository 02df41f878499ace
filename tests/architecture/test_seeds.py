"""Every row of the seed texts is shown by a test, and the page says by which."""

from tests.seeds import PAGE, ROWS, marks, page


def test_every_row_of_the_text_is_shown_by_a_test():
    assert sorted(set(ROWS) - set(marks())) == []


def test_no_mark_names_a_row_that_the_text_does_not_have():
    assert sorted(set(marks()) - set(ROWS)) == []


def test_the_page_says_what_the_marks_say():
    assert PAGE.read_text(encoding="utf-8") == page()
