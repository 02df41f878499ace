"""What is written beside the stream that a command speaks of, with it or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from services.chassis.context import acting, current
from services.chassis.deciding import Aggregate, Decided, decide
from services.chassis.journal import Journal

S = TypeVar("S")


async def aside(
    journal: Journal,
    aggregate: Aggregate[S],
    key: str,
    decision: Callable[[S], Sequence[Any]],
) -> Decided:
    """Decide on another stream than the one whose version the caller named."""
    with acting(replace(current(), expected=None)):
        return await decide(journal, aggregate, key, decision)
