"""Commands of checklists, findings, difficulties, practices: written, then ignored."""

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

import pytest

from services.chassis.access import Principal
from services.chassis.journal import Append
from services.inspection import commands as asked
from services.inspection import domain, handlers
from tests.inspection import examples_contents as it
from tests.inspection.examples import (
    ALL_SEEN,
    AT_THE_UNIT,
    FILE,
    PLANNED,
    QR,
    RAISED,
    ROUND_END,
    STARTED,
)
from tests.inspection.moments import HEAD, at, hanoi

ABOVE = Principal(agency_id="hong-ngu", role="authority", person_ref="p-00")
UNIT = Principal(agency_id="hn-tan-hoi", role="unit-head", person_ref="p-71")
FILED = {"reference": "phieu-kiem-tra-01", "sha256": FILE}
INSPECTION, CHECKLIST, PRACTICE = (
    f"inspection-{it.ID}",
    "checklist-PKT",
    "practice-GP-1",
)


def listed(items):
    """Return items as a planner writes them."""
    return [
        {
            "code": item.code,
            "title": item.title,
            "legal_basis": [
                {
                    "provision": basis.provision,
                    "valid_from": basis.valid_from,
                    "valid_to": basis.valid_to,
                }
                for basis in item.legal_basis
            ],
            "questions": [{"code": q.code, "text": q.text} for q in item.questions],
            "metric": item.metric
            and {
                "code": item.metric.code,
                "target": f"{item.metric.target}.00",
                "sense": item.metric.sense,
                "due": item.metric.due,
            },
        }
        for item in items
    ]


class Case(NamedTuple):
    """A command, when it is asked, what happened before and what comes of it."""

    handler: Any
    command: Any
    moment: datetime
    stream: str
    history: tuple[Any, ...]
    comes: Any
    officer: Principal = HEAD


FOUND = (*AT_THE_UNIT, RAISED)
CASES = [
    Case(
        handlers.publish_checklist,
        asked.PublishChecklist(
            version=1, title=it.PUBLISHED.title, items=listed(it.ITEMS)
        ),
        hanoi(4, 3),
        CHECKLIST,
        (),
        it.PUBLISHED,
    ),
    Case(
        handlers.pin_checklist,
        asked.PinChecklist(checklist_id="PKT", version=1),
        hanoi(4, 20),
        INSPECTION,
        (PLANNED,),
        it.PINNED,
    ),
    Case(
        handlers.answer_item,
        asked.AnswerItem(
            item="PROCEDURE_REVIEW", question="RESULT", result="NO", evidence=[FILED]
        ),
        hanoi(5, 22),
        INSPECTION,
        it.BY_THE_LIST,
        it.ANSWERED,
    ),
    Case(
        handlers.rectify_on_site,
        asked.RectifyOnSite(
            finding_id="F-07-1", how=it.RECTIFIED.how, evidence=[FILED]
        ),
        hanoi(5, 22),
        INSPECTION,
        FOUND,
        it.RECTIFIED,
    ),
    Case(
        handlers.determine_accountability,
        asked.DetermineAccountability(
            finding_id="F-07-1",
            head_ref="p-71",
            liability="DIRECT",
            reason=it.LIABLE.reason,
        ),
        hanoi(5, 22),
        INSPECTION,
        FOUND,
        it.DETERMINED,
    ),
    Case(
        handlers.report_difficulty,
        asked.ReportDifficulty(
            difficulty_id="VM-1", text=it.NO_SCANNER.text, addressee="hong-ngu"
        ),
        hanoi(5, 22),
        INSPECTION,
        AT_THE_UNIT,
        it.STUCK,
        UNIT,
    ),
    Case(
        handlers.answer_difficulty,
        asked.AnswerDifficulty(
            difficulty_id="VM-1",
            text=it.HELPED.text,
            document_number=it.HELPED.document_number,
        ),
        hanoi(5, 30),
        INSPECTION,
        (*AT_THE_UNIT, it.STUCK),
        it.HELPED,
        ABOVE,
    ),
    Case(
        handlers.pilot_practice,
        asked.PilotPractice.model_validate(
            {"where": ["hn-an-lac"], "from": "2023-06-01", "to": "2023-08-31"}
        ),
        hanoi(5, 30),
        PRACTICE,
        (QR,),
        it.PILOTED,
    ),
    Case(
        handlers.propose_practice,
        asked.ProposePractice(scope=it.PROPOSED.scope, text=it.PROPOSED.text),
        hanoi(9, 5),
        PRACTICE,
        (QR,),
        it.PROPOSED,
    ),
    Case(
        handlers.withdraw_practice,
        asked.WithdrawPractice(reason=it.NO_MODEL.reason),
        hanoi(12, 29),
        PRACTICE,
        (QR,),
        it.NO_MODEL,
    ),
]
EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.handler.__name__)


