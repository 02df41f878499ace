"""The AsyncAPI document: valid to the official parser, true to those who listen."""

import hashlib
import importlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import platformdirs
import pytest
import yaml

from contracts.catalogue import CATALOGUE, EVENTS, topic_of
from contracts.envelope import Transport, to_headers
from services import SERVICES
from tests.contracts.examples import OVERDUE

DOCUMENT = Path("contracts/asyncapi.yaml")
PARSER = Path(__file__).parent / "asyncapi"
AWAY = (
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "ENETUNREACH",
    "EHOSTUNREACH",
    "E503",
)


@pytest.fixture(scope="module")
def document():
    return yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def parser():
    """The official parser's folder, installed once per lock into the user's cache."""
    npm = shutil.which("npm")
    if shutil.which("node") is None or npm is None:
        pytest.skip("node or npm is missing: AsyncAPI's official parser did not run")
    lock = (PARSER / "package-lock.json").read_bytes()
    cache = platformdirs.user_cache_path("kiemtra", appauthor=False)
    home = cache / "asyncapi" / hashlib.sha256(lock).hexdigest()[:16]
    if not (home / "installed").is_file():
        install(npm, home)
    shutil.copy(PARSER / "validate.js", home)
    return home


def install(npm, home):
    home.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(PARSER / name, home)
    try:
        done = subprocess.run(
            [npm, "ci"],
            cwd=home,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("npm ci took too long: AsyncAPI's official parser did not run")
    if done.returncode and any(word in done.stderr for word in AWAY):
        pytest.skip("no package registry: AsyncAPI's official parser did not run")
    assert done.returncode == 0, done.stderr
    (home / "installed").touch()


def parse(parser, path):
    done = subprocess.run(
        [shutil.which("node"), "validate.js", str(path.resolve())],
        cwd=parser,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


def test_the_official_parser_finds_nothing_wrong(parser):
    told = parse(parser, DOCUMENT)

    bad = [it for it in told["diagnostics"] if it["level"] in {"error", "warning"}]
    assert bad == []
    assert told["valid"]
    assert sorted(told["messages"]) == sorted(CATALOGUE)
    assert sorted(told["channels"]) == sorted({topic_of(kind) for kind in CATALOGUE})


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("address: planning.events.v1", "adress: planning.events.v1"),
        ("#/components/messages/planning.plan-issued.v1", "#/components/messages/none"),
        ("action: send", "action: shout"),
    ],
)
def test_the_official_parser_would_find_what_is_wrong(parser, tmp_path, good, bad):
    text = DOCUMENT.read_text(encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(text.replace(good, bad, 1), encoding="utf-8")

    told = parse(parser, tmp_path / "bad.yaml")

    assert any(it["level"] == "error" for it in told["diagnostics"])


def test_every_event_is_one_message_on_its_topic(document):
    told = {
        kind: channel["address"]
        for channel in document["channels"].values()
        for kind in channel["messages"]
    }

    assert told == {event.TYPE: topic_of(event.TYPE) for event in EVENTS}


def test_a_message_says_who_may_see_it(document):
    messages = document["components"]["messages"]

    assert {kind: it["x-visibility"] for kind, it in messages.items()} == {
        event.TYPE: event.VISIBILITY for event in EVENTS
    }


def test_the_headers_are_those_that_are_sent(document):
    told = document["components"]["schemas"]["Headers"]
    sent = to_headers(OVERDUE) + Transport(pos=64, prev=0, version=1).to_headers()

    assert set(told["required"]) == {name for name, _ in sent}
    assert set(told["properties"]) - set(told["required"]) == {"ce_traceparent"}


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_service_hears_is_in_the_document(document, service):
    heard = importlib.import_module(f"services.{service}.subscriptions").ON
    channels = document["channels"].values()
    told = {kind for channel in channels for kind in channel["messages"]}

    assert {event.TYPE for event in heard} <= told


def test_the_names_of_groups_are_as_the_document_says(document):
    patterns = {
        operation["bindings"]["kafka"]["groupId"]["pattern"]
        for operation in document["operations"].values()
        if operation["action"] == "receive"
    }

    (pattern,) = patterns
    for service in SERVICES:
        assert re.search(pattern, f"{service}.reactions.v1")


def test_the_lock_of_the_parser_holds_no_address():
    lock = (PARSER / "package-lock.json").read_text(encoding="utf-8")

    assert "://" not in lock
    assert lock.count('"integrity"') > 100
