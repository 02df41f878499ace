"""Log lines: named, documented, complete, and without secrets."""

import ast
import io
import json
import logging
from pathlib import Path

import pytest
import structlog
from pydantic import TypeAdapter

import services
from services.chassis.logging import catalogue_of_logs, configure, log

HOUSE = Path(services.__file__).parent


@pytest.fixture
def lines():
    kept = structlog.get_config()
    handlers, level = logging.root.handlers[:], logging.root.level
    output = io.StringIO()
    configure("small", level="debug", output=output)

    def read():
        return [json.loads(line) for line in output.getvalue().splitlines()]

    read.output = output
    yield read
    structlog.configure(**kept)
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def emitted():
    """Return the names that the code gives to ``log``, each with where."""
    found = {}
    for path in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id != "log" or not node.args:
                continue
            names = [n.value for n in ast.walk(node.args[0]) if is_text(n)]
            assert names, f"{path}:{node.lineno} logs a name that is not written out"
            for name in names:
                found[name] = f"{path.relative_to(HOUSE)}:{node.lineno}"
    return found


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_every_name_is_documented():
    for name, text in catalogue_of_logs().items():
        assert text.endswith("."), name


def test_every_name_that_is_logged_is_known_and_every_known_one_is_logged():
    assert set(emitted()) == set(catalogue_of_logs())


def test_a_line_says_when_what_who_and_in_which_story(lines, cause):
    log("command.accepted", stream="counter-a", version=3, events=["Counted"])

    (line,) = lines()
    assert line["@timestamp"].endswith("Z")
    assert len(line["@timestamp"]) == len("2023-05-16T02:00:00.000Z")
    assert line["event.action"] == "command.accepted"
    assert line["log.level"] == "info"
    assert line["service.name"] == "small"
    assert line["correlation_id"] == str(cause)
    assert (line["actor"], line["events"]) == ("test", ["Counted"])
    assert (line["stream.id"], line["stream.version"]) == ("counter-a", 3)
    assert line["message"] == "A command wrote events"
    assert line["trace.id"] == cause.hex


def test_a_line_says_which_process_wrote_it(lines):
    configure("small", output=lines.output, node="small-0", environment="embedded")
    log("service.ready", http="127.0.0.1:1")

    (line,) = lines()
    assert line["service.node.name"] == "small-0"
    assert line["service.environment"] == "embedded"
    assert line["service.version"]


def test_an_officer_is_named_by_agency_and_role_never_by_person(lines):
    """I14: no line holds what leads to a person."""
    log("authz.denied", rule="plans.draft", actor="hong-ngu/authority/p-11")
    log("authz.denied", rule="plans.draft", actor="hong-ngu/authority/p-12")

    first, second = lines()
    assert (first["agency.code"], first["actor.role"]) == ("hong-ngu", "authority")
    assert first["actor.sub_hash"] != second["actor.sub_hash"]
    assert "p-11" not in json.dumps(first)


def test_a_record_is_named_as_the_schema_names_it(lines):
    log("event.parked", ce_id="e-1", type="t.v1", topic="t", partition=2, offset=7)

    (line,) = lines()
    told = {name: line[name] for name in line if name.startswith(("ce.", "kafka."))}
    assert told == {
        "ce.id": "e-1",
        "ce.type": "t.v1",
        "kafka.topic": "t",
        "kafka.partition": 2,
        "kafka.offset": 7,
    }


def test_an_error_is_told_whole(lines):
    try:
        {}["nothing"]
    except LookupError as error:
        log("request.failed", error=error)

    (line,) = lines()
    assert (line["error.type"], line["error.message"], line["log.level"]) == (
        "KeyError",
        "'nothing'",
        "error",
    )
    assert "Traceback" in line["error.stack_trace"]


def test_secrets_are_never_written(lines):
    """Planted secrets do not come out."""
    log(
        "service.waiting",
        what="postgres",
        password="hush",  # noqa: S106 - planted
        detail="postgresql://planning_app:hush@db/planning",
        headers=[{"Authorization": "Basic hush"}, "Bearer hush"],
    )
    log("bus.away", error=ConnectionError("kafka://u:hush@k:9092 is away"))

    assert "hush" not in json.dumps(lines())


def test_what_a_library_says_is_a_line_of_ours(lines):
    logging.getLogger("aiokafka").warning("no broker at %s", "127.0.0.1")
    logging.getLogger("aiokafka").info("chatter")

    (line,) = lines()
    assert line["event.action"] == "library.said"
    assert (line["logger"], line["detail"]) == ("aiokafka", "no broker at 127.0.0.1")


def test_an_error_does_not_repeat_what_was_said(lines):
    said = {"age": "Nguyễn Văn A, input_type="}
    try:
        TypeAdapter(dict[str, int]).validate_python(said)
    except ValueError as error:
        log("event.failed", error=error)
    detail = "duplicate key\nDETAIL:  Key (name)=(Nguyễn Văn A) already exists."
    log("event.failed", error=RuntimeError(detail))

    assert [line for line in lines() if "Nguyễn" in str(line)] == []
