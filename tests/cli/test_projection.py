"""`kiemtra projection` and `kiemtra replay` over an operator's port of the tests'."""

import json
from functools import partial

import httpx
import pytest
from typer.testing import CliRunner

from services.cli import app, steering, watching

DRIFT = {
    "table": "cases",
    "rows": 1,
    "keys": ['{"case_id": "RC-7"}'],
    "differences": [
        {
            "key": '{"case_id": "RC-7"}',
            "live": {"state": "open"},
            "told": {"state": "x"},
        }
    ],
}
PROGRESS = {
    "phase": "folding",
    "build": 2,
    "done": 50,
    "total": 100,
    "percent": 50,
    "rate": 25.0,
    "eta_seconds": 2.0,
}
REBUILT = {"build": 2, "position": 100, "shown": True, "drift": [], "seconds": 4.0}


def work(state, result=None, **progress):
    return {
        "verb": "any",
        "state": state,
        "result": result or {},
        "progress": PROGRESS | progress,
    }


class Port:
    """An operator's port: what was posted, and how the work goes on."""

    def __init__(self):
        self.posted = []
        self.works = [work("running"), work("done", REBUILT, percent=100)]

    def answer(self, request):
        if request.method == "POST":
            self.posted.append((request.url.path, json.loads(request.content)))
            return httpx.Response(200, json={"build": 1})
        found = self.works.pop(0) if self.works else None
        return httpx.Response(200, json={"items": [], "work": found})


@pytest.fixture
def port(monkeypatch):
    made = Port()
    transport = httpx.MockTransport(made.answer)
    client = partial(httpx.AsyncClient, transport=transport)
    ask = httpx.Client(transport=transport).request
    monkeypatch.setattr(watching.httpx, "AsyncClient", client)
    monkeypatch.setattr(steering.httpx, "request", ask)
    monkeypatch.setattr(watching, "PAUSE", 0)
    services = {"remediation": {"operate": "http://op"}}
    monkeypatch.setattr(steering, "running", lambda _: {"services": services})
    return made


def run(*words):
    return CliRunner().invoke(app, [*words])


def test_a_rebuild_is_told_line_by_line_where_nobody_looks(port):
    done = run("projection", "rebuild", "--reason", "r", "--as", "p-01", "--yes")

    assert (done.exit_code, port.posted) == (
        0,
        [
            (
                "/projection/rebuild",
                {"who": "p-01", "why": "r", "dry_run": False, "show": True},
            )
        ],
    )
    assert done.stderr.splitlines() == [
        "remediation: folding, 50 % of 100 events, 25/s, 2.0 s to go",
        "remediation: done, 100 % of 100 events, 25/s, 2.0 s to go",
    ]
    assert "build 2 at position 100 is live" in done.stdout


def test_json_is_one_object_and_its_progress_goes_to_stderr(port):
    done = run("projection", "rebuild", "--reason", "r", "--no-swap", "--json", "--yes")

    assert json.loads(done.stdout) == {"services": {"remediation": REBUILT}}
    assert [json.loads(line)["percent"] for line in done.stderr.splitlines()] == [
        50,
        100,
    ]
    assert port.posted[0][1]["show"] is False


@pytest.mark.parametrize(
    "words",
    [
        ("projection", "verify"),
        ("replay", "--consumer", "remediation.views.v1", "--into", "shadow"),
    ],
)
def test_drift_is_shown_row_by_row_and_fails(port, words):
    port.works = [work("done", {"drift": [DRIFT], "seconds": 1})]

    done = run(*words)

    assert done.exit_code == 1
    assert "{'state': 'open'} -> {'state': 'x'}" in done.stdout
    assert "RC-7" in done.stdout


def test_a_range_is_of_one_source(port):
    port.works = [work("done", {"drift": [], "seconds": 1})] * 2
    words = ("replay", "--consumer", "remediation.views", "--into", "shadow")

    assert run(*words, "--from", "5", "--to", "9").exit_code == 0
    assert run(*words, "--from", "5", "--heard").exit_code == 0

    first, second = [body for _, body in port.posted]
    assert (first["journal"], first["heard"]) == ([5, 9], [1, 0])
    assert (second["heard"], second["journal"]) == ([5, 2**63 - 1], [1, 0])


def test_what_reacts_is_never_replayed(port):
    words = ("--consumer", "remediation.reactions.v1", "--into", "shadow")

    assert run("replay", *words).exit_code == 2
    assert port.posted == []


def test_a_service_that_was_started_anew_is_told(port):
    port.works = [work("running"), None]

    done = run("projection", "verify")

    assert done.exit_code == 1
    assert "next rebuild removes" in done.stderr


def test_what_is_refused_is_told_with_its_code(port):
    port.works = [work("refused", {"code": "views-busy", "detail": "wait"})]

    done = run("projection", "rebuild", "--reason", "r", "--yes")

    assert done.exit_code == 1
    assert "views-busy" in done.stderr


WHO = ("--service", "remediation", "--reason", "r", "--as", "p", "--json")


def test_swap_and_drop_name_build_and_reason(port):
    swapped = run("projection", "swap", *WHO, "--yes")
    dropped = run("projection", "drop", "1", *WHO, "--dry-run")

    assert (swapped.exit_code, dropped.exit_code) == (0, 0)
    assert port.posted == [
        ("/projection/swap", {"who": "p", "why": "r", "dry_run": False}),
        ("/projection/drop", {"who": "p", "why": "r", "build": 1, "dry_run": True}),
    ]


@pytest.mark.parametrize("words", [("swap",), ("drop", "1")])
def test_nothing_is_changed_without_a_yes(port, words):
    assert run("projection", *words, *WHO).exit_code == 2
    assert port.posted == []


def test_a_dry_run_begins_nothing(port):
    done = run("projection", "rebuild", "--reason", "r", "--dry-run", "--json")

    assert json.loads(done.stdout) == {"would_rebuild": ["remediation"], "swap": True}
    assert port.posted == []
