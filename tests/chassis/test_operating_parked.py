"""The operator's paths to parked messages, over a real database."""

from types import SimpleNamespace

import httpx
import pytest

from services.chassis.consumer import JOURNAL, Patience, Tolerance
from services.chassis.operating import Health, operate
from services.chassis.postgres import Database
from tests.chassis.consuming import Refused, Rig

BY = {"who": "p-01", "why": "the sender has corrected it"}


@pytest.fixture
async def rig(journal_database, clock):
    database = await Database.open(journal_database.of("planning_app"))
    yield Rig(database, clock)
    await database.close()


@pytest.fixture
async def consumer(rig):
    """A consumer whose first message of a key was refused, the second waits behind."""
    it = await rig.ready(tolerance=Tolerance(patience=Patience(attempts=1)))
    rig.reactions.wrong[1] = Refused("no")
    await it.receive([rig.sender.tell(1), rig.sender.tell(2)])
    return it


def asking(database, client=("127.0.0.1", 1234)):
    health = Health(
        service="planning", parts=SimpleNamespace(database=database), state="ready"
    )
    transport = httpx.ASGITransport(app=operate(health), client=client)
    return httpx.AsyncClient(transport=transport, base_url="http://operate")


@pytest.fixture
async def operator(rig, consumer):
    assert consumer.name
    async with asking(rig.database) as it:
        yield it


async def parked(operator):
    return (await operator.get("/parked")).json()["items"]


async def test_what_is_parked_is_listed_in_order_with_what_it_waits_for(operator):
    first, second = await parked(operator)

    assert (first["code"], second["code"]) == ("not-today", "behind")
    assert {first["state"], second["state"]} == {"waiting_operator"}
    assert first["type"] == "planning.told.v1"


async def test_one_is_shown_whole(operator):
    first, _ = await parked(operator)

    shown = (await operator.get(f"/parked/{first['id']}")).json()

    assert shown["body"] == '{"number":1}'
    assert shown["original"] is None
    assert shown["headers"]["ce_type"] == first["type"]
    assert shown["acts"] == []


async def test_a_retry_goes_through_once_the_cause_is_mended(operator, rig, consumer):
    rig.reactions.wrong.clear()
    first, _ = await parked(operator)

    answer = await operator.post(f"/parked/{first['id']}/retry", json=BY)

    assert answer.status_code == 200
    assert await consumer.release_due() == 2
    assert await parked(operator) == []


async def test_an_edited_message_keeps_its_original_and_says_who_and_why(operator):
    first, _ = await parked(operator)
    body = BY | {"body": '{"number": 5}'}

    await operator.post(f"/parked/{first['id']}/amend", json=body)

    shown = (await operator.get(f"/parked/{first['id']}")).json()
    assert (shown["body"], shown["original"]) == ('{"number": 5}', '{"number":1}')
    (act,) = shown["acts"]
    assert (act["verb"], act["who"], act["why"]) == ("amend", BY["who"], BY["why"])


async def test_a_discarded_message_is_gone_and_the_rest_goes_on(operator, consumer):
    first, second = await parked(operator)

    await operator.post(f"/parked/{first['id']}/discard", json=BY)

    assert [row["id"] for row in await parked(operator)] == [second["id"]]
    assert await consumer.release_due() == 1


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("{id}/retry", {"who": "p-01"}, 422),
        ("{id}/retry", BY | {"who": ""}, 422),
        ("{id}/burn", BY, 422),
        ("{id}/amend", BY, 422),
        ("{id}/amend", BY | {"body": "not JSON"}, 422),
        ("999999/retry", BY, 404),
    ],
)
async def test_what_cannot_be_done_is_said_and_changes_nothing(
    operator, path, body, status
):
    first, _ = before = await parked(operator)

    answer = await operator.post(f"/parked/{path.format(id=first['id'])}", json=body)

    assert answer.status_code == status
    assert await parked(operator) == before


async def test_an_event_of_our_own_journal_is_not_edited(operator, rig):
    first, _ = await parked(operator)
    await rig.database.execute(
        "INSERT INTO es.parked_key (consumer, topic, key, state, code) "
        "VALUES ('planning.own.v1', $1, 'k', 'waiting_operator', 'refused')",
        JOURNAL,
    )
    own = await rig.database.fetchval(
        "INSERT INTO es.parked (consumer, topic, key, part, off, code, header_names,"
        " header_values) VALUES ('planning.own.v1', $1, 'k', 0, 7, 'refused', '{}',"
        " '{}') RETURNING id",
        JOURNAL,
    )

    answer = await operator.post(f"/parked/{own}/amend", json=BY | {"body": "{}"})

    assert answer.status_code == 409
    assert first["id"] != own


async def test_nobody_acts_from_another_machine(rig, consumer):
    assert consumer.name
    async with asking(rig.database, client=("10.0.0.7", 1234)) as stranger:
        first, _ = await parked(stranger)

        answer = await stranger.post(f"/parked/{first['id']}/discard", json=BY)

        assert answer.status_code == 403
        assert len(await parked(stranger)) == 2
