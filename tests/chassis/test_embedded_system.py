"""The whole system: started together, restarted alone, gone without a trace."""

import asyncio
import dataclasses
import json
import os
import signal
import sys
from pathlib import Path

import asyncpg
import httpx
import pytest
from aiokafka.admin import AIOKafkaAdminClient
from typer.testing import CliRunner

from services.chassis.embedded import HomeInUse, ServerFailed, Unreachable, nursery
from services.chassis.embedded.environment import External
from services.chassis.embedded.owning import owner_of, sole_owner
from services.chassis.embedded.state import told
from services.chassis.embedded.system import MODULES, TOPICS, system
from services.cli import app
from tests.chassis.embedded_owner import SMALL
from tests.eventually import eventually

ROOT = str(Path(__file__).parents[2])
OWNER = (sys.executable, "-m", "tests.chassis.embedded_owner")


@pytest.fixture(autouse=True)
def importable(monkeypatch):
    """The services in small lie among the tests, and need no warm parent."""
    monkeypatch.setenv("PYTHONPATH", ROOT)
    monkeypatch.setattr(nursery, "WARM", ())


@pytest.fixture
def external(servers, postgres_server, kafka_server):
    """The run's servers, as a system finds those that somebody else runs."""
    yield External(postgres=postgres_server, kafka=kafka_server)
    for name in MODULES:
        servers.drop_database(postgres_server, f"//x/{name}")


async def ask(unit, path="/"):
    async with httpx.AsyncClient() as client:
        return (await client.get(f"http://{unit.http}{path}")).json()


def lives(pid):
    """A process that nobody has waited for yet is dead too."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def parent_of(pid):
    stat = Path(f"/proc/{pid}/stat").read_text()
    return int(stat.rpartition(")")[2].split()[1])


async def run_cli(*arguments):
    """Run a verb in a thread: it has an event loop of its own."""
    done = await asyncio.to_thread(CliRunner().invoke, app, arguments)
    return done.exit_code, done.stdout


async def start_cli(home):
    process = await asyncio.create_subprocess_exec(
        *OWNER,
        *("up", "--json", "--home", str(home)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    first = await process.stdout.readline()
    if not first:
        pytest.fail((await process.stderr.read()).decode())
    return process, json.loads(first)


async def test_every_service_is_told_where_everything_is(own_servers, external):
    async with system(
        own_servers, clock="controlled", external=external, modules=SMALL
    ) as running:
        given = {name: await ask(unit) for name, unit in running.services.items()}

        assert set(given) == set(MODULES)
        planning = given["planning"]
        assert planning["KIEMTRA_NAME"] == "planning-1"
        assert planning["KIEMTRA_CLOCK"] == "controlled"
        assert planning["KIEMTRA_EMBEDDED"] == "1"
        assert planning["KIEMTRA_KAFKA"] == external.kafka
        assert planning["KIEMTRA_SMTP"] == running.smtp
        for name, role in (("", "app"), ("_RELAY", "relay"), ("_OWNER", "postgres")):
            url = planning[f"KIEMTRA_POSTGRES{name}"]
            connection = await asyncpg.connect(url)
            where = await connection.fetchrow("SELECT current_database(), user")
            assert tuple(where) == (
                "planning",
                role if name == "_OWNER" else f"planning_{role}",
            )
            await connection.close()


async def test_the_roles_of_one_service_cannot_enter_another(own_servers, external):
    async with system(own_servers, external=external, modules=SMALL) as running:
        url = running.services["planning"].postgres.replace(
            "/planning?", "/inspection?"
        )
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(url)


async def test_topics_are_made_once(own_servers, external):
    for _ in range(2):
        async with system(own_servers, external=external, modules=SMALL):
            pass
    client = AIOKafkaAdminClient(bootstrap_servers=external.kafka)
    await client.start()
    described = await client.describe_topics(list(TOPICS))
    await client.close()

    assert {t["topic"]: len(t["partitions"]) for t in described} == dict.fromkeys(
        TOPICS, 12
    )


async def test_a_service_that_dies_is_started_again(own_servers, external):
    async with system(own_servers, external=external, modules=SMALL) as running:
        before = running.services["planning"].process.pid
        others = running.services["inspection"].process.pid
        await running.kill("planning")
        await running.ready("planning")

        after = running.services["planning"].process.pid
        assert after != before
        assert running.services["inspection"].process.pid == others
        assert told(own_servers)["services"]["planning"]["pid"] == after
        assert running.state == "ready"


async def test_services_come_back_when_their_parent_was_killed(own_servers, external):
    async with system(own_servers, external=external, modules=SMALL) as running:
        before = {unit.process.pid for unit in running.services.values()}
        os.kill(parent_of(min(before)), signal.SIGKILL)
        await eventually(lambda: not any(lives(pid) for pid in before))
        await running.ready()

        after = {unit.process.pid for unit in running.services.values()}
        assert not before & after


async def test_a_service_that_cannot_start_ends_it_all_with_its_log(
    own_servers, external
):
    modules = SMALL | {"remediation": "services.no_such_service"}
    with pytest.raises(
        ServerFailed, match=r"remediation stopped(?s:.)*no_such_service"
    ):
        async with system(own_servers, external=external, modules=modules):
            pytest.fail("it started")

    assert owner_of(own_servers) is None


@pytest.mark.parametrize("server", ["kafka", "postgres"])
async def test_a_server_elsewhere_that_does_not_answer_is_named(
    own_servers, external, server
):
    nowhere = {"kafka": "127.0.0.1:9", "postgres": "postgresql://127.0.0.1:9/x"}
    wrong = dataclasses.replace(external, **{server: nowhere[server]})
    with pytest.raises(Unreachable, match=f"KIEMTRA_{server.upper()}"):
        async with system(own_servers, external=wrong, modules=SMALL):
            pytest.fail("it started")


async def test_a_halted_service_hears_the_end(own_servers, external):
    async with system(own_servers, external=external, modules=SMALL) as running:
        pid = running.services["planning"].process.pid
        await running.kill("planning", signal.SIGSTOP)

    assert not lives(pid)


async def test_no_death_of_the_owner_leaves_anything_behind(own_servers):
    process, running = await start_cli(own_servers)
    with pytest.raises(HomeInUse, match=f"in use by process {process.pid}"):
        async with system(own_servers, modules=SMALL):
            pytest.fail("two systems on one home")
    second = await asyncio.create_subprocess_exec(
        *OWNER,
        *("up", "--detach", "--home", str(own_servers)),
        stderr=asyncio.subprocess.PIPE,
    )
    _, err = await second.communicate()
    assert second.returncode == 1
    assert f"in use by process {process.pid}" in err.decode()
    code, out = await run_cli("status", "--json", "--home", str(own_servers))
    assert code == 0
    assert json.loads(out) == running

    process.kill()
    await process.wait()
    for folder in ("kafka", "postgres"):  # the servers held these locks
        async with sole_owner(own_servers / folder, patience=30):
            pass
    pids = [unit["pid"] for unit in running["services"].values()]
    await eventually(lambda: not any(lives(pid) for pid in pids))
    code, out = await run_cli("status", "--json", "--home", str(own_servers))
    assert (code, json.loads(out)["state"]) == (10, "stopped")

    async with sole_owner(own_servers):  # somebody new, who has said nothing yet
        assert told(own_servers) is None
    process, again = await start_cli(own_servers)
    assert again["kafka"] == running["kafka"]
    code, _ = await run_cli("down", "--home", str(own_servers))
    assert code == 0
    assert await process.wait() == 0
    log = (own_servers / "postgres" / "server.log").read_text()
    assert "not properly shut down" not in log
