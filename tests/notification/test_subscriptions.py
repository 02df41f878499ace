"""Whom notification tells what, and how the mail's outcome comes back."""

from datetime import date, datetime, timedelta
from uuid import uuid5

import pytest

from contracts import inspection
from services.chassis.context import HANOI, acting
from services.chassis.dispatcher import DeliveryFailed, Leased
from services.chassis.errors import CauseUnseen
from services.chassis.running import Ports
from services.notification import domain
from services.notification.app import build
from services.notification.handlers import MAIL
from services.notification.subscriptions import ATTEMPTS
from tests.conftest import STORY
from tests.notification.examples import (
    CONCLUDED,
    DATED,
    ESCALATED,
    HONG_NGU,
    MISSED,
    NEAR,
    TAN_HOI,
    UNIT_NOTIFIED,
    Agencies,
    heard,
    notice_id,
)
from tests.remediation.examples import CALENDAR

EVERYBODY = Agencies(TAN_HOI, HONG_NGU)


def service(journal, rows=EVERYBODY):
    return build(Ports(journal=journal, rows=rows, calendar=CALENDAR))


async def hear(journal, event, rows=EVERYBODY, at=DATED):
    with acting(heard(at)):
        await service(journal, rows).on[type(event)](event, journal)


async def requested(journal):
    return [r.event for r in await journal.after(0, 99)]


@pytest.mark.parametrize(
    ("event", "template", "recipient", "about"),
    [
        (UNIT_NOTIFIED, "inspection-notice", "hn-tan-hoi", "I-2023-HN-07"),
        (CONCLUDED, "conclusion-notice", "hn-tan-hoi", "I-2023-HN-07"),
        (NEAR, "reminder", "hn-tan-hoi", "RC-08"),
        (MISSED, "urging", "hn-tan-hoi", "RC-08"),
        (ESCALATED, "escalation", "hong-ngu", "RC-08"),
    ],
)
async def test_each_event_is_told_to_whom_it_concerns(
    journal, event, template, recipient, about
):
    await hear(journal, event)

    [notice] = await requested(journal)
    assert (notice.template, notice.recipient_id, notice.about) == (
        template,
        recipient,
        about,
    )
    assert notice.notice_id == notice_id(template)
    assert notice.letter.dated == DATED


async def test_an_event_heard_again_makes_no_second_notice(journal):
    for _ in range(3):
        await hear(journal, MISSED)

    assert len(await requested(journal)) == 1
    assert len(journal.intents) == 1


@pytest.mark.parametrize("event", [UNIT_NOTIFIED, ESCALATED])
async def test_a_recipient_the_registry_has_not_told_of_is_waited_for(journal, event):
    with pytest.raises(CauseUnseen):
        await hear(journal, event, rows=Agencies())

    assert await journal.head() == 0


@pytest.mark.seed("2.19")
async def test_an_overdue_is_an_urging_and_says_since_when(journal):
    await hear(journal, MISSED)

    [notice] = await requested(journal)
    assert notice.urging == domain.Urging(
        case_id="RC-08", agency_id="hn-tan-hoi", level=0, urged_on=date(2023, 10, 3)
    )
    assert "quá hạn kể từ ngày 03/10/2023" in notice.letter.body


async def test_an_escalation_is_an_urging_of_its_level(journal):
    await hear(journal, ESCALATED, at=datetime(2023, 10, 17, tzinfo=HANOI))

    [notice] = await requested(journal)
    assert (notice.urging.level, notice.urging.urged_on) == (1, date(2023, 10, 17))


async def test_a_reminder_is_no_urging(journal):
    await hear(journal, NEAR)

    [notice] = await requested(journal)
    assert notice.urging is None


@pytest.mark.parametrize(
    ("unit", "recipient"),
    [
        (TAN_HOI, "hong-ngu"),
        (TAN_HOI.model_copy(update={"superior_id": None}), "hong-ngu"),
        (
            TAN_HOI.model_copy(update={"superior_id": None, "parent_id": None}),
            "hn-tan-hoi",
        ),
    ],
)
async def test_without_a_superior_in_the_plan_somebody_is_told_all_the_same(
    journal, unit, recipient
):
    event = ESCALATED.model_copy(update={"superior_id": None})

    await hear(journal, event, rows=Agencies(unit, HONG_NGU))

    [notice] = await requested(journal)
    assert notice.recipient_id == recipient


