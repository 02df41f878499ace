"""The version of a stream, beside what it shows: what ``If-Match`` is asked with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from services.chassis.projector import Change, Operation, Seen

Project = Callable[[Seen], Sequence[Operation]]


def versioned(table: str, key: str, own: Mapping[type, Project]) -> dict[type, Project]:
    """Return *own*, each with the version of the stream that *key* names."""
    return {kind: _versioned(table, key, project) for kind, project in own.items()}


def _versioned(table: str, key: str, project: Project) -> Project:
    def shown(seen: Seen) -> Sequence[Operation]:
        named = {key: getattr(seen.event, key)}
        return [*project(seen), Change(table, named, {"version": seen.version})]

    return shown
