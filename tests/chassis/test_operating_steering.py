"""Operators look closer and steer, over a service on a real database, Kafka away."""

import json
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import httpx
import pytest
from structlog.testing import capture_logs

from services.chassis.cursors import TAKE_SEAT
from services.chassis.operating import Health, operate
from services.chassis.operating.proving import PROBE, REFUSED
from services.chassis.postgres import Database
from services.chassis.running.parts import assemble, hold_still
from services.chassis.settings import Settings
from services.planning.app import build
from tests.databases import execute

NOWHERE = "127.0.0.1:1"
MAY = datetime(2023, 5, 9, 1, 0, tzinfo=UTC)
BY = {"who": "p-01", "why": "the broker is being mended"}
REACTIONS = "planning.reactions.v1"


def settings(urls):
    return Settings(
        name="planning-1",
        postgres=urls.of("planning_app"),
        postgres_relay=urls.of("planning_relay"),
        kafka=NOWHERE,
        embedded=True,
        clock="controlled",
    )


@pytest.fixture
async def parts(journal_database):
    async with AsyncExitStack() as stack:
        told = settings(journal_database)
        made = await assemble(stack, told, "planning", build)
        await made.projector.start()
        await made.clock.move(MAY)
        await hold_still(made)
        yield made


def asking(parts, client=("127.0.0.1", 1234)):
    health = Health(service="planning", parts=parts, state="ready")
    transport = httpx.ASGITransport(app=operate(health), client=client)
    return httpx.AsyncClient(transport=transport, base_url="http://operate")


@pytest.fixture
async def operator(parts):
    async with asking(parts) as it:
        yield it


@pytest.fixture
async def elsewhere(journal_database):
    """Another process' session on the database, as the application."""
    database = await Database.open(journal_database.of("planning_app"))
    async with database.acquire_session() as session:
        yield session
    await database.close()


async def acts(operator):
    items = (await operator.get("/acts")).json()["items"]
    return [(act["verb"], act["who"], act["why"]) for act in items]


async def test_a_relay_says_how_far_it_is_and_that_nobody_leads(operator):
    found = (await operator.get("/relay")).json()

    assert found == {
        "state": "starting",
        "cursor": 0,
        "safe": 0,
        "head": 0,
        "pending": 0,
        "oldest_seconds": 0.0,
        "epoch": None,
        "leader": None,
        "paused": None,
        "blockers": [],
    }


async def test_who_sits_in_the_relays_seat_is_named(operator, elsewhere):
    assert await elsewhere.fetchval(TAKE_SEAT)

    leader = (await operator.get("/relay")).json()["leader"]

    assert leader["pid"] == await elsewhere.fetchval("SELECT pg_backend_pid()")
    assert leader["name"] == "kiemtra"


async def test_an_open_transaction_that_holds_the_relay_back_is_named(
    operator, elsewhere
):
    pid = await elsewhere.fetchval("SELECT pg_backend_pid()")
    async with elsewhere.transaction():
        await elsewhere.execute(PROBE)
        (blocker,) = (await operator.get("/relay/blockers")).json()["items"]
        safe = (await operator.get("/relay")).json()["safe"]

    assert (blocker["pid"], blocker["application"]) == (pid, "kiemtra")
    assert (blocker["above"], safe) == (0, 0)
    assert blocker["xact"].isdigit()
    assert blocker["seconds"] >= 0


async def test_a_pause_says_since_when_by_whom_and_is_not_a_fault(operator, parts):
    answer = await operator.post("/relay/pause", json=BY)

    assert answer.json() == {
        "verb": "pause",
        "dry_run": False,
        "changed": True,
        "cursor": 0,
    }
    assert parts.relay.rests()
    paused = (await operator.get("/relay")).json()["paused"]
    assert (paused["by"], paused["why"]) == (BY["who"], BY["why"])
    status = (await operator.get("/statusz")).json()
    assert status["paused"] == [paused]
    assert not any("relay" in why for why in status["degraded"])


