"""Settings of an embedded broker, and how they are written.

Production differs: separate controllers, three copies of which two in sync, 50
partitions for the internal topics, longer sessions. The rest is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

MIB = 2**20
SMALL = {
    "auto.create.topics.enable": "false",
    "group.initial.rebalance.delay.ms": "0",
    "log.retention.ms": "-1",
    "log.retention.bytes": "-1",
    "log.segment.bytes": str(64 * MIB),
    "log.index.size.max.bytes": str(MIB),
    "log.segment.delete.delay.ms": "1000",
    "log.cleaner.dedupe.buffer.size": str(4 * MIB),  # 128 by default, all resident
    "offsets.topic.num.partitions": "4",
    "offsets.topic.segment.bytes": str(8 * MIB),
    "transaction.state.log.num.partitions": "4",
    "transaction.state.log.segment.bytes": str(8 * MIB),
    "share.coordinator.state.topic.num.partitions": "1",
    "metadata.log.segment.bytes": str(8 * MIB),
    # A killed broker may come back only when its session is over: 9 s by default.
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "1000",
    # A record that says nothing, twice a second by default.
    "metadata.max.idle.interval.ms": "5000",
}
ONE_COPY = {
    "default.replication.factor": "1",
    "min.insync.replicas": "1",
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
}


def settings(client: int, controller: int) -> dict[str, str]:
    """Return the settings of one process, broker and controller, on these ports."""
    listeners = f"CLIENT://127.0.0.1:{client},CONTROLLER://127.0.0.1:{controller}"
    return {
        "process.roles": "broker,controller",
        "node.id": "1",
        "controller.quorum.voters": f"1@127.0.0.1:{controller}",
        "listeners": listeners,
        "inter.broker.listener.name": "CLIENT",
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        # Relative: this is a list, and the name of a home may hold a comma.
        "log.dirs": "data",
        **ONE_COPY,
        **SMALL,
    }


def write(path: Path, values: Mapping[str, str]) -> None:
    """Write a properties file that only its owner reads."""
    path.touch(mode=0o600)
    lines = (f"{name}={_escaped(text)}\n" for name, text in values.items())
    path.write_text("".join(lines))


def _escaped(text: str) -> str:
    """Escape for java.util.Properties: the backslash, and all outside ASCII."""
    doubled = text.replace("\\", "\\\\")
    return "".join(c if c.isascii() else f"\\u{ord(c):04x}" for c in doubled)
