"""Secrets are planted wherever one might be; none of them leaves in the bundle."""

import json
import tarfile
from functools import partial

import httpx
import pytest
from typer.testing import CliRunner

from services.chassis.errors import Unavailable
from services.cli import app, bundle

DSN = "dsn-p4ssw0rd"
RELAY = "relay/p4ss word"
KEPT = "kept-in-the-file"
PLANTED = {
    "in a DSN": DSN,
    "quoted in a DSN": "relay%2Fp4ss%20word",
    "as it is": RELAY,
    "in the folder": KEPT,
    "in an address without a scheme": "smtp-p4ss",
    "under its name": "named-p4ss",
    "in a log line": "logged-p4ss",
    "in a log's field": "fielded-p4ss",
    "in a traceback": "traced-p4ss",
    "as a token": "eyJhbGciOiJI.eyJzdWIiOiIx",
    "of an officer": "nguyen.van.a",
    "in a message": "Lê Thị B",
    "in a body": "Trần Văn C",
    "of a citizen": "087203001234",
    "in a key": "MIIEvQIBADANBgkq",
}
LOOK = {
    "service": "planning",
    "settings": {
        "name": "planning-1",
        "postgres": f"postgresql://planning_app:{DSN}@127.0.0.1:5432/planning",
        "smtp": f"mailer:{PLANTED['in an address without a scheme']}@mail:25",
        "api_token": PLANTED["under its name"],
    },
    "acts": [{"verb": "relay.pause", "who": PLANTED["of an officer"], "why": "broker"}],
}
PARKED = {
    "items": [
        {
            "id": 5,
            "consumer": "planning.reactions.v1",
            "key": "KH-2023-61",
            "code": "invalid-event",
            "error": f"name: {PLANTED['in a message']} is too long",
        }
    ]
}
WHOLE = {"body": json.dumps({"name": PLANTED["in a body"]}), "id": 5}
LOG = [
    json.dumps({"message": "x", "error.message": f"password={RELAY!r}", "n": 5}),
    json.dumps({"api_key": PLANTED["in a log's field"], "event.action": "relay.retry"}),
    f"plain: postgresql://x:{PLANTED['in a log line']}@db/x",
    f"CCCD {PLANTED['of a citizen']}",
    f"Traceback … secret: {PLANTED['in a traceback']}",
    f"Bearer {PLANTED['as a token']}.c2ln",
    f"-----BEGIN PRIVATE KEY-----\n{PLANTED['in a key']}\n-----END PRIVATE KEY-----",
]


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    (folder / "logs").mkdir(parents=True)
    text = "\n".join(["an old line", *LOG])
    (folder / "logs" / "planning.log").write_text(f"{text}\n", encoding="utf-8")
    passwords = {"planning_app": DSN, "planning_ro": KEPT}
    (folder / "passwords.json").write_text(json.dumps(passwords), encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def system(monkeypatch, home):
    """A system whose services answer with what was planted; Kafka is away."""

    def answer(request):
        path = request.url.path
        if path == "/lagz":
            raise httpx.ConnectError("refused")
        given = {"/look": LOOK, "/parked": PARKED, "/parked/5": WHOLE}
        return httpx.Response(200, json=given.get(path, {"path": path}))

    async def away(*_):
        raise Unavailable("Kafka: nobody there")

    described = {
        "state": "ready",
        "home": str(home),
        "clock": "real",
        "kafka": "127.0.0.1:9092",
        "services": {
            "planning": {
                "operate": "http://op",
                "postgres": f"postgresql://planning_app:{DSN}@127.0.0.1:5432/planning",
                "relay": f"postgresql://x:{PLANTED['quoted in a DSN']}@db/planning",
            }
        },
    }
    client = partial(httpx.AsyncClient, transport=httpx.MockTransport(answer))
    monkeypatch.setattr(bundle, "running", lambda _: described)
    monkeypatch.setattr(bundle, "end_offsets", away)
    monkeypatch.setattr(bundle.httpx, "AsyncClient", client)


def made(tmp_path, *words):
    out = tmp_path / "bundle.tar.gz"
    done = CliRunner().invoke(app, ["debug-bundle", "--out", str(out), *words])
    assert done.exit_code == 0, done.output
    with tarfile.open(out) as archive:
        return {
            name.removeprefix("kiemtra-debug/"): archive.extractfile(name)
            .read()
            .decode()
            for name in archive.getnames()
        }


@pytest.mark.parametrize("secret", PLANTED.values(), ids=PLANTED)
def test_no_planted_secret_leaves(tmp_path, secret):
    files = made(tmp_path)

    assert [name for name, text in files.items() if secret in text] == []


def test_what_helps_is_there(tmp_path):
    files = made(tmp_path)

    assert json.loads(files["planning/look.json"])["settings"]["name"] == "planning-1"
    (parked,) = json.loads(files["planning/parked.json"])
    assert (parked["key"], parked["code"]) == ("KH-2023-61", "invalid-event")
    assert "relay.retry" in files["logs/planning.log"]
    assert json.loads(files["about.json"])["kiemtra"]


def test_what_cannot_be_had_is_said_and_the_rest_is_there(tmp_path):
    files = made(tmp_path)

    errors = json.loads(files["errors.json"])
    assert "http://op/lagz" in errors
    assert any(name.startswith("kafka ") for name in errors)
    assert "planning/lag.json" not in files
    assert "planning/relay.json" in files


def test_bodies_leave_only_when_they_are_asked_for(tmp_path):
    assert "planning/payloads.json" not in made(tmp_path)

    files = made(tmp_path, "--payloads")

    (shown,) = json.loads(files["planning/payloads.json"])
    assert json.loads(shown["body"])["name"] == PLANTED["in a body"]


def test_of_each_log_the_last_lines_leave(tmp_path):
    assert "an old line" in made(tmp_path)["logs/planning.log"]
    assert "an old line" not in made(tmp_path, "--lines", "9")["logs/planning.log"]


def test_only_its_owner_may_read_it(tmp_path):
    made(tmp_path)

    assert (tmp_path / "bundle.tar.gz").stat().st_mode & 0o077 == 0


def test_a_secret_that_slipped_through_stops_the_bundle(tmp_path, monkeypatch):
    """The last wall: what is known to be secret is searched for at the end."""
    monkeypatch.setattr(bundle, "redactor", lambda _: lambda text: text)
    out = tmp_path / "bundle.tar.gz"

    done = CliRunner().invoke(app, ["debug-bundle", "--out", str(out)])

    assert (done.exit_code, out.exists()) == (1, False)
    assert "about to leave" in done.stderr
