"""Does a running service keep its promises? Cheap questions that leave nothing behind.

What writes is rolled back: no event, no message, no row stays.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from services.chassis.clock import system_clock
from services.chassis.errors import Unavailable
from services.chassis.journal.postgres import GateClosed
from services.chassis.operating.health import Health
from services.chassis.postgres import Database, PostgresError

if TYPE_CHECKING:
    from services.chassis.running.parts import Parts

FORBIDDEN = "42501"
SAMPLE = 50  # streams, and views of at most so many events
SHOWN = 20_000
WATCHED = 50  # looks, a tenth of a second apart
APART = 1.0  # seconds that two clocks may differ
# None of these may the application do. Each would change nothing even if it could.
REFUSED = {
    "events are not edited": "UPDATE es.event SET type = type WHERE false",
    "events are not deleted": "DELETE FROM es.event WHERE false",
    "the journal is not emptied": "TRUNCATE es.event",
    "events come through es.append only": (
        "INSERT INTO es.stream (stream_id, category, partition_key, version) "
        "SELECT '', '', '', 0 WHERE false"
    ),
    "stream heads are not edited": "UPDATE es.stream SET version = 0 WHERE false",
    "deadlines are not edited": "UPDATE es.deadline SET state = 'done' WHERE false",
    "triggers are not switched off": "ALTER TABLE es.event DISABLE TRIGGER ALL",
    "acts of operators are not edited": "DELETE FROM es.operation WHERE false",
    "the relay's cursor is not moved": "UPDATE es.relay_cursor SET epoch = 0",
}
PROBE = """
SELECT last_seq FROM es.append('selftest-probe', 'selftest', 'probe', 0,
  ARRAY[gen_random_uuid()], ARRAY['SelfTested'], ARRAY[1]::smallint[],
  ARRAY['{}']::json[], '{}'::json, clock_timestamp(), clock_timestamp(), NULL)
"""
# Another sample each day, the same one all day long.
BROKEN = """
SELECT s.stream_id, es.verify_stream(s.stream_id) AS version
  FROM (SELECT stream_id FROM es.stream
         ORDER BY md5(stream_id || current_date::text) LIMIT $1) s
 WHERE es.verify_stream(s.stream_id) IS NOT NULL
"""
NOW = "SELECT clock_timestamp()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One promise: kept or not, what was seen, what to do next."""

    check: str
    ok: bool
    detail: str = ""
    next: str = ""


Prove = Callable[[Health, "Parts"], Awaitable[Proof]]


async def proofs(health: Health, parts: Parts) -> list[dict[str, Any]]:
    """Return what became of every check; one that fails to run has failed."""
    found = []
    for name, prove in CHECKS.items():
        began = time.monotonic()
        try:
            proof = await prove(health, parts)
        except (Unavailable, TimeoutError) as error:
            proof = Proof(
                check=name,
                ok=False,
                detail=f"{type(error).__name__}: {error}",
                next="see /statusz: something it needs is away",
            )
        took = round((time.monotonic() - began) * 1000, 1)
        found.append({**asdict(proof), "ms": took})
    return found


class _Undo(Exception):
    """Rolls a probe back."""


def _undo() -> NoReturn:
    raise _Undo


async def _writes(health: Health, parts: Parts) -> Proof:
    """Append to a reserved stream, and take it back."""
    why = await health.unready()
    if why:
        return Proof(
            check="write",
            ok=False,
            detail="; ".join(why),
            next="bring PostgreSQL back, or point the service at the primary",
        )
    seq = 0
    try:
        async with parts.database.transaction():
            seq = await parts.database.fetchval(PROBE)
            _undo()
    except _Undo:
        return Proof(
            check="write", ok=seq > 0, detail="an append was taken and rolled back"
        )


async def _gate(_: Health, parts: Parts) -> Proof:
    try:
        await parts.journal.gate()
    except GateClosed as error:
        return Proof(
            check="gate",
            ok=False,
            detail=str(error),
            next="the schema was altered: restore it before anything is written",
        )
    return Proof(check="gate", ok=True, detail="triggers, sequence and isolation hold")


