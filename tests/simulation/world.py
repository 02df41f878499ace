"""One simulated world: the product's relays and consumers between hostile doubles.

Relay, consumer, checkpoint, parking, retrier and cursors are the product's own; the
servers below them are storing.py, recording.py and carrying.py.
"""

import asyncio
from contextlib import suppress

from services.chassis.bus import Outgoing
from services.chassis.consumer import Actions, Consumer, Patience, Tolerance, redress
from services.chassis.consumer.redress import By
from services.chassis.context import current
from services.chassis.cursors import PostgresCursors
from services.chassis.errors import CauseUnseen, Unavailable
from services.chassis.relay import Relay
from services.chassis.testing.cursors import MemoryCursors
from tests.chassis.consuming import Refused
from tests.chassis.telling import HOME, OTHER, Registered, Told, publish
from tests.simulation.carrying import Broker, Bus, Member
from tests.simulation.judging import JUNK, isolated, settled
from tests.simulation.recording import Book, Journal, named
from tests.simulation.scheduling import Link, Process, outside
from tests.simulation.script import dice
from tests.simulation.statements import EFFECT, STATEMENTS
from tests.simulation.storing import Server

NAME = "inspection.reactions.v1"
OPERATOR = By(who="operator", why="the world heals")
LONG_ENOUGH = 600.0


class Bug(Exception):
    """Nobody thought of this."""


ERROR_OF = {"refused": Refused, "bug": Bug, "cause": CauseUnseen}


class Seatless(PostgresCursors):
    """Cursors without the seat: two relays may believe that they lead."""

    leading = MemoryCursors(exclusive=False).leading


