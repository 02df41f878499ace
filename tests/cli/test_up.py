"""`kiemtra up`: how it ends when it cannot begin."""

import subprocess
import sys

import pytest

NOBODY = "postgresql://nobody@127.0.0.1:1/none"


@pytest.mark.parametrize("detach", [(), ("--detach",)], ids=["here", "detached"])
def test_a_server_elsewhere_that_is_not_there_is_a_matter_of_configuration(
    own_servers, monkeypatch, detach
):
    home = own_servers
    up = [sys.executable, "-m", "services.cli", "up", "--home", str(home), *detach]
    monkeypatch.setenv("KIEMTRA_POSTGRES_ADMIN", NOBODY)

    done = subprocess.run(up, capture_output=True, text=True, check=False)

    assert done.returncode == 3
    assert "KIEMTRA_POSTGRES_ADMIN" in done.stderr
