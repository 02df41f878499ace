"""What goes wrong on purpose: a module per kind of fault.

A nemesis strikes once per call: it injects its fault, takes it back, and says what it
did. It draws from the dice of the bench alone, so that a seed strikes alike. Another
kind is a module with a class like these, and its row in ``NEMESES``.
"""

from typing import Protocol

from tests.chaos.nemeses import (
    delaying,
    doubling,
    halting,
    holding,
    killing,
    poisoning,
    repeating,
    restarting,
    steering,
    striking,
)


class Nemesis(Protocol):
    """One kind of fault; ``fault`` is its line of docs/faults.md."""

    fault: str

    async def strike(self, bench) -> str:
        """Inject the fault and take it back; return what was done to whom."""
        ...


NEMESES: dict[str, type[Nemesis]] = {
    "kill-service": killing.KillService,
    "failpoint": striking.Failpoint,
    "halt-service": halting.HaltService,
    "rolling-restart": restarting.RollingRestart,
    "kill-kafka": killing.KillKafka,
    "restart-kafka": restarting.RestartKafka,
    "kill-postgres": killing.KillPostgres,
    "restart-postgres": restarting.RestartPostgres,
    "kill-backends": killing.KillBackends,
    "read-only": delaying.ReadOnly,
    "locked-table": delaying.LockedTable,
    "rogue-relay": repeating.RogueRelay,
    "rewind": steering.Rewind,
    "held-topic": steering.HeldTopic,
    "poison": poisoning.Poison,
    "second-instance": doubling.SecondInstance,
    "open-append": holding.OpenAppend,
    "long-transaction": holding.LongTransaction,
}
