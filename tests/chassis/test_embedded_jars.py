"""The jars: exactly what the lock names, or a clear refusal."""

import shutil

import pytest

from services.chassis.embedded import JarsMissing, jars

VICTIM = "slf4j-api-1.7.36.jar"


@pytest.fixture
def unreachable(monkeypatch):
    """No network: every request goes to a port where nothing listens."""
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def warm(tmp_path):
    """A private copy of the jars."""
    folder = tmp_path / "jars"
    folder.mkdir()
    for path in jars.classpath():
        shutil.copy(path, folder)
    return folder


def test_every_kafka_jar_has_the_same_version():
    kafka = {jar.version for jar in jars.locked() if jar.group == "org.apache.kafka"}

    assert kafka == {"4.3.1"}


@pytest.mark.usefixtures("unreachable")
def test_without_network_a_warm_cache_is_enough(warm):
    assert len(jars.classpath(folder=warm)) == len(jars.locked())


@pytest.mark.usefixtures("unreachable")
def test_without_network_a_cold_cache_is_refused_with_advice(tmp_path):
    with pytest.raises(JarsMissing, match=r"could not be fetched(?s:.)*make setup"):
        jars.classpath(folder=tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    [lambda whole: whole[:-100], lambda whole: b"\0" + whole[1:], lambda _: b""],
    ids=["cut", "altered", "empty"],
)
def test_a_damaged_jar_is_fetched_again_and_not_run(warm, monkeypatch, damage):
    whole = (warm / VICTIM).read_bytes()
    (warm / VICTIM).write_bytes(damage(whole))
    fetched = []

    def getter(staging, _advance):
        def get(jar):
            fetched.append(jar.name)
            (staging / jar.name).write_bytes(whole)
            return staging / jar.name

        return get

    monkeypatch.setattr(jars, "_getter", getter)
    jars.classpath(folder=warm)

    assert fetched == [VICTIM]
    assert (warm / VICTIM).read_bytes() == whole
    assert {path.stat().st_mtime for path in warm.glob("*.jar")} == {jars.DATE}


@pytest.mark.usefixtures("unreachable")
def test_a_damaged_jar_without_network_is_refused(warm):
    (warm / VICTIM).write_bytes(b"")

    with pytest.raises(JarsMissing, match=f"1 of Kafka's {len(jars.locked())} jars"):
        jars.classpath(folder=warm)


def test_other_bytes_than_the_lock_names_are_never_kept(tmp_path, monkeypatch):
    lock = tmp_path / "kafka.lock"
    lock.write_text(f"{'0' * 64} 5 org.slf4j:slf4j-api:1.7.36\n")

    def getter(staging, _advance):
        (staging / VICTIM).write_bytes(b"other")
        return lambda _: staging / VICTIM

    monkeypatch.setattr(jars, "_getter", getter)
    with pytest.raises(JarsMissing, match=r"other bytes than kafka\.lock names"):
        jars.classpath(lock, tmp_path / "jars")

    assert not list((tmp_path / "jars").glob("*.jar"))
