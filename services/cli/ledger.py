"""Does it add up? What the journals committed, what lies on Kafka, what was consumed.

Counted from outside: topics are read from their first offset, journals from their
databases; nothing of what the runner sent is used.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import httpx

from contracts.catalogue import CATALOGUE, topic_of
from services.chassis.bus.kafka import read_all
from services.chassis.postgres import Database
from services.cli.settling import Lags

PAGE = 1000
OUTCOMES = ("consumed", "applied", "duplicate", "ignored", "parked", "gap_held")


def topics() -> list[str]:
    """Return every topic that the catalogue knows."""
    return sorted({topic_of(kind) for kind in CATALOGUE})


async def on_kafka(bootstrap: str) -> list[tuple[str, str]]:
    """Return id and type of every message in every topic, from the first offset."""
    found = []
    for topic in topics():
        for record in await read_all(bootstrap, topic):
            headers = dict(record.headers)
            found.append((headers["ce_id"].decode(), headers["ce_type"].decode()))
    return found


async def in_journals(
    client: httpx.AsyncClient, ports: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return id and type of every message that the journals translate to."""
    return [
        (row["id"], row["type"])
        for url in ports.values()
        async for row in _published(client, url)
    ]


async def _published(client: httpx.AsyncClient, url: str) -> AsyncIterator[Any]:
    after = 0
    while True:
        answer = await client.get(
            f"{url}/published", params={"after": after, "limit": PAGE}
        )
        page = answer.raise_for_status().json()
        for row in page["items"]:
            yield row
        if page["next"] is None:
            return
        after = page["next"]


def balance(
    committed: Sequence[tuple[str, str]],
    published: Sequence[tuple[str, str]],
    lags: Lags,
) -> dict[str, Any]:
    """Return the ledger: committed against published, and each consumer's account."""
    journal, kafka = {i for i, _ in committed}, Counter(i for i, _ in published)
    return {
        "committed_public": len(committed),
        "published": len(published),
        "missing": len(journal - set(kafka)),
        "extra": len(set(kafka) - journal),
        "duplicates": kafka.total() - len(kafka),
        "consumers": {
            consumer: {
                name: sum(
                    int(row.get(name, 0))
                    for parts in topics_of.values()
                    for row in parts.values()
                )
                for name in OUTCOMES
            }
            for lag in lags.values()
            for consumer, topics_of in lag["consumers"].items()
        },
    }


def clean(ledger: Mapping[str, Any]) -> list[str]:
    """Return what does not add up, a line each.

    A message that lies twice on Kafka is allowed (at least once); one that was lost,
    that nobody committed, or that a consumer cannot account for is not.
    """
    wrong = [f"{name}: {ledger[name]}" for name in ("missing", "extra") if ledger[name]]
    for consumer, account in ledger["consumers"].items():
        accounted = sum(account[name] for name in OUTCOMES[1:])
        if account["consumed"] != accounted:
            wrong.append(f"{consumer}: consumed {account['consumed']} of {accounted}")
        if account["parked"]:
            wrong.append(f"{consumer}: {account['parked']} parked")
    return wrong


async def journal_hash(databases: Mapping[str, str]) -> tuple[str, int]:
    """Return the sha256 over (stream, version, type, data) of all journals; how many.

    In order of stream and version, all services; fields and rows end with 0x1F and
    0x1E, which no field contains.
    """
    rows: list[tuple[str, int, str, str]] = []
    for url in databases.values():
        database = await Database.open(url)
        try:
            found = await database.fetch(
                "SELECT stream_id, version, type, data::text AS data FROM es.event"
            )
        finally:
            await database.close()
        rows += [(r["stream_id"], r["version"], r["type"], r["data"]) for r in found]
    digest = hashlib.sha256()
    for row in sorted(rows):
        digest.update(("\x1f".join(map(str, row)) + "\x1e").encode())
    return digest.hexdigest(), len(rows)


def counted(published: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return how many different events of each type lie on Kafka."""
    return dict(sorted(Counter(kind for _, kind in set(published)).items()))
