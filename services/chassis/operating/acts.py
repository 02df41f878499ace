"""What operators do: asked for with a name and a reason, kept with them for ever.

An act is written down in the transaction that does it. A dry run says what would be
done and changes nothing, not even the record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from services.chassis.access import local
from services.chassis.logging import log
from services.chassis.postgres import Database

LONGEST = 500  # characters of a name or a reason
KEEP = """
INSERT INTO es.operation (verb, who, why, args, result) VALUES ($1, $2, $3, $4, $5)
"""
LAST = "SELECT * FROM es.operation ORDER BY id DESC LIMIT $1"


class NotPossible(Exception):
    """What was asked cannot be done: the status and the code that say so."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        self.status, self.code = status, code
        super().__init__(detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An act that is asked for: by whom, why, only to try, and with what."""

    who: str
    why: str
    dry_run: bool
    args: Mapping[str, Any]


async def asked(request: Request) -> Asked:
    """Return what a request asks for.

    Raises:
        NotPossible: It comes from another machine.
        ValueError: Who or why is missing.
    """
    host = request.client.host if request.client else ""
    if not local(host):
        raise NotPossible(403, "not-local", "operators act from this machine only")
    body = await request.json()
    if not isinstance(body, dict):
        raise ValueError("the body is an object")  # noqa: TRY004 - answered 422
    args = dict(body)
    who, why = args.pop("who", None), args.pop("why", None)
    dry_run = args.pop("dry_run", False)
    for text in (who, why):
        if not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST:
            raise ValueError("who does it, and why?")
    return Asked(who=str(who), why=str(why), dry_run=dry_run is True, args=args)


async def keep(
    database: Database, verb: str, act: Asked, result: Mapping[str, Any]
) -> None:
    """Write an act down, and log it once it is committed; a dry run is only logged."""

    def tell() -> None:
        log(
            "ops.action",
            who=act.who,
            verb=verb,
            args=dict(act.args),
            dry_run=act.dry_run,
            result=dict(result),
        )

    if not act.dry_run:
        texts = (json.dumps(each, ensure_ascii=False) for each in (act.args, result))
        await database.execute(KEEP, verb, act.who, act.why, *texts)
    database.after_commit(tell)


async def kept(database: Database, limit: int) -> list[dict[str, Any]]:
    """Return the last acts, the newest first."""
    return [
        {
            "id": row["id"],
            "verb": row["verb"],
            "who": row["who"],
            "why": row["why"],
            "args": json.loads(row["args"]),
            "result": json.loads(row["result"]),
            "at": row["done_at"].isoformat(),
        }
        for row in await database.fetch(LAST, limit)
    ]
