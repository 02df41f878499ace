"""The journal as evidence, for operators: seals, their events, journal against bus."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from contracts.catalogue import CATALOGUE, topic_of
from services.chassis.bus import Record
from services.chassis.bus.kafka import existing, read_all
from services.chassis.errors import Unavailable
from services.chassis.operating.acts import Asked, NotPossible, asked, keep
from services.chassis.operating.health import Health
from services.chassis.reconciling import Published, Reconciled, lying, reconciled
from services.chassis.sealing import Sealer
from services.chassis.sealing.exporting import NoSeal, sealed, seals
from services.chassis.wrapping import AT_MOST

if TYPE_CHECKING:
    from services.chassis.running.parts import Parts

MOST = 10_000
LINES = "application/jsonl"
CURSORS = (
    "SELECT topic, position, cardinality(last_by_part) AS parts FROM es.relay_cursor"
)
ACCEPTED = "SELECT message_id FROM es.bus_accepted"
ACCEPT = """
INSERT INTO es.bus_accepted (message_id, topic, part, pos, who, why)
VALUES ($1, $2, $3, $4, $5, $6)
"""


async def reconcile(parts: Parts) -> Reconciled:
    """Hold the journal against all that we have on the bus, from the first offset."""
    rows = await parts.database.fetch(CURSORS)
    published = Published(
        position=min((row["position"] for row in rows), default=0),
        partitions={row["topic"]: row["parts"] for row in rows},
        accepted=frozenset(
            row["message_id"] for row in await parts.database.fetch(ACCEPTED)
        ),
    )
    name = parts.service.name
    topics = {f"{name}.events.v1", *published.partitions, *map(topic_of, CATALOGUE)}
    topics &= await existing(parts.settings.kafka)
    on_bus = await lying(name, _records(parts.settings.kafka, topics))
    return await reconciled(parts.journal, parts.service.publish, on_bus, published)


async def accept(parts: Parts, wanted: set[UUID], act: Asked) -> dict[str, Any]:
    """Accept that exactly these messages were lost with the journal's tail.

    Raises:
        NotPossible: Others are lost, or the journal has what the bus would pass over.
    """
    found = await reconcile(parts)
    _acceptable(found, wanted)
    given_up = await parts.sealer.lost() if parts.sealer else 0
    if not wanted and not given_up:
        raise NotPossible(409, "nothing-lost", "journal and bus have the same")
    result = {"accepted": len(wanted), "seals_given_up": given_up}
    if act.dry_run:
        return result
    async with parts.database.transaction():
        end = max((one.pos for one in found.lost.values()), default=0)
        await parts.database.fetchval("SELECT es.leap($1)", end // AT_MOST)
        for message, one in found.lost.items():
            at = (one.topic, one.partition, one.pos)
            await parts.database.execute(ACCEPT, message, *at, act.who, act.why)
        if parts.sealer:
            await parts.sealer.give_up(act.who, act.why)
        await keep(parts.database, "journal.accept", act, result)
    return result


def _acceptable(found: Reconciled, wanted: set[UUID]) -> None:
    if found.clashing:
        raise NotPossible(
            409,
            "clashing",
            f"{len(found.clashing)} events were recorded at positions that the bus has "
            "given to others: they could never be told. Export them, restore the "
            "backup once more, and reconcile before commands are taken",
        )
    if set(found.lost) != wanted:
        raise NotPossible(
            409, "others-are-lost", f"{len(found.lost)} are lost: reconcile again"
        )


async def _records(bootstrap: str, topics: set[str]) -> AsyncIterator[Record]:
    for topic in sorted(topics):
        for record in await read_all(bootstrap, topic):
            yield record


async def _listed(request: Request, _: Health, parts: Parts) -> Response:
    after = int(request.query_params.get("after", "0"))
    return JSONResponse({"items": await seals(parts.database, after, MOST)})


async def _sealed(request: Request, _: Health, parts: Parts) -> Response:
    try:
        lines = await sealed(parts.database, request.path_params["number"])
    except NoSeal as error:
        raise NotPossible(404, "no-seal", str(error)) from error
    return Response(b"".join(b"%b\n" % line for line in lines), media_type=LINES)


async def _seal(request: Request, _: Health, parts: Parts) -> Response:
    """Seal what is not sealed yet, now; the topic may be told later."""
    act, sealer = await asked(request), _sealer(parts)
    if not act.dry_run:
        with suppress(Unavailable):
            await sealer.seal(partial=True)
    result = await sealer.standing()
    await keep(parts.database, "journal.seal", act, result)
    return JSONResponse(result)


async def _reconcile(_: Request, __: Health, parts: Parts) -> Response:
    found = await reconcile(parts)
    lost = await parts.sealer.lost() if parts.sealer else 0
    told = found.told()
    told["ok"] = told["ok"] and not lost
    return JSONResponse({**told, "seals_lost": lost})


async def _accept(request: Request, health: Health, parts: Parts) -> Response:
    act = await asked(request)
    ids = act.args.get("ids")
    if not isinstance(ids, list):
        raise ValueError("ids: which messages are lost")  # noqa: TRY004 - answered 422
    wanted = {UUID(str(one)) for one in ids}
    result = await accept(parts, wanted, act)
    if not act.dry_run:
        health.again()
    return JSONResponse(result)


def _sealer(parts: Parts) -> Sealer:
    if parts.sealer is None:
        raise NotPossible(409, "no-seals", "no folder for seals is set: KIEMTRA_SEALS")
    return parts.sealer


PATHS = {
    ("GET", "/journal/seals"): _listed,
    ("GET", "/journal/seals/{number:int}"): _sealed,
    ("POST", "/journal/seal"): _seal,
    ("GET", "/journal/reconcile"): _reconcile,
    ("POST", "/journal/accept"): _accept,
}
