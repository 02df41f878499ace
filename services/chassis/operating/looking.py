"""What somebody far away needs to understand a fault; no secrets, nobody's name."""

from __future__ import annotations

import sys
from importlib.metadata import distributions
from typing import TYPE_CHECKING, Any

from services.chassis.operating.acts import kept

if TYPE_CHECKING:
    from services.chassis.running.parts import Parts

ACTS = 200
# Sessions by what they do; never the text of a statement, for it may hold values.
SESSIONS = """
SELECT application_name AS application, state, wait_event_type, wait_event,
       count(*) AS sessions,
       extract(epoch FROM clock_timestamp() - min(xact_start))::float8
         AS oldest_transaction_seconds
  FROM pg_stat_activity WHERE datname = current_database()
 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
LOCKS = """
SELECT l.locktype, l.mode, l.granted, c.relname AS relation, count(*) AS locks
  FROM pg_locks l LEFT JOIN pg_class c ON c.oid = l.relation
 WHERE l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
SIZES = """
SELECT schemaname || '.' || relname AS relation, n_live_tup AS rows, n_dead_tup AS dead,
       pg_total_relation_size(relid) AS bytes, last_autovacuum::text
  FROM pg_stat_user_tables ORDER BY 4 DESC, 1 LIMIT 50
"""
CURSORS = "SELECT topic, position, layout, epoch FROM es.relay_cursor ORDER BY topic"
MIGRATIONS = "SELECT origin, number, name FROM es.migration ORDER BY 1, 2"
SERVER = "SELECT current_setting('server_version')"


async def looked_at(parts: Parts) -> dict[str, Any]:
    """Return settings, versions, sessions, locks, sizes, layouts and last acts."""

    async def rows(sql: str) -> list[dict[str, Any]]:
        return [dict(row) for row in await parts.database.fetch(sql)]

    return {
        "service": parts.service.name,
        "settings": parts.settings.shown(),
        "python": sys.version,
        "postgres": await parts.database.fetchval(SERVER),
        "packages": {
            found.metadata["Name"]: found.version for found in distributions()
        },
        "migrations": await rows(MIGRATIONS),
        "sessions": await rows(SESSIONS),
        "locks": await rows(LOCKS),
        "sizes": await rows(SIZES),
        "cursors": await rows(CURSORS),
        "acts": await kept(parts.database, ACTS),
    }
