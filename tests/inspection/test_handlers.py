"""Per command: written, ignored, wrong version."""

from dataclasses import replace
from datetime import datetime
from functools import partial, update_wrapper
from typing import Any, NamedTuple

import pytest

from services.chassis.context import Context, acting
from services.chassis.errors import Outdated, WrongVersion
from services.chassis.journal import Append
from services.inspection import commands as asked
from services.inspection import domain, handlers
from tests.conftest import STORY
from tests.inspection import test_handlers_contents, test_handlers_course
from tests.inspection.examples import (
    ALL_SEEN,
    ASSESSED,
    AT_THE_UNIT,
    BINH_THANH,
    CALENDAR,
    COMPLETED,
    CONCLUDED,
    ENDED,
    FILE,
    IN_SEPTEMBER,
    ISSUE_DAY,
    LOOKED_AT_AGAIN,
    NONE_LATE,
    NOTIFIED,
    PLANNED,
    QR,
    RAISED,
    REFERRED,
    REQUESTED,
    REVIEW,
    ROUND_OVER,
    SIGNED,
    STARTED,
    TAN_HOI,
    TERMS,
    UNSIGNED,
    VISITED,
    WITHDRAWN,
)
from tests.inspection.moments import at, hanoi
from tests.inspection.overtaking import Overtaken

ID, ROUND_ID = "I-2023-HN-07", "R-2023-HN"
FILED = {"reference": "phieu-kiem-tra-01", "sha256": FILE}
FINDING = asked.RaiseFinding(
    finding_id="F-07-1",
    item="PROCEDURE_REVIEW",
    kind="LIMITATION",
    description=REVIEW.description,
    legal_basis=REVIEW.legal_basis,
    evidence=(FILED,),
    cause=REVIEW.cause,
    responsible={"head_ref": "p-71", "roles": ("FOCAL_OFFICER",)},
    finding_group_id="FG-PROCEDURE-REVIEW",
)
CONCLUSION = asked.IssueConclusion(
    document_number="67/TB-UBND",
    recommendations=(
        {
            "recommendation_id": "RC-07",
            "finding_ids": ("F-07-1",),
            "text": "Khẩn trương cập nhật Kế hoạch rà soát, đánh giá TTHC năm 2023",
            "due": {"kind": "DEFAULT"},
        },
    ),
)
VISITING = hanoi(5, 22, 8)


COUNTED = {  # those that count with a calendar, as api.py hands them in
    "notify_unit": update_wrapper(
        partial(handlers.notify_unit, calendar=CALENDAR), handlers.notify_unit
    )
}


class Case(NamedTuple):
    """A command, when it is asked, what happened before and what comes of it."""

    handler: Any
    command: Any
    moment: datetime
    history: tuple[Any, ...]
    comes: Any

    @property
    def stream(self):
        return f"{'round' if key(self) == ROUND_ID else 'inspection'}-{key(self)}"


def key(case):
    return ROUND_ID if case in ON_A_ROUND else ID


ON_AN_INSPECTION = [
    Case(
        handlers.plan_inspection,
        asked.PlanInspection(terms=TERMS),
        hanoi(4, 21),
        (),
        PLANNED,
    ),
    Case(
        COUNTED["notify_unit"],
        asked.NotifyUnit(outline=NOTIFIED.outline),
        hanoi(4, 28),
        (PLANNED,),
        NOTIFIED,
    ),
    Case(
        handlers.start_visit,
        asked.StartVisit(site=STARTED.site),
        VISITING,
        (PLANNED, NOTIFIED),
        STARTED,
    ),
    Case(
        handlers.assess_content,
        asked.AssessContent(
            item="DIRECTION",
            rating="GOOD",
            remark=ASSESSED.assessment.remark,
            strength=True,
            evidence=(FILED,),
        ),
        VISITING,
        AT_THE_UNIT,
        ASSESSED,
    ),
    Case(
        handlers.record_metric,
        asked.RecordMetric(
            code="OVERDUE_OPEN", numerator=0, source_system="mot-cua-dien-tu"
        ),
        VISITING,
        AT_THE_UNIT,
        NONE_LATE,
    ),
    Case(
        handlers.assess_carried_over,
        asked.AssessCarriedOver(
            item_ref="KL-2022-07-2",
            result="RESOLVED",
            remark=LOOKED_AT_AGAIN.item.remark,
        ),
        VISITING,
        AT_THE_UNIT,
        LOOKED_AT_AGAIN,
    ),
    Case(handlers.raise_finding, FINDING, VISITING, AT_THE_UNIT, RAISED),
    Case(
        handlers.withdraw_finding,
        asked.WithdrawFinding(finding_id="F-07-1", reason=WITHDRAWN.reason),
        VISITING,
        (*AT_THE_UNIT, RAISED),
        WITHDRAWN,
    ),
    Case(
        handlers.refer_misconduct,
        asked.ReferMisconduct(to_authority="hong-ngu", reference="CV-12/TKT"),
        VISITING,
        AT_THE_UNIT,
        REFERRED,
    ),
    Case(
        handlers.complete_visit,
        asked.CompleteVisit(points=COMPLETED.points),
        VISITING,
        VISITED[:-1],
        COMPLETED,
    ),
    Case(
        handlers.sign_minutes,
        asked.SignMinutes(
            document_number="07/BB-TKT", sha256=FILE, signed_by_unit_ref="p-71"
        ),
        VISITING,
        VISITED,
        SIGNED,
    ),
    Case(
        handlers.refuse_minutes,
        asked.RefuseMinutes(
            document_number="07/BB-TKT", reason=UNSIGNED.reason, witness_ref="p-05"
        ),
        VISITING,
        VISITED,
        UNSIGNED,
    ),
    Case(
        handlers.issue_conclusion,
        CONCLUSION,
        hanoi(6, 5),
        ROUND_OVER,
        replace(CONCLUDED, authority="hong-ngu-noi-vu"),
    ),
]
ON_A_ROUND = [
    Case(
        handlers.enrol_inspection,
        asked.EnrolInspection(inspection_id=ID, agency_id="hn-tan-hoi"),
        hanoi(4, 21),
        (ALL_SEEN[0], BINH_THANH),
        TAN_HOI,
    ),
    Case(handlers.end_round, asked.EndRound(), hanoi(5, 23), ALL_SEEN, ENDED),
    Case(
        handlers.issue_round_requests,
        asked.IssueRoundRequests(
            requests=[
                {
                    "request_id": request.request_id,
                    "kind": request.kind,
                    "text": request.text,
                    "practice_id": request.practice_id,
                }
                for request in REQUESTED.requests
            ]
        ),
        hanoi(6, 5),
        (*ALL_SEEN, ENDED),
        REQUESTED,
    ),
]
EACH = pytest.mark.parametrize(
    "case", [*ON_AN_INSPECTION, *ON_A_ROUND], ids=lambda case: case.handler.__name__
)


