"""Ids that mean one thing only, over all plans: an inspection's, a round's."""

from __future__ import annotations

from dataclasses import dataclass

from services.planning.domain.plan import PlanRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTaken:
    """An id was given, for ever."""

    name: str
    plan_id: str


@dataclass(frozen=True, slots=True)
class Name:
    """Who has an id; None until somebody does."""

    taken: NameTaken | None = None


def evolve(_: Name, event: NameTaken) -> Name:
    """Fold one event into the id. Never refuses: it already happened."""
    return Name(taken=event)


def take(name: Name, *, taken: NameTaken) -> list[NameTaken]:
    """Give an id to a plan, once; no other plan uses it."""
    if name.taken is None:
        return [taken]
    if name.taken == taken:
        return []
    raise PlanRefused("inspection-id-taken", f"{taken.name} is of {name.taken.plan_id}")
