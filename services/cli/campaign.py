"""A story told and judged: what `kiemtra demo --json` prints."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any

import httpx

from services.cli import leaks, ledger
from services.cli.reforming import reformed
from services.cli.settling import Watcher
from services.cli.story import Story
from services.cli.telling import Teller, Told
from services.cli.yearly import expanded

Said = Callable[[Told], Awaitable[None]]


async def tell(story: Story, running: Mapping[str, Any], said: Said) -> dict[str, Any]:
    """Tell *story* on the system that ``kiemtra up --json`` describes as *running*.

    *said* hears of each step and check when it is done. Events are counted on Kafka,
    from the first offset; the ledger and the hash come from the journals.

    Raises:
        StepFailed: A step was answered otherwise than the story says.
        NotSettled: The services did not come to rest, or parked something.
    """
    story = reformed(expanded(story))
    services = running["services"]
    operate = {name: service["operate"] for name, service in services.items()}
    http = {name: service["http"] for name, service in services.items()}
    end = story.clock
    async with httpx.AsyncClient(timeout=30) as client:
        watcher = Watcher(client, operate)
        teller = Teller(story, client, http, watcher)
        async for told in teller.tell():
            end = told.at
            await said(told)
        await watcher.settle()
        lags = await watcher.lags()
        published = await ledger.on_kafka(running["kafka"])
        committed = await ledger.in_journals(client, operate)
    account = ledger.balance(committed, published, lags)
    events = ledger.counted(published)
    wrong = ledger.clean(account)
    checks = [
        *(asdict(check) for check in teller.checks),
        *_counts(story, events),
        {"ask": "ledger", "ok": not wrong, "expected": [], "got": wrong},
        *await _secrets(events, running["kafka"]),
    ]
    databases = {name: service["postgres"] for name, service in services.items()}
    digest, recorded = await ledger.journal_hash(databases)
    return {
        "story": story.story,
        "ok": all(check["ok"] for check in checks),
        "clock": {"start": story.clock.isoformat(), "end": end.isoformat()},
        "wall_seconds": 0.0,
        "steps": teller.steps,
        "refused_as_expected": teller.refused,
        "checks": checks,
        "events": events,
        "ledger": account,
        "journal_events": recorded,
        "journal_hash": digest,
    }


async def _secrets(events: Mapping[str, int], bootstrap: str) -> list[dict[str, Any]]:
    """Return whether unannounced inspections stayed secret, where there were any."""
    if leaks.ORDERED not in events:
        return []
    found = leaks.leaks(await leaks.on_kafka(bootstrap))
    return [{"ask": "secrets", "ok": not found, "expected": [], "got": found}]


def _counts(story: Story, events: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "ask": f"events {kind}",
            "ok": events.get(kind, 0) == number,
            "expected": number,
            "got": events.get(kind, 0),
        }
        for kind, number in story.expect.events.items()
    ]
