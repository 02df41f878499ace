"""Makes the seals: a part of the running service, one at a time for all replicas.

A seal is made in one transaction under a lock; telling the topic and the file comes
after it and is repeated until it is done. Idle, it looks once a minute.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from contracts.verify.lines import FIRST, Resumes, Seal, leaf_data, read
from contracts.verify.merkle import leaf, root
from services.chassis.bus import Bus, Outgoing
from services.chassis.clock import Clock
from services.chassis.errors import Halted
from services.chassis.logging import log
from services.chassis.pausing import until
from services.chassis.postgres import Database
from services.chassis.sealing.keeping import SealFile
from services.chassis.sealing.signing import Signer

TOPIC = "audit.seals"
EVENTS = 1000
SECONDS = 60.0
LOOK = 5.0  # while there is something new
PAGE = 500  # seals told at once
TAKE = f"SELECT pg_try_advisory_xact_lock{(0x4B54, 3)}"  # the relay's seat is 2
LAST = "SELECT line, void_by, void_why FROM es.seal ORDER BY number DESC LIMIT 1"
SOUND = """
SELECT number, upto FROM es.seal WHERE void_by IS NULL ORDER BY number DESC LIMIT 1
"""
NEXT = "SELECT seq, hash FROM es.unsealed($1, $2)"
WAITING = "SELECT count(*) FROM es.event WHERE seq > $1"
KEEP = """
INSERT INTO es.seal (number, upto, line, leaves, void_by, void_why)
VALUES ($1, $2, $3, $4, $5, $6)
"""
LINES = "SELECT number, line FROM es.seal WHERE number > $1 ORDER BY number LIMIT $2"
ONE = "SELECT line FROM es.seal WHERE number = $1"
TOLD = "SELECT coalesce(max(number), 0) FROM es.seal_told"
TELL = """
INSERT INTO es.seal_told (number) VALUES ($1)
ON CONFLICT (one) DO UPDATE SET number = greatest(es.seal_told.number, $1)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What one try came to: a seal, or how many events wait for one."""

    seal: Seal | None = None
    waiting: int = 0


class Sealer:
    """Seals a service's journal from its last seal on."""

    def __init__(  # noqa: PLR0913 - its parts
        self,
        service: str,
        database: Database,
        *,
        signer: Signer,
        file: SealFile,
        bus: Bus,
        clock: Clock,
    ) -> None:
        self._service = service
        self._database = database
        self._signer = signer
        self._file = file
        self._bus = bus
        self._clock = clock
        self._news = asyncio.Event()
        self._news.set()  # somebody may have recorded something before us

    def wake(self) -> None:
        """Hear that something was recorded."""
        self._news.set()

    @property
    def key(self) -> str:
        """Return the public key."""
        return self._signer.public

    async def run(self) -> None:
        """Seal until cancelled; whatever fails is tried again.

        Raises:
            Halted: Seals are known that the database has lost: an operator looks.
        """
        since: float | None = None  # when what waits was first seen
        clock = asyncio.get_running_loop().time
        while True:
            self._news.clear()
            old = since is not None and clock() - since >= SECONDS
            try:
                if not await self.seal(partial=old):
                    since = None
                elif since is None or old:
                    since = clock()
            except Halted:
                raise  # left to an operator
            except Exception as error:  # noqa: BLE001 - the edge: it ends the round
                log("seal.retry", service=self._service, error=error)
            if since is None:
                await until(self._news, SECONDS)
            await asyncio.sleep(LOOK)

    async def seal(self, *, partial: bool) -> int:
        """Seal whole thousands, *partial*: the rest too; return how many events wait.

        Raises:
            Halted: The file holds seals that the database has not.
            Unavailable: Postgres or Kafka is away; what was made is told next time.
        """
        await self._agreed()
        while (made := await self._one(partial=partial)).seal is not None:
            seal = made.seal
            log("seal.made", no=seal.number, events=seal.events, upto=seal.upto)
        await self._tell_file()
        await self._tell_topic()
        return made.waiting

    async def give_up(self, who: str, why: str) -> int:
        """Keep the file's seals that a restored database lacks, as void; say how many.

        The next seal binds the last of them and says that they were given up. Inside
        the transaction that accepts the loss.

        Raises:
            Halted: One of them is not ours.
        """
        number = await self._number()
        lost = await asyncio.to_thread(self._file.after, number)
        for seal in lost:
            if seal.key != self.key or self._signer.sign(seal) != seal:
                raise Halted(f"seal {seal.number} of {self._file.path} is not ours")
            line = seal.line.decode()
            kept = (seal.number, seal.upto, line, b"", who, why)
            await self._database.execute(KEEP, *kept)
        return len(lost)

    async def standing(self) -> dict[str, int]:
        """Return the last seal's number, and how many events have none yet."""
        _, after, _ = await self._before()
        waiting = await self._database.fetchval(WAITING, after)
        return {"number": await self._number(), "waiting": waiting}

    async def lost(self) -> int:
        """Return how many seals of the file the database lacks."""
        last = await asyncio.to_thread(self._file.last)
        return max(0, (last.number if last else 0) - await self._number())

    async def _one(self, *, partial: bool) -> Made:
        async with self._database.transaction():
            if not await self._database.fetchval(TAKE):
                return Made()  # another replica is at it
            before, after, resumes = await self._before()
            rows = await self._database.fetch(NEXT, after, EVENTS)
            if not rows or (len(rows) < EVENTS and not partial):
                return Made(waiting=len(rows))
            leaves = [leaf_data(row["seq"], row["hash"]) for row in rows]
            seal = self._signer.sign(
                Seal(
                    service=self._service,
                    number=before.number + 1 if before else 1,
                    after=after,
                    upto=rows[-1]["seq"],
                    events=len(rows),
                    root=root([leaf(each) for each in leaves]).hex(),
                    previous=before.hash if before else FIRST,
                    resumes=resumes,
                    sealed_at=self._clock().isoformat(),
                    key=self.key,
                )
            )
            line = seal.line.decode()
            kept = (seal.number, seal.upto, line, b"".join(leaves), None, None)
            await self._database.execute(KEEP, *kept)
        return Made(seal=seal)

    async def _before(self) -> tuple[Seal | None, int, Resumes | None]:
        """Return the last seal, up to where all is sealed, and what was given up."""
        row = await self._database.fetchrow(LAST)
        if row is None:
            return None, 0, None
        before = _seal(row["line"])
        if row["void_by"] is None:
            return before, before.upto, None
        sound = await self._database.fetchrow(SOUND)
        number, upto = (sound["number"], sound["upto"]) if sound else (0, 0)
        given_up = Resumes(seal=number, who=row["void_by"], why=row["void_why"])
        return before, upto, given_up

    async def _agreed(self) -> None:
        """Halt if the file tells of seals that the database has lost, or has others."""
        last = await asyncio.to_thread(self._file.last)
        if last is None:
            return
        line = await self._database.fetchval(ONE, last.number)
        if line is None:
            raise Halted(
                f"seal {last.number} lies in {self._file.path}, not in the database: "
                "it was restored? See `kiemtra journal reconcile`"
            )
        if line != last.line.decode():
            raise Halted(f"another seal {last.number} lies in {self._file.path}")

    async def _number(self) -> int:
        row = await self._database.fetchrow(LAST)
        return _seal(row["line"]).number if row else 0

    async def _tell_file(self) -> None:
        last = await asyncio.to_thread(self._file.last)
        number = last.number if last else 0
        while rows := await self._database.fetch(LINES, number, PAGE):
            lines = [row["line"] for row in rows]
            await asyncio.to_thread(self._file.append, lines)
            number = rows[-1]["number"]

    async def _tell_topic(self) -> None:
        told = await self._database.fetchval(TOLD)
        rows = await self._database.fetch(LINES, told, PAGE)
        if not rows:
            return
        producer = await self._bus.producer()
        try:
            while rows:
                batch = [self._outgoing(row["line"]) for row in rows]
                await producer.send(TOPIC, 0, batch)
                told = rows[-1]["number"]
                await self._database.execute(TELL, told)
                log("seal.published", no=told, seals=len(rows))
                rows = await self._database.fetch(LINES, told, PAGE)
        finally:
            await producer.close()

    def _outgoing(self, line: str) -> Outgoing:
        return Outgoing(
            key=self._service.encode(),
            value=line.encode(),
            headers=(("content-type", b"application/json"),),
        )


def _seal(line: str) -> Seal:
    seal = read(line.encode())
    if not isinstance(seal, Seal):  # pragma: no cover
        raise TypeError
    return seal
