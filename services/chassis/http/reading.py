"""Routes that show something, made from the tables of listings, details and views."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Body, Depends, FastAPI, Path, Query, Request, Response

from services.chassis.access import Principal, Rule
from services.chassis.commanding import Command
from services.chassis.context import HANOI, Context, acting
from services.chassis.http.officers import permitted
from services.chassis.http.problems import PROBLEMS, Problem
from services.chassis.ids import new_id
from services.chassis.viewing import (
    PAGE,
    Detail,
    Listing,
    Malformed,
    ReaderQuery,
    View,
    detail_as_of,
    detail_now,
    history,
    may_see,
    page,
)
from services.chassis.viewing import (
    Query as ViewQuery,
)

if TYPE_CHECKING:
    from services.chassis.http.serving import Edge
    from services.chassis.running import Service

Asked = Mapping[str, str]
Show = Callable[[Asked, Principal], Awaitable[Response]]
ID = "^[A-Za-z0-9._:-]{1,120}$"
LONGEST = 18
TEXT = Annotated[str | None, Query(max_length=200)]
_PARAMETERS: dict[str, Any] = {
    "min_position": Annotated[
        int | None,
        Query(ge=0, le=2**62, description="Wait until the views hold this position."),
    ],
    "limit": Annotated[int | None, Query(ge=1, le=PAGE)],
    "cursor": Annotated[str | None, Query(max_length=1000)],
    "as_of": Annotated[
        str | None, Query(description="A time, a day or a position.", max_length=40)
    ],
    "on": Annotated[
        str | None, Query(description="The day that facts hold for.", max_length=10)
    ],
}


def add_listing(app: FastAPI, listing: Listing, edge: Edge) -> None:
    """Add ``GET /<collection>``."""

    async def show(asked: Asked, who: Principal) -> Response:
        found = await page(listing, edge.rows, asked, who)
        body = {"items": found.items, "next": found.next}
        if found.next is None:
            return _json(body)
        link = f"/{listing.collection}?{urlencode({**asked, 'cursor': found.next})}"
        return _json(body, {"Link": f'<{link}>; rel="next"'})

    filters: dict[str, Any] = dict.fromkeys(listing.equals, TEXT)
    for name, values in listing.choices.items():
        filters[name] = Literal[tuple(values)] | None
    for lookup in listing.lookups:
        filters |= dict.fromkeys(lookup.parameters, TEXT)
    wanted = filters | _chosen("limit", "cursor")
    _add(app, f"/{listing.collection}", listing.read, show, wanted, edge)


def add_view(app: FastAPI, view: View, edge: Edge) -> None:
    """Add a named view."""

    async def show(asked: Asked, who: Principal) -> Response:
        if view.asks_who:
            found = await cast("ReaderQuery", view.query)(edge.rows, asked, who)
        else:
            found = await cast("ViewQuery", view.query)(edge.rows, asked)
        if found is None:
            raise _absent()
        return _json(found)

    wanted: dict[str, Any] = dict.fromkeys(view.parameters, TEXT)
    _add(app, view.path, view.read, show, wanted, edge)
    if view.body is not None:
        _add(app, view.path, view.read, show, {}, edge, body=view.body)


def add_detail(app: FastAPI, service: Service, detail: Detail, edge: Edge) -> None:
    """Add ``GET /<collection>/<id>`` and its history."""

    async def hidden(asked: Asked, who: Principal) -> None:
        if not await may_see(detail, edge.rows, asked["id"], who):
            raise _absent()

    async def show(asked: Asked, who: Principal) -> Response:
        await hidden(asked, who)
        if asked.get("as_of") or asked.get("on"):
            found = await detail_as_of(
                detail,
                service.projections,
                edge.journal,
                asked["id"],
                asked.get("as_of"),
                on=asked.get("on"),
            )
        else:
            found = await detail_now(detail, edge.rows, asked["id"])
        if found is None:
            raise _absent()
        version = found.get("version")
        tag = {"ETag": f'"{version}"'} if isinstance(version, int) else None
        return _json(found, tag)

    async def tell(asked: Asked, who: Principal) -> Response:
        await hidden(asked, who)
        events = await history(detail.aggregate, edge.journal, asked["id"])
        if not events:
            raise _absent()
        return _json({"items": events, "next": None})

    path = f"/{detail.collection}/{{id}}"
    _add(app, f"{path}/history", detail.read, tell, {}, edge)
    axes = ("as_of", "on") if detail.holds_on else ("as_of",)
    _add(app, path, detail.read, show, _chosen(*axes), edge)


def _chosen(*names: str) -> dict[str, Any]:
    return {name: _PARAMETERS[name] for name in names}


def _add(  # noqa: PLR0913, PLR0917 - a route is these seven things
    app: FastAPI,
    path: str,
    read: Rule,
    show: Show,
    wanted: Mapping[str, Any],
    edge: Edge,
    body: type[Command] | None = None,
) -> None:
    known = {*wanted, "min_position"}

    async def endpoint(**given: Any) -> Response:
        request, principal = given["request"], given["principal"]
        asked = _parameters(request, known)
        if body is not None:
            asked["body"] = given["body"].model_dump_json()
        with acting(_context(principal, edge)):
            await _caught_up(edge, given["min_position"])
            asked.pop("min_position", None)
            return await show(asked | request.path_params, principal)

    wanted = {**wanted, **_chosen("min_position")}
    if body is not None:
        wanted["body"] = Annotated[body, Body()]
    cast("Any", endpoint).__signature__ = _signature(path, read, wanted, edge)
    name = path.strip("/").replace("/", "_").replace("{id}", "one").replace("-", "_")
    endpoint.__name__ = name
    app.add_api_route(
        path,
        endpoint,
        methods=["GET" if body is None else "POST"],
        operation_id=f"{'show' if body is None else 'ask'}_{name}",
        summary=f"Show {path}",
        tags=[path.split("/")[1]],
        response_model=None,
        responses=dict(PROBLEMS),
    )


def _signature(path: str, read: Rule, wanted: Mapping[str, Any], edge: Edge) -> Any:
    officer = Depends(permitted(read, edge.identify))
    parts: list[tuple[str, Any, Any]] = [
        ("request", Request, Parameter.empty),
        ("principal", Annotated[Principal, officer], Parameter.empty),
        *((name, kind, _default(name)) for name, kind in wanted.items()),
    ]
    if "{id}" in path:
        parts.append(("id", Annotated[str, Path(pattern=ID)], Parameter.empty))
    return Signature(
        [
            Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind, default=default)
            for name, kind, default in parts
        ]
    )


def _default(name: str) -> Any:
    return Parameter.empty if name == "body" else None


def _parameters(request: Request, known: set[str]) -> dict[str, str]:
    """Return the query's parameters: each known, there once, and a text."""
    asked: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in known:
            raise Malformed(name[:LONGEST], "there is no such parameter")
        if name in asked:
            raise Malformed(name, "it is there twice")
        if "\0" in value:
            raise Malformed(name, "it holds what is no character")
        asked[name] = value
    return asked


