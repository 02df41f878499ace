"""What is told of work programmes."""

import contracts.planning as published
from services.planning.domain import work
from services.planning.publishing import publish
from services.planning.publishing.work import TELL
from tests.planning.work_examples import (
    ADDED,
    ASSIGNED,
    CARRIED,
    DRAFTED,
    ENDED,
    FORWARD,
    ISSUED,
    NOTED,
    OVERDUE,
    REPORT_LATE,
    STORY,
)


def test_every_event_has_its_line():
    assert set(TELL) == set(work.WorkEvent.__args__)


def test_a_draft_and_what_is_only_noted_stay_private():
    for event in (DRAFTED, ADDED, FORWARD, NOTED):
        assert list(publish(event)) == []


def test_all_else_is_told_once_and_the_same_again():
    for event in STORY:
        assert len(publish(event)) <= 1
        assert list(publish(event)) == list(publish(event))


def test_an_issued_programme_names_its_groups_in_order():
    [told] = publish(ISSUED)

    assert [group.number for group in told.groups] == list(range(1, 14))
    assert told.groups[10].code == "INSPECTION_DUTY"


def test_assigned_work_names_head_codes_and_days():
    [told] = publish(ASSIGNED)

    assert isinstance(told, published.WorkItemAssigned)
    assert told.agency_id == "soc-trang-so-tu-phap"
    assert told.item.accountable_head.title == "Giám đốc Sở Tư pháp"
    assert told.item.unrecognised == ("TS_lop1.000.00.00.H51",)
    assert told.overdue_from.isoformat() == "2019-07-02"


def test_an_overdue_item_names_its_owner_and_who_watches():
    [told] = publish(OVERDUE)

    assert told.work_item_id == "CT-2019-ST:9.1"
    assert (told.agency_id, told.monitor_agency) == (
        "soc-trang-so-tu-phap",
        "soc-trang-vp-ubnd",
    )
    assert told.level == 1


def test_what_is_carried_over_names_both_programmes():
    [told] = publish(CARRIED)

    assert told.from_work_item_id == "CT-2019-ST:9.1"
    assert told.work_item_id == "CT-2020-ST:9.1"


def test_a_report_that_is_owed_and_one_that_is_late_name_the_period():
    [owed], [late] = publish(ENDED), publish(REPORT_LATE)

    assert owed.period == late.period
    assert owed.outstanding == ("soc-trang-vp-ubnd",)
    assert late.agency_id == "soc-trang-vp-ubnd"
