"""`python -m services.chassis.embedded`: fetch the jars, teach Java (`make setup`)."""

from __future__ import annotations

import asyncio
import sys

from services.chassis.embedded import jars, java
from services.chassis.embedded.errors import EmbeddedError
from services.chassis.embedded.progress import working
from services.chassis.embedded.training import train


def main(arguments: list[str]) -> int:
    """Do what this machine lacks; return the exit status."""
    try:
        if arguments == ["lock"]:
            jars.write_lock()
            return 0
        jars.classpath()
        if not java.ahead_of_time().exists():
            with working("Teaching Java to start Kafka fast (once, about 15 s)"):
                asyncio.run(train())
    except EmbeddedError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
