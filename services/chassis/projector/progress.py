"""How far the making of a build is, for whoever watches it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from services.chassis.logging import log

TOLD_EVERY = 10  # per cent


@dataclass(slots=True, kw_only=True)
class Progress:
    """What is being done, how much of it, and since when.

    It counts positions, of the own journal and of what was heard: numbers that were
    rolled back are counted too, so that it ends at its total.
    """

    phase: str = "waiting"
    build: int = 0
    done: int = 0
    total: int = 0
    told: int = 0
    began: float = field(default_factory=time.monotonic)

    def entered(self, phase: str) -> None:
        """Go on to the next phase."""
        self.phase = phase

    def expects(self, total: int) -> None:
        """Begin to count towards *total*."""
        self.done, self.total, self.began = 0, total, time.monotonic()

    def reached(self, done: int) -> None:
        """Be so far; log it, now and then."""
        self.done = min(done, self.total)
        if self.percent - self.told >= TOLD_EVERY:
            self.told = self.percent - self.percent % TOLD_EVERY
            log(
                "projection.rebuild.progress",
                build=self.build,
                percent=self.percent,
                rate=round(self.rate),
                eta=self.eta,
            )

    @property
    def percent(self) -> int:
        """Return how much of it is done, in per cent."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def rate(self) -> float:
        """Return how many positions a second were passed so far."""
        seconds = time.monotonic() - self.began
        return self.done / seconds if seconds else 0.0

    @property
    def eta(self) -> float | None:
        """Return how many seconds more it takes at this rate, if that can be said."""
        rate = self.rate
        return round((self.total - self.done) / rate, 1) if rate else None

    def said(self) -> dict[str, Any]:
        """Return it as it is told to operators."""
        return {
            "phase": self.phase,
            "build": self.build,
            "done": self.done,
            "total": self.total,
            "percent": self.percent,
            "rate": round(self.rate, 1),
            "eta_seconds": self.eta,
        }
