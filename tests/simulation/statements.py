"""What the product's statements do, on the tables of storing.py.

Each stands under the very text that the product sends, so a statement that the product
changes is missing here.
"""

import asyncio
from functools import partial

from services.chassis import cursors
from services.chassis.consumer import checkpoint, parking, redress

EFFECT = """
INSERT INTO public.effect (topic, number, name) VALUES ($1, $2, $3)
"""
EFFECTS = "SELECT topic, number, name FROM public.effect ORDER BY id"


def _now():
    return asyncio.get_running_loop().time()


# The checkpoint ----------------------------------------------------------------------


async def _claim(tx, consumer, topics, parts):
    rows = []
    for topic, part in sorted(zip(topics, parts, strict=True)):
        key = (consumer, topic, part)
        fresh = {"topic": topic, "part": part, "next_offset": 0, "source_pos": 0}
        fresh |= {"gap_pos": 0, "gap_since": None, "epoch": 0}
        row = await tx.lock("checkpoint", key) or fresh
        row = {**row, "epoch": row["epoch"] + 1, "owner": tx.process}
        await tx.put("checkpoint", key, row)
        rows.append(row)
    return rows


async def _lock(tx, consumer, topics, parts):
    rows = []
    for topic, part in sorted(zip(topics, parts, strict=True)):
        row = await tx.lock("checkpoint", (consumer, topic, part))
        if row is not None:
            rows.append(row)
    return rows


async def _advance(tx, consumer, *columns):
    rows = []
    for topic, part, epoch, next_offset, source_pos, gap_pos in zip(
        *columns, strict=True
    ):
        key = (consumer, topic, part)
        row = await tx.lock("checkpoint", key)
        if row is None or not _same_epoch(row, epoch):
            continue
        if row["owner"] is not tx.process:
            told = f"I5b: a fenced owner moved {topic}/{part} to {next_offset}"
            tx.on_commit.append(lambda told=told: tx.server.anomalies.append(told))
        since = row["gap_since"]
        if since is None:
            since = _now()
        moved = {
            "next_offset": next_offset,
            "source_pos": source_pos,
            "gap_pos": gap_pos,
            "gap_since": since if gap_pos > source_pos else None,
        }
        await tx.put("checkpoint", key, row | moved)
        rows.append({"topic": topic, "part": part})
    return rows


def _same_epoch(row, epoch):
    return row["epoch"] == epoch


async def _count(tx, consumer, *columns):
    for topic, part, outcome, n in sorted(zip(*columns, strict=True)):
        key = (consumer, topic, part, outcome)
        row = await tx.lock("ledger", key) or {"n": 0}
        place = {"topic": topic, "part": part, "outcome": outcome}
        await tx.put("ledger", key, {**place, "n": row["n"] + n})


async def _gaps(tx, consumer, seconds):
    return [
        {**row, "seconds": _now() - row["gap_since"]}
        for (name, *_), row in tx.rows("checkpoint").items()
        if name == consumer
        and row["gap_since"] is not None
        and row["gap_since"] < _now() - seconds
    ]


async def _where_we_are(tx, consumer):
    return [
        {**row, "gap_seconds": None}
        for (name, *_), row in sorted(tx.rows("checkpoint").items())
        if name == consumer
    ]


async def _counted(tx, consumer):
    return [row for (name, *_), row in tx.rows("ledger").items() if name == consumer]


# Parking -----------------------------------------------------------------------------


async def _held(tx, consumer, topics, keys):
    rows = []
    for topic, key in sorted(zip(topics, keys, strict=True)):
        place = (consumer, topic, key)
        if tx.get("parked_key", place) is None:
            continue
        if await _share(tx, place) is not None:
            rows.append({"topic": topic, "key": key})
    return rows


async def _share(tx, place):
    return await tx.lock("parked_key", place, shared=True)


