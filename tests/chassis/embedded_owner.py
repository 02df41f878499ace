"""The command line `kiemtra` over services in small, to be killed in tests."""

from functools import partial

from services.chassis.embedded.system import MODULES, system
from services.cli import app, up

SMALL = {
    "modules": dict.fromkeys(MODULES, "tests.chassis.embedded_service"),
    "warm": (),
}

if __name__ == "__main__":
    up.system = partial(system, **SMALL)
    app()
