"""Numbered SQL: once, in order, never edited, whoever starts at the same time."""

import asyncio
from dataclasses import replace

import asyncpg
import pytest

from services.chassis.migrations import (
    Migration,
    MigrationRefused,
    behind,
    migrate,
    migrations,
)
from services.chassis.postgres import Database
from tests.databases import Urls, execute


def migration(number, text, origin="chassis"):
    name = f"{number:04}_{origin}.sql"
    return Migration(origin=origin, number=number, name=name, text=text)


FIRST = migration(1, "CREATE TABLE es.one (x int); GRANT SELECT ON es.one TO @ro@")
SECOND = migration(2, "CREATE TABLE es.two (x int)")
OWN = migration(1, "CREATE TABLE es.own (x int)", origin="planning")
BROKEN = migration(3, "CREATE TABLE es.three (x int); SELECT 1 / 0")
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'es' ORDER BY 1"


async def tables(url):
    connection = await asyncpg.connect(url)
    found = [row[0] for row in await connection.fetch(TABLES)]
    await connection.close()
    return found


async def test_what_is_new_is_applied_in_order(postgres):
    assert await migrate(postgres, "planning", [FIRST, OWN]) == [FIRST.name, OWN.name]
    assert await migrate(postgres, "planning", [FIRST, SECOND, OWN]) == [SECOND.name]
    assert await migrate(postgres, "planning", [FIRST, SECOND, OWN]) == []
    assert await tables(postgres) == ["migration", "one", "own", "two"]


async def test_what_is_made_belongs_to_the_owner_role(postgres):
    await migrate(postgres, "planning", [FIRST])

    connection = await asyncpg.connect(postgres)
    owner = await connection.fetchval(
        "SELECT tableowner FROM pg_tables WHERE tablename = 'one'"
    )
    await connection.close()
    assert owner == "planning_owner"


async def test_an_edited_file_is_refused(postgres):
    await migrate(postgres, "planning", [FIRST])
    edited = replace(FIRST, text=f"{FIRST.text} ")

    with pytest.raises(MigrationRefused, match="edited"):
        await migrate(postgres, "planning", [edited, SECOND])
    assert "two" not in await tables(postgres)


async def test_a_file_that_comes_too_late_is_refused(postgres):
    await migrate(postgres, "planning", [SECOND])

    with pytest.raises(MigrationRefused, match="late"):
        await migrate(postgres, "planning", [FIRST, SECOND])


async def test_a_database_that_is_newer_than_we_are_will_do(postgres):
    await migrate(postgres, "planning", [FIRST, SECOND])

    assert await migrate(postgres, "planning", [FIRST]) == []


async def test_a_file_that_fails_leaves_nothing(postgres):
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(postgres, "planning", [FIRST, BROKEN])

    assert await tables(postgres) == ["migration", "one"]


async def test_of_several_that_start_together_one_does_it(postgres):
    done = await asyncio.gather(
        *(migrate(postgres, "planning", [FIRST, SECOND]) for _ in range(4))
    )

    assert sorted(map(len, done)) == [0, 0, 0, 2]


async def test_a_service_sees_what_the_database_lacks(postgres):
    database = await Database.open(postgres)
    found = [FIRST, SECOND]
    assert await behind(database, "planning", found) == [FIRST.name, SECOND.name]
    await migrate(postgres, "planning", [FIRST])
    assert await behind(database, "planning", found) == [SECOND.name]
    await migrate(postgres, "planning", found)
    assert await behind(database, "planning", found) == []
    await database.close()


async def test_the_role_of_one_service_is_refused_by_the_database_of_another(
    postgres, databases
):
    with databases.clone("planning"):
        pass  # its roles have a login now
    await migrate(postgres, "inspection", [])

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await execute(Urls(postgres).of("planning_app"), "SELECT 1")


async def test_a_migrator_that_is_no_superuser_will_do(postgres):
    await execute(
        postgres,
        "DO $$ BEGIN CREATE ROLE mover LOGIN CREATEROLE PASSWORD 'in-tests-only'; "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$",
    )
    name = postgres.rpartition("/")[2].partition("?")[0]
    await execute(postgres, f"ALTER DATABASE {name} OWNER TO mover")

    mover = Urls(postgres).of("mover")
    assert await migrate(mover, "remote", [FIRST]) == [FIRST.name]
    assert await migrate(mover, "remote", [FIRST, SECOND]) == [SECOND.name]


def test_the_files_of_the_chassis_come_first():
    found = migrations("planning")

    assert found[0].name == "0001_journal.sql"
    chassis = [m.number for m in found if m.origin == "chassis"]
    assert chassis == list(range(1, len(chassis) + 1))
    assert [m.origin for m in found] == sorted(m.origin for m in found)
