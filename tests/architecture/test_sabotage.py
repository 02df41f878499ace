"""Every guard that can be taken out is where its removal looks for it."""

import ast
from pathlib import Path

import pytest

from tests.sabotage.declaring import Edit, Moved
from tests.sabotage.removals import REMOVALS
from tests.sabotage.telling import PAGE, page


@pytest.mark.parametrize("removal", REMOVALS, ids=lambda removal: removal.name)
def test_a_removal_finds_its_place_once_and_leaves_code(removal):
    texts = {}
    for edit in removal.edits:
        text = texts.get(edit.path) or Path(edit.path).read_text(encoding="utf-8")
        texts[edit.path] = edit.applied(text)

    for path, text in texts.items():
        if path.endswith(".py"):
            ast.parse(text)


def test_a_place_that_has_moved_is_named():
    edit = Edit(path="relay.py", find="guard()", put="pass")

    assert edit.applied("if guard(): stop") == "if pass: stop"
    for text in ("if keep(): stop", "guard(); guard()"):
        with pytest.raises(Moved, match=r"relay\.py"):
            edit.applied(text)


def test_no_two_removals_have_one_name():
    names = [removal.name for removal in REMOVALS]

    assert len(names) == len(set(names))


def test_every_removal_says_what_is_seen_without_its_guard():
    for removal in REMOVALS:
        assert removal.promise
        assert removal.anomaly
        assert removal.without
        assert removal.red


def test_the_page_says_what_is_removed():
    """``make sabotage`` writes it, once every removal was caught."""
    assert PAGE.read_text(encoding="utf-8") == page()