async def _park_key(tx, consumer, topic, key, state, *rest):
    pause, code, error = rest
    place = (consumer, topic, key)
    if await tx.lock("parked_key", place) is not None:
        raise LookupError(f"{place} is parked already")
    row = {"topic": topic, "key": key, "state": state, "attempts": 1}
    row |= {"next_at": _now() + pause, "code": code, "error": error}
    await tx.put("parked_key", place, row)


async def _park(tx, consumer, topic, key, *rest):
    part, off, pos, code, record_key, names, values, body = rest
    if tx.get("parked_key", (consumer, topic, key)) is None:
        raise LookupError(f"{key} is not parked, it cannot hold {topic}/{part}/{off}")
    once = (consumer, topic, part, off)
    if await tx.lock("parked_once", once) is not None:
        raise LookupError(f"{once} is parked already")
    row = {"id": tx.server.next_serial(), "consumer": consumer, "topic": topic}
    row |= {"key": key, "part": part, "off": off, "pos": pos, "code": code}
    row |= {"record_key": record_key, "header_names": names}
    row |= {"header_values": values, "body": body, "amended": None}
    await tx.put("parked_once", once, row["id"])
    await tx.put("parked", row["id"], row)


async def _parked_count(tx, consumer):
    mine = [r for r in tx.rows("parked").values() if r["consumer"] == consumer]
    return [{"count": len(mine)}]


TRIED_AGAIN = ("retrying", "waiting_cause")


async def _take(tx, consumer):
    waiting = [
        (row["next_at"], place)
        for place, row in tx.rows("parked_key").items()
        if place[0] == consumer
        and row["state"] in TRIED_AGAIN
        and row["next_at"] <= _now()
    ]
    for _, place in sorted(waiting):
        if not tx.locked_by_another("parked_key", place):
            return [await tx.lock("parked_key", place)]
    return []


async def _next(tx, consumer):
    waiting = [
        row["next_at"] - _now()
        for place, row in tx.rows("parked_key").items()
        if place[0] == consumer and row["state"] in TRIED_AGAIN
    ]
    return [{"seconds": min(waiting, default=None)}]


async def _in_order(tx, consumer, topic, key, limit):
    mine = [
        row
        for _, row in sorted(tx.rows("parked").items())
        if (row["consumer"], row["topic"], row["key"]) == (consumer, topic, key)
    ]
    return mine[:limit]


async def _release(tx, ids):
    for number in ids:
        await _delete(tx, number)


async def _delete(tx, number):
    row = await tx.lock("parked", number)
    once = (row["consumer"], row["topic"], row["part"], row["off"])
    await tx.put("parked_once", once, None)
    await tx.put("parked", number, None)


async def _free(tx, consumer, topic, key):
    if not await _in_order(tx, consumer, topic, key, 1):
        await tx.put("parked_key", (consumer, topic, key), None)


async def _again(tx, consumer, topic, key, *rest):
    state, attempts, code, error, pause = rest
    place = (consumer, topic, key)
    row = await tx.lock("parked_key", place)
    changed = {"state": state, "attempts": attempts, "code": code, "error": error}
    await tx.put("parked_key", place, row | changed | {"next_at": _now() + pause})


async def _revive(tx, consumer):
    for place, row in tx.rows("parked_key").items():
        if place[0] == consumer and row["state"] == "waiting_upgrade":
            await _again_now(tx, place)


async def _again_now(tx, place):
    row = await tx.lock("parked_key", place)
    if row is None:
        return []
    changed = {"state": "retrying", "attempts": 0, "next_at": _now()}
    await tx.put("parked_key", place, row | changed)
    return [{"bool": True}]


async def _waiting(tx, consumer):
    found = {}
    for row in tx.rows("parked").values():
        if row["consumer"] != consumer:
            continue
        state = tx.get("parked_key", (consumer, row["topic"], row["key"]))["state"]
        place = {"topic": row["topic"], "part": row["part"]}
        counts = found.setdefault(
            tuple(place.values()), {**place, "parked": 0, "waiting": 0, "oldest": 0.0}
        )
        counts["parked"] += 1
        counts["waiting"] += state == "waiting_cause"
    return list(found.values())


