"""What must hold of a world: the oracles of the invariants, by name (docs/promises)."""

from collections import Counter, defaultdict
from hashlib import sha256

from contracts.envelope import BadEnvelope, Transport
from tests.simulation.recording import expected, named

JUNK = b"{"


def isolated(world):
    """Judge while poison is still there: nothing else waits (I8)."""
    wanted, had = expected(world.book), effects(world)
    parked = defaultdict(list)
    for row in world.tables["parked"].values():
        parked[row["topic"], row["key"]].append(row)
    for place, names in wanted.items():
        if place not in parked and had.get(place, []) != names:
            yield f"I8: {place} waits though nothing of it is poison"
        if names[: len(had.get(place, []))] != had.get(place, []):
            yield f"I4: {place} out of order: {had[place]}, not {names}"
    poison = set(_names_of(world, world.poison))
    for place, rows in parked.items():
        if not any(_is_cause(row, poison) for row in rows):
            yield f"I8: {place} is parked though nothing of it is poison"


def _names_of(world, numbers):
    for recorded in world.book.rows:
        if recorded.event.number in numbers:
            for _, name in named(recorded):
                yield name.encode()


def _is_cause(row, poison):
    return row["body"] == JUNK or bool(poison & set(row["header_values"]))


def settled(world):
    """Judge when all has healed."""
    wanted, had = expected(world.book), effects(world)
    yield from _published(world, wanted)
    yield from _chained(world)
    for place in sorted({*wanted, *had}):
        yield from _once(place, wanted.get(place, []), had.get(place, []))
    yield from _adds_up(world)


def effects(world):
    """Return the ids that had an effect, in order, by topic and key."""
    keys = {
        name: (topic, recorded.key)
        for recorded in world.book.rows
        for topic, name in named(recorded)
    }
    found = defaultdict(list)
    for _, row in sorted(world.tables["effect"].items()):
        found[keys.get(row["name"], ("nowhere", ""))].append(row["name"])
    return found


def _once(place, wanted, had):
    counts = Counter(had)
    if repeated := [name for name, n in counts.items() if n > 1]:
        yield f"I5: {place} had {repeated} more than once"
    if lost := set(wanted) - set(had):
        yield f"I5: {place} never had {sorted(lost)}"
    if phantom := set(had) - set(wanted):
        yield f"I2: {place} had {sorted(phantom)}, which were never recorded"
    if list(dict.fromkeys(had)) != [name for name in wanted if name in counts]:
        yield f"I4: {place} out of order: {had}, not {wanted}"


def _published(world, wanted):
    """Check topics against journal, both ways; what came twice came the same (I3)."""
    digests = defaultdict(set)
    for record in world.broker.records():
        name = dict(record.headers)["ce_id"].decode()
        if record.value != JUNK:
            whole = repr((record.key, record.value, record.headers))
            digests[name].add((record.at, sha256(whole.encode()).digest()))
    names = {name for names in wanted.values() for name in names}
    if lost := names - set(digests):
        yield f"I3: {sorted(lost)} were never published"
    if phantom := set(digests) - names:
        yield f"I3: {sorted(phantom)} were published and never recorded"
    if other := [name for name, found in digests.items() if len(found) > 1]:
        yield f"I3: {other} were not the same each time"


def _chained(world):
    """Check that first occurrences follow each other, partition by partition (I4b)."""
    for topic, logs in world.broker.logs.items():
        for partition, log in enumerate(logs):
            last, seen = 0, set()
            for link in filter(None, map(_link, log)):
                if link.pos in seen:
                    continue
                seen.add(link.pos)
                if link.prev != last or link.pos <= last:
                    at = f"{topic}/{partition}"
                    yield f"I4b: {at}: {link.pos} follows {link.prev}, not {last}"
                last = link.pos


def _link(record):
    try:
        return Transport.from_headers(record.headers)
    except BadEnvelope:
        return None


def _adds_up(world):
    """Check the ledger against what lies in the topics (I7)."""
    counts = defaultdict(Counter)
    for row in world.tables["ledger"].values():
        counts[row["topic"], row["part"]][row["outcome"]] += row["n"]
    for topic, logs in world.broker.logs.items():
        for partition, log in enumerate(logs):
            found = counts[topic, partition]
            consumed = found.pop("consumed", 0)
            if consumed != len(log):
                yield f"I7: {topic}/{partition} consumed {consumed} of {len(log)}"
            if consumed != sum(found.values()):
                yield f"I7: {topic}/{partition} consumed {consumed}, became {found}"
            if found["parked"] or found["gap-held"]:
                yield f"I7: {topic}/{partition} still holds {found}"
    applied = sum(found["applied"] for found in counts.values())
    if applied != len(world.tables["effect"]):
        effects_had = len(world.tables["effect"])
        yield f"I7: {applied} applied, {effects_had} effects"
