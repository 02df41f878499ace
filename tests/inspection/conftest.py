"""Inspection put together on a memory journal, and asked over ASGI."""

import pytest

from services.chassis.running import Ports
from services.chassis.testing import FrozenClock
from services.chassis.testing.client import NoRows, open_client
from services.inspection import app
from tests.inspection.examples import CALENDAR
from tests.inspection.moments import hanoi


@pytest.fixture
def now():
    return FrozenClock(hanoi(5, 22))


@pytest.fixture
def service(journal):
    return app.build(Ports(journal=journal, rows=NoRows(), calendar=CALENDAR))


@pytest.fixture
async def client(service, journal, now):
    async with open_client(service, journal, now) as it:
        yield it
