"""A page at a time: by key, with a cursor that only we can read."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.chassis.access import Principal
from services.chassis.viewing.declaring import (
    Bind,
    Listing,
    Lookup,
    Malformed,
    Row,
    Rows,
)
from services.chassis.viewing.restricting import readable, reader, told

PAGE = 200
USUAL = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows, and the cursor to the next ones, if there are any."""

    items: Sequence[Row]
    next: str | None


async def page(
    listing: Listing, rows: Rows, asked: Mapping[str, str], who: Principal
) -> Page:
    """Return the page of *listing* that the query parameters ask for, as *who* sees it.

    Raises:
        Malformed: A parameter or a value that the listing does not know.
    """
    limit = _limit(asked.get("limit"))
    conditions, arguments = _conditions(listing, asked)
    if "cursor" in asked:
        arguments.append(_open(listing, asked["cursor"]))
        conditions.append(f"{listing.key} > ${len(arguments)}")
    if listing.restricted:
        arguments.append(reader(who))
        conditions.append(readable(len(arguments)))
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    # Every name here is the service's own; what was asked is an argument.
    found = await rows.fetch(
        f"SELECT * FROM {listing.table}{where}"  # noqa: S608 - see above
        f" ORDER BY {listing.key} LIMIT {limit + 1}",
        *arguments,
    )
    more = len(found) > limit
    return Page(
        items=[_shown(listing, row) for row in found[:limit]],
        next=_seal(listing, found[limit - 1][listing.key]) if more else None,
    )


def _shown(listing: Listing, row: Row) -> Row:
    return listing.shape(told(row) if listing.restricted else row)


def _conditions(
    listing: Listing, asked: Mapping[str, str]
) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    arguments: list[Any] = []

    def bind(value: Any) -> str:
        arguments.append(value)
        return f"${len(arguments)}"

    for lookup in listing.lookups:
        conditions += _together(lookup, asked, bind)
    for name, value in asked.items():
        if name in listing.choices:
            if value not in listing.choices[name]:
                known = ", ".join(listing.choices[name])
                raise Malformed(name, f"it is one of {known}")
            conditions.append(f"({listing.choices[name][value]})")
        elif name in listing.equals:
            conditions.append(f"{name}::text = {bind(value)}")
        elif name not in {"limit", "cursor", *_looked_up(listing)}:
            raise Malformed(name, "there is no such parameter")
    return conditions, arguments


def _together(lookup: Lookup, asked: Mapping[str, str], bind: Bind) -> list[str]:
    given = {name: asked[name] for name in lookup.parameters if name in asked}
    return [f"({lookup.condition(given, bind)})"] if given else []


def _looked_up(listing: Listing) -> set[str]:
    return {name for lookup in listing.lookups for name in lookup.parameters}


def _limit(asked: str | None) -> int:
    if asked is None:
        return USUAL
    number = int(asked[:9]) if asked.isascii() and asked.isdigit() else 0
    if not 1 <= number <= PAGE:
        raise Malformed("limit", f"it is a number from 1 to {PAGE}")
    return number


def _seal(listing: Listing, key: str) -> str:
    text = json.dumps([listing.collection, key], ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _open(listing: Listing, cursor: str) -> str:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
        collection, key = json.loads(text)
    except (ValueError, binascii.Error, TypeError) as error:
        raise Malformed("cursor", "it is not one of ours") from error
    if collection != listing.collection or not isinstance(key, str) or "\0" in key:
        raise Malformed("cursor", "it is not one of this listing's")
    return key