async def test_a_pause_survives_a_restart(operator, parts, journal_database):
    await operator.post("/relay/pause", json=BY)

    async with AsyncExitStack() as stack:
        told = settings(journal_database)
        again = await assemble(stack, told, "planning", build)
        await hold_still(again)
        assert again.relay.rests()

    await operator.post("/relay/resume", json=BY)
    assert not parts.relay.rests()


async def test_what_was_done_is_kept_with_who_and_why(operator):
    with capture_logs() as lines:
        await operator.post("/relay/pause", json=BY)
        await operator.post("/relay/kick", json=BY)

    assert await acts(operator) == [
        ("relay.kick", *BY.values()),
        ("relay.pause", *BY.values()),
    ]
    told = [line for line in lines if line["event"] == "ops.action"]
    assert [line["verb"] for line in told] == ["relay.pause", "relay.kick"]


async def test_what_was_done_is_never_edited(operator, parts, journal_database):
    await operator.post("/relay/pause", json=BY)

    with pytest.raises(Exception, match="append only"):
        await execute(journal_database.super, "UPDATE es.operation SET who = 'x'")
    assert len(await acts(operator)) == 1
    assert parts.holds.all()


@pytest.mark.parametrize("verb", ["pause", "resume", "kick"])
async def test_a_dry_run_changes_nothing(operator, parts, verb):
    answer = await operator.post(f"/relay/{verb}", json=BY | {"dry_run": True})

    assert answer.json()["changed"] is (verb != "resume")
    assert (parts.holds.all(), await acts(operator)) == ((), [])


async def test_a_halted_relay_is_not_kicked(operator, parts):
    parts.relay._state = "halted"  # noqa: SLF001 - what a lost tail leads to

    answer = await operator.post("/relay/kick", json=BY)

    assert (answer.status_code, answer.json()["type"]) == (
        409,
        "/problems/relay-halted",
    )


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/relay/pause", {"who": "p-01"}, 422),
        ("/relay/pause", {"who": " ", "why": "x"}, 422),
        ("/relay/pause", [], 422),
        ("/relay/burn", BY, 422),
        ("/consumers/nobody.v1/pause", BY, 404),
        (f"/consumers/{REACTIONS}/burn", BY, 422),
        (f"/consumers/{REACTIONS}/pause", BY | {"topic": "other.events.v1"}, 404),
        (f"/consumers/{REACTIONS}/pause", BY | {"partition": 1}, 422),
        (f"/consumers/{REACTIONS}/seek", BY | {"offset": 1}, 422),
        ("/consumers/planning.own.v1/seek", BY | {"offset": 1}, 409),
        ("/acts", BY | {"verb": "relay.pause"}, 422),
    ],
)
async def test_what_cannot_be_done_is_said_and_changes_nothing(
    operator, parts, path, body, status
):
    answer = await operator.post(path, json=body)

    assert answer.status_code == status
    assert (parts.holds.all(), await acts(operator)) == ((), [])


@pytest.mark.parametrize(
    "path", ["/relay/pause", f"/consumers/{REACTIONS}/pause", "/timers/backfill"]
)
async def test_nobody_steers_from_another_machine(parts, path):
    async with asking(parts, client=("10.0.0.7", 1234)) as stranger:
        answer = await stranger.post(path, json=BY)

    assert (answer.status_code, parts.holds.all()) == (403, ())


async def test_secrets_of_the_process_are_not_told_to_another_machine(parts):
    async with asking(parts, client=("10.0.0.7", 1234)) as stranger:
        assert (await stranger.get("/look")).status_code == 403
        assert (await stranger.post("/selftest")).status_code == 403


