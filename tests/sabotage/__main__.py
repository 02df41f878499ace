"""``python -m tests.sabotage``: every guard taken out once; who notices?"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.sabotage.declaring import Moved
from tests.sabotage.judging import missed, unsound
from tests.sabotage.removals import REMOVALS
from tests.sabotage.running import run_tests
from tests.sabotage.telling import PAGE, page
from tests.sabotage.trees import Tree

ALL_TESTS = 1800  # seconds that all named tests may take, untouched


def main():
    parser = argparse.ArgumentParser(prog="sabotage", description=__doc__)
    parser.add_argument("--only", default="", help="names, or parts of names, by comma")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--page", action="store_true", help="only write the page")
    asked = parser.parse_args()
    if asked.page:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    chosen = [
        removal
        for removal in REMOVALS
        if any(part in removal.name for part in asked.only.split(","))
    ]
    with tempfile.TemporaryDirectory(prefix="kiemtra-sabotage-") as home:
        return asyncio.run(sabotage(chosen, asked.jobs, Path(home)))


async def sabotage(chosen, jobs, home):
    """Try all of *chosen*; return the status to exit with."""
    trees = [Tree(Path.cwd(), home / f"tree-{n}") for n in range(jobs)]
    if not await sound(chosen, trees[0]):
        return 1
    queue, verdicts = list(enumerate(chosen, start=1)), []

    async def work(tree):
        while queue:
            number, removal = queue.pop(0)
            begun = time.monotonic()
            why = await attempt(removal, tree)
            verdicts.append((removal, why))
            seconds = time.monotonic() - begun
            tell(f"{number}/{len(chosen)}", removal, why, seconds)

    async with asyncio.TaskGroup() as group:
        for tree in trees:
            group.create_task(work(tree))
    loose = [removal.name for removal, why in verdicts if why]
    say(f"{len(chosen) - len(loose)} of {len(chosen)} removals were caught")
    if loose:
        say(f"not caught: {', '.join(sorted(loose))}")
    elif len(chosen) == len(REMOVALS):
        PAGE.write_text(page(), encoding="utf-8")
    return int(bool(loose or not chosen))


async def sound(chosen, tree):
    """Run the tests in the tree as it is: they must be green before they count."""
    tests = sorted({test for removal in chosen for test in removal.red})
    say(f"{len(chosen)} removals, {len(tests)} tests; first all of them untouched")
    results, output = await run_tests(tree.folder, tests, ALL_TESTS)
    red = unsound(results, tests)
    if red:
        say("\n".join([output[-3000:], "not green as it is:", *red]))
    return not red


async def attempt(removal, tree):
    """Take one protection out; return why it was not noticed."""
    try:
        with tree.without(removal):
            results, output = await run_tests(tree.folder, list(removal.red))
    except Moved as moved:
        return [str(moved)]
    return missed(removal, results) if results else [output[-3000:]]


def tell(at, removal, why, seconds):
    verdict = "NOT CAUGHT" if why else "caught"
    say(f"[{at}] {removal.name}: {verdict}: {removal.anomaly} ({seconds:.0f} s)")
    for line in why:
        say(f"    {line}")


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
