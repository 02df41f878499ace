"""What operators may do at any moment, done at the worst: F13, F14."""

import asyncio

from services import SERVICES

BY = {"who": "chaos/operator", "why": "a fault on purpose"}
TRIES = 20


class HeldTopic:
    """One topic stands still everywhere: effects arrive before their causes."""

    fault = "F14"

    async def strike(self, bench):
        topic, seconds = bench.dice.choice(bench.topics), bench.dice.uniform(2, 12)
        hearing = await bench.consumers(topic)
        for name, consumer in sorted(hearing):
            await bench.operate(name, f"consumers/{consumer}/pause", topic=topic, **BY)
        await asyncio.sleep(seconds)
        for name, consumer in sorted(hearing):
            await bench.operate(name, f"consumers/{consumer}/resume", topic=topic, **BY)
        return f"{topic} for {seconds:.1f} s"


class Rewind:
    """A live consumer is sent back, to the start or near it."""

    fault = "F13"

    async def strike(self, bench):
        for _ in range(TRIES):
            name = bench.dice.choice(SERVICES)
            rows = [
                row
                for row in (await bench.ask(name, "consumers"))["items"]
                if row["next_offset"] > 0 and row["topic"] in bench.topics
            ]
            if rows and (told := await self._sent_back(bench, name, rows)):
                return told
            await asyncio.sleep(0.5)
        raise AssertionError("no partition could be rewound")

    async def _sent_back(self, bench, name, rows):
        row = bench.dice.choice(rows)
        at = {"topic": row["topic"], "partition": row["partition"]}
        offset = bench.dice.randint(0, row["next_offset"] - 1)
        path = f"consumers/{row['consumer']}/seek"
        answer = await bench.operate(name, path, offset=offset, **at, **BY)
        if not answer.is_success:  # it moved meanwhile, or junk lies in between
            return None
        again = answer.json()["repeated"]
        bench.rewound.append([row["consumer"], *at.values(), again])
        return f"{row['consumer']} {row['topic']}/{row['partition']} by {again}"
