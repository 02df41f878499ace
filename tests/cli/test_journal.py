"""`kiemtra journal` over the operators' ports: evidence written, checked, compared."""

import json

import httpx
import pytest
from typer.testing import CliRunner

from contracts.verify.__main__ import main
from contracts.verify.lines import spelled
from services.chassis.bus import Record
from services.cli import journal
from tests.contracts.sealed import batches, events, seals

SEALED = batches(events(10))
LOST = {
    "id": "00000000-0000-4000-8000-000000000001",
    "topic": "planning.events.v1",
    "partition": 0,
    "offset": 7,
    "pos": 640,
    "type": "planning.plan-issued.v1",
}
SAME = {
    "ok": True,
    "on_bus": 9,
    "in_journal": 10,
    "pending": 1,
    "accepted": 0,
    "missing_in_journal": [],
    "missing_on_bus": [],
    "clashing": [],
    "seals_lost": 0,
}


class Service:
    """Answers as planning's operator's port does, from sealed batches."""

    def __init__(self):
        self.sealed = SEALED
        self.broken = []
        self.reconciled = SAME
        self.posts = []

    def __call__(self, request):
        path = request.url.path
        if request.method == "POST":
            self.posts.append((path, json.loads(request.content)))
            if path == "/journal/accept":
                return httpx.Response(200, json={"accepted": 1, "seals_given_up": 0})
            return httpx.Response(200, json={"number": 3, "waiting": 0})
        if path == "/journal/verify":
            told = {"streams": 3, "events": 10, "broken": self.broken, "seconds": 0.1}
            return httpx.Response(200, json=told)
        if path == "/journal/seals":
            after = int(request.url.params["after"])
            return httpx.Response(200, json={"items": self.listed(after)})
        if path == "/journal/reconcile":
            return httpx.Response(200, json=self.reconciled)
        seal, part = self.sealed[int(path.rpartition("/")[2]) - 1]
        lines = [spelled(line) + b"\n" for line in (seal, *part)]
        return httpx.Response(200, content=b"".join(lines))

    def listed(self, after):
        return [
            {
                "number": seal.number,
                "upto": seal.upto,
                "void": False,
                "events": len(part),
            }
            for seal, part in self.sealed
            if seal.number > after
        ]


@pytest.fixture(autouse=True)
def service(monkeypatch, tmp_path):
    answering = Service()
    described = {
        "home": str(tmp_path),
        "kafka": "127.0.0.1:1",
        "services": {"planning": {"operate": "http://planning"}},
    }

    async def topic(_bootstrap, name):
        return [
            Record(
                topic=name, partition=0, offset=n, key=b"", value=line[:-1], headers=()
            )
            for n, line in enumerate(seals(SEALED))
        ]

    monkeypatch.setattr(journal, "running", lambda _: described)
    monkeypatch.setattr(journal, "read_all", topic)
    monkeypatch.setattr(
        journal,
        "_client",
        lambda: httpx.Client(transport=httpx.MockTransport(answering)),
    )
    folder = tmp_path / "seals"
    folder.mkdir()
    (folder / "planning.jsonl").write_bytes(b"".join(seals(SEALED)))
    return answering


def run(*words):
    return CliRunner().invoke(journal.app, [*words])


def test_chains_and_seals_that_hold_are_ok():
    done = run("verify", "--json")

    told = json.loads(done.stdout)
    assert (done.exit_code, told["ok"], told["findings"]) == (0, True, [])
    assert told["services"]["planning"] == {
        "streams": 3,
        "events": 10,
        "broken": [],
        "seconds": 0.1,
        "seals": 3,
    }
    assert "10 events in 3 streams, 0 broken; 3 seals" in run("verify").stdout


def test_a_journal_sealed_anew_is_held_against_topic_and_file(service):
    service.sealed = batches(events(10, "khác", 5))

    done = run("verify", "--json")

    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert {one["fault"] for one in told["findings"]} == {"seal-rewritten"}
    assert "seal-rewritten: planning" in run("verify").stdout


def test_a_service_that_has_recorded_nothing_is_ok(service, monkeypatch, tmp_path):
    service.sealed = []
    (tmp_path / "seals" / "planning.jsonl").unlink()
    monkeypatch.setattr(journal, "read_all", nothing)

    assert run("verify").exit_code == 0


async def nothing(_bootstrap, _name):
    return []


def test_a_broken_chain_fails(service):
    service.broken = [{"stream_id": "talk-1", "version": 2}]

    done = run("verify")

    assert done.exit_code == 1
    assert "talk-1: first at version 2" in done.stdout


def test_a_key_that_is_none_is_wrong_usage():
    assert run("verify", "--key", "no key").exit_code == 2
    assert run("verify", "--key", "0" * 64).exit_code == 1


def test_an_export_is_checked_without_us(tmp_path):
    out = tmp_path / "planning.jsonl"

    done = run("export", "--out", str(out), "--json")

    assert json.loads(done.stdout) == {"exported": {"planning": 10}, "to": str(out)}
    assert main([str(out), str(tmp_path / "seals" / "planning.jsonl")]) == 0


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        (("--from", "41"), [2, 3]),
        (("--to", "40"), [1]),
        (("--from", "50", "--to", "60"), [2]),
        (("--from", "40", "--to", "41"), [1, 2]),
    ],
)
def test_a_part_is_exported_in_whole_seals(tmp_path, asked, numbers):
    out = tmp_path / "part.jsonl"

    assert run("export", "--out", str(out), *asked).exit_code == 0

    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["number"] for line in lines if line["kind"] == "seal"] == numbers
    assert main([str(out)]) == 0


def test_sealing_now_is_kept_with_who_and_why(service):
    done = run("seal", "--reason", "thanh tra hỏi", "--as", "ông Ba", "--json")

    assert json.loads(done.stdout) == {
        "services": {"planning": {"number": 3, "waiting": 0}}
    }
    told = {"who": "ông Ba", "why": "thanh tra hỏi", "dry_run": False}
    assert service.posts == [("/journal/seal", told)]


def test_what_journal_and_bus_have_alike_is_ok():
    done = run("reconcile", "--json")

    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"ok": True, "services": {"planning": SAME}}


def test_exactly_what_is_missing_is_named(service):
    service.reconciled = SAME | {"ok": False, "missing_in_journal": [LOST]}

    done = run("reconcile")

    assert done.exit_code == 1
    assert f"missing in journal: {LOST['id']} {LOST['type']}" in done.stdout
    assert "kiemtra journal accept --service planning" in done.stdout


def test_a_loss_is_accepted_by_its_ids(service):
    service.reconciled = SAME | {"ok": False, "missing_in_journal": [LOST]}
    asked = (
        "accept",
        "--service",
        "planning",
        "--reason",
        "hỏng đĩa",
        "--as",
        "ông Ba",
    )

    assert run(*asked).exit_code == 1  # nobody said yes
    assert service.posts == []
    assert run(*asked, "--yes").exit_code == 0

    told = {"who": "ông Ba", "why": "hỏng đĩa", "dry_run": False, "ids": [LOST["id"]]}
    assert service.posts == [("/journal/accept", told)]
    assert "would_accept" in run(*asked, "--dry-run", "--json").stdout
    assert service.posts[-1][1]["dry_run"] is True


def test_a_service_that_is_not_there_is_wrong_usage():
    assert run("verify", "--service", "nobody").exit_code == 2
