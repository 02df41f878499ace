"""The journals by themselves: versions, order, causes, the chain. I4a, I5, I13."""

from collections import defaultdict

from tests.chaos.anomalies import Anomaly, around


def versions_are_whole(facts):
    """I4a: a stream's versions are 1 to n, and their positions rise with them."""
    for service, events in facts.evidence.journals.items():
        last = {}
        for index, event in enumerate(sorted(events, key=lambda one: one["seq"])):
            stream, version = event["stream"], event["version"]
            wanted = last.get(stream, 0) + 1
            last[stream] = max(version, last.get(stream, 0))
            if version == wanted:
                continue
            name = "missing-version" if version > wanted else "nonmonotonic"
            yield Anomaly(
                name=name,
                key=f"{service}/{stream}",
                detail=f"version {version} where {wanted} comes next",
                ids=(event["id"],),
                around=around(events, index),
            )


def nothing_twice(facts):
    """I5: no event twice, and no cause with the same effect twice in a stream."""
    for service, events in facts.evidence.journals.items():
        ids, effects = defaultdict(list), defaultdict(list)
        for event in events:
            ids[event["id"]].append(event)
            effect = (event["cause"], event["stream"], event["type"], event["digest"])
            effects[effect].append(event)
        for found in (*ids.values(), *effects.values()):
            if len(found) > 1:
                yield _twice(service, found)


def _twice(service, found):
    return Anomaly(
        name="duplicate",
        key=f"{service}/{found[0]['stream']}",
        detail=f"{found[0]['type']} {len(found)} times because of {found[0]['cause']}",
        ids=tuple(event["id"] for event in found),
        around=tuple(map(str, found[:10])),
    )


def every_effect_has_a_cause(facts):
    """I2: what was done was done because of something that is recorded."""
    known = facts.said | {one["id"] for one in facts.evidence.deadlines}
    known |= {one["id"] for one in facts.evidence.intents}
    for service, events in facts.evidence.journals.items():
        own = {event["id"] for event in events}
        for event in events:
            cause = event["cause"]
            if cause in known or cause in own or (service, cause) in facts.answers:
                continue
            if (service, cause) in facts.commands:
                continue  # torn, if its answer is missing: said by another rule
            yield Anomaly(
                name="phantom(G1a)",
                key=f"{service}/{event['stream']}",
                detail=f"{event['type']} because of {cause}, which nobody recorded",
                ids=(event["id"],),
            )


def chains_hold(facts):
    """I13: every stream is as it was written."""
    for one in facts.evidence.broken:
        key = f"{one['service']}/{one['stream']}"
        detail = f"version {one['version']} is not as it was written"
        yield Anomaly(name="tampered", key=key, detail=detail)


RULES = (versions_are_whole, nothing_twice, every_effect_has_a_cause, chains_hold)
