"""The servers of a run on containers (`make test-docker`): others, the same tests."""

import gc
import warnings

import docker
from docker.errors import DockerException
from testcontainers.kafka import KafkaContainer
from testcontainers.postgres import PostgresContainer

from tests.servers import Servers

POSTGRES = "postgres:18"
NO_DOCKER = (
    "NO DOCKER DAEMON ANSWERS, so nothing was tested on containers. Start one (and set "
    "DOCKER_HOST if it is not the machine's own), then run `make test-docker` again."
)


def daemon():
    """Say whether a Docker daemon answers."""
    with warnings.catch_warnings():
        # The client leaves the socket of a refused connection to the collector.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            client = docker.from_env()
        except DockerException:
            return False
        finally:
            gc.collect()
    client.close()
    return True


class ContainerServers(Servers):
    """PostgreSQL and Kafka from their images, for one pytest run."""

    def postgres(self):
        """Start PostgreSQL; return the superuser's URL."""
        container = self._run(PostgresContainer(POSTGRES, username="postgres"))
        return container.get_connection_url(driver=None)

    def kafka(self):
        """Start Kafka; return its "host:port"."""
        return self._run(KafkaContainer().with_kraft()).get_bootstrap_server()

    def _run(self, container):
        container.start()
        self._started.append(_Stopping(container))
        return container


class _Stopping:
    """Lets a container be stopped as the embedded servers are."""

    def __init__(self, container):
        self._container = container

    async def stop(self):
        self._container.stop()
