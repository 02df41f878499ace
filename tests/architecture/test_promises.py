"""Each promise has a test that shows it and a removal that turns the test red."""

import re
from pathlib import Path

import pytest

from tests.sabotage.removals import REMOVALS

PROMISES = Path("docs/promises.md")
PAGES = (PROMISES, Path("docs/when-things-go-wrong.md"))
ROW = re.compile(r"^\| (I\d+[a-c]?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
TEST = re.compile(r"\]\(\.\./(tests/[\w/]+\.py)#(\w+)\)")
RED = re.compile(r"\[`([a-z-]+)`\]\(sabotage\.md#([a-z-]+)\)")
EXPECTED = {
    1: "", 2: "a", 3: "abc", 4: "abc", 5: "abc", 6: "ab", 7: "a", 8: "a", 9: "ab",
    10: "a", 11: "ab", 12: "a", 13: "abc", 14: "a",
}  # fmt: skip
NAMES = {removal.name for removal in REMOVALS}


def rows():
    return ROW.findall(PROMISES.read_text(encoding="utf-8"))


def test_every_promise_has_its_line():
    expected = [
        f"I{number}{letter}"
        for number, letters in EXPECTED.items()
        for letter in ("", *letters)
    ]

    assert [name for name, *_ in rows()] == expected


@pytest.mark.parametrize(("name", "said", "shown", "red"), rows(), ids=lambda x: x[:4])
def test_a_promise_is_shown_and_its_removal_is_seen(name, said, shown, red):
    if "not built" in shown:
        assert red == "none", name
        return
    assert said.endswith(".")
    assert TEST.search(shown), name
    found = RED.findall(red)
    assert found, name
    for text, anchor in found:
        assert text == anchor
        assert text in NAMES


def test_every_removal_belongs_to_a_promise():
    named = {name for *_, red in rows() for name, _ in RED.findall(red)}

    assert sorted(NAMES - named) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_test_that_is_linked_exists(page):
    links = TEST.findall(page.read_text(encoding="utf-8"))

    assert len(links) > 10
    for path, test in links:
        assert f"def {test}(" in Path(path).read_text(encoding="utf-8"), (path, test)


def test_every_other_link_of_the_pages_exists():
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)", text):
            assert (page.parent / target).exists(), (page, target)
