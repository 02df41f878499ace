"""Official decisions about single days (nghỉ bù, hoán đổi ngày làm việc), as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

STATUSES = {"OFF": False, "WORK": True}
SATURDAY = 5


class OverlayInvalid(ValueError):
    """The overlay contradicts itself: counting by it would be guessing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """A day that is not what its weekday says, and the document that says so."""

    day: date
    works: bool
    name: str
    document: str
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What was decided, and the first and last day for which all decisions are in.

    ``earlier`` are the states that it replaced: what was counted by one can be again.
    """

    version: str
    start: date
    end: date
    days: Mapping[date, Special]
    earlier: tuple[Overlay, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read an overlay's file.

        Raises:
            OverlayInvalid: It is not one, or contradicts itself.
        """
        try:
            return cls.read(json.loads(path.read_text(encoding="utf-8")))
        except (KeyError, TypeError, json.JSONDecodeError) as error:
            raise OverlayInvalid(f"{path.name}: {error!r}") from error

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Read an overlay from its parsed text."""
        start, end = (
            date.fromisoformat(data["coverage"][edge]) for edge in ("from", "to")
        )
        if start > end:
            raise OverlayInvalid("the coverage ends before it starts")
        days: dict[date, Special] = {}
        for entry in data["entries"]:
            special = _special(entry)
            if special.day in days:
                raise OverlayInvalid(f"{special.day} is there twice")
            if not start <= special.day <= end:
                raise OverlayInvalid(f"{special.day} is outside the coverage")
            days[special.day] = special
        earlier = tuple(cls.read(before) for before in data.get("earlier", ()))
        named = [data["version"], *(before.version for before in earlier)]
        if len(set(named)) < len(named):
            raise OverlayInvalid("two states have one version")
        return cls(
            version=data["version"], start=start, end=end, days=days, earlier=earlier
        )


def _special(entry: Mapping[str, Any]) -> Special:
    day = date.fromisoformat(entry["date"])
    if entry["status"] not in STATUSES:
        raise OverlayInvalid(f"{day}: the status is neither OFF nor WORK")
    if not entry["document"]:
        raise OverlayInvalid(f"{day}: no document says so")
    return Special(
        day=day,
        works=STATUSES[entry["status"]],
        name=entry["name"],
        document=entry["document"],
        provisional=entry.get("provisional", False),
    )
