"""Drives the load over HTTP, as officers would: again while nobody answers.

What may have been done is asked again under the same key, until it is known. What is
refused because its cause is still under way is asked anew, as another command. One
that is still refused when the patience is over fails the run: a cause was lost.
"""

import asyncio
from collections import defaultdict
from datetime import datetime

import httpx

from services.chassis.http.idempotency import command_id
from services.cli.settling import Watcher

ABREAST = 12
PATIENCE = 150.0
TIMEOUT = 20.0
PAUSE = 0.15
AGAIN = 0.06  # so many are asked once more, though they were answered
AT_ONCE = 0.04  # so many are asked twice at the same time
NOT_YET = {404, 409}
IN_FLIGHT = "request-in-flight"


class Lost(Exception):
    """A command was not accepted, however long it was asked."""


class Driver:
    """Asks what the waves say, several lanes abreast."""

    def __init__(self, running, client, history, dice):
        self._http = {name: unit.http for name, unit in running.services.items()}
        ports = {n: f"http://{unit.operate}" for n, unit in running.services.items()}
        self.watcher = Watcher(client, ports, patience=PATIENCE)
        self._client = client
        self._history = history
        self._dice = dice
        self._room = asyncio.Semaphore(ABREAST)

    async def wave(self, moments, enough):
        """Live through a wave's moments; at each, all lanes side by side."""
        for at, steps in moments:
            if enough():
                return
            if await self.watcher.move(datetime.fromisoformat(at)):
                await self.watcher.settle()
            lanes = defaultdict(list)
            for one in steps:
                lanes[one.get("lane") or one["post"].rpartition("/")[0]].append(one)
            async with asyncio.TaskGroup() as abreast:
                for name, lane in lanes.items():
                    abreast.create_task(self._lane(name, lane))

    async def _lane(self, name, steps):
        async with self._room:
            for one in steps:
                await self._insist(f"lane {name}", one)

    async def _insist(self, proc, one):
        """Ask until it is accepted."""
        told = ""
        try:
            async with asyncio.timeout(PATIENCE):
                for attempt in range(10_000):  # pragma: no branch - ends by its timeout
                    command = _Command(one, attempt)
                    kind, told = await self._known(proc, command)
                    if kind == "ok":
                        return await self._once_more(proc, command)
                    await asyncio.sleep(min(PAUSE * (attempt + 1), 2.0))
        except TimeoutError:
            raise Lost(f"{one['at']} {one['post']}: {told}") from None

    async def _known(self, proc, command):
        """Ask, under the same key, until it is known whether it was done."""
        pause = PAUSE
        while True:
            twice = self._dice.random() < AT_ONCE
            asked = [self._ask(f"{proc} #{n}", command) for n in range(1 + twice)]
            answers = await asyncio.gather(*asked)
            for kind, told in answers:
                if kind != "info":
                    return kind, told
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, 2.0)

    async def _once_more(self, proc, command):
        if self._dice.random() < AGAIN:
            await self._ask(proc, command)

    async def _ask(self, proc, command):
        """Ask once; return how it ended and what was told."""
        line = self._history.invoke(
            proc,
            command.verb,
            service=command.service,
            cmd=command.id,
            key=command.path,
        )
        try:
            answer = await self._client.post(
                f"http://{self._http[command.service]}/{command.path}",
                json=command.body,
                headers=command.headers,
                timeout=TIMEOUT,
            )
        except httpx.HTTPError as error:
            self._history.end(line, "info", code=type(error).__name__)
            return "info", repr(error)
        kind, told = _judged(answer)
        self._history.end(line, kind, **told)
        return kind, told


class _Command:
    """A step as a request; another attempt is another command."""

    def __init__(self, one, attempt):
        officer = one["as"]
        self.service, _, self.path = one["post"].partition("/")
        self.verb = self.path.rpartition("/")[2]
        self.body = one["body"]
        names = (officer["agency"], officer["role"], officer["person"])
        key = f"{one['at']}/{one['post']}/{_told_apart(one['body'])}/{attempt}"
        actor = "/".join(names)
        self.id = str(command_id(self.service, actor, key))
        token = ":".join(("dev", *names))
        self.headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}


def _told_apart(body):
    """Return what tells two requests to one door at one moment apart."""
    names = ("finding_id", "item", "code", "agency_id", "explanation_id", "quota")
    return next((str(body[name]) for name in names if name in body), "")


def _judged(answer):
    if answer.is_success:
        told = answer.json()
        return "ok", {"version": told["version"], "position": told["position"]}
    code = _code(answer)
    told = {"status": answer.status_code, "code": code}
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or code == IN_FLIGHT:
        return "info", told
    if answer.status_code not in NOT_YET:
        raise Lost(f"{answer.request.url}: {answer.status_code} {answer.text[:300]}")
    return "fail", told


def _code(answer):
    try:
        return str(answer.json()["type"]).rpartition("/")[2]
    except (ValueError, KeyError, TypeError):
        return ""
