"""The operator's port over a service on a real database, with Kafka away."""

import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from services.chassis import metrics
from services.chassis.bus import TopicPartition
from services.chassis.operating import Health, operate
from services.chassis.operating.health import STUCK_SECONDS, Progress
from services.chassis.operating.lag import eta
from services.chassis.running.parts import assemble
from services.chassis.settings import Settings
from services.chassis.testing.client import bearer, open_client
from services.planning.app import build
from tests.databases import execute

NOWHERE = "127.0.0.1:1"
MAY = datetime(2023, 5, 9, 1, 0, tzinfo=UTC)
AGENCY = {"kind": "DISTRICT", "name": "UBND TP Hồng Ngự", "valid_from": "2020-01-01"}
STORY = "7d444840-9dc0-11d1-b245-5ffdce74fad2"


def told(urls, **more):
    return Settings(
        name="planning-1",
        postgres=urls.of("planning_app"),
        postgres_relay=urls.of("planning_relay"),
        kafka=NOWHERE,
        embedded=True,
        **more,
    )


@pytest.fixture
async def parts(journal_database):
    async with AsyncExitStack() as stack:
        settings = told(journal_database, clock="controlled")
        made = await assemble(stack, settings, "planning", build)
        await made.projector.start()
        await made.clock.move(MAY)
        yield made


@pytest.fixture
def health(parts):
    return Health(service="planning", parts=parts, state="ready")


def asking(health, client=("127.0.0.1", 1234)):
    transport = httpx.ASGITransport(app=operate(health), client=client)
    return httpx.AsyncClient(transport=transport, base_url="http://operate")


@pytest.fixture
async def operator(health):
    async with asking(health) as it:
        yield it


@pytest.fixture
async def registered(parts):
    token = "dev:hong-ngu:registrar:p-01"  # noqa: S105 - names an officer of the tests
    async with open_client(
        parts.service, parts.journal, parts.clock, rows=parts.rows, token=token
    ) as client:
        answer = await client.post(
            "/agencies/hong-ngu/register",
            json=AGENCY,
            headers=bearer(token) | {"X-Correlation-Id": STORY},
        )
    assert answer.status_code == 200


async def test_a_process_that_starts_is_alive_and_not_ready():
    async with asking(Health(service="planning")) as operator:
        found = {
            path: (await operator.get(path)).status_code
            for path in ("/livez", "/startupz", "/readyz", "/lagz", "/statusz")
        }

    assert found == {
        "/livez": 200,
        "/startupz": 503,
        "/readyz": 503,
        "/lagz": 503,
        "/statusz": 200,
    }


async def test_without_kafka_a_service_is_ready_and_says_what_does_not_work(operator):
    answer = await operator.get("/readyz")

    assert answer.status_code == 200
    assert "Kafka" in answer.json()["degraded"][0]
    assert (await operator.get("/statusz")).json()["next"] != "nothing to do"


async def test_without_postgres_a_service_is_alive_and_not_ready(operator, parts):
    await parts.database.close()

    assert (await operator.get("/livez")).status_code == 200
    assert (await operator.get("/readyz")).status_code == 503


async def test_with_a_database_that_only_reads_a_service_is_not_ready(operator, parts):
    """A pool left on a standby answers every question and takes no command."""
    async with parts.database.transaction():
        await parts.database.execute("SET TRANSACTION READ ONLY")
        answer = await operator.get("/readyz")

    assert (answer.status_code, "written" in answer.json()["why"][0]) == (503, True)


async def test_a_consumer_that_stands_still_is_started_again(operator, health):
    still = time.monotonic() - STUCK_SECONDS - 1
    at = ("planning.reactions.v1", TopicPartition("inspection.events.v1", 3))
    health.progress[at] = Progress(7, behind=2, still_since=still)

    answer = await operator.get("/livez")
    assert answer.status_code == 503
    assert "inspection.events.v1/3" in answer.json()["why"][0]


