"""The journals against the topics, read from their first offset: I3, I4, I4b."""

from tests.chaos.anomalies import Anomaly, around


def all_is_published(facts):
    """I3: what the journals say is on the topics, where it belongs."""
    there = {
        record["id"]: (topic, record["partition"], record["pos"])
        for topic, records in facts.evidence.topics.items()
        for record in records
        if not facts.is_injected(topic, record)
    }
    for service, messages in facts.evidence.expected.items():
        for message in messages:
            place = (message["topic"], message["partition"], message["pos"])
            found = there.get(message["id"])
            if found is None:
                yield _message("unseen", service, message, "not on its topic")
            elif found != place:
                why = f"lies at {found}, belongs to {place}"
                yield _message("inconsistent-offset", service, message, why)


def _message(name, service, message, why):
    key = f"{service}/{message['topic']}/{message['partition']}"
    detail = f"position {message['pos']}: {why}"
    return Anomaly(name=name, key=key, detail=detail, ids=(message["id"],))


def nothing_else_is_published(facts):
    """I3: what is on the topics was recorded."""
    for (topic, partition), records in facts.partitions.items():
        for index, record in enumerate(records):
            if record["id"] in facts.said or facts.is_injected(topic, record):
                continue
            yield Anomaly(
                name="phantom(G1a)",
                key=f"{topic}/{partition}",
                detail=f"offset {record['offset']} holds what no journal recorded",
                ids=(record["id"],),
                around=around(records, index),
            )


def partitions_are_chains(facts):
    """I4b: first occurrences rise, each names the one before it, copies are equal."""
    for (topic, partition), records in facts.partitions.items():
        seen, last = {}, 0
        for index, record in enumerate(records):
            if record["pos"] is None or facts.is_injected(topic, record):
                continue
            first = seen.setdefault(record["pos"], record)
            wrong = None
            if first is not record:
                wrong = _copy(first, record)
            else:
                wrong = _link(record, last)
                last = max(last, record["pos"])
            if wrong:
                name, why = wrong
                yield Anomaly(
                    name=name,
                    key=f"{topic}/{partition}",
                    detail=f"offset {record['offset']}: {why}",
                    ids=(record["id"],),
                    around=around(records, index),
                )


def _copy(first, again):
    if (first["id"], first["digest"]) == (again["id"], again["digest"]):
        return None
    why = f"position {first['pos']} was {first['id']}, with other bytes"
    return "inconsistent-offset", why


def _link(record, last):
    if record["pos"] <= last:
        return "nonmonotonic", f"position {record['pos']} after {last}"
    if record["prev"] != last:
        return (
            "send-skip",
            f"{record['pos']} follows {record['prev']}, {last} came last",
        )
    return None


RULES = (all_is_published, nothing_else_is_published, partitions_are_chains)