async def test_an_agency_without_a_mailbox_gets_a_notice_that_fails_in_sight(journal):
    unit = TAN_HOI.model_copy(update={"mailbox": None})

    await hear(journal, NEAR, rows=Agencies(unit))

    [notice] = await requested(journal)
    assert notice.letter.mailbox == ""


DUE = inspection.DueRule


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (DUE(kind="BY_DATE", on=date(2023, 9, 30)), "chậm nhất ngày 30/09/2023"),
        (DUE(kind="DAYS", n=15, unit="working"), "trong 15 ngày làm việc kể từ"),
        (DUE(kind="DAYS", n=15, unit="calendar_days"), "trong 15 ngày kể từ"),
        (DUE(kind="END_OF_MONTH", year=2023, month=9), "trong tháng 9 năm 2023"),
        (DUE(kind="DEFAULT"), "trong 30 ngày kể từ ngày ban hành kết luận, theo"),
        (DUE(kind="NONE"), "thực hiện thường xuyên"),
        (DUE(kind="LATER"), "theo thời hạn nêu trong kết luận"),
    ],
)
async def test_a_conclusion_says_each_due_rule_in_words(journal, rule, words):
    asked = CONCLUDED.recommendations[0].model_copy(update={"due_rule": rule})

    await hear(journal, CONCLUDED.model_copy(update={"recommendations": (asked,)}))

    [notice] = await requested(journal)
    assert f"1. Cập nhật Kế hoạch rà soát TTHC (thời hạn: {words}" in notice.letter.body


async def test_what_cannot_be_verified_is_asked_without_a_date(journal):
    asked = CONCLUDED.recommendations[0].model_copy(update={"verifiable": False})

    await hear(journal, CONCLUDED.model_copy(update={"recommendations": (asked,)}))

    [notice] = await requested(journal)
    assert "thời hạn: thực hiện thường xuyên" in notice.letter.body


async def test_a_conclusion_without_recommendations_says_so(journal):
    await hear(journal, CONCLUDED.model_copy(update={"recommendations": ()}))

    [notice] = await requested(journal)
    assert "Không có kiến nghị." in notice.letter.body


async def test_a_notice_of_inspection_names_fields_and_contents_in_words(journal):
    await hear(journal, UNIT_NOTIFIED.model_copy(update={"outline": None}))

    [notice] = await requested(journal)
    body = notice.letter.body
    assert "cải cách hành chính; kiểm soát thủ tục hành chính" in body
    assert "ngày 22/05/2023" in body
    assert "chuẩn bị báo cáo tình hình" in body


# how the mail went


def leased(journal, attempt=1):
    [intent] = journal.intents
    return Leased(
        id=intent.id,
        stream=intent.stream,
        kind=intent.kind,
        payload=intent.payload,
        attempt=attempt,
    )


async def outcome(journal, attempt, error=None):
    errand = service(journal).errands[MAIL]
    later = DATED + timedelta(minutes=attempt)
    with acting(heard(later, cause=uuid5(STORY, str(attempt)))):
        if error is None:
            await errand.done(leased(journal, attempt), journal)
        else:
            await errand.failed(leased(journal, attempt), error, journal)


async def test_a_delivered_notice_says_neither_when_nor_at_which_try(journal):
    await hear(journal, MISSED)
    await outcome(journal, 3)

    _, delivered = await requested(journal)
    assert delivered == domain.NoticeDelivered(
        notice_id=notice_id("urging"),
        recipient_id="hn-tan-hoi",
        template="urging",
        about="RC-08",
        message_id=f"<{notice_id('urging')}@kiemtra.local>",
        urging=domain.Urging(
            case_id="RC-08", agency_id="hn-tan-hoi", level=0, urged_on=date(2023, 10, 3)
        ),
    )


async def test_a_failed_try_is_recorded_with_its_code_and_then_it_arrives(journal):
    await hear(journal, MISSED)
    await outcome(journal, 1, DeliveryFailed("smtp-451", "later"))
    await outcome(journal, 2)

    _, failed, delivered = await requested(journal)
    assert (failed.code, failed.attempt, failed.final) == ("smtp-451", 1, False)
    assert isinstance(delivered, domain.NoticeDelivered)


@pytest.mark.parametrize(("attempt", "final"), [(1, True), (ATTEMPTS, False)])
async def test_no_further_try_is_said_to_be_final(journal, attempt, final):
    await hear(journal, MISSED)
    await outcome(journal, attempt, DeliveryFailed("smtp-550", "no", final=final))

    _, failed = await requested(journal)
    assert failed.final
