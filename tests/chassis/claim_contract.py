"""What every journal must do about the ids of commands."""

import asyncio
from contextlib import suppress

import pytest

from services.chassis.journal import Answer, Claim
from tests.chassis.journal_contract import COMMAND


class ClaimContract:
    async def test_a_command_is_answered_once(self, journal):
        said = Answer(status=201, body='{"id": "Đ"}', version=3)
        async with journal.transaction():
            assert await journal.claim(COMMAND, "h") == (Claim.NEW, None)
            await journal.answer(COMMAND, "h", said)

        async with journal.transaction():
            assert await journal.claim(COMMAND, "h") == (Claim.ANSWERED, said)
            assert await journal.claim(COMMAND, "g") == (Claim.OTHER, None)

    async def test_a_command_that_failed_may_be_tried_again(self, journal):
        with suppress(ZeroDivisionError):
            async with journal.transaction():
                await journal.claim(COMMAND, "h")
                await journal.answer(COMMAND, "h", Answer(status=200, body=""))
                raise ZeroDivisionError

        async with journal.transaction():
            assert await journal.claim(COMMAND, "h") == (Claim.NEW, None)

    async def test_a_command_in_flight_is_not_begun_twice(self, journal):
        claimed, asked = asyncio.Event(), asyncio.Event()

        async def first():
            async with journal.transaction():
                await journal.claim(COMMAND, "h")
                claimed.set()
                await asked.wait()

        async def second():
            await claimed.wait()
            async with journal.transaction():
                found = await journal.claim(COMMAND, "h")
            asked.set()
            return found

        _, found = await asyncio.gather(first(), second())
        assert found == (Claim.IN_FLIGHT, None)

    async def test_a_claim_belongs_into_a_transaction(self, journal):
        with pytest.raises(RuntimeError):
            await journal.claim(COMMAND, "h")
