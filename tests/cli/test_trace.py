"""A trace is in order: what comes of something never stands before it."""

from services.cli.trace import _in_order, _print

MOMENT = "2023-06-28T01:00:00+00:00"


def row(service, stream, version, *, name, **more):
    return {
        "service": service,
        "stream": stream,
        "version": version,
        "type": name,
        "event_id": name,
        "causation_id": more["cause"],
        "position": more["position"],
        "published": more.get("published", []),
        "occurred_at": MOMENT,
        "actor": "timer",
    }


# A deadline's event has the deadline's id, which is also what caused it.
REMINDED = row(
    "remediation",
    "case-RC-08",
    2,
    name="RemediationReminded",
    cause="RemediationReminded",
    position=90,
    published=["said"],
)
REQUESTED = row(
    "notification", "notice-1", 1, name="NoticeRequested", cause="said", position=3
)
# What was done outside is caused by its intent, which is no event.
DELIVERED = row(
    "notification", "notice-1", 2, name="NoticeDelivered", cause="intent", position=4
)


def test_at_one_moment_a_cause_stands_before_what_comes_of_it():
    ordered = _in_order([DELIVERED, REQUESTED, REMINDED])

    assert ordered == [REMINDED, REQUESTED, DELIVERED]


def test_at_one_moment_a_stream_keeps_its_order():
    later = row("planning", "plan-1", 2, name="B", cause="x", position=1)
    first = row("planning", "plan-1", 1, name="A", cause="x", position=2)

    assert _in_order([later, first]) == [first, later]


def test_the_past_stands_before_what_came_later():
    earlier = REQUESTED | {"occurred_at": "2023-06-27T01:00:00+00:00"}

    assert _in_order([REMINDED, earlier]) == [earlier, REMINDED]


def test_names_are_printed_whole(capsys):
    long = REQUESTED | {"stream": f"notice-{'b' * 100}"}

    _print([long])

    assert f"notice-{'b' * 100}/1  NoticeRequested" in capsys.readouterr().out
