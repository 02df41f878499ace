"""Two ways of doing the same, measured alternately; what is told is their ratio."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

RUNS = 5
Work = Callable[[], Awaitable[float]]  # does it once; returns its figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One benchmark: what is measured against what, and what the ratio should be."""

    id: str
    what: str
    baseline: str
    target: float
    sense: str  # "at least" | "at most"
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a benchmark: the medians, and the ratios of all runs."""

    bench: Bench
    ours: float
    baseline: float
    ratios: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Return the median of the ratios."""
        return statistics.median(self.ratios)

    @property
    def reached(self) -> bool:
        """Say whether the target is reached."""
        at_least = self.bench.sense == "at least"
        return (
            self.ratio >= self.bench.target
            if at_least
            else self.ratio <= self.bench.target
        )

    def line(self) -> str:
        """Return the outcome as one JSON object (interfaces, section 5)."""
        return json.dumps(
            {
                "id": self.bench.id,
                "ratio": round(self.ratio, 3),
                "target": self.bench.target,
                "sense": self.bench.sense,
                "ours": round(self.ours, 4),
                "baseline": round(self.baseline, 4),
                "unit": self.bench.unit,
                "runs": len(self.ratios),
                "spread": [round(min(self.ratios), 3), round(max(self.ratios), 3)],
            }
        )


async def compare(bench: Bench, ours: Work, baseline: Work, runs: int) -> Outcome:
    """Run both once to warm up, then *runs* times in turn."""
    await ours()
    await baseline()
    pairs = [(await ours(), await baseline()) for _ in range(runs)]
    return Outcome(
        bench=bench,
        ours=statistics.median(mine for mine, _ in pairs),
        baseline=statistics.median(theirs for _, theirs in pairs),
        ratios=tuple(mine / theirs for mine, theirs in pairs),
    )


async def rate(n: int, work: Callable[[], Awaitable[object]]) -> float:
    """Return how many of *n* things a second *work* does, done once."""
    began = time.perf_counter()
    await work()
    return n / (time.perf_counter() - began)
