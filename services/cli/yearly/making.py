"""What every made-up step is made of."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from services.chassis.calendar import official

Made = dict[str, Any]
CONTENTS = (
    "DIRECTION",
    "IMPACT_ASSESSMENT",
    "DRAFT_RULES",
    "PUBLICATION",
    "PROCESSING",
    "DIGITISATION",
    "FEEDBACK",
    "OFFICER_DUTY",
    "PRIOR_SHORTCOMINGS",
)


class Days:
    """The working days, as the official calendar has them."""

    def __init__(self) -> None:
        self.calendar = official()

    def after(self, day: date, n: int) -> date:
        """Return the *n*-th working day after *day*."""
        return self.calendar.working_days_after(day, n)

    def before(self, day: date, n: int) -> date:
        """Return the *n*-th working day before *day*."""
        return self.calendar.working_days_before(day, n)

    def first(self, day: date) -> date:
        """Return *day*, or the first working day after it."""
        return self.after(day - timedelta(days=1), 1)


def step(
    at: str, who: tuple[str, str], post: str, body: Made, lane: str | None = None
) -> Made:
    """Return a step of a story: at that moment, that officer asks that."""
    agency, role = who
    person = "p-09" if role == "monitor" else "p-01"  # who inspects verifies nothing
    officer = {"agency": agency, "role": role, "person": person}
    made = {"at": f"{at}:00+07:00", "as": officer, "post": post, "body": body}
    return made if lane is None else made | {"lane": lane}


def digest(*words: str) -> str:
    """Return the sha256 of the words, 64 hex digits."""
    return sha256("\x1f".join(words).encode()).hexdigest()


def drawn(*words: str) -> int:
    """Return a number that follows from the words: the same each time, all alike."""
    return int(digest(*words)[:8], 16)
