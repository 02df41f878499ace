"""The shipped registry: which agencies exist on a day, as `register` takes them.

A province has a file of its own (``registry/<code>.yaml``): the agencies that stories
speak of, under ids of our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.cli.story import Registry, StoryInvalid, read_yaml

REGISTRIES = Path(__file__).with_name("registry")

Entry = Mapping[str, Any]


def agencies(registry: Registry) -> list[Entry]:
    """Return the agencies that exist on the registry's day, parents first.

    Raises:
        StoryInvalid: No registry of that province is shipped.
    """
    day = registry.as_of.isoformat()
    found = [
        entry
        for province in (registry.province, *registry.also)
        for entry in _named(province, departments=registry.units is not None)
    ]
    return [entry for entry in found if _exists(entry, day)]


def _named(province: str, *, departments: bool) -> list[Entry]:
    path = REGISTRIES / f"{province}.yaml"
    if not path.is_file():
        known = ", ".join(p.stem for p in sorted(REGISTRIES.glob("*.yaml")))
        raise StoryInvalid(f"no registry of province {province}: {known}")
    content = read_yaml(path)
    more = content.get("departments", []) if departments else []
    return [*content["agencies"], *more]


def _exists(entry: Entry, day: str) -> bool:
    return bool(entry["valid_from"] <= day <= (entry.get("valid_to") or day))
