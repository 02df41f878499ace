"""What consumers did with what they read: the ledger, the views, what waits. I5-I8."""

from collections import defaultdict

from tests.chaos.anomalies import Anomaly

ONCE = ("applied", "ignored", "parked")


def everything_is_read(facts):
    """I7, I10: each consumer stands at the end, and counted every offset once."""
    for row in facts.evidence.consumers:
        records = _records(facts, row)
        end = records[-1]["offset"] + 1 if records else 0
        if row["next_offset"] < end:
            yield _row("unseen", row, f"at {row['next_offset']} of {end}", records)
        read = len(_read(records, row)) + _again(facts, row)
        consumed = row["outcomes"].get("consumed", 0)
        if consumed != read:
            name = "poll-skip" if consumed < read else "duplicate"
            why = f"{consumed} consumed, of {read} before offset {row['next_offset']}"
            yield _row(name, row, why, records)


def the_ledger_adds_up(facts):
    """I7: what was consumed was applied, ignored, parked, held or a duplicate."""
    for row in facts.evidence.consumers:
        outcomes = dict(row["outcomes"])
        consumed, known = outcomes.pop("consumed", 0), sum(outcomes.values())
        if consumed != known:
            name = "poll-skip" if known < consumed else "duplicate"
            yield _row(name, row, f"{consumed} consumed, {known} accounted for", ())


def everything_has_one_effect(facts):
    """I5: as many are applied, ignored or parked as there are different messages."""
    for row in facts.evidence.consumers:
        records = _records(facts, row)
        read = _read(records, row)
        different = {record["pos"] for record in read if record["pos"] is not None}
        wanted = len(different) + sum(record["pos"] is None for record in read)
        done = sum(
            n for kind, n in row["outcomes"].items() if kind.partition(":")[0] in ONCE
        )
        if done != wanted:
            name = "poll-skip" if done < wanted else "duplicate"
            yield _row(name, row, f"{done} dealt with, of {wanted}", records)


def _records(facts, row):
    """Return what lies where the consumer reads; the own journal is a topic too."""
    if row["topic"] in facts.evidence.topics:
        return facts.partitions.get((row["topic"], row["part"]), [])
    events = facts.evidence.journals.get(row["service"], [])
    return [{"offset": event["seq"], "pos": event["seq"]} for event in events]


def _again(facts, row):
    """Return how many messages an operator had the consumer read again."""
    place = (row["consumer"], row["topic"], row["part"])
    return sum(n for *at, n in facts.evidence.rewound if tuple(at) == place)


def _read(records, row):
    return [record for record in records if record["offset"] < row["next_offset"]]


def _row(name, row, why, records):
    key = f"{row['consumer']} {row['topic']}/{row['part']}"
    around = tuple(map(str, records[-10:]))
    return Anomaly(name=name, key=key, detail=why, around=around)


def the_views_heard_all(facts):
    """I5, I6: what the views hear is what was said of these types, each once."""
    types = defaultdict(set)
    for messages in facts.evidence.expected.values():
        for message in messages:
            types[message["type"]].add(message["id"])
    for service, hears in facts.evidence.hears.items():
        wanted = set().union(*(types[kind] for kind in hears))
        heard = facts.evidence.heard[service]
        yield from _set(
            "poll-skip", f"{service}.heard", wanted - set(heard), "not heard"
        )
        strange = set(heard) - wanted
        yield from _set("phantom(G1a)", f"{service}.heard", strange, "nobody said it")
        if len(heard) > len(set(heard)):
            yield from _set("duplicate", f"{service}.heard", {"?"}, "heard twice")


def _set(name, key, ids, why):
    if ids:
        ids = tuple(sorted(ids))
        yield Anomaly(name=name, key=key, detail=f"{len(ids)}: {why}", ids=ids[:10])


def views_are_what_events_say(facts):
    """I6: live rows are the fold of the events."""
    for one in facts.evidence.drift:
        key = f"{one['service']}/{one['table']}"
        yield Anomaly(name="drift", key=key, detail=f"rows {one['rows']}")


def nothing_waits(facts):
    """I8, I10: nothing is parked for good but what the run itself put there."""
    for one in facts.evidence.parked:
        if (one["topic"], one["part"], one["off"]) in facts.injected:
            continue
        key = f"{one['consumer']} {one['topic']}/{one['part']}"
        detail = f"offset {one['off']} is parked: {one['code']}"
        yield Anomaly(name="stuck", key=key, detail=detail)


RULES = (
    everything_is_read,
    the_ledger_adds_up,
    everything_has_one_effect,
    the_views_heard_all,
    views_are_what_events_say,
    nothing_waits,
)
