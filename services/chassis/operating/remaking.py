"""The builds of the views, as operators ask for them.

What takes long is begun and goes on by itself; whoever asks again is told how far it
is. It ends with the process: a build that was half made is never shown.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services.chassis.operating.acts import Asked, NotPossible, asked, keep
from services.chassis.operating.health import Health
from services.chassis.projector import BuildRefused, Drift, Progress, Projector, Span

if TYPE_CHECKING:
    from services.chassis.running.parts import Parts

Result = dict[str, Any]
Work = Callable[[Projector, Progress], Awaitable[Result]]
SPANS = ("journal", "heard")


@dataclass(slots=True, kw_only=True)
class Doing:
    """One long work: what it is, how far, and what came of it."""

    verb: str
    progress: Progress = field(default_factory=Progress)
    state: str = "running"
    result: Result = field(default_factory=dict)

    def said(self) -> Result:
        """Return it as it is told to operators."""
        told = {"verb": self.verb, "state": self.state, "result": self.result}
        return told | {"progress": self.progress.said()}


class Remakes:
    """What is done to the builds in this process; long work one at a time."""

    def __init__(self) -> None:
        self._doing: Doing | None = None
        self._task: asyncio.Task[None] | None = None

    async def show(self, _: Request, __: Health, parts: Parts) -> Response:
        """Answer with the builds and with what is or was done to them last."""
        return JSONResponse(await self._shown(parts))

    async def ask(self, request: Request, _: Health, parts: Parts) -> Response:
        """Answer an act that is asked for."""
        verb, act = request.path_params["verb"], await asked(request)
        return JSONResponse(await self._act(verb, act, parts))

    async def _shown(self, parts: Parts) -> Result:
        work = self._doing.said() if self._doing else None
        return {"items": await listed(parts.projector), "work": work}

    async def _act(self, verb: str, act: Asked, parts: Parts) -> Result:
        """Do (a dry run: say) what an operator asks for; begin it, if it takes long.

        Raises:
            NotPossible: A rule of the builds says no, or something is being done.
        """
        if verb not in LONG and verb not in SHORT:
            raise ValueError(f"one of {', '.join([*LONG, *SHORT])}")
        if act.dry_run:
            return {"would": verb, **act.args} | await self._shown(parts)
        if verb in SHORT:
            return await self._now(verb, act, parts)
        if self._task is not None and not self._task.done():
            raise NotPossible(409, "views-busy", "something is being done to the views")
        work = LONG[verb](act)
        self._doing = Doing(verb=verb)
        self._task = asyncio.create_task(self._carried_out(act, work, parts))
        return await self._shown(parts)

    async def _now(self, verb: str, act: Asked, parts: Parts) -> Result:
        try:
            result = await SHORT[verb](parts.projector, act)
        except BuildRefused as error:
            raise NotPossible(409, error.code, str(error)) from error
        await keep(parts.database, f"projection.{verb}", act, result)
        return result

    async def _carried_out(self, act: Asked, work: Work, parts: Parts) -> None:
        doing, began = self._doing, time.monotonic()
        if doing is None:
            return
        try:
            found = await work(parts.projector, doing.progress)
            doing.result = found | {"seconds": round(time.monotonic() - began, 3)}
            if doing.verb in KEPT:
                await keep(parts.database, f"projection.{doing.verb}", act, found)
        except BuildRefused as error:
            doing.state, doing.result = "refused", _failed(error.code, error)
        except Exception as error:  # noqa: BLE001 - the edge: whoever asked is told
            doing.state, doing.result = "failed", _failed("failed", error)
        else:
            doing.state = "done"


async def verified(_: Request, __: Health, parts: Parts) -> Response:
    """Answer with every table whose live rows are not what the events say, at once.

    Raises:
        NotPossible: Somebody is at the builds.
    """
    began = time.monotonic()
    try:
        drift = told(await parts.projector.verify())
    except BuildRefused as error:
        raise NotPossible(409, error.code, str(error)) from error
    seconds = round(time.monotonic() - began, 3)
    return JSONResponse({"drift": drift, "seconds": seconds})


async def listed(projector: Projector) -> list[Result]:
    """Return the builds of the views, the newest first; one of them is live."""
    return [
        {**row, "made_at": row["made_at"].isoformat() if row["made_at"] else None}
        for row in await projector.builds()
    ]


def _rebuild(act: Asked) -> Work:
    show = act.args.get("show", True) is not False

    async def work(projector: Projector, progress: Progress) -> Result:
        rebuilt = await projector.rebuild(progress, show=show)
        return {**asdict(rebuilt), "drift": told(rebuilt.drift)}

    return work


def _replay(act: Asked) -> Work:
    span = Span(**{name: _range(act.args, name) for name in SPANS if name in act.args})

    async def work(projector: Projector, progress: Progress) -> Result:
        found = await projector.replay(span, progress)
        return {"drift": told(found), "whole": span.whole, "events": progress.total}

    return work


def _range(args: Mapping[str, Any], name: str) -> tuple[int, int]:
    first, last = args[name]
    if not 1 <= int(first) <= int(last) + 1:
        raise ValueError(f"{name} is a first and a last position, from 1 on")
    return int(first), int(last)


async def _swap(projector: Projector, act: Asked) -> Result:
    number = act.args.get("build")
    return {"build": await projector.swap(None if number is None else int(number))}


async def _drop(projector: Projector, act: Asked) -> Result:
    number = int(act.args.get("build", 0))
    await projector.drop(number)
    return {"build": number}


def told(drift: list[Drift] | tuple[Drift, ...]) -> list[Result]:
    """Return drift as JSON has it."""
    return [asdict(one) for one in drift]


def _failed(code: str, error: Exception) -> Result:
    return {"code": code, "detail": f"{type(error).__name__}: {error}"}


LONG: Mapping[str, Callable[[Asked], Work]] = {
    "rebuild": _rebuild,
    "replay": _replay,
    "verify": lambda act: _replay(replace(act, args={})),
}
SHORT: Mapping[str, Callable[[Projector, Asked], Awaitable[Result]]] = {
    "swap": _swap,
    "drop": _drop,
}
KEPT = ("rebuild", *SHORT)
