"""Tells a story: step by step through the services' HTTP, on the one controlled clock.

Between two steps everything settles; so the same story leads to the same journals.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from services.cli.agencies import agencies
from services.cli.matching import differences
from services.cli.settling import NotSettled, Watcher, parked
from services.cli.story import Ask, Officer, Step, Story

PATIENCE = 60.0
AUDITOR = Officer(agency="kiemtra", role="auditor", person="story")
REGISTRAR = Officer(agency="kiemtra", role="registrar", person="story")
ABREAST = 16
# Their consequences meet in the stream of a plan, a round or an authority's cases.
MEETING = {"complete-visit", "issue-conclusion", "succeed", "dissolve"}
IN_ORDER = MEETING | {"receive-report"}  # this one meets others in its own journal
Group = Sequence[tuple[int, Step | Ask]]
Steps = Mapping[int | str, Step]
AGAIN = {408, 425, 429, 500, 502, 503, 504}


class StepFailed(Exception):
    """A step was answered otherwise than the story says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A question, the answer that was expected, and the one that came."""

    ask: str
    ok: bool
    expected: Any
    got: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the runner just did: a step with its outcome, or a check."""

    number: int
    of: int
    at: datetime
    step: Step | None = None
    outcome: str = ""
    check: Check | None = None


@dataclass(slots=True)
class Teller:
    """Tells one story to the services at these addresses (``http``, by name)."""

    story: Story
    client: httpx.AsyncClient
    http: Mapping[str, str]
    watcher: Watcher
    refused: int = 0
    steps: int = 0
    checks: list[Check] = field(default_factory=list)
    _now: datetime | None = None

    async def tell(self) -> AsyncIterator[Told]:
        """Run every step and every check, in order of time.

        Raises:
            StepFailed: A step was answered otherwise than the story says.
            NotSettled: The services did not come to rest, or parked something.
        """
        await self._be_at(self.story.clock)
        await self._register()
        script = self._script()
        for group in _together(script):
            at = group[0][1].at or self.story.clock
            await self._be_at(at)
            for told in await self._tell(group, at, len(script)):
                yield told

    async def _tell(self, group: Group, at: datetime, of: int) -> list[Told]:
        """Ask one question, or take steps that go together and let them settle."""
        number, item = group[0]
        if isinstance(item, Ask):
            check = await self._ask(item)
            self.checks.append(check)
            return [Told(number=number, of=of, at=at, check=check)]
        steps: dict[int | str, Step] = {
            n: step for n, step in group if isinstance(step, Step)
        }
        outcomes = await self._do_all(steps)
        await self._rest()
        self.steps += len(steps)
        return [
            Told(number=n, of=of, at=at, step=step, outcome=outcomes[n])
            for n, step in group
            if isinstance(step, Step)
        ]

    async def _do_all(self, steps: Steps) -> dict[int | str, str]:
        """Take steps side by side, those of one lane one after the other.

        What comes together in one stream elsewhere settles before the next of it, so
        that the same story leads to the same journals.
        """
        outcomes: dict[int | str, str] = {}
        lanes: dict[str, deque[int | str]] = {}
        for number, step in steps.items():
            lanes.setdefault(_lane(step), deque()).append(number)
        while any(lanes.values()):
            await self._walk(lanes.values(), steps, outcomes)
            for lane in lanes.values():
                if lane:
                    number = lane.popleft()
                    outcomes[number] = await self._do(steps[number], number)
                    if _verb(steps[number]) in MEETING:
                        await self._rest()
        return outcomes

    async def _walk(
        self,
        lanes: Iterable[deque[int | str]],
        steps: Steps,
        outcomes: dict[int | str, str],
    ) -> None:
        """Take each lane's steps up to the next one whose consequences meet others."""
        room = asyncio.Semaphore(ABREAST)

        async def walk(lane: deque[int | str]) -> None:
            async with room:
                while lane and _verb(steps[lane[0]]) not in IN_ORDER:
                    number = lane.popleft()
                    outcomes[number] = await self._do(steps[number], number)

        try:
            async with asyncio.TaskGroup() as side_by_side:
                for lane in lanes:
                    side_by_side.create_task(walk(lane))
        except* StepFailed as failed:
            raise failed.exceptions[0] from None

    def _script(self) -> list[Step | Ask]:
        """Put the dated questions among the steps; those without a date come last."""
        dated = [ask for ask in self.story.expect.ask if ask.at]
        placed: list[Step | Ask] = [*self.story.steps, *dated]
        placed.sort(key=lambda item: item.at or self.story.clock)
        end = (placed[-1].at if placed else None) or self.story.clock
        return placed + [
            ask.model_copy(update={"at": end})
            for ask in self.story.expect.ask
            if not ask.at
        ]

    async def _register(self) -> None:
        if self.story.registry is None:
            return
        steps: dict[int | str, Step] = {}
        for agency in agencies(self.story.registry):
            body = {k: v for k, v in agency.items() if k != "agency_id"}
            path = f"planning/agencies/{agency['agency_id']}/register"
            step = {"at": self.story.clock, "as": REGISTRAR, "post": path, "body": body}
            steps[f"registry/{agency['agency_id']}"] = Step.model_validate(step)
        await self._do_all(steps)
        await self._rest()

    async def _be_at(self, moment: datetime) -> None:
        if self._now == moment:
            return
        if self._now is not None and moment < self._now:
            raise StepFailed(
                f"{moment.isoformat()} lies before {self._now.isoformat()}"
            )
        first = self._now is None
        due = await self.watcher.move(moment)
        self._now = moment
        if due or first:
            await self._rest()

    async def _rest(self) -> None:
        lags = await self.watcher.settle()
        if held := parked(lags):
            raise NotSettled("waits for an operator: " + ", ".join(held))

    async def _do(self, step: Step, name: int | str) -> str:
        if step.post is None or step.officer is None:
            return "time passes"
        key = f"{self.story.story}/{name}"
        headers = _bearer(step.officer) | {"Idempotency-Key": key}
        answer = await self._send("POST", step.post, headers, step.body)
        return self._judged(step, answer)

    def _judged(self, step: Step, answer: httpx.Response) -> str:
        code = "" if answer.is_success else _code(answer)
        if step.refused is None and answer.is_success:
            return "done"
        if step.refused is not None and code == step.refused:
            self.refused += 1
            return f"refused: {code}"
        wanted = f"refused as {step.refused}" if step.refused else "done"
        raise StepFailed(
            f"at {step.at.isoformat()}, {step.post}: expected to be {wanted}, "
            f"answered {answer.status_code} {answer.text[:500]}"
        )

    async def _ask(self, ask: Ask) -> Check:
        headers = _bearer(ask.officer or AUDITOR)
        answer = await self._send("GET", ask.get, headers, None)
        try:
            got = answer.json()
        except ValueError:
            got = answer.text
        wrong = [f"HTTP {answer.status_code}"] if not answer.is_success else []
        wrong += differences(ask.has, got)
        when = f" at {ask.at.isoformat()}" if ask.at else ""
        return Check(
            ask=ask.get + when, ok=not wrong, expected=ask.has, got=wrong or ask.has
        )

    async def _send(
        self, method: str, path: str, headers: Mapping[str, str], body: Any
    ) -> httpx.Response:
        """Send; while a service is away, send the same again under the same key."""
        service, _, rest = path.partition("/")
        if service not in self.http:
            raise StepFailed(f"{path}: no service {service!r}")
        problem = ""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    try:
                        answer = await self.client.request(
                            method,
                            f"{self.http[service]}/{rest}",
                            headers=headers,
                            json=body,
                        )
                    except httpx.TransportError as error:
                        problem = f"{type(error).__name__}: {error}"
                    else:
                        if answer.status_code not in AGAIN and not _in_flight(answer):
                            return answer
                        problem = f"{answer.status_code} {answer.text[:300]}"
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise StepFailed(
                f"{method} {path}: no answer in {PATIENCE:.0f} s: {problem}"
            ) from None


def _together(script: Sequence[Step | Ask]) -> Iterator[Group]:
    """Yield the numbered items, steps that go together as one group."""
    group: list[tuple[int, Step | Ask]] = []
    for number, item in enumerate(script, start=1):
        if group and not (isinstance(item, Step) and item.together):
            yield group
            group = []
        group.append((number, item))
    if group:
        yield group


def _lane(step: Step) -> str:
    """Return the step's lane: what it says, else ``service/collection/id``."""
    return step.lane or (step.post or "").rpartition("/")[0]


def _verb(step: Step) -> str:
    return (step.post or "").rpartition("/")[2]


def _bearer(officer: Officer) -> dict[str, str]:
    token = f"dev:{officer.agency}:{officer.role}:{officer.person}"
    return {"Authorization": f"Bearer {token}"}


def _code(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["type"]).rpartition("/")[2]
    except (ValueError, KeyError, TypeError):
        return ""


def _in_flight(answer: httpx.Response) -> bool:
    return (
        answer.status_code == httpx.codes.CONFLICT
        and _code(answer) == "request-in-flight"
    )
