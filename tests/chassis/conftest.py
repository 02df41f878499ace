"""Planning's database, as its application writes and reads it."""

import asyncpg
import pytest

from services.chassis.postgres import Database
from services.chassis.viewing.rows import open_rows


@pytest.fixture
async def database(journal_database):
    opened = await Database.open(journal_database.of("planning_app"))
    yield opened
    await opened.close()


@pytest.fixture
async def rows(journal_database):
    opened = await open_rows(journal_database.of("planning_app"), name="tests")
    yield opened
    await opened.close()


@pytest.fixture
async def app(journal_database):
    connection = await asyncpg.connect(journal_database.of("planning_app"))
    yield connection
    await connection.close()


@pytest.fixture
async def owner(journal_database):
    connection = await asyncpg.connect(journal_database.super)
    yield connection
    await connection.close()
