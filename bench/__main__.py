"""`make bench [ONLY=P5] [RUNS=5]`: the ratios, a table and then a JSON line each."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Awaitable, Callable

from rich.console import Console
from rich.table import Table

from bench import appending, contending, delivering, rebuilding, starting, travelling
from bench.measuring import RUNS, Outcome
from bench.standing import Servers, standing
from services.chassis.logging import configure
from services.chassis.running import looping

BENCHES: dict[str, Callable[[Servers, int], Awaitable[Outcome]]] = {
    "P1": appending.single,
    "P2": appending.hundred,
    "P3": contending.one,
    "P3-8": contending.eight,
    "P4": contending.turns,
    "P5": delivering.relaying,
    "P6": delivering.consuming,
    "P7": delivering.batching,
    "P8": rebuilding.rebuilding,
    "P9": rebuilding.replaying,
    "P10": travelling.quiet,
    "P11": travelling.busy,
    "P12": rebuilding.growing,
    "P12-append": rebuilding.growing_append,
    "P13": starting.idle_memory,
    "P13-cpu": starting.idle_processor,
    "P14": starting.warm,
}


async def measured(only: list[str], runs: int) -> list[Outcome]:
    """Measure what was asked for, one after the other on the same servers."""
    console = Console(stderr=True)
    outcomes = []
    looping.settled()
    async with standing() as servers:
        for name in only:
            with console.status(f"{name} ({runs} runs of each)"):
                outcomes.append(await BENCHES[name](servers, runs))
    return outcomes


def told(outcomes: list[Outcome]) -> None:
    """Print a table, then each outcome as a JSON line."""
    table = Table("", "what", "against", "ratio", "target", "")
    for one in outcomes:
        bench, mark = one.bench, "✓" if one.reached else "✗"
        target = f"{bench.sense} {bench.target}"
        table.add_row(
            bench.id, bench.what, bench.baseline, f"{one.ratio:.2f}", target, mark
        )
    Console().print(table)
    for one in outcomes:
        print(one.line())  # noqa: T201 - that is what it is for


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", default="", help="P1,P5: by default all")
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_args()
    chosen = [name for name in asked.only.split(",") if name] or list(BENCHES)
    if unknown := sorted(set(chosen) - set(BENCHES)):
        parser.error(f"no benchmark {unknown}: {', '.join(BENCHES)}")
    configure("bench", level="error", output=sys.stderr)
    told(looping.run(measured(chosen, asked.runs)))
