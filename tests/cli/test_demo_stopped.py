"""A demo that is stopped leaves nothing behind."""

import signal
import sys
from asyncio import create_subprocess_exec, timeout
from asyncio.subprocess import PIPE

import pytest

from tests.eventually import eventually

DEMO = [sys.executable, "-m", "services.cli", "demo", "--json"]


@pytest.mark.usefixtures("own_servers")
async def test_a_demo_that_is_terminated_removes_its_home(tmp_path, monkeypatch):
    """A build server that gives up says TERM, where a person says Ctrl-C."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    telling = await create_subprocess_exec(*DEMO, stderr=PIPE)
    try:
        await eventually(lambda: [*tmp_path.glob("kiemtra-demo-*/logs")], within=60)
        telling.send_signal(signal.SIGTERM)
        async with timeout(60):
            _, said = await telling.communicate()
    finally:
        if telling.returncode is None:
            telling.kill()

    assert telling.returncode == 1
    assert b"stopped" in said
    assert [*tmp_path.glob("kiemtra-demo-*")] == []
