"""Who gets which letter of a remedy, a plan, a directive; and when it has to wait."""

from datetime import date

import pytest

from services.chassis.context import acting
from services.chassis.errors import CauseUnseen
from services.notification.subscriptions import ON
from tests.notification.examples import (
    ESCALATED,
    HONG_NGU,
    TAN_HOI,
    heard,
)
from tests.notification.letters import (
    CONCLUSION_OVERDUE,
    DONG_THAP,
    EVERYBODY,
    EXTENDED,
    HANDED_OVER_BY_DECISION,
    LETTERS,
    NOTIFIED,
    POSTPONED,
    REJECTED_ANEW,
    REPLICATION,
    SHORT,
    UNDECIDED,
    UPWARD,
    UPWARD_LATE,
    Known,
)

HEADLESS = TAN_HOI.model_copy(update={"superior_id": None, "parent_id": None})
ESCALATED_TO_NOBODY = ESCALATED.model_copy(update={"superior_id": None})


async def told(journal, event, rows=EVERYBODY):
    with acting(heard()):
        await ON[type(event)](event, journal, rows=rows)
    return [r.event for r in await journal.after(0, 99)]


@pytest.mark.parametrize("template", LETTERS)
async def test_each_event_is_told_to_whom_it_concerns(journal, template):
    event, recipients, about, begins = LETTERS[template]

    notices = await told(journal, event)

    assert [notice.recipient_id for notice in notices] == recipients
    assert len({notice.notice_id for notice in notices}) == len(recipients)
    for notice in notices:
        assert (notice.template, notice.about) == (template, about)
        assert notice.letter.subject.startswith(begins)
        assert notice.letter.body.startswith("Kính gửi: UBND ")
        assert "None" not in notice.letter.body


@pytest.mark.parametrize("template", LETTERS)
async def test_an_event_heard_again_makes_no_second_letter(journal, template):
    event, recipients, *_ = LETTERS[template]

    await told(journal, event)

    assert len(await told(journal, event)) == len(recipients)


@pytest.mark.parametrize("template", LETTERS)
async def test_a_letter_waits_for_whom_the_registry_has_not_told_of(journal, template):
    event, *_ = LETTERS[template]

    with pytest.raises(CauseUnseen):
        await told(journal, event, Known())


@pytest.mark.parametrize("event", [NOTIFIED, SHORT], ids=["notified", "short"])
async def test_a_letter_about_a_plan_waits_for_the_plan(journal, event):
    with pytest.raises(CauseUnseen):
        await told(journal, event, Known(TAN_HOI, HONG_NGU, plan=None))


@pytest.mark.seed("0.14")
async def test_the_units_that_a_plan_lists_are_told_of_it(journal):
    first, _ = await told(journal, NOTIFIED)

    assert "45/KH-UBND" in first.letter.subject
    assert "UBND thành phố Hồng Ngự" in first.letter.body
    assert "kiểm soát thủ tục hành chính" in first.letter.body


@pytest.mark.seed("3.17")
async def test_a_plan_that_is_short_is_told_to_its_lead_agency_in_numbers(journal):
    [notice] = await told(journal, SHORT)

    assert "còn thiếu 1 đơn vị" in notice.letter.subject
    assert "phải kiểm tra 7, đã kiểm tra 6" in notice.letter.body


async def test_a_late_conclusion_is_told_to_who_leads_not_to_the_unit(journal):
    [notice] = await told(journal, CONCLUSION_OVERDUE)

    assert notice.recipient_id == "hong-ngu"


async def test_a_unit_reads_both_days_and_why_its_inspection_is_put_off(journal):
    [notice] = await told(journal, POSTPONED)

    assert "ngày 25/05/2023" in notice.letter.subject
    assert "Lịch đã thông báo: ngày 22/05/2023" in notice.letter.body
    assert "mưa bão" in notice.letter.body


async def test_the_remark_on_a_delay_is_told_and_a_day_not_set_is_none(journal):
    said = {"remark": "Cầu Sở Thượng bị ngập", "planned_before": None}

    [notice] = await told(journal, POSTPONED.model_copy(update=said))

    assert "Ghi chú: Cầu Sở Thượng bị ngập." in notice.letter.body
    assert "chưa ấn định ngày" in notice.letter.body


async def test_who_is_asked_from_below_reads_by_when_if_a_day_is_named(journal):
    [dated] = await told(
        journal, UPWARD.model_copy(update={"effective_due_on": date(2023, 7, 5)})
    )

    assert "trả lời chậm nhất ngày 05/07/2023." in dated.letter.body


async def test_without_a_day_none_is_named(journal):
    [notice] = await told(journal, UPWARD)

    assert "xem xét, trả lời." in notice.letter.body


@pytest.mark.capability("C22")
async def test_a_higher_level_that_does_not_answer_is_urged(journal):
    [notice] = await told(journal, UPWARD_LATE)

    assert notice.urging.recommendation_id == "KN-1"
    assert notice.urging.agency_id == notice.recipient_id == "dong-thap"
    assert "quá hạn kể từ ngày 14/06/2023" in notice.letter.subject


async def test_an_extension_names_both_dates(journal):
    [notice] = await told(journal, EXTENDED)

    assert "02/10/2023" in notice.letter.body
    assert "09/10/2023" in notice.letter.body


async def test_a_rejection_says_which_date_holds(journal):
    [restored, *_] = await told(journal, LETTERS["remediation-rejected"][0])
    assert "Thời hạn ban đầu vẫn giữ nguyên" in restored.letter.body


async def test_a_rejection_that_counts_anew_names_the_new_date(journal):
    [anew] = await told(journal, REJECTED_ANEW)

    assert "hết ngày 26/10/2023" in anew.letter.body


async def test_a_hand_over_says_on_what_it_rests(journal):
    [notice] = await told(journal, HANDED_OVER_BY_DECISION)

    assert "Phần lớn hồ sơ thuộc xã Tân Hội" in notice.letter.body


@pytest.mark.seed("1.4")
async def test_a_replication_is_told_to_each_unit_of_its_scope_alone(journal):
    only = REPLICATION.model_copy(update={"scope": ("hn-tan-hoi",)})

    [notice] = await told(journal, only)

    assert notice.recipient_id == "hn-tan-hoi"


@pytest.mark.capability("C22")
async def test_who_has_nobody_above_escalates_to_the_named_fallback(journal):
    """Without it the letter would go back to the late unit itself (T9)."""
    event = ESCALATED_TO_NOBODY.model_copy(update={"fallback_id": "dong-thap"})

    [notice] = await told(journal, event, Known(HEADLESS, DONG_THAP))

    assert notice.recipient_id == "dong-thap"


async def test_the_registry_names_who_is_above_before_any_fallback(journal):
    event = ESCALATED_TO_NOBODY.model_copy(update={"fallback_id": "dong-thap"})

    [notice] = await told(journal, event)

    assert notice.recipient_id == "hong-ngu"


async def test_with_nobody_above_and_no_fallback_the_units_head_is_told(journal):
    [notice] = await told(journal, ESCALATED_TO_NOBODY, Known(HEADLESS))

    assert notice.recipient_id == "hn-tan-hoi"


async def test_who_takes_a_case_over_is_asked_of_whoever_is_above(journal):
    [notice] = await told(journal, UNDECIDED, Known(HEADLESS))

    assert notice.recipient_id == "hn-tan-hoi"
