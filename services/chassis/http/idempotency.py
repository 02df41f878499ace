"""The same request again is answered the same, and done once.

A claim on the command's id, the handler, and the answer are one transaction. A refusal
is an answer too: it is kept, while what it had written is taken back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from uuid import NAMESPACE_URL, UUID, uuid5

from services.chassis.http.problems import Problem
from services.chassis.journal import Answer, Claim, Journal

COMMANDS = uuid5(NAMESPACE_URL, "urn:kiemtra:commands")


def command_id(service: str, actor: str, key: str) -> UUID:
    """Return the id of the command that this officer calls *key*."""
    return uuid5(COMMANDS, f"{service}/{actor}/{key}")


def request_hash(path: str, body: str) -> str:
    """Return what tells one request from another under the same key."""
    return hashlib.sha256(f"{path}\n{body}".encode()).hexdigest()


async def once(
    journal: Journal, command: UUID, request: str, do: Callable[[], Awaitable[Answer]]
) -> Answer:
    """Return what *do* answers, or answered when it was asked before.

    Raises:
        Problem: The key belongs to another request, or somebody is at it.
    """
    async with journal.transaction():
        claim, answer = await journal.claim(command, request)
        if claim is Claim.ANSWERED and answer is not None:
            return answer
        if claim is Claim.OTHER:
            detail = "the Idempotency-Key was used for another request"
            raise Problem(422, "idempotency-key-reused", detail)
        if claim is Claim.IN_FLIGHT:
            detail = "the same request is being answered at this moment"
            headers = {"Retry-After": "1"}
            raise Problem(409, "request-in-flight", detail, headers=headers)
        answer = await do()
        await journal.answer(command, request, answer)
        return answer
