"""A database in memory: transactions at READ COMMITTED, row locks, sessions that die.

It takes the place of ``Database`` and knows the product's statements by their text
(statements.py); what is not one of them is an error.
"""

import asyncio
from collections import defaultdict
from contextlib import asynccontextmanager
from contextvars import ContextVar

from services.chassis.errors import Unavailable
from tests.simulation.scheduling import PROCESS, outside

LOCK_TIMEOUT = 5.0
IDLE_TIMEOUT = 4.0
CURRENT = ContextVar("transaction", default=None)


class Server:
    """The tables of one database, and who holds which row."""

    def __init__(self, statements):
        self.statements = statements
        self.tables = defaultdict(dict)
        self.locks = {}
        self.open = set()
        self.sessions = set()
        self.serial = 0
        self.anomalies = []
        self.closed = False

    async def database(self, link):
        """Return the present process's way here."""
        return MemoryDatabase(self, link)

    async def look(self):
        """Return the tables, for the oracles."""
        return self.tables

    def watch(self, watcher):
        """Tell *watcher* of every cursor that is moved."""
        self.tables["watchers"]["every"] = watcher

    def close(self):
        """Have no effect any more."""
        self.closed = True

    def next_serial(self):
        """Draw from the one sequence; never given back."""
        self.serial += 1
        return self.serial

    def forget(self, process, after):
        """Notice later that a process is gone: its transactions and sessions end."""
        for transaction in [t for t in self.open if t.process is process]:
            outside(transaction.lose, after=after)
        for session in [s for s in self.sessions if s.process is process]:
            outside(session.close, after=after)

    def restart(self):
        """Lose every connection."""
        for transaction in list(self.open):
            transaction.lose()
        for session in list(self.sessions):
            session.close()


class _RowLock:
    """Who holds one row, alone or shared."""

    __slots__ = ("alone", "shared", "waiting")

    def __init__(self):
        self.alone, self.shared, self.waiting = None, set(), []

    def free_for(self, transaction, *, shared):
        if self.alone not in {None, transaction}:
            return False
        return shared or not self.shared - {transaction}

    def release(self, transaction):
        if self.alone is transaction:
            self.alone = None
        self.shared.discard(transaction)
        waiting, self.waiting = self.waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)


class Transaction:
    """What one transaction wrote, layer by savepoint, and what it holds."""

    def __init__(self, server):
        self.server = server
        self.process = PROCESS.get()
        self.layers = [{}]
        self.held = set()
        self.lost = self.closed = False
        self.after = []
        self.on_commit = []
        server.open.add(self)

    def get(self, table, key):
        """Return a row as this transaction sees it."""
        for layer in reversed(self.layers):
            if (table, key) in layer:
                return layer[table, key]
        return self.server.tables[table].get(key)

    def rows(self, table):
        """Return all rows as this transaction sees them: key to row."""
        found = dict(self.server.tables[table])
        for layer in self.layers:
            for (name, key), row in layer.items():
                if name == table:
                    found[key] = row
        return {key: row for key, row in found.items() if row is not None}

    async def lock(self, table, key, *, shared=False):
        """Hold a row to the end; return it as it is then."""
        lock = self.server.locks.setdefault((table, key), _RowLock())
        while not lock.free_for(self, shared=shared):
            future = asyncio.get_running_loop().create_future()
            lock.waiting.append(future)
            try:
                async with asyncio.timeout(LOCK_TIMEOUT):
                    await future
            except TimeoutError:
                raise Unavailable(f"no lock on {table} {key}") from None
        if self.closed:
            raise Unavailable("the transaction is gone")
        if shared:
            lock.shared.add(self)
        else:
            lock.alone = self
        self.held.add((table, key))
        return self.get(table, key)

    def locked_by_another(self, table, key):
        """Say whether SKIP LOCKED passes over it."""
        lock = self.server.locks.get((table, key))
        return lock is not None and not lock.free_for(self, shared=False)

    async def put(self, table, key, row):
        """Write a row (None: delete it), holding it."""
        await self.lock(table, key)
        self.layers[-1][table, key] = row

    def commit(self):
        """Let all see what was written."""
        if self.closed:
            raise Unavailable("the connection was lost")
        for (table, key), row in self.layers[0].items():
            if row is None:
                self.server.tables[table].pop(key, None)
            else:
                self.server.tables[table][key] = row
        for call in self.on_commit:
            call()
        self._end()

    def lose(self):
        """Undo all: the connection is gone."""
        if not self.closed:
            self.lost = True
            self._end()

    def abort(self):
        """Undo all."""
        if not self.closed:
            self._end()

    def _end(self):
        self.closed = True
        self.server.open.discard(self)
        for place in self.held:
            self.server.locks[place].release(self)


