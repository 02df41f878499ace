"""What was answered against what is in the journal: I1, I2, I11, and real time."""

from collections import defaultdict

from tests.chaos.anomalies import Anomaly

WELL = 200


def acknowledged_is_there(facts):
    """I1: what was answered `ok` is in the journal, where and as it was answered."""
    for (service, command), lines in facts.commands.items():
        for line in lines:
            if line["type"] == "ok" and (why := _missing(facts, line)):
                yield _anomaly(facts, "lost-write", service, command, why)
                break


def _missing(facts, ok):
    service, position = ok["service"], ok["position"]
    if position and (service, position) not in facts.by_seq:
        return f"answered position {position}, where nothing is"
    event = facts.by_seq.get((service, position))
    if event and event["version"] != ok["version"]:
        return (
            f"answered version {ok['version']} at {position}, it is {event['version']}"
        )
    if (service, ok["cmd"]) not in facts.answers:
        return "the answer was not kept"
    return None


def refused_left_nothing(facts):
    """I2: what was refused wrote nothing, and nobody else wrote in a command's name."""
    for (service, command), lines in facts.commands.items():
        ends = {line["type"] for line in lines}
        written = facts.by_command.get((service, command), [])
        if "fail" in ends and "ok" not in ends and written:
            why = f"refused, and wrote {written[0]['type']}"
            yield _anomaly(facts, "phantom(G1a)", service, command, why)
    for service, command in facts.answers:
        if (service, command) not in facts.commands:
            yield _anomaly(facts, "phantom(G1a)", service, command, "never asked")


def all_or_nothing(facts):
    """I2: a command's events and its answer are there together, or neither is."""
    for (service, command), events in facts.by_command.items():
        if (service, command) not in facts.commands:
            continue
        answer = facts.answers.get((service, command))
        if answer is None or answer["status"] != WELL:
            why = f"{len(events)} events and no answer"
            yield _anomaly(facts, "torn-write", service, command, why)
        elif answer["position"] not in {event["seq"] for event in events}:
            why = f"the event at {answer['position']} is not among its {len(events)}"
            yield _anomaly(facts, "torn-write", service, command, why)


def answered_alike(facts):
    """I11: the same command is answered the same, however often it is asked."""
    for (service, command), lines in facts.commands.items():
        oks = {(x["version"], x["position"]) for x in lines if x["type"] == "ok"}
        kinds = {line["type"] for line in lines} & {"ok", "fail"}
        if len(oks) > 1 or len(kinds) > 1:
            why = f"answered {sorted(oks)}, {sorted(kinds)}"
            yield _anomaly(facts, "changed-answer", service, command, why)


def in_real_time(facts):
    """What was asked after an answer saw at least the version that it told."""
    for (service, stream), asked in _streams(facts).items():
        ended = sorted((end, version) for _, end, version, _ in asked)
        highest, at = 0, 0
        for begun, _, version, command in sorted(asked):
            while at < len(ended) and ended[at][0] < begun:
                highest = max(highest, ended[at][1])
                at += 1
            if version < highest:
                why = f"version {version} of {stream} after {highest} was told"
                yield _anomaly(facts, "nonmonotonic", service, command, why)


def _streams(facts):
    """(service, stream) -> (first asked, first answered, version, command)."""
    found = defaultdict(list)
    for (service, command), lines in facts.commands.items():
        first = next((line for line in lines if line["type"] == "ok"), None)
        event = first and facts.by_seq.get((service, first["position"]))
        if event:
            told = (lines[0]["i"], first["i"], first["version"], command)
            found[service, event["stream"]].append(told)
    return found


def _anomaly(facts, name, service, command, why):
    events = facts.by_command.get((service, command), [])
    return Anomaly(
        name=name,
        key=f"{service}/{command}",
        detail=why,
        ids=tuple(event["id"] for event in events),
        around=tuple(map(str, events[:10])),
        timeline=facts.timeline(service, command),
    )


RULES = (
    acknowledged_is_there,
    refused_left_nothing,
    all_or_nothing,
    answered_alike,
    in_real_time,
)
