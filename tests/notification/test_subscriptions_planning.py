"""What agencies are told of their work, and of reports they owe."""

from datetime import date, datetime

import pytest

from services.chassis.context import HANOI, acting
from services.chassis.errors import CauseUnseen
from services.chassis.running import Ports
from services.notification import domain
from services.notification.app import build
from services.notification.domain import report
from tests.notification.examples import Agencies, heard
from tests.notification.report_examples import (
    EVERYBODY,
    ITEM_ASSIGNED,
    ITEM_OVERDUE,
    ITEM_REMINDED,
    ITEM_URGED,
    REPORT_DUE,
    REPORT_OVERDUE,
    SUBMITTED,
)
from tests.remediation.examples import CALENDAR

JULY = datetime(2019, 7, 2, tzinfo=HANOI)


async def hear(journal, event, known=EVERYBODY, at=JULY):
    rows = Agencies(*known)
    service = build(Ports(journal=journal, rows=rows, calendar=CALENDAR))
    own = isinstance(event, report.ReportEvent)
    table = service.own if own else service.on
    with acting(heard(at)):
        await table[type(event)](event, journal)
    return [r.event for r in await journal.after(0, 99)]


@pytest.mark.parametrize(
    ("event", "template", "recipient", "about"),
    [
        (
            ITEM_REMINDED,
            "work-item-reminder",
            "soc-trang-so-tu-phap",
            "CT-2019-ST:9.1",
        ),
        (
            ITEM_ASSIGNED,
            "work-item-assigned",
            "soc-trang-so-tu-phap",
            "CT-2019-ST:9.1",
        ),
        (ITEM_OVERDUE, "work-item-urging", "soc-trang-so-tu-phap", "CT-2019-ST:9.1"),
        (ITEM_URGED, "work-item-urged", "soc-trang-so-tu-phap", "CT-2019-ST:9.1"),
        (
            REPORT_OVERDUE,
            "report-urging",
            "soc-trang-vp-ubnd",
            "CT-2019-ST:quy:2019-Q1",
        ),
        (SUBMITTED, "report-submitted", "soc-trang", "BC-2019-Q1"),
    ],
)
async def test_each_event_is_told_to_whom_it_concerns(
    journal, event, template, recipient, about
):
    [notice] = await hear(journal, event)

    assert (notice.template, notice.recipient_id, notice.about) == (
        template,
        recipient,
        about,
    )


@pytest.mark.seed("4.10")
@pytest.mark.capability("C22")
async def test_overdue_work_is_urged_and_the_urging_names_item_and_monitor(journal):
    [notice] = await hear(journal, ITEM_OVERDUE)

    assert notice.urging == domain.Urging(
        case_id="",
        agency_id="soc-trang-so-tu-phap",
        level=1,
        urged_on=date(2019, 7, 2),
        work_item_id="CT-2019-ST:9.1",
        monitor_agency="soc-trang-vp-ubnd",
    )
    assert "Giám đốc Sở Tư pháp" in notice.letter.body
    assert "quá hạn kể từ ngày 02/07/2019" in notice.letter.body


async def test_who_is_given_work_reads_what_by_when_and_who_answers(journal):
    [notice] = await hear(journal, ITEM_ASSIGNED)

    assert "Đề án liên thông các thủ tục hành chính" in notice.letter.body
    assert "hết ngày 01/07/2019" in notice.letter.body
    assert "Người chịu trách nhiệm: Giám đốc Sở Tư pháp" in notice.letter.body
    assert "đôn đốc: Văn phòng UBND tỉnh Sóc Trăng." in notice.letter.body
    assert "chuyển tiếp" not in notice.letter.body


async def test_work_that_comes_from_last_year_says_from_where(journal):
    carried = ITEM_ASSIGNED.model_copy(update={"carried_from": "CT-2018-ST:7.3"})

    [notice] = await hear(journal, carried)

    assert "chuyển tiếp từ nhiệm vụ CT-2018-ST:7.3" in notice.letter.body


async def test_work_that_is_assigned_is_told_once(journal):
    for _ in range(2):
        notices = await hear(journal, ITEM_ASSIGNED)

    assert len(notices) == 1


async def test_what_the_monitor_has_to_say_is_in_the_letter(journal):
    [notice] = await hear(journal, ITEM_URGED)

    assert notice.urging.level == 2
    assert "Báo cáo ngay kết quả thực hiện" in notice.letter.body
    assert notice.letter.body.count("Văn phòng UBND tỉnh Sóc Trăng") == 1


@pytest.mark.seed("4.9")
async def test_each_agency_that_owes_a_report_gets_a_letter_of_its_own(journal):
    for _ in range(2):
        notices = await hear(journal, REPORT_DUE)

    assert [n.recipient_id for n in notices] == list(REPORT_DUE.outstanding)
    assert len({n.notice_id for n in notices}) == 2
    assert all(n.urging is None for n in notices)


async def test_a_report_that_is_late_is_urged(journal):
    [notice] = await hear(journal, REPORT_OVERDUE)

    assert notice.urging.report_period == "CT-2019-ST:quy:2019-Q1"
    assert "từ ngày 15/12/2018 đến hết ngày 14/03/2019" in notice.letter.body


@pytest.mark.parametrize(
    "event", [ITEM_ASSIGNED, ITEM_OVERDUE, REPORT_DUE, REPORT_OVERDUE, SUBMITTED]
)
async def test_an_agency_the_registry_has_not_told_of_is_waited_for(journal, event):
    with pytest.raises(CauseUnseen):
        await hear(journal, event, known=())

    assert await journal.head() == 0
