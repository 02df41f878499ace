"""The paths by which operators look closer and steer: relay, consumers, deadlines."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services.chassis.access import local
from services.chassis.operating import consuming, looking, proving, relaying, timing
from services.chassis.operating.acts import NotPossible, asked, keep, kept
from services.chassis.operating.health import Health

if TYPE_CHECKING:
    from services.chassis.running.parts import Parts

Show = Callable[[Request, Health, "Parts"], Awaitable[Response]]
ACTS = 1000
NOTED = ("timers.recalculate",)  # decided by the domain; the reason is kept here


async def _relay(_: Request, __: Health, parts: Parts) -> Response:
    return JSONResponse(await relaying.status(parts))


async def _blockers(_: Request, __: Health, parts: Parts) -> Response:
    return JSONResponse({"items": await relaying.blockers(parts)})


async def _relay_act(request: Request, _: Health, parts: Parts) -> Response:
    verb = _one_of(relaying.VERBS, request.path_params["verb"])
    return JSONResponse(await relaying.act(parts, verb, await asked(request)))


async def _consumers(_: Request, health: Health, parts: Parts) -> Response:
    holds = [relaying.told(hold) for hold in parts.holds.all()]
    items = await consuming.listed(health, parts)
    return JSONResponse({"items": items, "paused": holds})


async def _consumer_act(request: Request, _: Health, parts: Parts) -> Response:
    verb = _one_of(consuming.VERBS, request.path_params["verb"])
    name, act = request.path_params["name"], await asked(request)
    return JSONResponse(await consuming.act(parts, name, verb, act))


async def _timers(request: Request, _: Health, parts: Parts) -> Response:
    asks = request.query_params
    until = datetime.fromisoformat(asks["until"]) if asks.get("until") else None
    if until is not None and until.tzinfo is None:
        raise ValueError("until is a moment with an offset")
    limit = int(asks.get("limit", timing.MOST))
    if not 1 <= limit <= timing.MOST:
        raise ValueError(f"limit is from 1 to {timing.MOST}")
    states = [state for state in asks.get("state", "").split(",") if state]
    found = await timing.listed(
        parts.database, states, asks.get("kind", ""), until, limit
    )
    return JSONResponse({"items": found})


async def _backfill(request: Request, _: Health, parts: Parts) -> Response:
    return JSONResponse(await timing.backfill(parts, await asked(request)))


async def _selftest(request: Request, health: Health, parts: Parts) -> Response:
    _from_here(request)
    return JSONResponse({"items": await proving.proofs(health, parts)})


async def _look(request: Request, _: Health, parts: Parts) -> Response:
    _from_here(request)
    return JSONResponse(await looking.looked_at(parts))


async def _acts(request: Request, _: Health, parts: Parts) -> Response:
    limit = int(request.query_params.get("limit", "100"))
    if not 1 <= limit <= ACTS:
        raise ValueError(f"limit is from 1 to {ACTS}")
    return JSONResponse({"items": await kept(parts.database, limit)})


async def _note(request: Request, _: Health, parts: Parts) -> Response:
    """Write down why something was done through the front door."""
    act = await asked(request)
    result = act.args.get("result", {})
    if act.args.get("verb") not in NOTED or not isinstance(result, dict):
        raise ValueError(f"one of {', '.join(NOTED)}, with a result")
    await keep(parts.database, act.args["verb"], act, result)
    return JSONResponse({"kept": not act.dry_run})


def _one_of(verbs: tuple[str, ...], verb: str) -> str:
    if verb not in verbs:
        raise ValueError(f"one of {', '.join(verbs)}")
    return verb


def _from_here(request: Request) -> None:
    host = request.client.host if request.client else ""
    if not local(host):
        raise NotPossible(403, "not-local", "asked from this machine only")


PATHS: dict[tuple[str, str], Show] = {
    ("GET", "/relay"): _relay,
    ("GET", "/relay/blockers"): _blockers,
    ("POST", "/relay/{verb}"): _relay_act,
    ("GET", "/consumers"): _consumers,
    ("POST", "/consumers/{name}/{verb}"): _consumer_act,
    ("GET", "/timers"): _timers,
    ("POST", "/timers/backfill"): _backfill,
    ("POST", "/selftest"): _selftest,
    ("GET", "/look"): _look,
    ("GET", "/acts"): _acts,
    ("POST", "/acts"): _note,
}
