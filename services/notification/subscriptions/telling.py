"""How a notice is asked for: to whom, by which template, under which id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid5

from services.chassis.context import current
from services.chassis.errors import CauseUnseen
from services.chassis.journal import Journal
from services.chassis.viewing import Row, Rows
from services.notification import domain, queries
from services.notification.commands import RequestNotice
from services.notification.handlers import PHRASES, request_notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Which template, about what, with which fields.

    ``several``: one event is told to several, each by a letter of its own.
    """

    template: str
    about: str
    fields: Mapping[str, str]
    urging: domain.Urging | None = None
    several: bool = False


async def tell(recipient: Row, words: Words, journal: Journal) -> None:
    """Request the notice; its id is that of the event and the template, for ever."""
    name = words.template
    if words.several:
        name = f"{words.template}/{recipient['agency_id']}"
    notice_id = str(uuid5(current().causation_id, name))
    command = RequestNotice(
        recipient_id=recipient["agency_id"],
        mailbox=recipient["mailbox"] or "",
        template=words.template,
        about=words.about,
        fields={**words.fields, "recipient": recipient["name"]},
        dated=current().occurred_at,
        urging=words.urging,
    )
    await request_notice(notice_id, command, journal)


async def known(rows: Rows, agency_id: str) -> Row:
    """Return the row of an agency that the registry told of; wait until it did."""
    found = await queries.agency(rows, agency_id)
    if found is None:
        raise CauseUnseen(f"the registry has not told of {agency_id} yet")
    return found


async def above(rows: Rows, agency_id: str, fallback_id: str | None = None) -> Row:
    """Return who stands above an agency; nobody above: whom the plan names, else it.

    A letter about an agency that has nobody above still reaches somebody.
    """
    unit = await known(rows, agency_id)
    higher = unit["superior_id"] or unit["parent_id"] or fallback_id
    return await known(rows, higher) if higher else unit


def named(kind: str, codes: tuple[str, ...]) -> str:
    """Return codes in the words of the officials, one after the other."""
    return domain.listed(PHRASES.name(kind, code) for code in codes)