async def test_who_moves_or_pauses_on_purpose_does_not_stand_still(health):
    where = ("a", TopicPartition("t", 0))
    health._note(where, 5, 9, moving=True)  # noqa: SLF001 - the arithmetic alone
    first = health.progress[where]
    health._note(where, 5, 9, moving=True)  # noqa: SLF001 - as above
    assert health.progress[where].still_since == first.still_since
    assert health.progress[where].behind_since == first.behind_since

    health._note(where, 5, 9, moving=False)  # noqa: SLF001 - as above
    assert health.progress[where].still_since is None
    health._note(where, 9, 9, moving=True)  # noqa: SLF001 - as above
    seen = health.progress[where]
    assert (seen.offset, seen.behind, seen.behind_since) == (9, 0, None)
    assert seen.still_since is None


def test_lag_says_how_fast_it_shrinks_and_when_it_is_gone(health):
    where = ("a", TopicPartition("t", 0))
    health.progress[where] = Progress(5, at=time.monotonic() - 10)
    health._note(where, 25, 45, moving=True)  # noqa: SLF001 - the arithmetic alone

    assert health.progress[where].rate == pytest.approx(2, rel=0.1)
    assert [eta(20, 2.0), eta(0, 0.0), eta(20, 0.0)] == [10.0, 0.0, None]


@pytest.mark.usefixtures("registered")
async def test_lag_is_told_as_time_too(operator, parts):
    """An event has waited since it was recorded, whoever waits for it."""
    await parts.clock.move(MAY + timedelta(hours=1))
    before = (await operator.get("/lagz")).json()
    await parts.projector.catch_up()
    after = (await operator.get("/lagz")).json()

    assert (before["relay"]["seconds"], before["views"]["seconds"]) == (3600, 3600)
    assert after["views"]["seconds"] == 0


@pytest.mark.usefixtures("registered")
async def test_lag_says_what_is_still_to_be_done_and_what_is_done(operator, parts):
    before = (await operator.get("/lagz")).json()
    await parts.projector.catch_up()
    await parts.own.catch_up() if parts.own else None
    after = (await operator.get("/lagz")).json()

    assert before["service"] == "planning"
    assert before["journal"] == {"head": 1}
    assert (before["relay"]["pending"], before["relay"]["position"]) == (1, 0)
    assert before["relay"]["seconds"] == 0.0  # by the story's clock, which stands
    assert before["views"] == {"position": 0, "pending": 1, "seconds": 0.0}
    assert after["views"] == {"position": 1, "pending": 0, "seconds": 0.0}
    assert after["own"]["pending"] == 0
    assert after["timers"] == {"due": 0, "parked": 0}
    assert after["intents"] == {"pending": 0, "failed": 0}
    assert after["clock"] == MAY.isoformat()
    assert set(after["consumers"]) == {"planning.reactions.v1"}


@pytest.mark.usefixtures("registered")
async def test_what_the_journal_publishes_is_known_without_kafka(operator):
    (message,) = (await operator.get("/published")).json()["items"]

    assert message["type"] == "registry.agency-registered.v1"
    assert message["topic"] == "registry.events.v1"
    assert (message["es_pos"], 0 <= message["partition"] < 12) == (64, True)
    first = (await operator.get("/published?limit=1")).json()
    assert first["next"] == 1
    assert (await operator.get("/published?after=1")).json() == {
        "items": [],
        "next": None,
    }


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize("wanted", ["hong-ngu", "agency-hong-ngu", STORY])
async def test_a_story_is_found_by_its_stream_and_its_correlation(operator, wanted):
    (event,) = (await operator.get(f"/trace?id={wanted}")).json()["items"]

    assert event["type"] == "AgencyRegistered"
    assert (event["stream"], event["version"]) == ("agency-hong-ngu", 1)
    assert (event["correlation_id"], event["actor"]) == (
        STORY,
        "hong-ngu/registrar/p-01",
    )
    by_id = (await operator.get(f"/trace?id={event['event_id']}")).json()
    assert by_id["items"] == [event]
    (message,) = (await operator.get("/published")).json()["items"]
    assert event["published"] == [message["id"]]


async def test_what_nobody_knows_is_not_found(operator):
    assert (await operator.get("/trace?id=nothing")).json() == {"items": []}


