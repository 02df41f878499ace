"""Apache Kafka in KRaft mode on the loopback interface: one broker."""

from __future__ import annotations

import asyncio
import base64
import shutil
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from services.chassis.embedded import broker, jars, java
from services.chassis.embedded.environment import for_java
from services.chassis.embedded.errors import PortTaken, ServerFailed, Unreachable
from services.chassis.embedded.owning import forget_ports, ports, sole_owner
from services.chassis.embedded.processes import Order, Process
from services.chassis.embedded.supervising import supervise
from services.chassis.ids import new_id

TRIES = 3
NO_SUCH_GROUP_YET = 30.0


class Kafka:
    """A broker that is its own controller; data, log and ports stay in its folder."""

    def __init__(
        self,
        folder: Path,
        *,
        heap: str = "512m",
        jvm: Sequence[str] = (),
        grace: float = 30.0,
        overrides: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder.absolute()
        self.process: Process | None = None
        self.bootstrap = ""
        self._heap = heap
        self._jvm = jvm
        self._grace = grace
        self._overrides = overrides or {}
        self._held = AsyncExitStack()

    async def start(self) -> Process:
        """Start the broker; return when it answers and coordinates groups.

        Raises:
            HomeInUse: Another process runs it.
            JarsMissing: Kafka is neither cached nor to be had.
            ServerFailed: It did not start.
        """
        try:
            paths = await asyncio.to_thread(jars.classpath)
            lock = await self._held.enter_async_context(sole_owner(self.folder))
            self.process = await self._on_free_ports(paths, lock)
            await _coordinating(self.bootstrap)
        except BaseException:
            await asyncio.shield(self.stop())
            raise
        return self.process

    async def stop(self) -> None:
        """Shut the broker down and leave the folder to others."""
        if self.process is not None:
            await self.process.stop()
        await self._held.aclose()

    async def _on_free_ports(self, paths: Sequence[Path], lock: int) -> Process:
        for _ in range(TRIES - 1):
            try:
                return await self._started(paths, lock)
            except PortTaken:
                forget_ports(self.folder)
        return await self._started(paths, lock)

    async def _started(self, paths: Sequence[Path], lock: int) -> Process:
        chosen = ports(self.folder, ["client", "controller"])
        self.bootstrap = f"127.0.0.1:{chosen['client']}"
        self._empty_tmp()
        values = broker.settings(chosen["client"], chosen["controller"])
        broker.write(self.folder / "server.properties", {**values, **self._overrides})
        if not (self.folder / "data" / "meta.properties").exists():
            await self._format(paths)
        java_command = java.command(paths, self._heap)
        java_command[1:1] = self._jvm
        process = Process(
            Order(
                name="Kafka",
                command=[*java_command, "kafka.Kafka", "server.properties"],
                folder=self.folder,
                log=self.folder / "server.log",
                environment=for_java(),
                keep=[lock],
                grace=self._grace,
            ),
            spawn=supervise,
            probe=self._answers,
            before=self._empty_tmp,
        )
        await process.start()
        return process

    def _empty_tmp(self) -> None:
        """Remove the native libraries that a killed broker left."""
        shutil.rmtree(self.folder / "tmp", ignore_errors=True)
        (self.folder / "tmp").mkdir()

    async def _answers(self) -> None:
        await reachable(self.bootstrap)
        async with administrator(self.bootstrap) as client:
            cluster = await client.describe_cluster()
        if not cluster["brokers"]:
            raise KafkaError("the broker has not joined its cluster yet")

    async def _format(self, paths: Sequence[Path]) -> None:
        """Format the data folder; its cluster id is made here: one Java start less."""
        identity = "-"
        while identity.startswith("-"):  # the tool would take it for an option
            raw = base64.urlsafe_b64encode(new_id().bytes)
            identity = raw.decode().rstrip("=")
        process = await asyncio.create_subprocess_exec(
            *java.command(paths, "128m"),
            *("kafka.tools.StorageTool", "format", "--cluster-id", identity),
            *("--config", "server.properties"),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=self.folder,
            env=for_java(),
        )
        output, _ = await process.communicate()
        if process.returncode != 0:
            raise ServerFailed(
                f"Kafka's storage in {self.folder} could not be formatted:\n"
                + output.decode(errors="replace")[-2000:]
            )


@asynccontextmanager
async def embedded_kafka(folder: Path) -> AsyncIterator[str]:
    """Run a broker; yield its "host:port" when it answers."""
    server = Kafka(folder)
    await server.start()
    try:
        yield server.bootstrap
    finally:
        await asyncio.shield(server.stop())


@asynccontextmanager
async def administrator(bootstrap: str) -> AsyncIterator[AIOKafkaAdminClient]:
    """Yield a started administration client."""
    client = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=15_000)
    # Cancelled while it starts, it would leave its first connection open.
    starting = asyncio.ensure_future(client.start())
    try:
        try:
            await asyncio.shield(starting)
        finally:
            await asyncio.wait([starting])
            starting.exception()  # seen, also by one who was cancelled
        yield client
    finally:
        await client.close()


async def create_topics(
    bootstrap: str,
    names: Iterable[str],
    *,
    partitions: int = 12,
    copies: int = 1,
    single: Iterable[str] = (),
) -> None:
    """Make the topics that are not there yet; those of *single* in one partition.

    Raises:
        Unreachable: The cluster does not answer, or does not let us.
    """
    topics = [NewTopic(name, partitions, copies) for name in names]
    topics += [NewTopic(name, 1, copies) for name in single]
    try:
        async with administrator(bootstrap) as client:
            made = await client.create_topics(topics)
        for name, code, *_ in made.topic_errors:
            if code not in (0, TopicAlreadyExistsError.errno):
                raise for_code(code)(name)
    except KafkaError as error:
        raise Unreachable(
            f"Kafka at {bootstrap} does not let us make the topics: {error}\n"
            "  KIEMTRA_KAFKA must name a cluster that runs (host:port)."
        ) from error


async def reachable(address: str) -> None:
    """Raise OSError unless something listens at "host:port"."""
    host, _, port = address.rpartition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.close()


async def _coordinating(bootstrap: str) -> None:
    """Wait for a group coordinator: the first to ask has the offsets topic made."""
    async with asyncio.timeout(NO_SUCH_GROUP_YET), administrator(bootstrap) as client:
        while True:
            try:
                await client.find_coordinator("embedded")
            except KafkaError as error:
                if not error.retriable:
                    raise
                await asyncio.sleep(0.01)
            else:
                return
