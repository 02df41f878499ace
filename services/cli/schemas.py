"""The published events as JSON Schemas, and what a change of one would break."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from contracts.catalogue import CATALOGUE
from contracts.envelope import schema_of
from contracts.event import Event

Schema = Mapping[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
TALK = {"$schema", "$id", "$defs", "$ref", "title", "description", "examples"}
STRUCTURE = {"properties", "required", "items", "additionalProperties", "anyOf"}


def schema(event: type[Event]) -> dict[str, Any]:
    """Return an event's JSON Schema, under the name that `dataschema` says."""
    return {
        "$schema": DRAFT,
        "$id": schema_of(event.TYPE),
        "x-visibility": event.VISIBILITY,
        **event.model_json_schema(),
    }


def schema_files() -> dict[str, str]:
    """Return the text of every schema file, by file name."""
    return {f"{kind}.json": as_text(schema(it)) for kind, it in CATALOGUE.items()}


def as_text(data: Any) -> str:
    """Return *data* as a file's text, the same each time."""
    return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def breaks(old: Schema, new: Schema) -> list[str]:
    """Say what would break if *new* took the place of *old*, for either side.

    An old reader must read new events and a new reader the old ones: so a field may
    only be added, optional and with a default, and nothing else may change.
    """
    sides = (old.get("$defs", {}), new.get("$defs", {}))
    return list(_compare(old, new, "event", sides))


Sides = tuple[Mapping[str, Schema], Mapping[str, Schema]]


def _compare(old: Any, new: Any, at: str, sides: Sides) -> Iterator[str]:
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        if old != new:
            yield f"{at}: was {old!r}, is {new!r}"
        return
    old, new = _resolved(old, sides[0]), _resolved(new, sides[1])
    for word in sorted({*old, *new} - TALK - STRUCTURE):
        if not _grown(old.get(word), new.get(word)):
            yield f"{at}: {word} was {old.get(word)!r}, is {new.get(word)!r}"
    yield from _compare_fields(old, new, at, sides)
    for word in ("items", "additionalProperties"):
        yield from _compare(old.get(word), new.get(word), f"{at}.{word}", sides)
    yield from _compare_choices(old.get("anyOf", []), new.get("anyOf", []), at, sides)


def _compare_fields(old: Schema, new: Schema, at: str, sides: Sides) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    needed, needs = set(old.get("required", ())), set(new.get("required", ()))
    for name, was in before.items():
        if name not in after:
            yield f"{at}.{name}: was removed or renamed"
            continue
        if (name in needed) != (name in needs):
            became = "required" if name in needs else "optional"
            yield f"{at}.{name}: became {became}"
        yield from _compare(was, after[name], f"{at}.{name}", sides)
    for name in after:
        if name not in before and name in needs:
            yield f"{at}.{name}: was added without a default"


def _compare_choices(old: Any, new: Any, at: str, sides: Sides) -> Iterator[str]:
    if len(old) != len(new):
        yield f"{at}: may now be one of {len(new)} shapes, not of {len(old)}"
        return
    for number, (was, now) in enumerate(zip(old, new, strict=True)):
        yield from _compare(was, now, f"{at}.anyOf[{number}]", sides)


def _resolved(node: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """Return what a reference points to, with what stands beside it."""
    if "$ref" not in node:
        return node
    return {**definitions[node["$ref"].rpartition("/")[2]], **node}


def _grown(old: Any, new: Any) -> bool:
    """Say whether a value is as it was; a default object may have new fields."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return all(name in new and _grown(old[name], new[name]) for name in old)
    return bool(old == new)