class Session:
    """A connection of one's own: the seat of the relay goes with it."""

    def __init__(self, server, link):
        self.server, self.link, self.process = server, link, PROCESS.get()
        self.closed = False
        server.sessions.add(self)

    async def fetchval(self, sql):
        """Run one of the statements about the seat."""
        if self.closed or not await self.link.hop():
            raise Unavailable("the session is gone")
        return self.server.statements[sql](self)

    def close(self):
        """Give up what belongs to the session."""
        self.closed = True
        self.server.sessions.discard(self)
        if self.server.tables["seat"].get("relay") is self:
            del self.server.tables["seat"]["relay"]


class MemoryDatabase:
    """One process's way to the server, with the methods of ``Database``."""

    def __init__(self, server, link):
        self._server, self._link = server, link
        process = PROCESS.get()
        if process is not None:
            process.on_death.append(lambda: server.forget(process, after=0.01))
            process.on_freeze.append(lambda: server.forget(process, IDLE_TIMEOUT))

    @property
    def inside(self):
        return self._joined() is not None

    def after_commit(self, call):
        joined = self._joined()
        if joined is None:
            call()
        else:
            joined.after.append(call)

    @asynccontextmanager
    async def transaction(self):
        joined = self._joined()
        if joined is not None:
            async with self._savepoint(joined):
                yield
            return
        await self._over(None)
        opened = Transaction(self._server)
        token = CURRENT.set((self, opened))
        try:
            yield
            await self._over(opened)
            opened.commit()
        except BaseException:
            await self._link.hop()
            opened.abort()
            raise
        finally:
            CURRENT.reset(token)
        await self._over(None)
        for call in opened.after:
            call()

    @asynccontextmanager
    async def _savepoint(self, joined):
        await self._over(joined)
        joined.layers.append({})
        try:
            yield
            await self._over(joined)
        except BaseException:
            await self._link.hop()
            joined.layers.pop()
            raise
        top = joined.layers.pop()
        joined.layers[-1].update(top)

    @asynccontextmanager
    async def acquire_session(self):
        await self._over(None)
        session = Session(self._server, self._link)
        try:
            yield session
        finally:
            session.close()

    async def fetch(self, sql, *args):
        return await self._run(sql, *args)

    async def fetchrow(self, sql, *args):
        rows = await self._run(sql, *args)
        return rows[0] if rows else None

    async def fetchval(self, sql, *args):
        rows = await self._run(sql, *args)
        return next(iter(rows[0].values())) if rows else None

    async def execute(self, sql, *args):
        await self._run(sql, *args)

    async def executemany(self, sql, rows):
        for row in rows:
            await self._run(sql, *row)

    def _joined(self):
        database, opened = CURRENT.get() or (None, None)
        return opened if database is self and not opened.closed else None

    async def _run(self, sql, *args):
        statement = self._server.statements[sql]
        database, joined = CURRENT.get() or (None, None)
        if database is self:
            await self._over(joined)
            rows = await statement(joined, *args)
            await self._over(joined)
            return rows
        await self._over(None)
        own = Transaction(self._server)
        try:
            rows = await statement(own, *args)
            own.commit()
        finally:
            own.abort()
        await self._over(None)
        return rows

    async def _over(self, transaction):
        """Go to the server or back; a cut takes the transaction with it."""
        arrived = await self._link.hop()
        if self._server.closed:
            return
        if transaction is not None:
            if not arrived:
                transaction.lose()
            if transaction.closed:
                raise Unavailable("the transaction was lost")
        if not arrived:
            raise Unavailable("the connection was lost")