async def _grants(_: Health, parts: Parts) -> Proof:
    allowed = [
        promise
        for promise, statement in REFUSED.items()
        if not await refused(parts.database, statement)
    ]
    return Proof(
        check="grants",
        ok=not allowed,
        detail=f"not so: {'; '.join(allowed)}"
        if allowed
        else f"{len(REFUSED)} forbidden statements were refused",
        next="the application's role has rights that no migration gave" * bool(allowed),
    )


async def refused(database: Database, statement: str) -> bool:
    """Try what is forbidden; whatever comes of it is rolled back."""
    try:
        async with database.transaction():
            await database.execute(statement)
            _undo()
    except PostgresError as error:
        return bool(error.sqlstate == FORBIDDEN)
    except _Undo:
        return False


async def _relay(_: Health, parts: Parts) -> Proof:
    state = parts.relay.state
    pending = (await parts.relay.status(system_clock())).pending
    moving = state == "paused" or not pending or await _moves(parts)
    ok = moving and state in {"running", "paused"}
    return Proof(
        check="relay",
        ok=ok,
        detail=f"{state}, {pending} pending" + ", not moving" * (not moving),
        next="" if ok else "`kiemtra relay status`; its log says why",
    )


async def _moves(parts: Parts) -> bool:
    """Watch for a while whether the relay publishes."""
    before = parts.relay.position
    for _ in range(WATCHED):
        await asyncio.sleep(0.1)
        if parts.relay.position > before:
            return True
    return False


async def _consumers(_: Health, parts: Parts) -> Proof:
    own = (parts.own,) if parts.own else ()
    wrong, parked = [], 0
    for consumer in (*parts.consumers, *own):
        if consumer.halted is not None:
            wrong.append(f"{consumer.name} has halted: {consumer.halted}")
        for one in await consumer.status():
            parked += one.parked_now
            if not one.adds_up:
                place = f"{one.topic}/{one.partition}"
                wrong.append(f"{consumer.name} does not add up in {place}")
    return Proof(
        check="consumers",
        ok=not wrong,
        detail="; ".join(wrong) or f"the ledger adds up; {parked} parked",
        next="`kiemtra consumer list`; keep this for the cause" if wrong else "",
    )


async def _chains(_: Health, parts: Parts) -> Proof:
    broken = await parts.database.fetch(BROKEN, SAMPLE)
    return Proof(
        check="chain",
        ok=not broken,
        detail="; ".join(f"{r['stream_id']} from {r['version']}" for r in broken)
        or f"{SAMPLE} streams at most, today's sample",
        next="`kiemtra journal verify`: somebody edited it" if broken else "",
    )


async def _views(_: Health, parts: Parts) -> Proof:
    head = await parts.journal.head()
    if head > SHOWN:
        return Proof(
            check="views",
            ok=True,
            detail=f"not asked: {head} events; `kiemtra projection verify` takes long",
        )
    drift = await parts.projector.verify()
    tables = ", ".join(f"{found.table}: {found.rows}" for found in drift)
    return Proof(
        check="views",
        ok=not drift,
        detail=tables or "every row is what the events say",
        next="`kiemtra projection rebuild`" if drift else "",
    )


async def _clocks(_: Health, parts: Parts) -> Proof:
    before = system_clock()
    theirs = await parts.database.fetchval(NOW)
    middle = before + (system_clock() - before) / 2
    apart = abs((theirs - middle).total_seconds())
    ok = apart <= APART
    return Proof(
        check="clock",
        ok=ok,
        detail=f"{apart * 1000:.0f} ms from the database's",
        next="" if ok else "keep both machines in step (NTP)",
    )


CHECKS: dict[str, Prove] = {
    "write": _writes,
    "gate": _gate,
    "grants": _grants,
    "relay": _relay,
    "consumers": _consumers,
    "chain": _chains,
    "views": _views,
    "clock": _clocks,
}
