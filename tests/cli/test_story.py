"""Story files: what is one, and what is refused with the place and the reason."""

import json
from pathlib import Path

import pytest

from services.cli.story import HANOI, SHIPPED, Story, StoryInvalid, load, shipped

SMALL = """
story: small
title: Một bước
clock: 2023-04-20T08:00:00+07:00
steps:
  - at: 2023-04-20T09:00
    as: {agency: a, role: planner}
    post: planning/plans/P/draft
    body: {year: 2023, on: 2023-04-20}
"""


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "story.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_story_is_one(name):
    assert load(name).story == name


def test_a_moment_without_an_offset_is_hanoi_time(write):
    [step] = load(write(SMALL)).steps

    assert step.at.tzinfo == HANOI
    assert step.at.hour == 9


def test_dates_in_a_body_stay_as_they_are_written(write):
    assert load(write(SMALL)).steps[0].body["on"] == "2023-04-20"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("title:", "titel:"), "titel"),
        (("T09:00\n", "T07:00\n"), "order of time"),
        (("    as: {agency: a, role: planner}\n", ""), "nobody"),
        (("clock: 2023-04-20T08:00:00+07:00", "clock: soon"), "not a moment"),
        (("steps:", "steps: ["), "while parsing"),
    ],
)
def test_what_is_not_a_story_is_refused_with_the_place(write, change, says):
    with pytest.raises(StoryInvalid, match=says):
        load(write(SMALL.replace(*change)))


def test_an_unknown_name_lists_the_shipped_ones():
    with pytest.raises(StoryInvalid, match="hong-ngu-2023"):
        load("nowhere")


def test_the_schema_beside_the_stories_is_the_formats():
    kept = json.loads(Path(SHIPPED, "story.schema.json").read_text(encoding="utf-8"))

    assert kept == Story.model_json_schema()
