"""Collects the evidence of a run, from outside: databases, topics, ports, mailbox."""

import json
from hashlib import sha256
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from contracts.envelope import BadEnvelope, Transport
from services import SERVICES
from services.chassis.bus.kafka import read_all
from services.cli.ledger import topics
from tests.chaos.evidence import Evidence

EVENTS = """
SELECT seq, stream_id AS stream, version, event_id::text AS id, type,
       meta ->> 'causation_id' AS cause, meta ->> 'command_id' AS command,
       occurred_at, recorded_at,
       left(encode(sha256(convert_to(data::text, 'UTF8')), 'hex'), 16) AS digest
  FROM es.event ORDER BY seq
"""
ANSWERS = """
SELECT command_id::text AS command, status, version, body FROM es.command
"""
STANDING = """
SELECT c.consumer, c.topic, c.part, c.next_offset, c.source_pos,
       coalesce((SELECT json_object_agg(l.outcome, l.n) FROM es.ledger l
          WHERE (l.consumer, l.topic, l.part) = (c.consumer, c.topic, c.part)),
                '{}')::text AS outcomes
  FROM es.checkpoint c ORDER BY 1, 2, 3
"""
PARKED = """
SELECT p.consumer, p.topic, p.part, p.off, k.code FROM es.parked p
  JOIN es.parked_key k USING (consumer, topic, key) ORDER BY p.id
"""
DEADLINES = "SELECT id::text, stream_id AS stream, kind, due_at, state FROM es.deadline"
INTENTS = """
SELECT id::text, state, payload ->> 'message_id' AS message_id FROM es.intent
"""
HEARS = "SELECT types FROM es.view_hearing ORDER BY number DESC LIMIT 1"
PAGE = 1000


async def collect(running, bench, client):
    """Return everything that is left, once all is quiet."""
    found = Evidence(
        history=bench.history.lines, injected=bench.injected, rewound=bench.rewound
    )
    for name in SERVICES:
        await _database(found, running.postgres, name)
        await _ports(found, name, running.services[name].operate, client)
    for topic in topics():
        records = await read_all(running.kafka, topic)
        found.topics[topic] = [_record(record) for record in records]
    found.mail = {one.message_id: one.deliveries for one in running.mailbox}
    return found


async def _database(found, admin, name):
    connection = await asyncpg.connect(
        urlunsplit(urlsplit(admin)._replace(path=f"/{name}"))
    )
    try:

        async def rows(sql):
            return [_plain(row) for row in await connection.fetch(sql)]

        found.journals[name] = await rows(EVENTS)
        found.answers[name] = [_answer(row) for row in await rows(ANSWERS)]
        standing = await rows(STANDING)
        found.consumers += [
            row | {"service": name, "outcomes": json.loads(row["outcomes"])}
            for row in standing
        ]
        found.parked += [row | {"service": name} for row in await rows(PARKED)]
        found.deadlines += [row | {"service": name} for row in await rows(DEADLINES)]
        found.intents += [row | {"service": name} for row in await rows(INTENTS)]
        hears = await rows(HEARS)
        found.hears[name] = hears[0]["types"] if hears else []
        heard = await rows("SELECT event_id::text AS id FROM es.heard")
        found.heard[name] = [row["id"] for row in heard]
        now = await connection.fetchval("SELECT now FROM es.clock")
        found.now = max(found.now, now.isoformat() if now else "")
    finally:
        await connection.close()


async def _ports(found, name, operate, client):
    """Ask what only the service can say: its translations, its views, its chains."""
    found.expected[name] = []
    after = 0
    while after is not None:
        parameters = {"after": after, "limit": PAGE}
        page = await _get(client, f"http://{operate}/published", parameters)
        found.expected[name] += [
            {
                "id": one["id"],
                "type": one["type"],
                "topic": one["topic"],
                "partition": one["partition"],
                "pos": one["es_pos"],
            }
            for one in page["items"]
        ]
        after = page["next"]
    views = await _get(client, f"http://{operate}/projection/verify")
    found.drift += [
        {"service": name, "table": one["table"], "rows": one["rows"]}
        for one in views["drift"]
    ]
    chains = await _get(client, f"http://{operate}/journal/verify")
    found.broken += [
        {"service": name, "stream": one["stream_id"], "version": one["version"]}
        for one in chains["broken"]
    ]


async def _get(client, url, parameters=None):
    answer = await client.get(url, params=parameters, timeout=300)
    return answer.raise_for_status().json()


def _plain(row):
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in row.items()
    }


def _answer(row):
    body = json.loads(row.pop("body"))
    return row | {"position": body.get("position", 0)}


def _record(record):
    headers = dict(record.headers)
    try:
        place = Transport.from_headers(record.headers)
    except BadEnvelope:
        place = None
    told = [record.key or b"", record.value or b""]
    told += [part for name, value in record.headers for part in (name.encode(), value)]
    return {
        "partition": record.partition,
        "offset": record.offset,
        "id": headers.get("ce_id", b"").decode(errors="replace"),
        "pos": place.pos if place else None,
        "prev": place.prev if place else None,
        "digest": sha256(b"\x1f".join(told)).hexdigest()[:16],
    }
