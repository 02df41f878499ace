"""Verbs that steer: what they ask the services for, and the shape of their answers."""

import json

import httpx
import pytest
from typer.testing import CliRunner

from services.cli import app, operators, steering, timers

HOLD = {
    "what": "relay",
    "topic": None,
    "partition": None,
    "since": "2026-11-25T05:00:00+00:00",
    "by": "p-01",
    "why": "broker",
}
RELAY = {
    "state": "paused",
    "cursor": 10,
    "safe": 12,
    "head": 13,
    "pending": 3,
    "oldest_seconds": 4.2,
    "epoch": 2,
    "leader": {"pid": 77, "name": "planning-1-relay"},
    "paused": HOLD,
    "blockers": [],
}
BLOCKER = {
    "pid": 78,
    "above": 12,
    "application": "planning-1",
    "state": "idle in transaction",
    "since": "2026-11-25T05:00:00+00:00",
    "seconds": 9.5,
    "xact": "1234",
}
STANDS = {
    "consumer": "remediation.reactions.v1",
    "topic": "inspection.events.v1",
    "partition": 3,
    "next_offset": 7,
    "source_pos": 448,
    "end": 9,
    "lag": 2,
    "parked": 1,
    "gap_seconds": 0.0,
    "state": "running",
}
TIMER = {
    "id": "00000000-0000-4000-8000-000000000001",
    "stream": "case-RC-07",
    "kind": "remediation.overdue",
    "due_at": "2023-10-02T17:00:00+00:00",
    "state": "armed",
    "reason": "",
    "attempts": 0,
    "next_at": None,
}
SEEK = {
    "verb": "seek",
    "consumer": STANDS["consumer"],
    "dry_run": True,
    "topic": STANDS["topic"],
    "partition": 3,
    "offset_before": 7,
    "position_before": 448,
    "offset": 9,
    "position": 576,
    "repeated": 0,
    "passed": 2,
    "duplicates": 0,
    "lost": 2,
    "holes": 0,
    "names": ["a", "b"],
}
MOVED = {"case_id": "RC-07", "before": "2023-10-02", "after": "2023-10-04"}
GIVEN = {
    "/relay": RELAY,
    "/relay/blockers": {"items": [BLOCKER]},
    "/consumers": {"items": [STANDS], "paused": [HOLD | {"what": STANDS["consumer"]}]},
    "/timers": {"items": [TIMER]},
    "/recalculations/TL-1": {"counted": 5, "moved": [MOVED]},
    "/recalculations/TL-1/run": {"id": "TL-1", "version": 1, "position": 40},
    "/timers/backfill": {"dry_run": True, "missing": 0, "armed": 0, "items": []},
    "/acts": {"kept": True},
}
STEERED = {"verb": "pause", "dry_run": False, "changed": True, "cursor": 10}


@pytest.fixture
def sent(monkeypatch):
    """What was asked: method, path, body or parameters."""
    asked = []

    def request(method, url, **more):
        path = httpx.URL(url).path
        asked.append((method, httpx.URL(url).host, path, more))
        if path.endswith("/seek"):
            answer = SEEK
        else:
            answer = GIVEN.get(path, STEERED | {"still_held": 1})
        return httpx.Response(200, json=answer)

    unit = {"operate": "http://remediation-op", "http": "http://remediation"}
    services = {"remediation": unit}
    for module in (operators, steering, timers):
        monkeypatch.setattr(module, "running", lambda _: {"services": services})
    monkeypatch.setattr(steering.httpx, "request", request)
    return asked


def run(*words):
    return CliRunner().invoke(app, [*words])


def answered(*words):
    done = run(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def bodies(sent):
    return [(path, more["json"]) for method, _, path, more in sent if method == "POST"]


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("relay", "status"), {"relays": {"remediation": RELAY}}),
        (
            ("relay", "blockers"),
            {"blockers": [{"service": "remediation", **BLOCKER}]},
        ),
        (
            ("relay", "pause", "--reason", "x", "--yes"),
            {"services": {"remediation": STEERED | {"still_held": 1}}},
        ),
        (
            ("consumer", "list"),
            {
                "consumers": [STANDS],
                "paused": [HOLD | {"what": STANDS["consumer"]}],
            },
        ),
        (("timers", "list"), {"timers": [{"service": "remediation", **TIMER}]}),
        (
            ("timers", "preview", "2023-10-31"),
            {
                "until": "2023-10-31T23:59:59.999999+07:00",
                "kinds": {"remediation.overdue": 1},
                "timers": [{"service": "remediation", **TIMER}],
            },
        ),
        (
            ("timers", "backfill", "--reason", "x", "--dry-run"),
            {"services": {"remediation": GIVEN["/timers/backfill"]}},
        ),
    ],
)
def test_each_answer_has_its_shape(words, answer):
    assert answered(*words) == answer


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("relay", "status"), "paused since 2026-11-25T05:00:00+00:00 by p-01: broker"),
        (("relay", "blockers"), "1234"),
        (("relay", "kick", "--reason", "x", "--yes"), "cursor 10"),
        (("consumer", "list"), "paused since"),
        (("timers", "list"), "case-RC-07"),
        (("timers", "preview", "2023-10-31"), "remediation.overdue: 1"),
        (("timers", "backfill", "--reason", "x", "--dry-run"), "0 missing"),
    ],
)
def test_each_answer_can_be_read_by_a_person(words, said):
    done = run(*words)

    assert done.exit_code == 0
    assert said in done.stdout


