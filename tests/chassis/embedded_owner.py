"""The command line `kiemtra` over services in small, to be killed in tests."""

from functools import partial

from services.chassis.embedded import nursery, system
from services.cli import app

SMALL = dict.fromkeys(system.MODULES, "tests.chassis.embedded_service")

if __name__ == "__main__":
    nursery.WARM = ()
    system.system = partial(system.system, modules=SMALL)
    app()
