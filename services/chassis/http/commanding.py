"""Routes that change something, made from the table of verbs.

Each endpoint's signature is written here, so that the framework reads the command off
the body, and OpenAPI says what is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

from fastapi import Body, Depends, Header, Path, Response
from pydantic import BaseModel

from services.chassis.access import Principal
from services.chassis.commanding import Command
from services.chassis.context import Context, acting, current
from services.chassis.errors import Refusal
from services.chassis.http.idempotency import command_id, once, request_hash
from services.chassis.http.officers import permitted, traced
from services.chassis.http.problems import MEDIA_TYPE, PROBLEMS, Problem
from services.chassis.http.verbs import Verb
from services.chassis.ids import new_id
from services.chassis.journal import Answer, Journal
from services.chassis.logging import log

if TYPE_CHECKING:
    from fastapi import FastAPI

    from services.chassis.http.serving import Edge
    from services.chassis.running import Service

BAD = 400
Key = Annotated[str, Path(pattern=r"^[A-Za-z0-9._:-]{1,120}$")]
_HEADERS = {
    "idempotency_key": Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            min_length=1,
            max_length=200,
            pattern=r"^[\x21-\x7e]+$",
        ),
    ],
    "if_match": Annotated[
        str | None, Header(alias="If-Match", pattern=r'^"[0-9]{1,18}"$')
    ],
    "x_correlation_id": Annotated[UUID | None, Header(alias="X-Correlation-Id")],
    "traceparent": Annotated[str | None, Header(max_length=200)],
}


class Answered(BaseModel):
    """Where the stream and the journal stand."""

    id: str
    version: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came through the door."""

    id: str
    command: Command
    principal: Principal
    idempotency_key: str | None
    if_match: str | None
    x_correlation_id: UUID | None
    traceparent: str | None


def add_verb(app: FastAPI, service: Service, verb: Verb, edge: Edge) -> None:
    """Add the route of one verb."""

    async def endpoint(**given: Any) -> Response:
        asked = Asked(**given)
        context = _context(service.name, asked, edge.clock())
        with acting(context):
            return _response(await _answer(service, verb, asked, edge.journal))

    endpoint.__name__ = verb.name
    cast("Any", endpoint).__signature__ = _signature(verb, edge)
    app.add_api_route(
        f"/{verb.collection}/{{id}}/{verb.name}",
        endpoint,
        methods=["POST"],
        operation_id=f"{verb.collection}_{verb.name}".replace("-", "_"),
        summary=(verb.command.__doc__ or verb.name).partition("\n")[0],
        tags=[verb.collection],
        response_model=Answered,
        responses=dict(PROBLEMS),
    )


def _signature(verb: Verb, edge: Edge) -> Signature:
    optional = not any(f.is_required() for f in verb.command.model_fields.values())
    body = Body(default_factory=verb.command) if optional else Body()
    officer = Depends(permitted(verb.permit, edge.identify))
    parts: list[tuple[str, Any, Any]] = [
        ("id", Key, Parameter.empty),
        ("command", Annotated[verb.command, body], Parameter.empty),
        ("principal", Annotated[Principal, officer], Parameter.empty),
        *((name, kind, None) for name, kind in _HEADERS.items()),
    ]
    return Signature(
        [
            Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind, default=default)
            for name, kind, default in parts
        ]
    )


def _context(service: str, asked: Asked, now: datetime) -> Context:
    actor = asked.principal.actor
    key = asked.idempotency_key
    command = command_id(service, actor, key) if key else new_id()
    story = asked.x_correlation_id or traced(asked.traceparent) or command
    return Context(
        actor=actor,
        correlation_id=story,
        causation_id=command,
        command_id=command,
        occurred_at=now,
        expected=int(asked.if_match.strip('"')) if asked.if_match else None,
        principal=asked.principal,
        traceparent=asked.traceparent,
        begins=asked.x_correlation_id is None,
    )


async def _answer(
    service: Service, verb: Verb, asked: Asked, journal: Journal
) -> Answer:
    path = f"/{verb.collection}/{asked.id}/{verb.name}"

    async def decide() -> Answer:
        try:
            async with journal.transaction():
                decided = await verb.handler(asked.id, asked.command, journal)
        except tuple(service.refusals) as error:
            return _refused(service.refusals, error, path)
        at = Answered(id=asked.id, version=decided.version, position=decided.position)
        return Answer(status=200, body=at.model_dump_json(), version=decided.version)

    if asked.idempotency_key is None:
        return await decide()
    request = request_hash(path, asked.command.model_dump_json())
    return await once(journal, current().causation_id, request, decide)


def _refused(
    refusals: Mapping[type[Exception], int], error: Exception, path: str
) -> Answer:
    status = next(s for kind, s in refusals.items() if isinstance(error, kind))
    code = cast("Refusal", error).code
    _, collection, _, verb = path.split("/")
    told = f"/{collection}/*/{verb}" if current().discretion.kept else path
    log("command.rejected", code=code, request=told)
    return Answer(status=status, body=Problem(status, code, str(error)).body())


def _response(answer: Answer) -> Response:
    media = "application/json" if answer.status < BAD else MEDIA_TYPE
    tag = None if answer.version is None else {"ETag": f'"{answer.version}"'}
    return Response(answer.body, answer.status, tag, media)
