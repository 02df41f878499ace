"""Raw appends on connections of one's own, for tests of the SQL itself."""

from datetime import UTC, datetime
from uuid import UUID, uuid5

NOON = datetime(2023, 6, 14, 12, tzinfo=UTC)
NAMES = UUID(int=2023)
APPEND = """
SELECT last_seq FROM es.append(
  $1, 'talk', 'k', $2, $3, $4, $5, $6, '{}', $7, $7, NULL)
"""
COLUMNS = (
    "stream_id",
    "version",
    "event_id",
    "type",
    "schema_version",
    "partition_key",
    "data",
    "meta",
    "occurred_at",
    "recorded_at",
    "hash",
)


def ids(name, count):
    return [uuid5(NAMES, f"{name}/{n}") for n in range(count)]


async def append(connection, stream, name, count=1, expected=-1):
    """Append *count* events with ids that derive from *name*."""
    return await connection.fetchval(
        APPEND,
        stream,
        expected,
        ids(name, count),
        ["Said"] * count,
        [1] * count,
        ["{}"] * count,
        NOON,
    )


async def copy(connection, stream, count):
    """Write events by COPY, as a restore would."""
    await connection.copy_records_to_table(
        "event",
        schema_name="es",
        columns=COLUMNS,
        records=[
            (stream, n + 1, event_id, "Said", 1, "k", "{}", "{}", NOON, NOON, b"")
            for n, event_id in enumerate(ids(stream, count))
        ],
    )