def key(case):
    return case.stream.partition("-")[2]


async def begin(journal, stream, *history):
    with at(hanoi(4, 1), stream):
        for event in history:
            written = len(await journal.read(stream))
            await journal.append(
                Append(stream=stream, expected=written, events=[event])
            )


async def before(journal, case):
    if case.stream != CHECKLIST:
        await begin(journal, CHECKLIST, it.PUBLISHED)
    await begin(journal, case.stream, *case.history)


@EACH
async def test_what_is_decided_is_written_to_its_stream(journal, case):
    await before(journal, case)

    with at(case.moment, principal=case.officer):
        decided = await case.handler(key(case), case.command, journal)

    assert decided.events == [case.comes]
    assert (await journal.read(case.stream))[-1].event == case.comes


@EACH
async def test_the_same_command_again_is_ignored(journal, case):
    await before(journal, case)

    for label in ("once", "twice"):
        with at(case.moment, label, case.officer):
            decided = await case.handler(key(case), case.command, journal)

    assert decided.events == ()


@pytest.mark.parametrize(
    ("handler", "command"),
    [
        (case.handler, case.command)
        for case in CASES
        if case.handler.__name__
        in {"rectify_on_site", "determine_accountability", "answer_item"}
    ],
    ids=lambda it: getattr(it, "__name__", ""),
)
async def test_nobody_does_so_at_their_own_unit(journal, handler, command):
    await begin(journal, INSPECTION, *it.BY_THE_LIST, RAISED)
    own = Principal(agency_id="hn-tan-hoi", role="team-member", person_ref="p-9")

    with (
        at(hanoi(5, 22), principal=own),
        pytest.raises(domain.InspectionRefused, match="is inspected"),
    ):
        await handler(it.ID, command, journal)


async def test_a_unit_names_difficulties_of_its_own_inspection_only(journal):
    await begin(journal, INSPECTION, *AT_THE_UNIT)
    other = Principal(agency_id="hn-an-loc", role="unit-head", person_ref="p-11")
    [command] = [c.command for c in CASES if c.handler is handlers.report_difficulty]

    with (
        at(hanoi(5, 22), principal=other),
        pytest.raises(domain.InspectionRefused, match="another unit"),
    ):
        await handlers.report_difficulty(it.ID, command, journal)


async def test_on_arrival_the_checklist_of_the_order_is_pinned(journal):
    await begin(journal, CHECKLIST, it.PUBLISHED, it.PUBLISHED_2)
    await begin(journal, INSPECTION, it.WITH_LIST)

    with at(hanoi(5, 22, 8)):
        decided = await handlers.start_visit(
            it.ID, asked.StartVisit(site=STARTED.site), journal
        )

    assert decided.events == [it.PINNED, STARTED]


async def test_a_practice_of_one_inspection_is_recorded(journal):
    await begin(journal, INSPECTION, *AT_THE_UNIT)
    command = asked.RecordGoodPractice(inspection_id=it.ID, name=QR.name)

    with at(hanoi(5, 23)):
        decided = await handlers.record_practice("GP-1", command, journal)

    assert decided.events == [
        replace(
            QR,
            adopters=("hn-tan-hoi",),
            inspection_ids=(it.ID,),
            recorded_on=ROUND_END,
        )
    ]


async def test_a_practice_of_an_undisclosed_inspection_is_not_recorded(journal):
    secret = replace(PLANNED, terms=replace(PLANNED.terms, basis="UNANNOUNCED"))
    await begin(journal, INSPECTION, secret)
    await begin(journal, "round-R-2023-HN", *ALL_SEEN)
    other = Principal(agency_id="hn-an-loc", role="team-member", person_ref="p-11")
    command = asked.RecordGoodPractice(inspection_id=it.ID, name=QR.name)

    with at(hanoi(5, 23), principal=other), pytest.raises(domain.InspectionUnknown):
        await handlers.record_practice("GP-1", command, journal)


@pytest.mark.parametrize(
    "places", [{}, {"round_id": "R-2023-HN", "inspection_id": "I-2023-HN-07"}]
)
def test_a_practice_is_of_a_round_or_of_an_inspection(places):
    with pytest.raises(ValueError, match="round or an inspection"):
        asked.RecordGoodPractice(name=QR.name, **places)
