"""What a read model shows: listings, details with their parts, named views."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from services.chassis.access import Principal, Rule
from services.chassis.commanding import Command
from services.chassis.deciding import Aggregate

Row = dict[str, Any]


class Malformed(Exception):
    """A query asks in a way that the view does not understand (422)."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter = parameter


class Rows(Protocol):
    """The live build of a service's views."""

    async def fetch(self, sql: str, *arguments: Any) -> Sequence[Row]:
        """Return the rows of a SELECT; views are named without schema."""
        ...

    async def caught_up(self, position: int) -> None:
        """Return once the views hold what was recorded up to *position*.

        Raises:
            Unavailable: They did not get there within a bounded time.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows of another table that belong to a detail."""

    table: str
    by: str  # the column that holds the detail's key
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One thing by its id: the row of ``table``, its parts, then ``shape``.

    ``restricted``: only its readers may see it (``restricting.py``); it and its
    history are absent for all others, as of any moment. ``holds_on`` says from which
    day an event's fact holds, where that is not the day it was entered; with it, the
    thing can be asked ``on`` a day, as known at any moment.
    """

    collection: str
    aggregate: Aggregate[Any]
    table: str
    key: str
    read: Rule
    parts: Mapping[str, Part] = field(default_factory=dict)
    shape: Callable[[Row], Row] = dict
    restricted: bool = False
    holds_on: Callable[[Any], date | None] | None = None


Bind = Callable[[Any], str]  # keeps a value as an argument, and says its name in SQL


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Query parameters that mean one condition together (``?scheme=&value=&on=``).

    ``condition`` is asked when one of them is there; it gets those that are, and
    refuses with ``Malformed`` what it does not understand.
    """

    parameters: tuple[str, ...]
    condition: Callable[[Mapping[str, str], Bind], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Many things, a page at a time, in order of ``key``.

    ``equals`` are query parameters compared with the column of that name; ``choices``
    are parameters whose values stand for a condition (``{"state": {"open": "closed_on
    IS NULL"}}``); any other value or parameter is refused (422). ``restricted``: rows
    that others may read only are left out (``restricting.py``).
    """

    collection: str
    table: str
    key: str
    read: Rule
    equals: tuple[str, ...] = ()
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lookups: tuple[Lookup, ...] = ()
    shape: Callable[[Row], Row] = dict
    restricted: bool = False


Query = Callable[[Rows, Mapping[str, str]], Awaitable[Any]]
ReaderQuery = Callable[[Rows, Mapping[str, str], Principal], Awaitable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A named view: its path (``/plans/{id}/coverage``) and its SQL, in a function.

    The function gets the path's and the query's parameters; None is a 404. One that
    ``asks_who`` gets the officer too, to leave out what they may not see. A question
    too long for an address has a ``body``: it may be POSTed as well, writes nothing,
    and reaches the function as JSON under the name "body".
    """

    path: str
    query: Query | ReaderQuery
    read: Rule
    parameters: tuple[str, ...] = ()
    asks_who: bool = False
    body: type[Command] | None = None