async def test_a_consumer_is_paused_and_resumed(operator, parts):
    topic = parts.consumers[0].topics[0]
    one = BY | {"topic": topic, "partition": 3}

    await operator.post(f"/consumers/{REACTIONS}/pause", json=one)
    done = await operator.post(f"/consumers/{REACTIONS}/pause", json=BY)

    assert (done.json()["changed"], done.json()["still_held"]) == (True, 2)
    assert parts.consumers[0].state == "held"
    listed = (await operator.get("/consumers")).json()["paused"]
    assert [(h["what"], h["partition"]) for h in listed] == [
        (REACTIONS, None),
        (REACTIONS, 3),
    ]
    done = await operator.post(f"/consumers/{REACTIONS}/resume", json=BY)
    assert (done.json()["still_held"], parts.consumers[0].state) == (1, "running")


async def test_resuming_lets_a_halted_consumer_try_again(operator, parts):
    parts.consumers[0].halted = RuntimeError("its cause is mended")

    await operator.post(f"/consumers/{REACTIONS}/resume", json=BY)

    assert parts.consumers[0].halted is None


async def test_where_a_consumer_stands_is_listed_by_partition(operator, parts):
    topic = parts.consumers[0].topics[0]
    await parts.database.execute(
        "INSERT INTO es.checkpoint (consumer, topic, part, next_offset, source_pos) "
        "VALUES ($1, $2, 4, 7, 448)",
        REACTIONS,
        topic,
    )

    (row,) = (await operator.get("/consumers")).json()["items"]

    assert row == {
        "consumer": REACTIONS,
        "topic": topic,
        "partition": 4,
        "next_offset": 7,
        "source_pos": 448,
        "end": None,
        "lag": None,
        "parked": 0,
        "gap_seconds": 0.0,
        "state": "running",
    }


async def test_without_kafka_no_checkpoint_is_moved(operator, parts):
    where = {"topic": parts.consumers[0].topics[0], "partition": 4, "offset": 0}

    answer = await operator.post(f"/consumers/{REACTIONS}/seek", json=BY | where)

    assert answer.status_code == 503


async def test_a_reason_for_what_the_domain_decided_is_kept(operator):
    note = BY | {"verb": "timers.recalculate", "result": {"moved": 2}}

    assert (await operator.post("/acts", json=note)).status_code == 200

    assert await acts(operator) == [("timers.recalculate", *BY.values())]


async def test_a_sound_service_keeps_its_promises_and_nothing_stays(operator, parts):
    counts = "SELECT (SELECT count(*) FROM es.event), (SELECT count(*) FROM es.stream)"

    items = (await operator.post("/selftest")).json()["items"]

    found = {item["check"]: item["ok"] for item in items}
    assert found.pop("relay") is False  # Kafka is away, and it does not run here
    assert found == dict.fromkeys(
        ("write", "gate", "grants", "consumers", "chain", "views", "clock"), True
    )
    assert tuple(await parts.database.fetchrow(counts)) == (0, 0)
    assert all(item["next"] for item in items if not item["ok"])


@pytest.mark.parametrize(
    ("harm", "check"),
    [
        ("GRANT UPDATE ON es.event TO planning_app", "grants"),
        ("GRANT DELETE ON es.operation TO planning_app", "grants"),
        ("ALTER TABLE es.event DISABLE TRIGGER event_immutable", "gate"),
    ],
)
async def test_what_was_loosened_is_found(operator, journal_database, harm, check):
    await execute(journal_database.super, harm)

    items = (await operator.post("/selftest")).json()["items"]

    (found,) = [item for item in items if item["check"] == check]
    assert not found["ok"]
    assert found["next"]


async def test_what_is_forbidden_is_all_refused_by_the_grants_alone(operator):
    items = (await operator.post("/selftest")).json()["items"]

    (grants,) = [item for item in items if item["check"] == "grants"]
    assert str(len(REFUSED)) in grants["detail"]


async def test_a_look_shows_no_password(operator, journal_database):
    text = (await operator.get("/look")).text

    found = json.loads(text)
    assert found["settings"]["name"] == "planning-1"
    assert "in-tests-only" not in text
    assert {"sessions", "locks", "sizes", "migrations", "packages"} <= set(found)
    assert journal_database.super not in text
