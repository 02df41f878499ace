"""The product with one protection taken out, each by its text: what must be caught."""

import inspect
import textwrap
from dataclasses import dataclass

from services.chassis import relay
from services.chassis.consumer import (
    acting,
    checkpoint,
    engine,
    judging,
    listening,
    retrying,
)
from tests.simulation import recording, statements


@dataclass(frozen=True)
class Mutant:
    """A piece of text replaced in one function of *owner*; *shows*: what it breaks."""

    name: str
    shows: str
    owner: object
    function: str
    old: str
    new: str

    def apply(self, monkeypatch):
        """Put the changed function in the old one's place."""
        function = inspect.unwrap(getattr(self.owner, self.function))
        source = textwrap.dedent(inspect.getsource(function))
        if source.count(self.old) != 1:
            raise LookupError(f"{self.function} does not say once: {self.old}")
        made = {}
        text = "from __future__ import annotations\n" + source.replace(
            self.old, self.new
        )
        exec(text, function.__globals__, made)  # noqa: S102 - our own source
        monkeypatch.setattr(self.owner, self.function, made[self.function])


ADVANCE = "    await self.checkpoint.advance(progress.values())\n"
PARK = "    await self._within_the_limit(await self.parking.park(parked.found))\n"
TELL = "    _tell(sound, judged.duplicates, parked.found)\n"

MUTANTS = [
    [
        Mutant(
            "es_prev unchecked",
            "I4 I5",
            judging,
            "_follows",
            "item.previous == here.source_pos",
            "item.previous is not None",
        )
    ],
    [
        Mutant(
            "no epoch check",
            "I5b",
            checkpoint,
            "_still_ours",
            "raise Fenced(lost)",
            "return",
        ),
        Mutant("", "", statements, "_same_epoch", 'row["epoch"] == epoch', "True"),
    ],
    [
        Mutant(
            "cursor past a failed send",
            "I3b",
            relay,
            "_all",
            "raise outcome",
            "return",
        )
    ],
    [
        Mutant(
            "checkpoint outside the transaction",
            "I5 I7",
            engine.Engine,
            "_in_one",
            "    " + ADVANCE + TELL,
            ADVANCE + TELL,
        )
    ],
    [
        Mutant(
            "parking outside the checkpoint transaction",
            "I5 I7",
            engine.Engine,
            "_in_one",
            f"        if parked.found:\n        {PARK}    {ADVANCE}",
            f"        {ADVANCE.strip()}\n    if parked.found:\n    {PARK}",
        )
    ],
    [
        Mutant(
            "no key blocking",
            "I4",
            engine.Engine,
            "_at_fault",
            "(item.at.topic, item.key) in parked.held",
            "False",
        )
    ],
    [
        Mutant(
            "cursor on the id",
            "I3b",
            recording.Book,
            "fetch",
            "position < r.position <= safe",
            "position < r.position",
        )
    ],
    [
        Mutant(
            "floors read before the ceiling",
            "I3b I5",
            recording.Book,
            "safe",
            "ceiling = await self.ceiling()\n    "
            "return min(ceiling, await self.floor())",
            "floor = await self.floor()\n    return min(floor, await self.ceiling())",
        )
    ],
    [
        Mutant(
            "rows in the watermark's snapshot",
            "I3b",
            recording.Book,
            "fetch",
            "safe = await self.safe()\n    await self.pause()\n    return "
            "[r for r in self.rows",
            "rows = self.rows\n    safe = await self.safe()\n    return "
            "[r for r in rows",
        )
    ],
    [
        Mutant(
            "floor not announced",
            "I3b",
            recording.Book,
            "write",
            "self.floors[step.number] = highest",
            "self.floors[step.number] = NEVER",
        )
    ],
    [
        Mutant(
            "no savepoint around a message",
            "I5",
            acting.Actions,
            "_attempt",
            "async with savepoint():",
            "async with nullcontext():",
        )
    ],
    [
        Mutant(
            "failed batch not fetched again",
            "I10",
            listening.Consumer,
            "receive",
            "return _firsts(records)",
            "return {}",
        )
    ],
    [
        Mutant(
            "offset not remembered",
            "I7",
            engine,
            "judge",
            "item.offset < here.next_offset",
            "item.offset < 0",
        )
    ],
    [
        Mutant(
            "parked key tried again outside a transaction",
            "I5",
            retrying.Retrier,
            "_try_one",
            "async with self.engine.database.transaction():",
            "async with asyncio.timeout(1e9):",
        )
    ],
    [
        Mutant(
            "released messages not moved in the ledger",
            "I7",
            retrying.Retrier,
            "_settle",
            "await engine.checkpoint.count(counts)",
            "await asyncio.sleep(0)",
        )
    ],
]
