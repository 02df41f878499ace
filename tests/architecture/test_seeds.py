"""Every row of the seed texts is shown, and the page says by what."""

import pytest

from tests import seeds


def test_every_row_and_capability_is_shown_and_the_page_says_by_what():
    assert seeds.unshown() == []


@pytest.mark.parametrize(
    ("taken", "said"),
    [("2.16", "no test shows row 2.16"), ("C7", "no test shows C7")],
)
def test_one_that_no_test_shows_is_named(monkeypatch, taken, said):
    every = seeds.marks

    def fewer(kind="seed"):
        return {name: by for name, by in every(kind).items() if name != taken}

    monkeypatch.setattr(seeds, "marks", fewer)

    assert said in seeds.unshown()


def test_a_mark_of_a_row_that_no_text_has_is_named(monkeypatch):
    every = seeds.marks
    monkeypatch.setattr(
        seeds, "marks", lambda kind="seed": every(kind) | {"9.99": ["a test"]}
    )

    assert "no text has row 9.99" in seeds.unshown()
