"""What stands before every route: limits (OWASP API4), headers, and no trace outside.

A body is read whole, up to its limit, and looked at before anything else is made of it:
what no table or log can keep (NUL, half characters, numbers past 64 bits) stops here.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.chassis.http.problems import Problem, problem_of

BYTES = 1_000_000
SECONDS = 30  # for a whole request, a slow sender's included
DEPTH = 32
ITEMS = 1000
INTEGER = 2**63 - 1
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
_JSON = re.compile(rb"application/([a-z0-9.+-]+\+)?json", re.IGNORECASE)
NO_STORE = (b"cache-control", b"no-store")


class Guard:
    """Wraps an application: limits what comes in, watches over what goes out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], *HEADERS, NO_STORE]
            await send(message)

        try:
            async with asyncio.timeout(SECONDS):
                posted = scope["method"] == "POST"
                whole = await _whole(scope, receive) if posted else None
                await self._app(scope, whole or receive, guarded)
        except Exception as error:
            problem = problem_of(error)
            if started:
                raise
            await problem.response()(scope, receive, guarded)


async def _whole(scope: Scope, receive: Receive) -> Receive:
    """Return a receiver of the body, once it has all come and was looked at."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > BYTES:
            raise Problem(413, "too-large", f"at most {BYTES} bytes are read")
        if not message.get("more_body", False):
            break
    if body:
        _said_to_be_json(scope)
        _inspect(body)
    given = False

    async def again() -> Message:
        nonlocal given
        if given or message["type"] == "http.disconnect":
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _said_to_be_json(scope: Scope) -> None:
    """Refuse what says of itself that it is something else, as a form does."""
    kinds = [it for name, it in scope["headers"] if name == b"content-type"]
    if not any(_JSON.fullmatch(kind.partition(b";")[0].strip()) for kind in kinds):
        detail = "a command is JSON: send Content-Type: application/json"
        raise Problem(415, "unsupported-media-type", detail)


def _inspect(body: bytes) -> None:
    """Refuse what is not JSON, or larger inside than anything we ask for."""
    try:
        whole = json.loads(
            body, parse_constant=_no_constant, object_pairs_hook=_once_each
        )
        nodes = [(whole, 0)]
    except (ValueError, RecursionError) as error:
        raise _malformed("it is not JSON") from error
    while nodes:
        node, depth = nodes.pop()
        if depth > DEPTH:
            raise _malformed(f"it is nested deeper than {DEPTH}")
        if isinstance(node, dict):
            nodes += [(part, depth + 1) for pair in node.items() for part in pair]
        elif isinstance(node, list):
            if len(node) > ITEMS:
                raise _malformed(f"a list is longer than {ITEMS}")
            nodes += [(part, depth + 1) for part in node]
        else:
            _keepable(node)


def _keepable(value: Any) -> None:
    if isinstance(value, str) and ("\0" in value or not _whole_text(value)):
        raise _malformed("a text holds what is no character")
    if isinstance(value, int | float) and abs(value) > INTEGER:
        raise _malformed("a number is too large")


def _whole_text(value: str) -> bool:
    return value.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in value)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a field that is there twice: readers would not agree which one counts."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise _malformed("a field is there twice")
    return fields


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _malformed(what: str) -> Problem:
    where = {"pointer": "body", "detail": what}
    return Problem(422, "malformed-request", f"body: {what}", errors=[where])
