"""No service runs on a database in which events could be lost or reordered."""

from tests.chassis.test_running import NOWHERE, Running, free
from tests.databases import execute
from tests.eventually import eventually

CACHED = "ALTER TABLE es.event ALTER COLUMN seq SET CACHE 20"


async def test_a_service_does_not_start_on_an_unsound_database(journal_database):
    await execute(journal_database.super, CACHED)
    settings = {
        "KIEMTRA_EMBEDDED": "1",
        "KIEMTRA_CLOCK": "controlled",
        "KIEMTRA_POSTGRES": journal_database.super,
        "KIEMTRA_POSTGRES_OWNER": journal_database.super,
        "KIEMTRA_KAFKA": NOWHERE,
        "KIEMTRA_HTTP": free(),
        "KIEMTRA_OPERATE": free(),
    }
    async with Running(settings) as service:
        await eventually(
            lambda: service.process.returncode is not None or ready(service), within=40
        )
        assert ready(service) == []
        assert await service.ended() == 1

    failed = [x for x in service.lines if x["event.action"] == "service.failed"]
    assert "sequence-cached" in failed[0]["error.message"]


def ready(service):
    actions = [line["event.action"] for line in service.lines]
    return [action for action in actions if action == "service.ready"]