def test_a_pause_names_who_and_why_and_the_partition(sent):
    where = ("--topic", "inspection.events.v1", "--partition", "3")
    who = ("--reason", "slow", "--as", "p-01", "--yes")
    run("consumer", "pause", STANDS["consumer"], *where, *who)

    assert bodies(sent) == [
        (
            f"/consumers/{STANDS['consumer']}/pause",
            {
                "who": "p-01",
                "why": "slow",
                "dry_run": False,
                "topic": "inspection.events.v1",
                "partition": 3,
            },
        )
    ]


def test_a_seek_says_how_much_loss_is_accepted(sent):
    where = ("--topic", STANDS["topic"], "--partition", "3", "--to", "9")
    found = answered(
        "consumer", "seek", STANDS["consumer"], *where, "--reason", "x", "--dry-run"
    )
    run(
        *("consumer", "seek", STANDS["consumer"], *where, "--reason", "x", "--yes"),
        *("--accept-loss", "2", "--as", "p-01"),
    )

    assert (found["lost"], found["names"]) == (2, ["a", "b"])
    (_, dry), (_, real) = bodies(sent)
    assert (dry["dry_run"], dry["offset"], dry["accept_loss"]) == (True, 9, 0)
    assert (real["dry_run"], real["accept_loss"]) == (False, 2)


def test_dates_are_counted_again_by_the_domains_own_command(sent):
    found = answered(
        *("timers", "recalculate", "TL-1", "--officer", "hong-ngu:p-01"),
        *("--reason", "Tết", "--dry-run"),
    )

    assert found["cases"] == [MOVED]
    assert (found["counted"], found["moved"], found["dry_run"]) == (5, 1, True)
    (method, host, path, more), (_, _, _, asked), (_, operate, _, note) = sent
    assert (method, host, path) == ("POST", "remediation", "/recalculations/TL-1/run")
    assert more["json"] == {
        "calendar_version": found["calendar_version"],
        "dry_run": True,
    }
    bearer = {"Authorization": "Bearer dev:hong-ngu:authority:p-01"}
    assert more["headers"] == bearer
    assert asked["params"] == {"min_position": 40}
    assert operate == "remediation-op"
    assert (note["json"]["verb"], note["json"]["why"]) == ("timers.recalculate", "Tết")


@pytest.mark.parametrize(
    "words",
    [
        ("relay", "pause"),
        ("relay", "pause", "--reason", "x"),
        ("relay", "pause", "--reason", "x", "--yes", "--service", "nobody"),
        ("consumer", "pause", STANDS["consumer"], "--reason", "x"),
        ("consumer", "resume", "nobody.v1", "--reason", "x", "--yes"),
        (
            *("consumer", "seek", STANDS["consumer"], "--topic", "t", "--to", "x"),
            *("--partition", "1", "--reason", "x", "--yes"),
        ),
        ("timers", "backfill", "--reason", "x"),
        ("timers", "recalculate", "TL-1", "--officer", "p-01", "--reason", "x"),
        ("timers", "preview", "soon"),
    ],
)
def test_what_is_not_said_clearly_is_wrong_usage_and_sends_nothing(sent, words):
    assert run(*words).exit_code == 2
    assert bodies(sent) == []


def test_a_refusal_is_told_with_its_code(monkeypatch, sent):
    assert sent == []
    refusal = {"type": "/problems/loss-not-accepted", "detail": "2 events …"}
    monkeypatch.setattr(
        steering.httpx, "request", lambda *_, **__: httpx.Response(409, json=refusal)
    )

    done = run("relay", "kick", "--reason", "x", "--yes")

    assert (done.exit_code, "loss-not-accepted" in done.stderr) == (1, True)


def test_a_service_that_does_not_answer_is_unhealthy(monkeypatch, sent):
    assert sent == []

    def nobody(*_, **__):
        raise httpx.ConnectError("refused")

    monkeypatch.setattr(steering.httpx, "request", nobody)

    assert run("relay", "status").exit_code == 10


def test_where_nothing_runs_it_says_how_to_start(tmp_path):
    done = run("relay", "status", "--home", str(tmp_path))

    assert (done.exit_code, "kiemtra up" in done.stderr) == (10, True)
