"""A registry in memory, and the journal's first events, for tests of planning."""

from services.chassis.journal import NEW, Append
from services.planning import domain
from services.planning.handlers import AGENCY, PLAN, TEAM
from tests.planning.examples import COMMUNES, ESTABLISHED, HONG_NGU, NOI_VU

AGENCIES = (HONG_NGU, NOI_VU, *COMMUNES)


class MemoryRegistry:
    """Finds units among entries; remembers what its askers had seen."""

    def __init__(self, entries=AGENCIES):
        self._units = {e.agency_id: domain.Agency(entry=e).unit for e in entries}
        self.seen = []

    async def units(self, kind, parent_id, window, *, seen):
        self.seen.append(seen)
        below = [u for u in self._units.values() if self._below(u, parent_id)]
        return domain.eligible(below, kind, window)

    def _below(self, unit, parent_id):
        if parent_id is None or unit.parent_id == parent_id:
            return True
        parent = self._units.get(unit.parent_id)
        return parent is not None and self._below(parent, parent_id)


class Simulated:
    """Plays plans through with the same outcome each time; remembers what was asked."""

    def __init__(self, sha256=None):
        self._sha256 = sha256
        self.asked = []

    async def hash_of(self, plan_id, wanted, *, seen):
        self.asked.append((plan_id, wanted, seen))
        return self._sha256


async def register(journal, *entries):
    for entry in entries:
        await begin(journal, AGENCY, entry.agency_id, entry)


async def plan(journal, *history):
    await begin(journal, PLAN, "KH-2023-HN", *history)


async def team(journal, established=ESTABLISHED):
    await begin(journal, TEAM, established.team_id, established)


async def begin(journal, aggregate, key, *history):
    ordered_by = aggregate.ordered_by
    await journal.append(
        Append(
            stream=aggregate.stream(key),
            expected=NEW,
            events=list(history),
            key=ordered_by(history[0]) if ordered_by else key,
        )
    )
