"""One thing: as it is, as it was known at some moment, and how it came about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from services.chassis.access import Principal
from services.chassis.context import HANOI
from services.chassis.deciding import Aggregate
from services.chassis.journal import Journal, Recorded
from services.chassis.journal.codec import Codec
from services.chassis.projector import Projection, Table, seen_in
from services.chassis.projector.folding import Fold
from services.chassis.viewing.declaring import Detail, Malformed, Part, Row, Rows
from services.chassis.viewing.restricting import readable, reader, told

Known = Callable[[Recorded], bool]


async def may_see(detail: Detail, rows: Rows, key: str, who: Principal) -> bool:
    """Say whether the officer may know of this thing, now.

    The live views decide, for its history and for any moment of it too: what is not
    in them yet is not for everybody yet.
    """
    if not detail.restricted:
        return True
    # Every name here is the service's own; the key and the reader are arguments.
    allowed = (
        f"SELECT 1 AS seen FROM {detail.table}"  # noqa: S608 - see above
        f" WHERE {detail.key} = $1 AND {readable(2)}"
    )
    return bool(await rows.fetch(allowed, key, reader(who)))


async def detail_now(detail: Detail, rows: Rows, key: str) -> Row | None:
    """Return the thing as the views hold it; None if there is none."""
    # Every name here is the service's own; the key is an argument.
    one = f"SELECT * FROM {detail.table} WHERE {detail.key} = $1"  # noqa: S608 - above
    found = await rows.fetch(one, key)
    if not found:
        return None
    row = dict(found[0])
    for name, part in detail.parts.items():
        row[name] = list(await rows.fetch(_select(part), key))
    return _told(detail, row)


def _told(detail: Detail, row: Row) -> Row:
    return detail.shape(told(row) if detail.restricted else row)


def _select(part: Part) -> str:
    order = ", ".join(part.order)
    where = f"WHERE {part.by} = $1 ORDER BY {order}"
    return f"SELECT * FROM {part.table} {where}"  # noqa: S608 - names, not values


async def detail_as_of(  # noqa: PLR0913 - what, from where, and when on two axes
    detail: Detail,
    projections: Iterable[Projection],
    journal: Journal,
    key: str,
    moment: str | None,
    *,
    on: str | None = None,
) -> Row | None:
    """Return the thing as it was known at *moment*: a time, a day or a position.

    *on* a day it is what held by then, as far as was known at *moment*: both axes of
    time. Events fold in the order they were recorded in, whatever day they hold from.

    Raises:
        Malformed: It is none of these.
    """
    known = _held(detail, on, _known(moment) if moment else _everything)
    events = [r for r in await journal.read(detail.aggregate.stream(key)) if known(r)]
    projections = tuple(projections)
    fold = Fold(projections)
    for recorded in events:
        fold.see(seen_in(recorded))
    tables = {table.name: table for p in projections for table in p.tables}
    found = _matching(fold, tables[detail.table], detail.key, key)
    if not found:
        return None
    row = found[0]
    for name, part in detail.parts.items():
        parts = _matching(fold, tables[part.table], part.by, key)
        row[name] = sorted(parts, key=lambda p: [_ordinal(p[o]) for o in part.order])
    return _told(detail, row)


def _matching(fold: Fold, table: Table, column: str, key: str) -> list[Row]:
    return [
        {name: row.get(name) for name in table.columns}
        for row in fold.rows(table.name)
        if row.get(column) == key
    ]


def _ordinal(value: Any) -> tuple[bool, Any]:
    """Order as Postgres does: nothing comes last."""
    return (value is None, value)


def _everything(_: Recorded) -> bool:
    return True


def _held(detail: Detail, on: str | None, known: Known) -> Known:
    """Return what is known and holds from *on* or from before."""
    if on is None or detail.holds_on is None:
        return known
    holds_on = detail.holds_on
    try:
        day = date.fromisoformat(on)
    except ValueError as error:
        raise Malformed("on", "it is a day, such as 2023-07-05") from error

    def held(recorded: Recorded) -> bool:
        since = holds_on(recorded.event)
        if since is None:
            since = recorded.occurred_at.astimezone(HANOI).date()
        return since <= day and known(recorded)

    return held


def _known(moment: str) -> Known:
    if moment.isascii() and moment.isdigit():
        position = int(moment[:18])
        return lambda recorded: recorded.position <= position
    try:
        if len(moment) == len("2023-05-23"):
            until = datetime.combine(date.fromisoformat(moment), time.max, HANOI)
        else:
            # A plus that was not escaped arrives as a blank.
            until = datetime.fromisoformat(moment.replace(" ", "+"))
    except ValueError as error:
        raise Malformed("as_of", "it is a time, a day or a position") from error
    if until.tzinfo is None:
        raise Malformed("as_of", "a time needs an offset")
    return lambda recorded: recorded.recorded_at <= until


async def history(aggregate: Aggregate[Any], journal: Journal, key: str) -> list[Row]:
    """Return what happened to the thing, oldest first; empty if there is none."""
    codec = Codec(aggregate.events, aggregate.upcasters)
    return [
        _entry(recorded, codec)
        for recorded in await journal.read(aggregate.stream(key))
    ]


def _entry(recorded: Recorded, codec: Codec) -> Row:
    kind, _, data = codec.encode(recorded.event)
    return {
        "version": recorded.version,
        "type": kind,
        "occurred_at": recorded.occurred_at,
        "recorded_at": recorded.recorded_at,
        "position": recorded.position,
        "actor": recorded.context.actor,
        "correlation_id": recorded.context.correlation_id,
        "data": data,
    }
