"""A whole year of whole provinces, made up: as many inspections as a real one has.

Two plans each, of the size that the texts of Đồng Tháp have (5 + 12 + 36 and at least
12 + 12 + 8 inspections), with the findings, remedies and delays of a year. What is made
up follows from the numbers alone, so the same year is the same steps each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from services.cli.agencies import Entry, agencies
from services.cli.story import Registry, Step, Story
from services.cli.yearly.campaigns import campaigns, planned, registered, reported
from services.cli.yearly.making import Days, Made, step
from services.cli.yearly.rounds import Round, rounds_of

__all__ = ["expanded"]
REGISTRAR = ("kiemtra", "registrar")


def expanded(story: Story) -> Story:
    """Return the story with the steps of its year; as it is, if it has none."""
    asked = story.yearly
    if asked is None:
        return story
    first = date(asked.year, 1, 3)
    made: list[Made] = []
    for province in asked.provinces:
        found = agencies(Registry(province=province, as_of=first, units="all"))
        made += _entered(found, first)
        made += _year(found, asked.year, asked.findings)
    own = [one.model_dump(mode="json", by_alias=True) for one in story.steps]
    steps = [Step.model_validate(one) for one in _in_order([*made, *own])]
    return story.model_copy(update={"steps": tuple(steps), "yearly": None})


def _entered(found: Sequence[Entry], day: date) -> Iterator[Made]:
    for agency in found:
        body = {name: value for name, value in agency.items() if name != "agency_id"}
        door = f"planning/agencies/{agency['agency_id']}/register"
        yield step(f"{day}T08:00", REGISTRAR, door, body)


def _year(found: Sequence[Entry], year: int, findings: int) -> Iterator[Made]:
    days = Days()
    yield from registered(found, date(year, 1, 3))
    for campaign in campaigns(found, year):
        yield from planned(campaign, days)
        for number, (start, units) in enumerate(rounds_of(campaign), start=1):
            one = Round(campaign, number, start, units, findings, days)
            yield from one.steps()
        yield from reported(campaign, days)


def _in_order(steps: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps in order of time; those made up for one moment go together."""
    ordered = sorted(steps, key=lambda one: str(one["at"]))
    before = ""
    for one in ordered:
        if "together" not in one:
            one |= {"together": one["at"] == before, "example": True}
        before = one["at"]
    return ordered
