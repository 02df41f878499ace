"""The mailbox that sends nothing and forgets nothing."""

from email.message import EmailMessage

import aiosmtplib
import pytest

from services.chassis.embedded.mailbox import Mailbox, Sink
from services.chassis.embedded.owning import ports

REMINDER = "<4f0c@kiemtra>"


@pytest.fixture
async def sink(tmp_path):
    sink = Sink(Mailbox(tmp_path / "mailbox"), ports(tmp_path, ["mail"])["mail"])
    await sink.start()
    yield sink
    await sink.stop()


def notice(message_id):
    message = EmailMessage()
    message["From"] = "thong-bao@kiemtra"
    message["To"] = "xa-tan-hoi@kiemtra"
    message["Subject"] = "Nhắc việc: kiến nghị sắp đến hạn"
    if message_id:
        message["Message-ID"] = message_id
    message.set_content("UBND xã Tân Hội cần báo cáo trước ngày 05/7/2023.")
    return message


async def send(sink, message):
    host, _, port = sink.address.rpartition(":")
    await aiosmtplib.send(message, hostname=host, port=int(port))


async def test_the_same_message_is_kept_once_and_counted(sink):
    await send(sink, notice(REMINDER))
    await send(sink, notice(REMINDER))
    await send(sink, notice("<other/../one@kiemtra>"))

    first, second = Mailbox(sink.mailbox.folder)  # as another process reads it
    assert (first.message_id, first.deliveries) == (REMINDER, 2)
    assert first.message["Subject"] == "Nhắc việc: kiến nghị sắp đến hạn"
    assert "Tân Hội" in first.message.get_content()
    assert second.deliveries == 1


async def test_a_message_without_an_id_is_refused(sink):
    with pytest.raises(aiosmtplib.SMTPDataError):
        await send(sink, notice(None))

    assert list(sink.mailbox) == []


def test_an_empty_mailbox_is_empty(tmp_path):
    assert list(Mailbox(tmp_path)) == []
