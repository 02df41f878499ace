"""What keeps a unit from doing better, in its own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulty:
    """A difficulty that somebody above is asked to remove (khó khăn, vướng mắc)."""

    difficulty_id: str
    text: str
    addressee: str
