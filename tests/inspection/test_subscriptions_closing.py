"""What an inspection does when it hears of its remedies."""

from datetime import date

import pytest

from contracts import remediation
from services.inspection import domain
from tests.inspection.asking import begin
from tests.inspection.examples import CONCLUDED, PLANNED, REMEDY
from tests.inspection.moments import at, hanoi

NAMED = {
    "case_id": REMEDY.recommendation_id,
    "inspection_id": "I-2023-HN-07",
    "agency_id": "hn-tan-hoi",
}
DAY = date(2023, 12, 20)
CARRIED = remediation.CarryOverOpened(
    **NAMED,
    agency_name="UBND xã Tân Hội",
    from_plan_id="KH-2023-HN",
    to_plan_id="KH-2024-HN",
    year=2024,
    text="Hoàn thành việc số hóa",
    finding_ids=("F-07-1",),
    due_on=date(2023, 10, 2),
    opened_on=DAY,
)
CLOSED = remediation.RemediationClosed(**NAMED, closed_on=DAY, late=False)
WAIVED = remediation.RemediationWaived(
    **NAMED, waived_on=DAY, waived_by="hong-ngu", reason="Thủ tục đã bãi bỏ"
)
REOPENED = remediation.RemediationReopened(
    **NAMED,
    reopened_on=date(2024, 2, 1),
    reopened_by="hong-ngu",
    reason="Chưa thực hiện",
    due_rule={"kind": "DEFAULT"},
    due_on=date(2024, 3, 4),
    effective_due_on=date(2024, 3, 4),
    overdue_from=date(2024, 3, 5),
    calendar_version="vn-2026.1",
)


async def hear(service, journal, event):
    with at(hanoi(12, 20), event.TYPE):
        async with journal.transaction():
            await service.on[type(event)](event, journal)
    return [r.event for r in await journal.read("inspection-I-2023-HN-07")][2:]


@pytest.mark.parametrize(
    ("event", "counted"),
    [(CLOSED, "verified"), (WAIVED, "waived"), (CARRIED, "carried_over")],
)
async def test_the_last_remedy_closes_the_inspection(service, journal, event, counted):
    await begin(journal, "inspection-I-2023-HN-07", (PLANNED, CONCLUDED))

    _, closed = await hear(service, journal, event)

    assert isinstance(closed, domain.InspectionClosed)
    assert getattr(closed, counted) == 1
    assert closed.closed_on == DAY


async def test_a_case_that_is_reopened_opens_the_inspection(service, journal):
    await begin(journal, "inspection-I-2023-HN-07", (PLANNED, CONCLUDED))
    await hear(service, journal, CLOSED)

    *_, last = await hear(service, journal, REOPENED)

    assert isinstance(last, domain.RemedyReopened)
