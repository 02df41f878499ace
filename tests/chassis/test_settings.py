"""What a process is told, and what it does not tell."""

import os

import pytest

from services.chassis.settings import BadSettings, load

URL = "postgresql://planning_app:hush@127.0.0.1:5432/planning"


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in list(os.environ):  # noqa: TID251 - the tests' own
        if name.startswith("KIEMTRA_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KIEMTRA_POSTGRES", URL)
    monkeypatch.setenv("KIEMTRA_KAFKA", "127.0.0.1:9092")
    return monkeypatch


def test_the_environment_is_read_and_the_rest_has_sober_defaults(environment):
    environment.setenv("KIEMTRA_EMBEDDED", "1")
    environment.setenv("KIEMTRA_PARKED_LIMIT", "7")
    settings = load()

    assert (settings.postgres, settings.embedded, settings.parked_limit) == (
        URL,
        True,
        7,
    )
    assert settings.clock == "real"


def test_a_secret_may_lie_in_a_file(environment, tmp_path):
    environment.delenv("KIEMTRA_POSTGRES")
    (tmp_path / "url").write_text(f"{URL}\n")
    environment.setenv("KIEMTRA_POSTGRES_FILE", str(tmp_path / "url"))

    assert load().postgres == URL


def test_a_missing_file_is_named(environment):
    environment.setenv("KIEMTRA_POSTGRES_FILE", "/nowhere")

    with pytest.raises(BadSettings, match="/nowhere"):
        load()


@pytest.mark.parametrize(
    ("name", "value"),
    [("CLOCK", "fast"), ("HTTP", "8080"), ("PARKED_LIMIT", "many"), ("EMBEDDED", "?")],
)
def test_what_makes_no_sense_is_named_and_not_repeated(environment, name, value):
    environment.setenv(f"KIEMTRA_{name}", value)

    with pytest.raises(BadSettings, match=f"KIEMTRA_{name}"):
        load()


def test_what_is_missing_is_named(environment):
    environment.delenv("KIEMTRA_KAFKA")

    with pytest.raises(BadSettings, match="KIEMTRA_KAFKA"):
        load()


def test_what_is_shown_holds_no_password():
    assert "hush" not in str(load().shown())
    assert "hush" not in load().fingerprint()
