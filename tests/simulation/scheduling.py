"""An event loop on virtual time that draws its next step by seed; processes that die.

What runs in a process's context runs only while the process lives: a process that is
killed does nothing more, not even its ``finally``; one that is frozen goes on later.
"""

import asyncio
import heapq
from contextvars import ContextVar, copy_context

PROCESS = ContextVar("process", default=None)
MOST_STEPS = 400_000


class Stuck(Exception):
    """Nothing can happen any more, or it never ends."""


class SimulatedLoop(asyncio.SelectorEventLoop):
    """Runs one ready callback at a time, any of them; time passes when none is ready.

    Of a real server it would know nothing: no socket is ever asked.
    """

    def __init__(self, dice):
        super().__init__()
        self._dice = dice
        self._now = 0.0
        self.steps = 0
        self.failures = []
        self.set_exception_handler(self._failed)

    def time(self):
        return self._now

    def _failed(self, _, context):
        if "destroyed" not in context["message"]:
            self.failures.append(context)

    def _timer_handle_cancelled(self, _):
        """Leave it in the heap: it is passed over when its time comes."""

    def _run_once(self):
        ready = self._ready
        if not ready:
            self._pass_time(ready)
        if len(ready) > 1:
            ready.rotate(-int(self._dice.random() * len(ready)))
        if ready:
            handle = ready.popleft()
            if not handle._cancelled:  # noqa: SLF001 - the loop's own bookkeeping
                self._step(handle)

    def _pass_time(self, ready):
        scheduled = self._scheduled
        while scheduled and scheduled[0]._cancelled:  # noqa: SLF001 - as above
            heapq.heappop(scheduled)._scheduled = False  # noqa: SLF001 - as above
        if not scheduled:
            raise Stuck("everybody waits for somebody else")
        self._now = max(self._now, scheduled[0].when())
        while scheduled and scheduled[0].when() <= self._now:
            handle = heapq.heappop(scheduled)
            handle._scheduled = False  # noqa: SLF001 - as above
            ready.append(handle)

    def _step(self, handle):
        process = handle._context.get(PROCESS)  # noqa: SLF001 - whose step it is
        if process is not None and not process.lets_run(handle):
            return
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Stuck("it never ends")
        handle._run()  # noqa: SLF001 - that is what a loop does


class Process:
    """Something that is killed, or frozen and thawed, as a whole."""

    def __init__(self, name):
        self.name = name
        self.loop = asyncio.get_running_loop()
        self.alive = True
        self.frozen = False
        self.tasks = []
        self.consumer = None
        self.on_death = []
        self.on_freeze = []
        self._held = []
        self._left = None  # steps until *_end*
        self._end = self.kill
        self._context = copy_context()
        self._context.run(PROCESS.set, self)

    def spawn(self, coroutine):
        """Run something in this process."""
        task = self.loop.create_task(coroutine, context=self._context.copy())
        self.tasks.append(task)
        return task

    def lets_run(self, handle):
        """Say whether a callback may run now; the last one that may kills us."""
        if self.frozen or not self.alive:
            self._held.append(handle)
            return False
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                self._left = None
                self._held.append(handle)
                self._end()
                return False
        return True

    def after(self, steps, end):
        """Call *end* (kill or freeze) in that many more steps: amid something."""
        self._left, self._end = steps, end

    def kill(self):
        """Stop for ever."""
        self.alive, self.frozen = False, False
        for call in self.on_death:
            call()

    def freeze(self):
        """Do nothing until thawed."""
        if self.alive:
            self.frozen = True
            for call in self.on_freeze:
                call()

    def thaw(self):
        """Go on as if no time had passed."""
        if self.frozen:
            self.frozen = False
            self._go_on()

    def _go_on(self):
        self.loop._ready.extend(self._held)  # noqa: SLF001 - they were in it
        self._held.clear()

    @property
    def doomed(self):
        """Say whether it is dead, or will be soon."""
        return not self.alive or self._left is not None

    def bury(self):
        """End its tasks at the end of the world, where nothing has an effect."""
        self.alive, self.frozen, self._left = True, False, None
        self._go_on()
        for task in self.tasks:
            task.cancel()
        return [task for task in self.tasks if not task.done()]


def outside(call, *args, after=0.0):
    """Do something later that no process's death prevents: on the wire, on a server."""
    loop = asyncio.get_running_loop()
    context = copy_context()
    context.run(PROCESS.set, None)
    return loop.call_later(after, call, *args, context=context)


class Link:
    """What lies between a process and a server: slow now and then, or cut."""

    def __init__(self, dice):
        self._dice = dice
        self.cut = 0.0  # how often
        self.closed = False

    async def hop(self):
        """Go over; return whether it arrived."""
        if self.closed:
            return True
        chance = self._dice.random()
        if chance < self.cut:
            await asyncio.sleep(self._dice.random() * 0.2)
            return False
        await asyncio.sleep(0 if chance < 0.93 else self._dice.random() * 0.03)
        return True
