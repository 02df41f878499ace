"""P1 and P2: appending to the journal against writing plain rows."""

from __future__ import annotations

import itertools
import json
from typing import Any

from bench.findings import CODEC, NOW, caused, finding
from bench.measuring import Bench, Outcome, compare, rate
from bench.standing import Servers
from services.chassis.context import acting
from services.chassis.journal import ANY, Append
from services.chassis.journal.postgres import PostgresJournal
from services.inspection.handlers import INSPECTION

P1 = Bench(
    id="P1",
    what="append, 1 event, 1 connection",
    baseline="asyncpg single-row INSERT",
    target=0.60,
    sense="at least",
    unit="events/s",
)
P2 = Bench(
    id="P2",
    what="append 100 events",
    baseline="asyncpg COPY into the same table",
    target=0.45,
    sense="at least",
    unit="events/s",
)
EACH, MANY, TIMES = 400, 100, 20
COLUMNS = (
    "seq",
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


async def single(servers: Servers, runs: int) -> Outcome:
    """Measure P1."""
    journal, plain = await _both(servers, "p1")
    numbers = itertools.count()

    async def ours() -> float:
        async def work() -> None:
            for _ in range(EACH):
                await _append(journal, next(numbers), 1)

        return await rate(EACH, work)

    async def baseline() -> float:
        insert = await plain.prepare(
            f"INSERT INTO plain ({', '.join(COLUMNS)}) VALUES "  # noqa: S608 - own names
            f"({', '.join(f'${n}' for n in range(1, len(COLUMNS) + 1))})"
        )

        async def work() -> None:
            for _ in range(EACH):
                await insert.fetch(*_row(next(numbers)))

        return await rate(EACH, work)

    return await compare(P1, ours, baseline, runs)


async def hundred(servers: Servers, runs: int) -> Outcome:
    """Measure P2."""
    journal, plain = await _both(servers, "p2")
    numbers = itertools.count(step=MANY)

    async def ours() -> float:
        async def work() -> None:
            for _ in range(TIMES):
                await _append(journal, next(numbers), MANY)

        return await rate(MANY * TIMES, work)

    async def baseline() -> float:
        async def work() -> None:
            for _ in range(TIMES):
                first = next(numbers)
                rows = [_row(number) for number in range(first, first + MANY)]
                await plain.copy_records_to_table(
                    "plain", records=rows, columns=COLUMNS
                )

        return await rate(MANY * TIMES, work)

    return await compare(P2, ours, baseline, runs)


async def _both(servers: Servers, name: str) -> tuple[PostgresJournal, Any]:
    """Return a journal, and a connection with a plain table of the same columns.

    The plain table has the journal's indexes, and neither triggers nor a chain.
    """
    url = await servers.database("inspection", name)
    database = await servers.opened(url, "inspection_app", size=1)
    plain = await servers.raw(url)
    await plain.execute(
        "CREATE TABLE plain (LIKE es.event INCLUDING ALL);"
        "ALTER TABLE plain ALTER seq DROP IDENTITY IF EXISTS"
    )
    return PostgresJournal(database, [INSPECTION], lambda: NOW), plain


async def _append(journal: PostgresJournal, number: int, events: int) -> None:
    stream = f"inspection-B-{number}"
    with acting(caused(number)):
        await journal.append(
            Append(
                stream=stream,
                expected=ANY,
                events=[finding(n) for n in range(number, number + events)],
                key=stream,
            )
        )


META = '{"actor": "bench", "correlation_id": "0", "causation_id": "0"}'


def _row(number: int) -> tuple[Any, ...]:
    context = caused(number)
    return (
        number + 1,
        f"inspection-B-{number}",
        1,
        context.causation_id,
        "FindingRaised",
        1,
        f"inspection-B-{number}",
        _encoded(number),
        META,
        NOW,
        NOW,
        b"\x00" * 32,
    )


def _encoded(number: int) -> str:
    """Return the event as the journal stores it: encoding is paid for by both."""
    _, _, data = CODEC.encode(finding(number))
    return json.dumps(data, ensure_ascii=False)
