"""A journal that tells: the smallest events, and what is published of them."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from contracts.event import Event, Visibility
from services.chassis.context import Context, acting
from services.chassis.journal import ANY, Append

STORY = UUID(int=7)
HOME = "planning.events.v1"
OTHER = "registry.events.v1"


class Told(Event):
    TYPE: ClassVar[str] = "planning.told.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"
    number: int
    text: str = ""


class Registered(Event):
    TYPE: ClassVar[str] = "registry.told.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A journal event; *times* says how many messages it becomes."""

    number: int
    times: int = 1
    text: str = ""
    registers: bool = False


def publish(event):
    told = [Told(number=event.number, text=event.text) for _ in range(event.times)]
    return [*told, *([Registered(number=event.number)] if event.registers else [])]


async def happen(journal, clock, number, key="k", **more):
    context = Context(
        actor="test",
        correlation_id=STORY,
        causation_id=UUID(int=1000 + number),
        occurred_at=clock(),
    )
    with acting(context):
        await journal.append(
            Append(
                stream=f"thing-{key}",
                expected=ANY,
                events=[Happened(number=number, **more)],
                key=key,
            )
        )