async def begin(journal, stream, history):
    with at(hanoi(4, 1), stream):
        for event in history:
            written = len(await journal.read(stream))
            await journal.append(
                Append(stream=stream, expected=written, events=[event])
            )


@EACH
async def test_what_is_decided_is_written_to_its_stream(journal, case):
    await begin(journal, case.stream, case.history)

    with at(case.moment):
        decided = await case.handler(key(case), case.command, journal)

    assert decided.events == [case.comes]
    assert decided.version == len(case.history) + 1
    assert (await journal.read(case.stream))[-1].event == case.comes


@EACH
async def test_the_same_command_again_is_ignored(journal, case):
    await begin(journal, case.stream, case.history)

    for label in ("once", "twice"):
        with at(case.moment, label):
            decided = await case.handler(key(case), case.command, journal)

    assert decided.events == ()
    assert (await journal.read(case.stream))[-1].event == case.comes


async def test_a_practice_is_written_to_a_stream_of_its_own(journal):
    await begin(journal, "round-R-2023-HN", ALL_SEEN)
    command = asked.RecordGoodPractice(
        round_id="R-2023-HN", name=QR.name, adopters=QR.adopters
    )

    with at(hanoi(5, 23)):
        first = await handlers.record_practice("GP-1", command, journal)
        again = await handlers.record_practice("GP-1", command, journal)

    assert (first.events, again.events) == ([QR], ())


async def test_every_handler_of_a_request_is_tried_here():
    cases = (
        *ON_AN_INSPECTION,
        *ON_A_ROUND,
        *test_handlers_course.CASES,
        *test_handlers_contents.CASES,
    )
    reactions = {
        "close_without_remedies",
        "count_report",
        "count_visit",
        "disclose_round",
        "drop_inspection",
        "end_crew",
        "forget_finding",
        "heed_new_day",
        "heed_withdrawal",
        "keep_away",
        "mark_conclusion_overdue",
        "move_unit",
        "name_predecessor",
        "note_adoption",
        "note_effect",
        "note_end",
        "note_head",
        "note_practice",
        "outlive",
        "plan_round",
        "record_practice",
        "remember_finding",
        "remember_remedies",
        "reopen_remedy",
        "settle_remedy",
        "seat_team",
        "split_crew",
        "start_clocks",
        "take_on",
        "take_seat",
        "transfer_inspection",
    }  # tried in test_subscriptions.py, test_handlers_succession.py, the practice above

    offered = {name for name in handlers.__all__ if name.islower()}
    assert offered == {case.handler.__name__ for case in cases} | reactions


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("calendar", "calendar_days"),
        ("working", "working_days"),
        ("working_days", "working_days"),
    ],
)
def test_days_are_calendar_or_working_days(given, kept):
    due = asked.DueRuleGiven(kind="DAYS", n=15, unit=given)

    assert due.value() == domain.DueRule(kind="DAYS", n=15, unit=kept)


def test_the_end_of_a_month_is_a_due_rule():
    due = asked.DueRuleGiven(kind="END_OF_MONTH", year=2023, month=9)

    assert due.value() == IN_SEPTEMBER.due


@pytest.mark.seed("2.9")
def test_a_figure_may_hold_for_an_earlier_day():
    command = asked.RecordMetric(
        code="DIGITISED",
        numerator=310,
        denominator=498,
        as_of="2023-04-30",
        source_system="mot-cua-dien-tu",
    )

    assert command.value(ISSUE_DAY).as_of.isoformat() == "2023-04-30"


async def test_a_writer_who_saw_an_older_version_is_told(journal):
    await begin(journal, f"inspection-{ID}", VISITED)
    outdated = Context(
        actor="test",
        correlation_id=STORY,
        causation_id=STORY,
        occurred_at=VISITING,
        expected=1,
    )

    with acting(outdated), pytest.raises(Outdated):
        await handlers.withdraw_finding(
            ID, asked.WithdrawFinding(finding_id="F-07-1", reason="Nhầm"), journal
        )


async def test_a_writer_who_was_overtaken_decides_again(journal):
    await begin(journal, f"inspection-{ID}", AT_THE_UNIT)

    with at(VISITING):
        decided = await handlers.raise_finding(ID, FINDING, Overtaken(journal, times=1))

    assert decided.version == len(AT_THE_UNIT) + 2


async def test_a_writer_who_is_always_overtaken_gives_up(journal):
    await begin(journal, f"inspection-{ID}", AT_THE_UNIT)

    with at(VISITING), pytest.raises(WrongVersion):
        await handlers.raise_finding(ID, FINDING, Overtaken(journal, times=3))
