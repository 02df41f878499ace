"""Parked messages, as operators see them and act on them."""

from __future__ import annotations

import base64
import json
from typing import Any

from services.chassis.consumer.redress import (
    By,
    acts,
    amend,
    discard,
    message,
    parked,
    retry,
)
from services.chassis.postgres import Database, Row

VERBS = ("retry", "amend", "discard")
LINE = (
    "id",
    "consumer",
    "topic",
    "key",
    "part",
    "off",
    "code",
    "state",
    "attempts",
    "key_code",
    "error",
)


async def listed(database: Database) -> list[dict[str, Any]]:
    """Return every parked message of the service, oldest first, without its body."""
    return [_line(row) for row in await parked(database)]


async def shown(database: Database, parked_id: int) -> dict[str, Any]:
    """Return one parked message whole: headers, body, original, and what was done.

    Raises:
        NotParked: It is not there.
    """
    row = await message(database, parked_id)
    amended = row["amended"]
    return {
        **_line(row),
        "headers": {
            name.decode(): _text(value)
            for name, value in zip(
                row["header_names"], row["header_values"], strict=True
            )
        },
        "body": _text(row["body"] if amended is None else amended),
        "original": None if amended is None else _text(row["body"]),
        "acts": [_act(act) for act in await acts(database, row)],
    }


async def act(
    database: Database, parked_id: int, verb: str, told: dict[str, Any]
) -> None:
    """Do one of VERBS to a parked message; who and why are kept.

    Raises:
        NotParked: It is not there.
        ValueError: Who or why is missing, or the body of an amendment is no JSON.
    """
    who, why = told.get("who"), told.get("why")
    if not (isinstance(who, str) and who and isinstance(why, str) and why):
        raise ValueError("who does it, and why?")
    by = By(who=who, why=why)
    if verb == "amend":
        body = told.get("body")
        if not isinstance(body, str):
            raise ValueError("the new body is a JSON text")
        json.loads(body)
        await amend(database, parked_id, body.encode(), by)
        return
    await {"retry": retry, "discard": discard}[verb](database, parked_id, by)


def _line(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in LINE} | {
        "parked_at": row["parked_at"].isoformat(),
        "next_at": row["next_at"].isoformat() if row["next_at"] else None,
        "type": _type(row),
    }


def _type(row: Row) -> str | None:
    headers = zip(row["header_names"], row["header_values"], strict=True)
    return next((_text(v) for name, v in headers if name == b"ce_type"), None)


def _act(row: Row) -> dict[str, Any]:
    return {
        "verb": row["verb"],
        "who": row["who"],
        "why": row["why"],
        "at": row["done_at"].isoformat(),
        "before": _text(row["before"]),
    }


def _text(value: bytes | None) -> str | None:
    """Return bytes as text; what is no text comes as base64 and says so."""
    if value is None:
        return None
    try:
        return value.decode()
    except UnicodeDecodeError:
        return "base64:" + base64.b64encode(value).decode()
