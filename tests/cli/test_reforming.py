"""The reform of 2025 as steps of a story."""

from datetime import datetime

import pytest

from services.cli.agencies import successions
from services.cli.reforming import reformed
from services.cli.story import HANOI, Registry, Story

AT = datetime(2025, 7, 1, 8, tzinfo=HANOI)
TOLD = {
    "story": "reform",
    "title": "Sắp xếp",
    "clock": "2025-03-03T08:00:00+07:00",
    "registry": {
        "province": "87",
        "as_of": "2025-03-03",
        "until": "2025-12-31",
        "units": "all",
        "reform": {"at": AT.isoformat(), "legal_ref": "Nghị quyết (ví dụ)"},
    },
    "steps": [{"at": "2025-06-30T08:00"}, {"at": "2025-07-01T09:00"}],
}


@pytest.fixture(scope="module")
def story():
    return Story.model_validate(TOLD)


def made(story, agency_id):
    [step] = [s for s in reformed(story).steps if s.post and f"/{agency_id}/" in s.post]
    return step


@pytest.mark.capability("C25")
def test_every_unit_that_ends_has_a_step_at_the_moment_of_the_reform(story):
    steps = [step for step in reformed(story).steps if step.post]

    assert len(steps) == 1 + 141 + 12 + 2
    assert {step.at for step in steps} == {AT}


def test_what_one_successor_hears_of_comes_one_after_the_other(story):
    waves = []
    for step in reformed(story).steps:
        if step.post and not step.together:
            waves.append([])
        if step.post:
            heirs = step.body.get("successors", [])
            waves[-1].append([heir["agency_id"] for heir in heirs])

    for wave in waves:
        told = [heir for heirs in wave for heir in heirs]
        assert len(told) == len(set(told))
    assert waves[-1] == [[]] * 14
    assert waves[-2] == [["vn34-p82"]]


def test_the_steps_of_the_story_stand_around_it(story):
    steps = reformed(story).steps

    assert steps[0] == story.steps[0]
    assert steps[-1] == story.steps[1]


def test_a_commune_goes_to_its_successors_by_their_ids(story):
    whole, parts = made(story, "hn-tan-hoi"), made(story, "vn63-x29995")

    assert whole.body["successors"] == [
        {"agency_id": "vn34-x29955", "relation": "WHOLE"}
    ]
    assert {it["agency_id"] for it in parts.body["successors"]} == {
        "vn34-x29992",
        "vn34-x30154",
    }


def test_districts_and_their_divisions_are_dissolved(story):
    for agency_id in ("hong-ngu", "hong-ngu-noi-vu", "vn63-d870"):
        step = made(story, agency_id)
        assert step.post.endswith("/dissolve")
        assert "successors" not in step.body


def test_the_province_goes_into_the_new_one():
    registry = Registry.model_validate(TOLD["registry"])

    assert dict(successions(registry))["dong-thap"] == [("vn34-p82", "WHOLE")]


def test_a_story_without_a_reform_stays(story):
    registry = story.registry.model_copy(update={"reform": None})
    plain = story.model_copy(update={"registry": registry})

    assert reformed(plain) is plain
