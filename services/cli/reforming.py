"""The reform of 2025 as steps of a story, made from the shipped lineage.

A commune goes into its successors, the province into the new one; districts and their
divisions are dissolved. All of it is entered at one moment, the registry at rest after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from services.cli.agencies import successions
from services.cli.story import Reform, Registry, Step, Story

EFFECTIVE = "2025-07-01"
PROVINCE = "vn34-p"
Ends = list[tuple[str, list[tuple[str, str]]]]
REGISTRAR = {"agency": "kiemtra", "role": "registrar", "person": "story"}


def reformed(story: Story) -> Story:
    """Return the story with the steps of its reform, if it tells of one."""
    registry = story.registry
    if registry is None or registry.reform is None:
        return story
    at = registry.reform.at
    steps = [
        *(step for step in story.steps if step.at < at),
        *_steps(registry, registry.reform),
        *(step for step in story.steps if step.at >= at),
    ]
    return story.model_copy(update={"steps": tuple(steps)})


def _steps(registry: Registry, reform: Reform) -> Iterator[Step]:
    """Yield the steps; what tells one stream of several ends comes to rest between.

    So the same story leads to the same journals: communes of one successor come one
    after the other, the province after its communes, districts last.
    """
    for wave in _waves(registry):
        yield from _at_once(wave, reform)


def _waves(registry: Registry) -> Iterator[Ends]:
    waves: dict[int, Ends] = {}
    heard: Counter[str] = Counter()
    provinces: Ends = []
    dissolved: Ends = []
    for end in successions(registry):
        _, heirs = end
        if not heirs:
            dissolved.append(end)
        elif heirs[0][0].startswith(PROVINCE):
            provinces.append(end)
        else:
            wave = max(heard[heir] for heir, _ in heirs)
            heard.update({heir: wave + 1 - heard[heir] for heir, _ in heirs})
            waves.setdefault(wave, []).append(end)
    yield from (waves[wave] for wave in sorted(waves))
    yield provinces
    yield dissolved


def _at_once(ends: Ends, reform: Reform) -> Iterator[Step]:
    for number, (agency_id, heirs) in enumerate(ends):
        body: dict[str, Any] = {
            "effective_on": EFFECTIVE,
            "legal_ref": reform.legal_ref,
        }
        if heirs:
            body["successors"] = [
                {"agency_id": heir, "relation": relation} for heir, relation in heirs
            ]
        verb = "succeed" if heirs else "dissolve"
        made = {
            "at": reform.at,
            "as": REGISTRAR,
            "post": f"planning/agencies/{agency_id}/{verb}",
            "body": body,
            "together": number > 0,
        }
        yield Step.model_validate(made)
