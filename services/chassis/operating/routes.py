"""The operator's paths."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.chassis.access import local
from services.chassis.clock import ControlledClock
from services.chassis.consumer.redress import NotAmendable, NotParked
from services.chassis.errors import Unavailable
from services.chassis.logging import log
from services.chassis.metrics import MEDIA_TYPE, rendered
from services.chassis.operating import evidence, parked, upkeep
from services.chassis.operating.acts import NotPossible
from services.chassis.operating.health import Health
from services.chassis.operating.lag import lag_of
from services.chassis.operating.relaying import told
from services.chassis.operating.remaking import Remakes, verified
from services.chassis.operating.rest import rest_of
from services.chassis.operating.steering import PATHS
from services.chassis.operating.telling import published, trace

if TYPE_CHECKING:
    from services.chassis.running.parts import Parts

Show = Callable[[Request, Health, "Parts"], Awaitable[Response]]
PAGE = 1000
LONGEST = 200


def operate(health: Health) -> Starlette:
    """Return the operator's application for one process."""
    answers, views = _Answers(health), Remakes()
    return Starlette(
        routes=[
            Route("/livez", answers.live),
            Route("/readyz", answers.ready),
            Route("/startupz", answers.started),
            Route("/statusz", answers.status),
            Route("/lagz", answers.of(_lag)),
            Route("/restz", answers.of(_rest)),
            Route("/metrics", answers.of(_metrics)),
            Route("/published", answers.of(_published)),
            Route("/trace", answers.of(_trace)),
            Route("/clock", answers.of(_set_clock), methods=["POST"]),
            Route("/journal/verify", answers.of(_journal)),
            Route("/projection", answers.of(views.show)),
            Route("/projection/verify", answers.of(verified)),
            Route("/projection/{verb}", answers.of(views.ask), methods=["POST"]),
            Route("/parked", answers.of(_parked)),
            Route("/parked/{id:int}", answers.of(_parked_one)),
            Route("/parked/{id:int}/{verb}", answers.of(_redress), methods=["POST"]),
            *(
                Route(path, answers.of(show), methods=[method])
                for (method, path), show in {**PATHS, **evidence.PATHS}.items()
            ),
        ]
    )


class _Answers:
    """What is answered from the health alone, and how the rest is."""

    def __init__(self, health: Health) -> None:
        self._health = health

    async def live(self, _: Request) -> Response:
        return _state(self._health.dead())

    async def ready(self, _: Request) -> Response:
        return _state(await self._health.unready(), degraded=self._health.degraded())

    async def started(self, _: Request) -> Response:
        return _state(["starting"] if self._health.state == "starting" else [])

    async def status(self, _: Request) -> Response:
        return JSONResponse(_status(self._health))

    def of(self, show: Show) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers from the parts; 503 until there are any."""

        async def answer(request: Request) -> Response:
            parts = self._health.parts
            if parts is None:
                return _problem(503, "starting", "the service is not up yet")
            try:
                return await show(request, self._health, parts)
            except NotPossible as error:
                return _problem(error.status, error.code, str(error))
            except ValueError as error:
                return _problem(422, "malformed-request", str(error))
            except (Unavailable, TimeoutError) as error:
                return _problem(503, "unavailable", str(error))

        return answer


async def _lag(_: Request, health: Health, parts: Parts) -> Response:
    return JSONResponse(await lag_of(health, parts))


async def _rest(_: Request, __: Health, parts: Parts) -> Response:
    return JSONResponse(await rest_of(parts))


async def _metrics(_: Request, health: Health, parts: Parts) -> Response:
    return Response(rendered(await lag_of(health, parts)), media_type=MEDIA_TYPE)


async def _published(request: Request, _: Health, parts: Parts) -> Response:
    after = int(request.query_params.get("after", "0"))
    limit = int(request.query_params.get("limit", str(PAGE)))
    if after < 0 or not 1 <= limit <= PAGE:
        raise ValueError(f"after is a position, limit is from 1 to {PAGE}")
    return JSONResponse(await published(parts, after, limit))


async def _trace(request: Request, _: Health, parts: Parts) -> Response:
    wanted = request.query_params.get("id", "")
    if not 1 <= len(wanted) <= LONGEST or "\0" in wanted:
        raise ValueError("id is an event's, a story's or a stream's")
    return JSONResponse(await trace(parts, wanted))


async def _set_clock(request: Request, _: Health, parts: Parts) -> Response:
    """Move a controlled clock; nobody can move a real one."""
    clock = parts.clock
    if not isinstance(clock, ControlledClock) or not parts.settings.embedded:
        return _problem(403, "clock-is-real", "only a controlled clock can be set")
    host = request.client.host if request.client else ""
    if not local(host):
        return _problem(403, "not-local", "the clock is set from this machine only")
    body: Any = await request.json()
    if not isinstance(body, dict) or set(body) != {"now"}:
        raise ValueError('the body is {"now": a time with an offset}')
    to = datetime.fromisoformat(str(body["now"]))
    if to.tzinfo is None:
        raise ValueError("the time needs an offset")
    now = await clock.move(to)
    log("clock.moved", to=now.isoformat())
    due = (await parts.timers.pending(now)).due
    return JSONResponse({"now": now.isoformat(), "due": due})


async def _journal(_: Request, __: Health, parts: Parts) -> Response:
    return JSONResponse(await upkeep.journal_verified(parts.database))


async def _parked(_: Request, __: Health, parts: Parts) -> Response:
    return JSONResponse({"items": await parked.listed(parts.database)})


async def _parked_one(request: Request, _: Health, parts: Parts) -> Response:
    try:
        found = await parked.shown(parts.database, request.path_params["id"])
    except NotParked as error:
        return _problem(404, "not-parked", str(error))
    return JSONResponse(found)


async def _redress(request: Request, _: Health, parts: Parts) -> Response:
    """Act on a parked message; from this machine only, with a name and a reason."""
    host = request.client.host if request.client else ""
    if not local(host):
        return _problem(403, "not-local", "parked messages are handled from here only")
    verb, told = request.path_params["verb"], await request.json()
    if verb not in parked.VERBS or not isinstance(told, dict):
        raise ValueError(f"one of {', '.join(parked.VERBS)}, with who and why")
    try:
        await parked.act(parts.database, request.path_params["id"], verb, told)
    except NotParked as error:
        return _problem(404, "not-parked", str(error))
    except NotAmendable as error:
        return _problem(409, "not-amendable", str(error))
    return JSONResponse({"id": request.path_params["id"], "done": verb})


def _state(wrong: list[str], degraded: list[str] | None = None) -> Response:
    said = {"ok": not wrong, "why": wrong}
    if degraded is not None:
        said["degraded"] = degraded
    return JSONResponse(said, status_code=503 if wrong else 200)


def _status(health: Health) -> dict[str, Any]:
    degraded = health.degraded()
    return {
        "service": health.service,
        "state": health.state,
        "for_seconds": round(time.monotonic() - health.since, 1),
        "degraded": degraded,
        "dead": health.dead(),
        "paused": [told(hold) for hold in health.held()],
        "next": (
            _paused(health)
            if not degraded
            else "what is away is tried again; what halted waits for an operator: "
            "read its log lines, mend the cause, start the service again"
        ),
    }


def _paused(health: Health) -> str:
    if not health.held():
        return "nothing to do"
    return "what rests was told to: `kiemtra relay resume`, `kiemtra consumer resume`"


def _problem(status: int, code: str, detail: str) -> Response:
    return JSONResponse(
        {"type": f"/problems/{code}", "status": status, "detail": detail},
        status_code=status,
        media_type="application/problem+json",
    )
