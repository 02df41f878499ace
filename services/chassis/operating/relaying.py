"""The relay, as operators see and steer it: how far, who leads, what holds it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.chassis.clock import ClockNotSet, system_clock
from services.chassis.cursors import SEAT
from services.chassis.holding import RELAY, Hold, Place
from services.chassis.operating.acts import Asked, NotPossible, keep

if TYPE_CHECKING:
    from services.chassis.running.parts import Parts

VERBS = ("pause", "resume", "kick")
WHERE = """
SELECT es.safe_seq() AS safe, coalesce((SELECT max(seq) FROM es.event), 0) AS head,
       (SELECT count(*) FROM es.event WHERE seq > $1) AS pending,
       (SELECT recorded_at FROM es.event WHERE seq > $1 ORDER BY seq LIMIT 1) AS oldest,
       (SELECT max(epoch) FROM es.relay_cursor) AS epoch
"""
LEADER = f"""
SELECT l.pid, a.application_name AS name
  FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
 WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
   AND (l.classid, l.objid) = ({SEAT[0]}, {SEAT[1]})
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""  # noqa: S608 - two numbers of our own
# The number of its transaction is told too: VACUUM's complaints name it.
BLOCKERS = """
SELECT b.pid, b.above, b.application, b.state, b.since,
       extract(epoch FROM clock_timestamp() - b.since)::float8 AS seconds,
       a.backend_xid::text AS xact
  FROM es.relay_blockers() b LEFT JOIN pg_stat_activity a ON a.pid = b.pid
"""


async def status(parts: Parts) -> dict[str, Any]:
    """Return how far the relay is, who leads, since when it rests, what blocks it."""
    position = parts.relay.position
    row = await parts.database.fetchrow(WHERE, position)
    if row is None:  # pragma: no cover
        raise AssertionError
    leader = await parts.database.fetchrow(LEADER)
    waited = (_now(parts) - row["oldest"]).total_seconds() if row["oldest"] else 0.0
    paused = [hold for hold in parts.holds.all() if hold.place.what == RELAY]
    return {
        "state": parts.relay.state,
        "cursor": position,
        "safe": row["safe"],
        "head": row["head"],
        "pending": row["pending"],
        "oldest_seconds": round(max(waited, 0.0), 3),
        "epoch": row["epoch"],
        "leader": dict(leader) if leader else None,
        "paused": told(paused[0]) if paused else None,
        "blockers": await blockers(parts),
    }


async def blockers(parts: Parts) -> list[dict[str, Any]]:
    """Return the open transactions that the relay must wait for, oldest first."""
    return [
        {**row, "since": row["since"].isoformat() if row["since"] else None}
        for row in map(dict, await parts.database.fetch(BLOCKERS))
    ]


async def act(parts: Parts, verb: str, asked: Asked) -> dict[str, Any]:
    """Do one of VERBS.

    Raises:
        NotPossible: The relay has halted: to try again would break a promise.
    """
    if verb == "kick" and parts.relay.state == "halted":
        raise NotPossible(
            409,
            "relay-halted",
            "it has halted, for going on would break a promise; read relay.halted in "
            "its log, mend the cause, start the service again",
        )
    place = Place(what=RELAY)
    async with parts.database.transaction():
        changed = verb == "kick" or parts.holds.rests(RELAY) == (verb == "resume")
        if not asked.dry_run and verb == "pause":
            changed = await parts.holds.hold(place, asked.who, asked.why)
        elif not asked.dry_run and verb == "resume":
            changed = await parts.holds.release(place)
        result = {"changed": changed, "cursor": parts.relay.position}
        await keep(parts.database, f"relay.{verb}", asked, result)
    await parts.holds.refresh()
    if verb == "kick" and not asked.dry_run:
        parts.relay.kick()
    return {"verb": verb, "dry_run": asked.dry_run, **result}


def told(hold: Hold) -> dict[str, Any]:
    """Return a hold in words and numbers."""
    place = hold.place
    return {
        "what": place.what,
        "topic": place.topic or None,
        "partition": place.partition if place.partition >= 0 else None,
        "since": hold.since.isoformat(),
        "by": hold.who,
        "why": hold.why,
    }


def _now(parts: Parts) -> Any:
    try:
        return parts.clock()
    except ClockNotSet:
        return system_clock()
