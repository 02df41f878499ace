"""Commands of notification on a journal."""

from datetime import datetime
from uuid import uuid5

import pytest

from services.chassis.context import acting
from services.notification import domain
from services.notification.commands import (
    NoteDelivered,
    NoteFailed,
    RequestNotice,
    RetryNotice,
)
from services.notification.handlers import (
    MAIL,
    note_delivered,
    note_failed,
    request_notice,
    retry_notice,
)
from tests.conftest import STORY
from tests.notification.examples import DATED, DELIVERED, URGING, heard

COMMAND = RequestNotice(
    recipient_id="hn-tan-hoi",
    mailbox="vanthu@tanhoi.example",
    template="reminder",
    about="RC-08",
    fields={
        "recipient": "UBND xã Tân Hội",
        "case": "RC-08",
        "inspection": "I-2023-HN-07",
        "unit": "UBND xã Tân Hội",
        "text": "Hoàn thành việc số hóa",
        "due_on": "30/09/2023",
        "effective_due_on": "02/10/2023",
    },
    dated=DATED,
    urging=URGING,
)


@pytest.fixture
async def notice(journal):
    with acting(heard()):
        await request_notice("N-1", COMMAND, journal)
    return "N-1"


def again(n):
    return acting(heard(cause=uuid5(STORY, str(n))))


async def test_a_notice_is_recorded_under_its_recipient_with_what_is_to_be_mailed(
    journal, notice
):
    [recorded] = await journal.read(f"notice-{notice}")
    [intent] = journal.intents

    assert recorded.key == "hn-tan-hoi"
    assert (intent.kind, intent.stream) == (MAIL, "notice-N-1")
    assert intent.payload["message_id"] == "<N-1@kiemtra.local>"
    assert intent.payload["subject"] == recorded.event.letter.subject
    assert datetime.fromisoformat(intent.payload["dated"]) == DATED


async def test_a_notice_requested_again_is_mailed_once(journal, notice):
    with again(1):
        await request_notice(notice, COMMAND, journal)

    assert len(journal.intents) == 1


async def test_a_notice_whose_recording_fails_is_not_mailed(journal):
    """A mail for a change that was never stored says what is not so (T23)."""

    async def request_and_fail():
        async with journal.transaction():
            await request_notice("N-1", COMMAND, journal)
            raise RuntimeError("the commit fails")

    with acting(heard()), pytest.raises(RuntimeError):
        await request_and_fail()

    assert journal.intents == []


async def test_it_arrives_once(journal, notice):
    for n in (1, 2):
        with again(n):
            await note_delivered(notice, NoteDelivered(), journal)

    _, delivered = await journal.read(f"notice-{notice}")
    assert delivered.event.message_id == DELIVERED.message_id
    assert delivered.event.urging == URGING


async def test_a_notice_given_up_is_mailed_again_under_the_same_message_id(
    journal, notice
):
    """A new id would make two notices of one (T13)."""
    with again(1):
        failed = NoteFailed(code="smtp-550", attempt=1, final=True)
        await note_failed(notice, failed, journal)
    with again(2):
        await retry_notice(notice, RetryNotice(mailbox="moi@tanhoi.example"), journal)

    first, second = journal.intents
    assert second.payload["mailbox"] == "moi@tanhoi.example"
    assert first.payload["message_id"] == second.payload["message_id"]


async def test_what_has_not_failed_is_not_retried(journal, notice):
    with pytest.raises(domain.NoticeRefused) as refused:
        await retry_notice(notice, RetryNotice(), journal)
    assert refused.value.code == "notice-not-failed"


async def test_a_notice_with_a_field_missing_is_not_requested(journal):
    command = COMMAND.model_copy(update={"fields": {"case": "RC-08"}})

    with pytest.raises(domain.NoticeRefused):
        await request_notice("N-1", command, journal)
    assert await journal.head() == 0
