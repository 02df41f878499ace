"""A year that is made up is the same each time, and possible."""

from collections import Counter
from datetime import datetime

from services.chassis.calendar import official
from services.cli.story import load
from services.cli.yearly import expanded

YEAR = expanded(load("province-year"))


def test_the_same_year_is_the_same_steps():
    assert expanded(load("province-year")) == YEAR


def test_a_story_without_a_year_stays_as_it_is():
    story = load("hong-ngu-2023")

    assert expanded(story) is story


def test_officials_act_on_working_days_only():
    days = {step.at.date() for step in YEAR.steps}

    assert [day for day in days if not official().is_working_day(day)] == []


def test_steps_stand_in_order_of_time_and_go_together_with_their_moment():
    moments = [step.at for step in YEAR.steps]

    assert moments == sorted(moments)
    assert all(
        step.together == (step.at == before)
        for step, before in zip(YEAR.steps[1:], moments, strict=False)
    )
    assert all(isinstance(moment, datetime) for moment in moments)


def test_every_inspection_is_ordered_visited_and_concluded_once():
    verbs = Counter(step.post.rpartition("/")[2] for step in YEAR.steps)
    ordered = [
        visit["inspection_id"]
        for step in YEAR.steps
        for visit in step.body.get("visits", ())
    ]

    assert len(ordered) == len(set(ordered)) == verbs["start-visit"]
    assert verbs["start-visit"] == verbs["issue-conclusion"] == verbs["sign-minutes"]


def test_every_finding_leads_to_a_remedy_that_is_verified():
    verbs = Counter(step.post.rpartition("/")[2] for step in YEAR.steps)

    assert verbs["raise-finding"] == verbs["verify"]
    assert verbs["report-remediation"] == verbs["verify"] + verbs["reject"]
