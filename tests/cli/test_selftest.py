"""Every promise is asked after; what is broken says what to do next."""

import json
from functools import partial

import httpx
import pytest
from typer.testing import CliRunner

from services.cli import app, selftest

KEPT = {"check": "gate", "ok": True, "detail": "holds", "next": "", "ms": 1.0}
BROKEN = {"check": "chain", "ok": False, "detail": "plan-1", "next": "verify", "ms": 2}
LAG = {
    "relay": {"seconds": 0.0, "state": "running"},
    "views": {"seconds": 0.0},
    "own": {"seconds": 0.0},
    "consumers": {"planning.reactions.v1": {"t": {"0": {"lag_seconds": 0.5}}}},
}


@pytest.fixture
def system(monkeypatch, tmp_path):
    """A sound system; tests change what it answers."""
    given = {"/selftest": {"items": [KEPT]}, "/lagz": LAG}

    def answer(request):
        if (found := given.get(request.url.path)) is None:
            raise httpx.ConnectError("refused")
        return httpx.Response(200, json=found)

    async def fine(_, check="carries"):
        return selftest.row("kafka", check, ok=True, detail="", then="")

    client = partial(httpx.AsyncClient, transport=httpx.MockTransport(answer))
    services = {"planning": {"operate": "http://op"}}
    described = {"services": services, "kafka": "k", "home": str(tmp_path)}
    monkeypatch.setattr(selftest, "running", lambda _: described)
    monkeypatch.setattr(selftest.httpx, "AsyncClient", client)
    monkeypatch.setattr(selftest, "_produces", fine)
    monkeypatch.setattr(selftest, "_layout", partial(fine, check="layout"))
    monkeypatch.setattr(selftest, "ROOM", 0)
    return given


def asked_after(*words):
    done = CliRunner().invoke(app, ["selftest", *words])
    return done.exit_code, done.stdout


def test_a_sound_system_keeps_every_promise(system):
    assert system
    code, told = asked_after("--json")

    found = json.loads(told)
    assert (code, found["ok"]) == (0, True)
    assert [(row["service"], row["check"]) for row in found["checks"]] == [
        ("planning", "gate"),
        ("planning", "lag"),
        ("kafka", "carries"),
        ("kafka", "layout"),
        ("home", "room"),
    ]
    assert set(found["checks"][1]) == {"service", "check", "ok", "detail", "next"}


def test_what_is_broken_says_what_to_do_and_the_exit_says_so(system):
    system["/selftest"] = {"items": [KEPT, BROKEN]}

    code, told = asked_after()

    assert code == 10
    assert "✗ planning chain" in told
    assert "verify" in told


def test_a_service_that_does_not_answer_is_a_broken_promise(system):
    del system["/selftest"]

    code, told = asked_after("--json")

    assert code == 10
    assert "does not answer" in json.loads(told)["checks"][0]["detail"]


@pytest.mark.parametrize(
    ("state", "ok"), [("running", False), ("failing", False), ("paused", True)]
)
def test_who_lags_is_named_unless_it_was_told_to_rest(system, state, ok):
    system["/lagz"] = LAG | {"relay": {"seconds": 3600.0, "state": state}}

    _, told = asked_after("--json")

    lag = json.loads(told)["checks"][1]
    assert lag["ok"] is ok
    assert ok or "relay: 3600" in lag["detail"]
