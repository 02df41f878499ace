"""When is everything settled? When no service has anything left to do at this moment.

A consumer is at the end of a topic when, in every partition, it stands at the last
position that the topic's relay has published: exact, and without asking Kafka.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

Lags = Mapping[str, Mapping[str, Any]]
PAUSE = 0.015


class NotSettled(Exception):
    """Something is parked, or does not come to rest; the text says what and where."""


def unsettled(lags: Lags) -> str | None:
    """Say what is still to be done, or None."""
    published = {
        (topic, part): int(position)
        for lag in lags.values()
        for topic, parts in lag["relay"]["topics"].items()
        for part, position in parts.items()
    }
    for service, lag in lags.items():
        if (left := _inside(lag)) is not None:
            return f"{service}: {left}"
        for consumer, topics in lag["consumers"].items():
            if (behind := _behind(topics, published)) is not None:
                return f"{consumer}: {behind}"
    return None


def parked(lags: Lags) -> list[str]:
    """Name the consumers and timers that hold something that waits for an operator."""
    held = [
        f"{consumer} ({topic}/{part}: {row['parked']} parked)"
        for lag in lags.values()
        for consumer, topics in lag["consumers"].items()
        for topic, parts in topics.items()
        for part, row in parts.items()
        if row.get("parked_now")
    ]
    timers = [f"{name} timers" for name, lag in lags.items() if lag["timers"]["parked"]]
    return held + timers


@dataclass(frozen=True, slots=True)
class Watcher:
    """Watches the operators' ports of the services, by name."""

    client: httpx.AsyncClient
    ports: Mapping[str, str]
    patience: float = 60.0

    async def lags(self) -> Lags:
        """Return what each service says of itself, with all its counters."""
        return await self._all("/lagz")

    async def _all(self, path: str) -> Lags:
        answers = await asyncio.gather(
            *(self.client.get(f"{url}{path}") for url in self.ports.values())
        )
        return {
            name: answer.raise_for_status().json()
            for name, answer in zip(self.ports, answers, strict=True)
        }

    async def settle(self) -> Lags:
        """Return once nothing is left to do, seen twice in a row.

        Raises:
            NotSettled: It did not come to rest within ``patience`` seconds.
        """
        left: str | None = "not asked yet"
        before: Mapping[str, int] | None = None
        try:
            async with asyncio.timeout(self.patience):
                while True:
                    try:
                        lags = await self._all("/restz")
                    except httpx.HTTPError as error:
                        left, before = f"{type(error).__name__}: {error}", None
                        await asyncio.sleep(0.1)
                        continue
                    left = unsettled(lags)
                    heads = {name: lag["journal"]["head"] for name, lag in lags.items()}
                    if left is None and heads == before:
                        return lags
                    before = heads if left is None else None
                    if left is not None:
                        await asyncio.sleep(PAUSE)
        except TimeoutError:
            raise NotSettled(
                f"still busy after {self.patience:.0f} s: {left}"
            ) from None

    async def move(self, to: datetime) -> int:
        """Set the one clock, in every service; return how many deadlines fell due.

        A service that is down is waited for.

        Raises:
            NotSettled: A service did not take it within ``patience`` seconds.
        """
        body = {"now": to.isoformat()}
        told = (self._told(name, url, body) for name, url in self.ports.items())
        return sum(await asyncio.gather(*told))

    async def _told(self, name: str, url: str, body: Mapping[str, str]) -> int:
        problem = "no answer"
        try:
            async with asyncio.timeout(self.patience):
                while True:
                    try:
                        answer = await self.client.post(f"{url}/clock", json=body)
                        if answer.is_success:
                            return int(answer.json()["due"])
                        problem = answer.text[:300]
                    except httpx.TransportError as error:
                        problem = f"{type(error).__name__}: {error}"
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise NotSettled(f"{name} does not take the time: {problem}") from None


def _inside(lag: Mapping[str, Any]) -> str | None:
    counts = {
        "messages to publish": lag["relay"]["pending"],
        "events to react to": lag["own"]["pending"],
        "events to project": lag["views"]["pending"],
        "due deadlines": lag["timers"]["due"],
        "errands": lag["intents"]["pending"],
    }
    return next((f"{n} {what}" for what, n in counts.items() if n), None)


def _behind(
    topics: Mapping[str, Any], published: Mapping[tuple[str, str], int]
) -> str | None:
    for (topic, part), position in published.items():
        at = topics.get(topic, {}).get(part, {}).get("source_pos", 0)
        if topic in topics and position > at:
            return f"{topic}/{part} at {at} of {position}"
    return None
