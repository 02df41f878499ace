"""`kiemtra events`: what cannot be read is said in one line."""

import pytest
from typer.testing import CliRunner

from services.cli import events

AWAY = "127.0.0.1:1"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(events, "running", lambda _: {"kafka": AWAY})
    return tmp_path


def test_a_topic_that_is_not_there_is_wrong_usage(home):
    done = CliRunner().invoke(
        events.app, ["--topic", "planing.events.v1", "--home", str(home)]
    )

    assert done.exit_code == 2
    assert "planning.events.v1" in done.output


def test_a_kafka_that_is_away_is_unhealthy(home):
    done = CliRunner().invoke(
        events.app,
        ["--topic", "planning.events.v1", "--no-follow", "--home", str(home)],
    )

    assert done.exit_code == 10
    assert AWAY in done.output
