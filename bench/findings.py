"""What is measured with: findings as an inspection raises them, some 800 bytes each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

from services.chassis.context import Context, acting
from services.chassis.journal import ANY, Append
from services.chassis.journal.codec import Codec
from services.chassis.journal.postgres import PostgresJournal
from services.inspection import domain
from services.inspection.handlers import INSPECTION

NOW = datetime(2023, 5, 9, 2, 0, tzinfo=UTC)
CODEC = Codec(INSPECTION.events, {})
INSPECTIONS = 400
BLOCK = 100


def finding(number: int) -> domain.FindingRaised:
    """Return the *number*-th finding; those of one inspection lie apart."""
    inspection = f"I-2023-{number % INSPECTIONS:04}"
    return domain.FindingRaised(
        inspection_id=inspection,
        plan_id="KH-2023",
        agency_id=f"vn63-x{number % INSPECTIONS:05}",
        agency_name="Ủy ban nhân dân phường An Bình",
        finding=domain.Finding(
            finding_id=f"F-{number}",
            item="PUBLICATION",
            kind="LIMITATION",
            description="Niêm yết thủ tục hành chính chưa kịp thời, thiếu đánh số "
            "trang và chưa thể hiện niêm yết theo quyết định nào",
            legal_basis=("Nghị định 61/2018/NĐ-CP", "Nghị định 63/2010/NĐ-CP"),
            evidence=(
                domain.Evidence(
                    reference=f"bien-ban/{number}.pdf", sha256=f"{number:064x}"
                ),
            ),
            cause="Công chức mới được phân công",
            head_ref=f"head-{number % INSPECTIONS}",
            roles=("ONE_STOP_OFFICER",),
        ),
        raised_on=date(2023, 5, 9),
    )


def caused(number: int) -> Context:
    """Return a cause of its own for the *number*-th command."""
    cause = UUID(int=number + 1)
    return Context(
        actor="bench", correlation_id=cause, causation_id=cause, occurred_at=NOW
    )


async def fill(journal: PostgresJournal, events: int) -> None:
    """Append so many findings to the journal, in blocks."""
    for first in range(0, events, BLOCK):
        with acting(caused(first)):
            await journal.append_many(list(_block(first, min(BLOCK, events - first))))


def _block(first: int, size: int) -> Iterator[Append]:
    for number in range(first, first + size):
        event = finding(number)
        yield Append(
            stream=f"inspection-{event.inspection_id}",
            expected=ANY,
            events=[event],
            key=event.inspection_id,
        )
