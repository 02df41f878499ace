"""A small run without a fault, made by hand, that tests bend into each anomaly.

Planning was asked twice (a plan drafted, then issued) and told a third time under the
same key. Inspection heard of it, answered, set a deadline, and it was answered; one
mail was sent.
"""

from copy import deepcopy

from tests.chaos.evidence import Evidence

DRAFT, ISSUE, REFUSED, UNKNOWN = "c-draft", "c-issue", "c-refused", "c-unknown"
TOPIC = "planning.events.v1"
AT = "2023-05-09T08:00:00+07:00"


def event(seq, stream, version, kind, cause, **more):
    told = {
        "seq": seq,
        "stream": stream,
        "version": version,
        "id": f"{stream}/{version}",
        "type": kind,
        "cause": cause,
        "command": cause if cause.startswith("c-") else None,
        "occurred_at": AT,
        "recorded_at": AT,
        "digest": f"d-{stream}-{version}",
    }
    return told | more


def asked(lines, proc, cmd, f, kind, **answer):
    """Add an invocation and its end."""
    common = {"proc": proc, "f": f, "service": "planning", "cmd": cmd, "key": "plans/1"}
    for told in ({"type": "invoke"}, {"type": kind, **answer}):
        at = len(lines)
        lines.append({"i": at, "t_mono": at, "t_wall": f"{at:03}", **common, **told})


def record(offset, pos, prev, **more):
    told = {"partition": 0, "offset": offset, "id": f"m-{pos}", "pos": pos}
    return told | {"prev": prev, "digest": f"b-{pos}"} | more


def standing(service, consumer, topic, at, **outcomes):
    return {
        "service": service,
        "consumer": consumer,
        "topic": topic,
        "part": 0,
        "next_offset": at,
        "source_pos": at,
        "outcomes": outcomes,
    }


def _history():
    lines = []
    asked(lines, "a", DRAFT, "draft", "ok", version=1, position=1)
    asked(lines, "b", REFUSED, "issue", "fail", status=409, code="no-unit")
    asked(lines, "a", ISSUE, "issue", "info", code="ReadTimeout")
    asked(lines, "a", ISSUE, "issue", "ok", version=3, position=3)
    asked(lines, "a", ISSUE, "issue", "ok", version=3, position=3)
    asked(lines, "b", UNKNOWN, "issue", "info", code="ConnectError")
    return lines


SOUND = Evidence(
    history=_history(),
    journals={
        "planning": [
            event(1, "plan-1", 1, "PlanDrafted", DRAFT),
            event(2, "plan-1", 2, "UnitAdded", ISSUE),
            event(3, "plan-1", 3, "PlanIssued", ISSUE),
        ],
        "inspection": [
            event(1, "inspection-1", 1, "VisitScheduled", "m-192"),
            event(4, "inspection-1", 2, "VisitOverdue", "t-1", id="t-1"),
        ],
    },
    answers={
        "planning": [
            {"command": DRAFT, "status": 200, "version": 1, "position": 1},
            {"command": REFUSED, "status": 409, "version": None, "position": 0},
            {"command": ISSUE, "status": 200, "version": 3, "position": 3},
        ]
    },
    expected={
        "planning": [
            {"id": f"m-{pos}", "type": "t", "topic": TOPIC, "partition": 0, "pos": pos}
            for pos in (64, 192)
        ]
    },
    topics={TOPIC: [record(0, 64, 0), record(1, 192, 64), record(2, 192, 64)]},
    consumers=[
        standing(
            "inspection",
            "inspection.reactions.v1",
            TOPIC,
            3,
            consumed=3,
            applied=1,
            duplicate=1,
            **{"ignored:not-heard": 1},
        ),
        standing(
            "inspection", "inspection.own.v1", "journal", 5, consumed=2, applied=2
        ),
    ],
    hears={"inspection": ["t"]},
    heard={"inspection": ["m-64", "m-192"]},
    deadlines=[
        {
            "service": "inspection",
            "id": "t-1",
            "stream": "inspection-1",
            "kind": "inspection.overdue",
            "due_at": AT,
            "state": "done",
        }
    ],
    intents=[
        {"service": "notification", "id": "i-1", "state": "done", "message_id": "<1>"}
    ],
    mail={"<1>": 2},
    now="2023-05-10T08:00:00+07:00",
)


def sound():
    """Return the run as it should be, to be bent."""
    return deepcopy(SOUND)
