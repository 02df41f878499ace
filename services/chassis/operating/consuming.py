"""The consumers, as operators see and steer them: where they are, what stands still."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from services.chassis.bus import TopicPartition
from services.chassis.bus.kafka import end_offsets, read_between
from services.chassis.consumer import JOURNAL, Consumer
from services.chassis.consumer.checkpoint import Checkpoint
from services.chassis.consumer.seeking import (
    Seek,
    SeekRefused,
    account,
    here,
    move,
    survey,
)
from services.chassis.holding import EVERY, Place
from services.chassis.operating.acts import Asked, NotPossible, keep
from services.chassis.operating.health import Health

if TYPE_CHECKING:
    from services.chassis.running.parts import Parts

VERBS = ("pause", "resume", "seek")
END = "end"


async def listed(health: Health, parts: Parts) -> list[dict[str, Any]]:
    """Return where each consumer stands in each partition, and whether it rests."""
    ends = health.bus.ends() if health.bus else {}
    own = (parts.own,) if parts.own else ()
    head = await parts.journal.head()
    rows = []
    for consumer in (*parts.consumers, *own):
        state = "running" if consumer.halted is None else "halted"
        for one in await consumer.status():
            at = TopicPartition(one.topic, one.partition)
            is_own = one.topic == JOURNAL
            end = head if is_own else ends.get(at)
            stands = one.source_pos if is_own else one.next_offset
            rests = parts.holds.rests(consumer.name, at)
            rows.append(
                {
                    "consumer": consumer.name,
                    "topic": one.topic,
                    "partition": one.partition,
                    "next_offset": one.next_offset,
                    "source_pos": one.source_pos,
                    "end": end,
                    "lag": None if end is None else max(end - stands, 0),
                    "parked": one.parked_now,
                    "gap_seconds": round(one.gap_seconds, 1),
                    "state": "paused" if rests and state == "running" else state,
                }
            )
    return rows


async def act(parts: Parts, name: str, verb: str, asked: Asked) -> dict[str, Any]:
    """Do one of VERBS to a consumer.

    Raises:
        NotPossible: There is no such consumer, or it cannot be done.
        ValueError: What is asked for is not said clearly.
    """
    if verb == "seek":
        return await _seek(parts, name, asked)
    return await _steer(parts, name, verb, asked)


async def _steer(parts: Parts, name: str, verb: str, asked: Asked) -> dict[str, Any]:
    place = _place(parts, name, asked)
    pausing = verb == "pause"
    async with parts.database.transaction():
        held = any(hold.place == place for hold in parts.holds.all())
        changed = held != pausing
        if not asked.dry_run:
            changed = (
                await parts.holds.hold(place, asked.who, asked.why)
                if pausing
                else await parts.holds.release(place)
            )
        result = {"changed": changed, "still_held": 0}
        await keep(parts.database, f"consumer.{verb}", asked, result)
    await parts.holds.refresh()
    result["still_held"] = sum(h.place.what == name for h in parts.holds.all())
    for consumer in parts.consumers if not asked.dry_run and not pausing else ():
        if consumer.name == name:
            consumer.go_on()
    return {"verb": verb, "consumer": name, "dry_run": asked.dry_run, **result}


def _place(parts: Parts, name: str, asked: Asked) -> Place:
    own = (parts.own,) if parts.own else ()
    names = {consumer.name for consumer in (*parts.consumers, *own)}
    if name not in names:
        raise NotPossible(404, "no-such-consumer", f"one of {', '.join(sorted(names))}")
    topic, partition = asked.args.get("topic") or "", asked.args.get("partition")
    if not isinstance(topic, str) or not isinstance(partition, int | None):
        raise ValueError("topic is a name, partition a number")  # noqa: TRY004 - 422
    if partition is not None and not topic:
        raise ValueError("a partition of which topic?")
    topics = {at for c in parts.consumers if c.name == name for at in c.topics}
    if topic and topic not in topics:
        raise NotPossible(404, "no-such-topic", f"{name} does not hear {topic}")
    return Place(
        what=name, topic=topic, partition=EVERY if partition is None else partition
    )


async def _seek(parts: Parts, name: str, asked: Asked) -> dict[str, Any]:
    consumer, at = _partition(parts, name, asked)
    accepted = asked.args.get("accept_loss", 0)
    try:
        seek = await _surveyed(parts, name, at, asked.args.get("offset"))
        result = _told(seek)
        if not asked.dry_run:
            _accepted(seek, accepted)
            async with parts.database.transaction():
                await move(parts.database, name, seek)
                ledger = Checkpoint(parts.database, name)
                await ledger.count({at: Counter(account(seek))})
                await keep(parts.database, "consumer.seek", asked, result)
            consumer.go_on([at])
    except SeekRefused as refused:
        raise NotPossible(409, refused.code, str(refused)) from refused
    if asked.dry_run:
        await keep(parts.database, "consumer.seek", asked, result)
    return {"verb": "seek", "consumer": name, "dry_run": asked.dry_run, **result}


async def _surveyed(parts: Parts, name: str, at: TopicPartition, to: Any) -> Seek:
    bootstrap = parts.settings.kafka
    ends = await end_offsets(bootstrap, at.topic)
    if at.partition not in ends:
        raise SeekRefused("no-such-partition", f"{at.topic} has {len(ends)}")
    end = ends[at.partition]
    offset = end if to == END else to
    if not isinstance(offset, int):
        raise ValueError(f'offset is a number, or "{END}"')  # noqa: TRY004 - 422
    stands = await here(parts.database, name, at)
    return await survey(at, stands, offset, end, partial(read_between, bootstrap))


def _accepted(seek: Seek, accepted: Any) -> None:
    if seek.lost != accepted:
        raise SeekRefused(
            "loss-not-accepted",
            f"{seek.lost} events would never be acted on ({seek.holes} of them holes "
            f"of unknown size); to go there all the same, accept the loss of "
            f"{seek.lost}",
        )


def _partition(
    parts: Parts, name: str, asked: Asked
) -> tuple[Consumer, TopicPartition]:
    if parts.own is not None and name == parts.own.name:
        raise NotPossible(
            409,
            "own-journal",
            "its own journal has no hole to go over and nothing is to be heard again; "
            "one event that is at fault is parked: `kiemtra dlq`",
        )
    place = _place(parts, name, asked)
    if not place.topic or place.partition == EVERY:
        raise ValueError("which topic, which partition?")
    (consumer,) = (c for c in parts.consumers if c.name == name)
    return consumer, TopicPartition(place.topic, place.partition)


def _told(seek: Seek) -> dict[str, Any]:
    found = asdict(seek)
    at = found.pop("at")
    return {"topic": at[0], "partition": at[1], **found, "names": list(seek.names)}
