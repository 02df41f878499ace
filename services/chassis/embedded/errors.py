"""What can go wrong with an embedded server; every message says what to do.

::

    EmbeddedError       the servers of this machine cannot run
    ├── HomeInUse       another process runs them on this folder
    ├── ServerFailed    a server stopped by itself, or never answered
    │   └── PortTaken   it found its port taken
    ├── Unreachable     a server that runs elsewhere does not answer
    ├── JarsMissing     Kafka's jars are neither cached nor to be had
    └── RootRefused     PostgreSQL does not run as root, and nothing else is possible
"""

from __future__ import annotations


class EmbeddedError(RuntimeError):
    """An embedded server cannot run; the message says what to do."""


class HomeInUse(EmbeddedError):
    """Another process runs a server on this folder."""


class ServerFailed(EmbeddedError):
    """The server stopped by itself, or never answered."""


class PortTaken(ServerFailed):
    """The server found its port taken."""


class Unreachable(EmbeddedError):
    """A server that somebody else runs does not answer, or does not let us in."""


class JarsMissing(EmbeddedError):
    """Some jars are neither in the cache nor to be had."""


class RootRefused(EmbeddedError):
    """PostgreSQL does not run as root, and nothing else is possible here."""
