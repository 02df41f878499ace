"""The journal in Postgres keeps the contract, as the role it runs as."""

import json
from dataclasses import dataclass

import pytest

from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from tests.chassis.claim_contract import ClaimContract
from tests.chassis.journal_contract import (
    TALK,
    DeadlineContract,
    JournalContract,
)


@pytest.fixture
async def database(journal_database):
    opened = await Database.open(journal_database.of("planning_app"))
    yield opened
    await opened.close()


@pytest.fixture
def journal(database, clock):
    return PostgresJournal(database, [TALK], clock)


@dataclass
class Row:
    id: object
    payload: object


class TestPostgresJournal(JournalContract, DeadlineContract, ClaimContract):
    @pytest.fixture(autouse=True)
    def _keep(self, database):
        self.database = database

    async def intents(self, _journal):
        rows = await self.database.fetch("SELECT * FROM es.intent ORDER BY seq")
        return [Row(r["id"], json.loads(r["payload"])) for r in rows]
