"""The reform of 2025 as steps of a story, made from the shipped lineage.

A commune goes into its successors, the province into the new one; districts and their
divisions are dissolved. All of it is entered at one moment, the registry at rest after.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.cli.agencies import successions
from services.cli.story import Reform, Registry, Step, Story

EFFECTIVE = "2025-07-01"
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
    for number, (agency_id, heirs) in enumerate(successions(registry)):
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
