"""A mail server in the test's own process, that answers as it is told."""

import asyncio
import email
import email.policy
from contextlib import asynccontextmanager

from aiosmtpd.smtp import SMTP


class Sink:
    """Keeps what it took; the next answers stand in ``answers``."""

    def __init__(self):
        self.address = ""
        self.answers = []
        self.recipient_answers = []
        self.taken = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        del server, session, options
        if self.recipient_answers:
            return self.recipient_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        del server, session
        content = envelope.original_content
        message = email.message_from_bytes(content, policy=email.policy.default)
        self.taken.append((envelope.rcpt_tos, message))
        return self.answers.pop(0) if self.answers else "250 kept"


@asynccontextmanager
async def mail_server():
    """Lend a running sink."""
    it, loop = Sink(), asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(it, hostname="localhost", loop=loop), "127.0.0.1", 0
    )
    it.address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield it
    server.close()
    await server.wait_closed()
