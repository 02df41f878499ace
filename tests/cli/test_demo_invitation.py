"""What a demo that stays up says at its end can be pasted into a shell."""

import io
import shlex

from rich.console import Console

from services.cli.demo import _invite
from services.cli.story import load

HOME = "/tmp/nhà ở Đồng Tháp"  # noqa: S108 - only named


def said():
    output = io.StringIO()
    _invite(Console(file=output), load("hong-ngu-2023"), {"home": HOME})
    return [line for line in output.getvalue().splitlines() if "kiemtra" in line]


def test_a_home_with_blanks_is_one_word():
    assert {shlex.split(line)[-1] for line in said()} == {HOME}


def test_what_may_be_traced_is_of_this_story():
    verbs = [shlex.split(line)[1:-2] for line in said()]

    assert verbs == [["status"], ["trace", "KH-2024-HN"], ["down"]]
