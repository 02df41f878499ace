"""What is done is not waited for: each item's days, each period's reports."""

from dataclasses import replace

from services.chassis.deciding import decide
from services.planning.handlers.work import (
    ITEM_OVERDUE,
    ITEM_REMINDER,
    REPORT_DUE,
    REPORT_OVERDUE,
    WORK_PROGRAMME,
)
from tests.planning.work_examples import (
    ASSIGNED,
    CHECK_ASSIGNED,
    COMPLETED,
    ENDED,
    EXTENDED,
    FORWARD,
    IN_EFFECT,
    NOTED,
    PROGRAMME,
    QUARTERLY,
)

DEATHS, CHECK = ASSIGNED.item.item_id, CHECK_ASSIGNED.item.item_id


async def so_far(journal, *then):
    for event in (*IN_EFFECT, *then):
        await decide(journal, WORK_PROGRAMME, PROGRAMME, lambda _, e=event: [e])
    return [(h.due.kind, h.due.at) for h in journal.deadlines if h.open]


def of(item_id, waiting):
    kinds = {f"{ITEM_REMINDER}/{item_id}", f"{ITEM_OVERDUE}/{item_id}"}
    return {kind: at for kind, at in waiting if kind in kinds}


async def test_each_item_is_waited_for_by_itself(journal):
    waiting = await so_far(journal)

    assert of(DEATHS, waiting)[f"{ITEM_OVERDUE}/{DEATHS}"] == ASSIGNED.due.overdue_at
    assert len(of(CHECK, waiting)) == len(waiting) - len(of(DEATHS, waiting)) > 0


async def test_an_item_that_is_done_is_not_waited_for_and_the_others_are(journal):
    waiting = await so_far(journal, COMPLETED)

    assert (of(DEATHS, waiting), bool(of(CHECK, waiting))) == ({}, True)


async def test_an_item_that_goes_on_elsewhere_is_not_waited_for_here(journal):
    assert of(DEATHS, await so_far(journal, FORWARD)) == {}


async def test_more_time_takes_the_place_of_the_days_before(journal):
    waiting = await so_far(journal, EXTENDED)

    overdue = [at for kind, at in waiting if kind == f"{ITEM_OVERDUE}/{DEATHS}"]
    assert overdue == [EXTENDED.due.overdue_at]


NOT_THE_LAST = replace(NOTED, complete=False)


async def test_reports_are_waited_for_until_the_last_one_is_there(journal):
    kind = f"{REPORT_OVERDUE}/{QUARTERLY.obligation_id}/{ENDED.period.period_id}"

    waiting = await so_far(journal, QUARTERLY, ENDED, NOT_THE_LAST)
    assert kind in dict(waiting)

    await decide(journal, WORK_PROGRAMME, PROGRAMME, lambda _: [NOTED])
    left = [h.due.kind for h in journal.deadlines if h.open]
    assert kind not in left
    assert f"{REPORT_DUE}/{QUARTERLY.obligation_id}" in left


async def test_a_period_of_which_no_report_is_missing_is_late_with_none(journal):
    waiting = await so_far(journal, QUARTERLY, replace(ENDED, outstanding=()))

    assert not [kind for kind, _ in waiting if kind.startswith(REPORT_OVERDUE)]