def _context(principal: Principal, edge: Edge) -> Context:
    question = new_id()
    return Context(
        actor=principal.actor,
        correlation_id=question,
        causation_id=question,
        occurred_at=edge.clock(),
        principal=principal,
    )


async def _caught_up(edge: Edge, position: int | None) -> None:
    if position is not None and not await edge.reached(position):
        detail = f"the views do not hold position {position} yet"
        raise Problem(503, "views-behind", detail, headers={"Retry-After": "1"})


def _absent() -> Problem:
    return Problem(404, "not-found", "there is no such thing")


def _json(body: Any, headers: Mapping[str, str] | None = None) -> Response:
    text = json.dumps(body, ensure_ascii=False, default=_plain)
    return Response(text, 200, headers, "application/json")


def _plain(value: Any) -> Any:
    for kind, plain in _PLAIN:
        if isinstance(value, kind):
            return plain(value)
    raise TypeError(f"no answer holds a {type(value).__name__}")


# A datetime is a date too, so it comes first.
_PLAIN: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (datetime, lambda moment: moment.astimezone(HANOI).isoformat()),
    (date, date.isoformat),
    (Decimal, float),
    (UUID, str),
    (Enum, lambda member: member.value),
    (set | frozenset, sorted),
    (Mapping, dict),
)
