"""A mail server that sends nothing: every message is kept and can be read back.

One file per Message-ID. The same message again is kept once, and counted: whoever
sends may send twice, under one id.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message, and how often it came."""

    message_id: str
    deliveries: int
    message: EmailMessage


class Mailbox:
    """The folder of messages; ``deliveries.jsonl`` in it has a line per delivery."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __iter__(self) -> Iterator[Mail]:
        """Read all messages, in the order in which they first came."""
        for message_id, deliveries in self._deliveries().items():
            content = self._file(message_id).read_bytes()
            message = email.message_from_bytes(content, policy=email.policy.default)
            yield Mail(message_id=message_id, deliveries=deliveries, message=message)

    def keep(self, message_id: str, content: bytes) -> None:
        """Keep a message, or count it if it is here already."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self._file(message_id)
        if not file.exists():
            half = file.with_suffix(".new")
            half.write_bytes(content)
            half.replace(file)
        with self._log().open("a") as log:
            log.write(json.dumps(message_id) + "\n")

    def _deliveries(self) -> Counter[str]:
        if not self._log().exists():
            return Counter()
        return Counter(
            json.loads(line) for line in self._log().read_text().split("\n")[:-1]
        )

    def _log(self) -> Path:
        return self.folder / "deliveries.jsonl"

    def _file(self, message_id: str) -> Path:
        return self.folder / f"{quote(message_id.strip('<>'), safe='@+=')}.eml"


class Sink:
    """The SMTP server in front of a mailbox."""

    def __init__(self, mailbox: Mailbox, port: int) -> None:
        self.address = f"{LOOPBACK}:{port}"
        self.mailbox = mailbox
        self._port = port
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, hostname="localhost", enable_SMTPUTF8=True, loop=loop),
            LOOPBACK,
            self._port,
        )

    async def stop(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a message; one without an id could not be told from its repetition."""
        content = envelope.original_content or b""
        headers = email.message_from_bytes(content, policy=email.policy.default)
        message_id = headers["Message-ID"]
        if not message_id:
            return "554 a message needs a Message-ID"
        await asyncio.to_thread(self.mailbox.keep, str(message_id).strip(), content)
        return "250 kept"