# What an operator does ---------------------------------------------------------------


async def _find(tx, number):
    row = tx.get("parked", number)
    if row is None:
        return []
    await tx.lock("parked_key", (row["consumer"], row["topic"], row["key"]))
    row = tx.get("parked", number)
    return [] if row is None else [row]


async def _list(tx, consumer, limit):
    rows = []
    for _, row in sorted(tx.rows("parked").items()):
        key = tx.get("parked_key", (row["consumer"], row["topic"], row["key"]))
        if consumer in {None, row["consumer"]}:
            rows.append({**row, "state": key["state"], "key_code": key["code"]})
    return rows[:limit]


async def _kept(tx, *values):
    await tx.put("parked_action", tx.server.next_serial(), {"values": values})


async def _retry(tx, *place):
    return await _again_now(tx, place)


# The relay's cursors -----------------------------------------------------------------


def _take_seat(session):
    seats = session.server.tables["seat"]
    return seats.setdefault("relay", session) is session


async def _take_over(tx):
    rows = []
    for topic in sorted(tx.rows("relay_cursor")):
        row = await tx.lock("relay_cursor", topic)
        row = {**row, "epoch": row["epoch"] + 1}
        await tx.put("relay_cursor", topic, row)
        rows.append(row)
    return rows


async def _begin(tx, topic, position, last, *rest):
    layout, epoch = rest
    if await tx.lock("relay_cursor", topic) is not None:
        return []
    row = {"topic": topic, "position": position, "last_by_part": last}
    await tx.put("relay_cursor", topic, {**row, "layout": layout, "epoch": epoch})
    _watch(tx, topic, position)
    return [{"bool": True}]


async def _move(tx, topic, epoch, before, *rest):
    after, last = rest
    row = await tx.lock("relay_cursor", topic)
    if row is None or (row["epoch"], row["position"]) != (epoch, before):
        return []
    moved = {"position": after, "last_by_part": last}
    await tx.put("relay_cursor", topic, row | moved)
    _watch(tx, topic, after)
    return [{"bool": True}]


async def _nothing(_, *__):
    """No event was ever lost here, so nothing was accepted, and nothing leaps."""
    return []


def _watch(tx, topic, position):
    for watcher in tx.server.tables["watchers"].values():
        tx.on_commit.append(partial(watcher, topic, position))


# The effects -------------------------------------------------------------------------


async def _effect(tx, topic, number, name):
    row = {"topic": topic, "number": number, "name": name}
    await tx.put("effect", tx.server.next_serial(), row)


async def _effects(tx):
    return [row for _, row in sorted(tx.rows("effect").items())]


STATEMENTS = {
    checkpoint.CLAIM: _claim,
    checkpoint.LOCK: _lock,
    checkpoint.ADVANCE: _advance,
    checkpoint.COUNT: _count,
    checkpoint.GAPS: _gaps,
    checkpoint.WHERE_WE_ARE: _where_we_are,
    checkpoint.COUNTED: _counted,
    parking.HELD: _held,
    parking.PARK_KEY: _park_key,
    parking.PARK: _park,
    parking.COUNT: _parked_count,
    parking.TAKE: _take,
    parking.NEXT: _next,
    parking.IN_ORDER: _in_order,
    parking.RELEASE: _release,
    parking.FREE: _free,
    parking.AGAIN: _again,
    parking.REVIVE: _revive,
    parking.WAITING: _waiting,
    redress.FIND: _find,
    redress.LIST: _list,
    redress.KEPT: _kept,
    redress.RETRY: _retry,
    redress.DISCARD: _delete,
    cursors.TAKE_SEAT: _take_seat,
    cursors.TAKE_OVER: _take_over,
    cursors.BEGIN: _begin,
    cursors.ADVANCE: _move,
    cursors.FLOORS: _nothing,
    "SELECT es.leap($1)": _nothing,
    EFFECT: _effect,
    EFFECTS: _effects,
}
