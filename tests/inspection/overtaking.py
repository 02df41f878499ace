"""A journal in which somebody else is faster."""

from services.chassis.journal import Append
from tests.inspection.examples import NONE_LATE
from tests.inspection.moments import at, hanoi


class Overtaken:
    """A journal in which somebody else writes first."""

    def __init__(self, journal, times):
        self.read = journal.read
        self.transaction = journal.transaction
        self._journal = journal
        self._times = times

    async def append_many(self, appends):
        if self._times:
            self._times -= 1
            [append] = appends
            figure = Append(
                stream=append.stream, expected=append.expected, events=[NONE_LATE]
            )
            with at(hanoi(5, 22, 9), str(self._times)):
                await self._journal.append(figure)
        return await self._journal.append_many(appends)