class World:
    """What a script happens to, and what is found wrong on the way."""

    def __init__(self, script):
        self.script = script
        self.dice = dice(script.seed, "faults")
        self.book = Book(dice(script.seed, "book"))
        self.broker = Broker(script.partitions, dice(script.seed, "broker"))
        self.sending = Server(STATEMENTS)
        self.receiving = Server(STATEMENTS)
        self.sending.watch(self._never_past)
        links = (dice(script.seed, f"link {n}") for n in range(3))
        self.to_sender, self.to_receiver, self.to_broker = map(Link, links)
        self.poison = dict(script.poison)
        self.relays, self.consumers, self.processes = [], [], []
        self.tasks = []
        self.anomalies = self.receiving.anomalies
        self.tables = {}
        self.trace = []

    # Processes -----------------------------------------------------------------------

    def process(self, name):
        """Return a new process."""
        process = Process(f"{name}.{len(self.processes)}")
        self.processes.append(process)
        return process

    def start_relay(self, slot):
        """Let a relay run in a process of its own."""
        process = self.process(f"relay{slot}")
        self.relays[slot] = process
        process.spawn(self._relay(process))

    async def _relay(self, process):
        database = await self.sending.database(self.to_sender)
        journal = Journal(self.book, self.to_sender)
        kept = PostgresCursors if self.script.seat else Seatless
        bus = Bus(self.broker, self.to_broker)
        relay = Relay("planning", journal, kept(database), bus, publish)
        await self._never_ends(process, relay.run())

    def start_consumer(self, slot):
        """Let a member of the group run in a process of its own."""
        process = self.process(f"consumer{slot}")
        self.consumers[slot] = process
        process.spawn(self._consumer(process))

    async def _consumer(self, process):
        database = await self.receiving.database(self.to_receiver)
        consumer = self.make_consumer(database)
        consumer.listen(Bus(self.broker, self.to_broker))
        member = Member(process, self.broker, consumer, self.broker.dice)
        process.consumer = consumer
        self.broker.members.append(member)
        process.spawn(self._never_ends(process, member.run()))
        process.spawn(self._never_ends(process, consumer.run()))
        outside(self.deal)

    def make_consumer(self, database):
        """Return the product's consumer with a reaction that counts."""

        async def react(event, _journal):
            number = event.number
            name = str(current().causation_id)
            await database.execute(EFFECT, type(event).TYPE, number, name)
            if number in self.poison:
                raise ERROR_OF[self.poison[number]]

        actions = Actions(
            journal=None,
            reactions={Told: react, Registered: react},
            refusals=(Refused,),
        )
        patience = Patience(
            first=0.05, factor=2, longest=1.0, attempts=self.script.attempts
        )
        tolerance = Tolerance(limit=10_000, patience=patience)
        return Consumer(NAME, database, actions, [Told, Registered], tolerance)

    async def _never_ends(self, process, work):
        try:
            await work
        except Exception as error:  # noqa: BLE001 - the edge: it is an anomaly
            self.anomalies.append(f"{process.name} stopped: {error!r}")

    def deal(self):
        """Deal the partitions out anew, soon."""
        self._begin(self.broker.deal(len(self.processes)))

    def _begin(self, coroutine):
        self.tasks.append(asyncio.get_running_loop().create_task(coroutine))

    # What goes wrong -----------------------------------------------------------------

    def strike(self, fault):
        """Let a fault happen."""
        self.trace.append((asyncio.get_running_loop().time(), fault.kind, fault))
        getattr(self, f"_{fault.kind.replace('-', '_')}")(fault)

    def _victims(self):
        alive = [(self.relays, self.start_relay, s) for s in range(len(self.relays))]
        return alive + [
            (self.consumers, self.start_consumer, s) for s in range(len(self.consumers))
        ]

    def _kill(self, fault):
        victims = self._victims()
        among, start, slot = victims[fault.which % len(victims)]
        process = among[slot]
        if process.doomed:
            return
        process.on_death.append(lambda: outside(start, slot, after=fault.long))
        process.on_death.append(lambda: outside(self.deal, after=fault.long / 2))
        process.after(_steps(fault), process.kill)

    def _freeze(self, fault):
        victims = self._victims()
        among, _, slot = victims[fault.which % len(victims)]
        process = among[slot]
        if process.doomed:
            return

        def freeze():
            process.freeze()
            outside(self.deal, after=fault.long * fault.chance / 2)
            outside(process.thaw, after=fault.long)
            outside(self._resend, fault, after=fault.long)  # it finds work at once

        process.after(_steps(fault), freeze)

    def _rebalance(self, _):
        self.deal()

    def _logs(self):
        return [log for logs in self.broker.logs.values() for log in logs if log]

    def _seek_back(self, fault):
        for member in self.broker.members:
            for at in list(member.at):
                member.at[at] = int(member.at[at] * fault.chance)
            member.news.set()

    def _resend(self, fault):
        if logs := self._logs():
            log = logs[fault.which % len(logs)]
            first = int(fault.chance * len(log))
            self.broker.resend(log[0].topic, log[0].partition, first)

    def _junk(self, fault):
        """Let somebody write to the topic who is no relay, under a key of ours."""
        key = None if fault.chance < 0.3 else f"k{fault.which % 3}".encode()
        junk = Outgoing(key=key, value=JUNK, headers=(("ce_id", b"?"),))
        partition = fault.which % self.broker.partitions
        self.broker.place(HOME if fault.chance < 0.8 else OTHER, partition, [junk])

    def _cut(self, fault):
        links = (self.to_sender, self.to_receiver, self.to_broker)
        link = links[fault.which % 3]
        link.cut = 0.05 + fault.chance * 0.4
        outside(self._mend, link, after=min(fault.long, 1.0))

    @staticmethod
    def _mend(link):
        link.cut = 0.0

    def _broker(self, fault):
        kind = ("lose", "mute", "late")[fault.which % 3]
        setattr(self.broker, kind, fault.chance * 0.6)
        outside(setattr, self.broker, kind, 0.0, after=min(fault.long * 2, 1.0))

    def _restart(self, fault):
        (self.sending, self.receiving)[fault.which % 2].restart()

    # The course of it ----------------------------------------------------------------

    async def run(self):
        """Let the script happen, then heal; wait until all is settled."""
        script = self.script
        self.relays[:] = [None] * script.relays
        self.consumers[:] = [None] * script.consumers
        for slot in range(script.relays):
            self.start_relay(slot)
        for slot in range(script.consumers):
            self.start_consumer(slot)
        for fault in script.faults:
            outside(self.strike, fault, after=fault.at)
        writers = [self._write(steps) for steps in script.writers]
        await asyncio.gather(*writers, asyncio.sleep(1.6 if script.faults else 0.0))
        for process in self.processes:
            process.thaw()
        await self._until(self.delivered, "unseen")
        self.anomalies += isolated(self)
        self.poison.clear()
        await self._until(self.released, "parked for ever")
        self.anomalies += settled(self)

    async def _write(self, steps):
        for pause, step in steps:
            await asyncio.sleep(pause)
            await self.book.write(step)

    async def _until(self, condition, otherwise):
        give_up = asyncio.get_running_loop().time() + LONG_ENOUGH
        while not await condition():
            if self.anomalies:
                return
            if asyncio.get_running_loop().time() > give_up:
                halted = [c.halted for c in self._alive() if c.halted]
                self.anomalies.append(f"I10: {otherwise} {halted or ''}")
                return
            await asyncio.sleep(0.25)

    def _alive(self):
        return [p.consumer for p in self.processes if p.alive and p.consumer]

    async def delivered(self):
        """Say whether all is published, and consumed to the end of every partition."""
        self.tables = await self.receiving.look()
        rows = (await self.sending.look())["relay_cursor"].values()
        last = self.book.last()
        if last and min((row["position"] for row in rows), default=0) < last:
            return False
        places = self.tables["checkpoint"]
        return all(
            places.get((NAME, topic, part), {"next_offset": 0})["next_offset"]
            == len(log)
            for topic, logs in self.broker.logs.items()
            for part, log in enumerate(logs)
        )

    async def released(self):
        """Act as an operator does; say whether nothing is parked any more."""
        self.tables = await self.receiving.look()
        keys = self.tables["parked_key"]
        database = await self.receiving.database(self.to_receiver)
        for number, row in sorted(self.tables["parked"].items()):
            key = keys.get((NAME, row["topic"], row["key"]), {"state": "gone"})
            with suppress(redress.NotParked, Unavailable):
                if row["body"] == JUNK:
                    await redress.discard(database, number, OPERATOR)
                elif key["state"] == "waiting_operator":
                    await redress.retry(database, number, OPERATOR)
        return await self.delivered() and not self.tables["parked"]

    def _never_past(self, topic, position):
        """Check that what a cursor passes lies on the bus (I3b)."""
        there = self.broker.names(topic)
        for recorded in self.book.rows:
            if recorded.position > position:
                break
            for where, name in named(recorded):
                if where == topic and name not in there:
                    at = recorded.position
                    self.anomalies.append(f"I3b: the cursor passed {at} unpublished")

    async def bury(self):
        """End all that still runs."""
        for link in (self.to_sender, self.to_receiver, self.to_broker):
            link.closed = True
        self.sending.close()
        self.receiving.close()
        left = [t for t in self.tasks + self.broker.tasks if not t.done()]
        for task in left:
            task.cancel()
        for process in self.processes:
            left += process.bury()
        await asyncio.gather(*left, return_exceptions=True)


def _steps(fault):
    return 1 + int(fault.chance**2 * 150)
