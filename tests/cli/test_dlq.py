"""`kiemtra dlq` over the operators' ports: which messages are chosen, what is sent."""

import json

import httpx
import pytest
from typer.testing import CliRunner

from services.cli import dlq


def row(number, key="K-1", code="refused", kind="planning.plan-issued.v1"):
    return {
        "id": number,
        "consumer": "inspection.reactions.v1",
        "topic": "planning.events.v1",
        "key": key,
        "part": 0,
        "off": number,
        "code": code,
        "state": "waiting_operator",
        "attempts": 8,
        "key_code": "refused",
        "error": "no",
        "parked_at": f"2023-05-09T0{number}:00:00+00:00",
        "next_at": None,
        "type": kind,
    }


ROWS = [row(1), row(2, code="behind"), row(3, key="K-2", kind="planning.other.v1")]


@pytest.fixture
def sent(monkeypatch):
    """What was posted: path and body."""
    posts = []

    async def ask(_described, _path):
        return {"inspection": {"items": ROWS}, "planning": {"items": []}}

    def post(url, **more):
        posts.append((url, more["json"]))
        return httpx.Response(200, json={"done": "it"})

    services = {"inspection": {"operate": "http://op"}, "planning": {"operate": "x"}}
    monkeypatch.setattr(dlq, "running", lambda _: {"services": services})
    monkeypatch.setattr(dlq, "ask", ask)
    monkeypatch.setattr(dlq.httpx, "post", post)
    return posts


def run(*words):
    return CliRunner().invoke(dlq.app, [*words])


def ids(done):
    return [found["id"] for found in json.loads(done.stdout)["parked"]]


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ((), ["inspection/1", "inspection/2", "inspection/3"]),
        (("--key", "K-2"), ["inspection/3"]),
        (("--type", "plan-issued", "--code", "refused"), ["inspection/1"]),
        (("--consumer", "remediation"), []),
        (("--max", "1"), ["inspection/1"]),
    ],
)
def test_messages_are_listed_by_filters(filters, found):
    assert ids(run("list", *filters, "--json")) == found


def test_a_retry_by_filter_tries_each_key_once_from_its_first(sent):
    done = run("retry", "--type", "planning", "--reason", "mended", "--as", "p-01")

    assert done.exit_code == 0
    assert sent == [
        ("http://op/parked/1/retry", {"who": "p-01", "why": "mended"}),
        ("http://op/parked/3/retry", {"who": "p-01", "why": "mended"}),
    ]


def test_a_dry_run_sends_nothing(sent):
    done = run("discard", "--key", "K-2", "--reason", "old", "--dry-run", "--json")

    assert json.loads(done.stdout) == {"would_discard": ["inspection/3"]}
    assert sent == []


def test_one_message_at_a_time_is_discarded_unless_more_are_asked_for(sent):
    run("discard", "--key", "K-1", "--reason", "old")

    assert [url for url, _ in sent] == ["http://op/parked/1/discard"]


def test_an_edit_sends_the_files_body(sent, tmp_path):
    body = tmp_path / "body.json"
    body.write_text('{"number": 5}', encoding="utf-8")

    done = run(
        "edit-and-retry", "inspection/2", "--body", str(body), "--reason", "typo"
    )

    assert done.exit_code == 0
    ((url, told),) = sent
    assert url == "http://op/parked/2/amend"
    assert told["body"] == '{"number": 5}'


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    "words",
    [
        ("retry", "--reason", "none named"),
        ("retry", "inspection/1", "--key", "K-1", "--reason", "both"),
        ("show", "nobody/1"),
        ("discard", "inspection/1"),
    ],
)
def test_what_is_not_said_clearly_is_wrong_usage(words):
    assert run(*words).exit_code == 2


@pytest.mark.usefixtures("sent")
def test_a_message_that_is_not_parked_fails():
    assert run("retry", "inspection/9", "--reason", "gone").exit_code == 1
