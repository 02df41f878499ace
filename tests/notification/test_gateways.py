"""Mail against a real SMTP server in the test's own process."""

import asyncio
from email.utils import parsedate_to_datetime
from uuid import UUID

import pytest

from services.chassis.dispatcher import DeliveryFailed, Leased
from services.notification.gateways import Mail, composed
from services.notification.handlers import MAIL
from tests.notification.examples import DATED
from tests.notification.mailing import mail_server

PAYLOAD = {
    "notice_id": "N-1",
    "message_id": "<N-1@kiemtra.local>",
    "mailbox": "vanthu@tanhoi.example",
    "subject": "Đôn đốc: kiến nghị RC-08 đã quá hạn kể từ ngày 03/10/2023",
    "body": "Kính gửi: UBND xã Tân Hội\n\nYêu cầu đơn vị khắc phục ngay.\n",
    "dated": DATED.isoformat(),
}


def intent(attempt=1, **payload):
    return Leased(
        id=UUID(int=1),
        stream="notice-N-1",
        kind=MAIL,
        payload={**PAYLOAD, **payload},
        attempt=attempt,
    )


@pytest.fixture
async def sink():
    async with mail_server() as it:
        yield it


async def failure(mail, leased):
    with pytest.raises(DeliveryFailed) as failed:
        await mail(leased)
    return failed.value.code, failed.value.final


async def test_a_notice_arrives_as_it_was_written(sink):
    await Mail(sink.address)(intent())

    [(recipients, message)] = sink.taken
    assert recipients == ["vanthu@tanhoi.example"]
    assert message["Subject"] == PAYLOAD["subject"]
    assert message.get_content().replace("\r\n", "\n") == PAYLOAD["body"]
    assert message.get_content_charset() == "utf-8"


async def test_its_date_is_the_events_and_not_todays(sink):
    await Mail(sink.address)(intent())

    [(_, message)] = sink.taken
    assert parsedate_to_datetime(message["Date"]) == DATED
    assert str(message["Date"]).endswith("+0700")


async def test_every_try_has_the_same_message_id(sink):
    """A receiver keeps one of a notice sent twice (T13, T26)."""
    mail = Mail(sink.address)
    sink.answers = ["451 try later"]

    assert await failure(mail, intent(attempt=1)) == ("smtp-451", False)
    await mail(intent(attempt=2))

    assert [m["Message-ID"] for _, m in sink.taken] == ["<N-1@kiemtra.local>"] * 2


async def test_no_is_final(sink):
    sink.answers = ["550 no such user"]

    assert await failure(Mail(sink.address), intent()) == ("smtp-550", True)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("450 busy", ("smtp-450", False)),
        ("550 unknown", ("smtp-550", True)),
    ],
)
@pytest.mark.fault("F27")
async def test_a_refused_recipient_is_told_like_any_other_answer(
    sink, answer, expected
):
    sink.recipient_answers = [answer]

    assert await failure(Mail(sink.address), intent()) == expected


async def test_a_server_that_is_not_there_may_come_back():
    assert await failure(Mail("127.0.0.1:1"), intent()) == ("mail-unreachable", False)


async def test_a_server_that_says_nothing_is_not_waited_for_long():
    gone = asyncio.Event()

    async def silent(reader, writer):
        await reader.read()
        writer.close()
        await writer.wait_closed()
        gone.set()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    code = await failure(Mail(f"127.0.0.1:{port}", seconds=0.1), intent())

    await gone.wait()
    server.close()
    assert code == ("mail-unreachable", False)


async def test_without_a_mail_server_nothing_is_given_up():
    assert await failure(Mail(""), intent()) == ("no-mail-server", False)


@pytest.mark.parametrize(
    ("mailbox", "code"),
    [
        ("", "no-mailbox"),
        ("không có", "mailbox-malformed"),
        ("a@b@c", "mailbox-malformed"),
        ("a@b\r\nBcc: c@d", "mailbox-malformed"),
    ],
)
def test_a_mailbox_that_cannot_be_is_given_up_at_once(mailbox, code):
    with pytest.raises(DeliveryFailed) as failed:
        composed({**PAYLOAD, "mailbox": mailbox})
    assert (failed.value.code, failed.value.final) == (code, True)