@pytest.mark.parametrize(
    "path",
    ["/published?limit=0", "/published?after=x", "/published?after=-1", "/trace"],
)
async def test_a_question_that_makes_no_sense_is_refused(operator, path):
    assert (await operator.get(path)).status_code == 422


@pytest.mark.usefixtures("registered")
async def test_metrics_are_prometheus_text_with_every_name(operator):
    answer = await operator.get("/metrics")

    families = {f.name: f for f in text_string_to_metric_families(answer.text)}
    # The parser takes a counter's "_total" for the suffix that it is.
    assert set(families) == {n.removesuffix("_total") for n in metrics.names()}
    (sample,) = families["kiemtra_relay_pending"].samples
    assert sample.value == 1


async def test_the_clock_moves_forward_only(operator, parts):
    later = await operator.post("/clock", json={"now": "2023-05-10T08:00:00+07:00"})
    back = await operator.post("/clock", json={"now": "2023-05-09T08:00:00+07:00"})

    assert later.json() == back.json()
    assert later.json()["now"] == "2023-05-10T01:00:00+00:00"
    assert parts.clock() == datetime(2023, 5, 10, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "body", [{}, {"now": "soon"}, {"now": "2023-05-10T08:00:00"}, [], {"then": 1}]
)
async def test_a_moment_that_is_none_is_refused(operator, body):
    assert (await operator.post("/clock", json=body)).status_code == 422


async def test_nobody_else_on_the_network_moves_the_clock(health, parts):
    async with asking(health, ("10.0.0.9", 1234)) as stranger:
        answer = await stranger.post("/clock", json={"now": "2023-06-01T00:00:00Z"})

    assert answer.status_code == 403
    assert parts.clock() == MAY


async def test_a_real_clock_cannot_be_moved(health, parts):
    real = SimpleNamespace(clock=lambda: MAY, settings=parts.settings)
    health.parts = real
    async with asking(health) as operator:
        answer = await operator.post("/clock", json={"now": "2023-06-01T00:00:00Z"})

    assert answer.status_code == 403


@pytest.mark.usefixtures("registered")
async def test_a_journal_as_it_was_written_has_no_broken_stream(operator):
    found = (await operator.get("/journal/verify")).json()

    assert (found["streams"], found["events"], found["broken"]) == (1, 1, [])


@pytest.mark.usefixtures("registered")
async def test_a_stream_that_was_tampered_with_is_named(operator, journal_database):
    await execute(
        journal_database.super,
        "SET session_replication_role = replica; ALTER TABLE es.event DISABLE TRIGGER"
        " ALL; UPDATE es.event SET type = 'AgencyBurnt'",
    )

    found = (await operator.get("/journal/verify")).json()

    assert found["broken"] == [{"stream_id": "agency-hong-ngu", "version": 1}]


@pytest.mark.usefixtures("registered")
async def test_views_are_verified_and_rebuilt_while_they_are_read(operator, parts):
    await parts.projector.catch_up()
    assert (await operator.get("/projection/verify")).json()["drift"] == []

    await parts.projector.rebuild()

    builds = (await operator.get("/projection")).json()["items"]
    assert [build["state"] for build in builds] == ["live", "old"]


@pytest.mark.usefixtures("registered")
async def test_rest_says_in_one_reading_what_lag_says_at_length(operator, parts):
    await parts.projector.catch_up()

    rest = (await operator.get("/restz")).json()
    lag = (await operator.get("/lagz")).json()

    assert rest["journal"] == lag["journal"]
    assert rest["relay"]["topics"] == lag["relay"]["topics"]
    assert [rest[part]["pending"] for part in ("relay", "views", "intents")] == [
        lag[part]["pending"] for part in ("relay", "views", "intents")
    ]
    assert rest["timers"] == lag["timers"]
    assert rest["consumers"].keys() == lag["consumers"].keys()


@pytest.mark.usefixtures("registered")
async def test_a_number_that_was_rolled_back_is_not_waited_for(
    operator, parts, journal_database
):
    await parts.projector.catch_up()
    before = (await operator.get("/restz")).json()
    await execute(journal_database.super, "SELECT nextval('es.event_seq_seq')")

    after = (await operator.get("/restz")).json()

    assert after["views"] == before["views"] == {"pending": 0}
