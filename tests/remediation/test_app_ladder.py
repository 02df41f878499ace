"""A case's ladder under real timers, in memory and on a real database."""

from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid5

import pytest

from contracts.inspection import DueRule, UpwardRecommendation
from services.chassis.context import acting
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.chassis.running import Ports
from services.chassis.testing import MemoryJournal
from services.chassis.testing.client import NoRows
from services.chassis.timers import Timers
from services.remediation import domain
from services.remediation.app import build
from services.remediation.commands import (
    AnswerUpward,
    RejectRemediation,
    ReportRemediation,
)
from services.remediation.handlers import (
    answer_upward,
    reject_remediation,
    report_remediation,
)
from tests.conftest import STORY
from tests.remediation.examples import CALENDAR, CONCLUSION, acted, hanoi

OPENED = hanoi(2023, 6, 5, 10)
TO_ANSWER = UpwardRecommendation(
    recommendation_id="KN-1",
    addressee="dong-thap",
    text="Sửa đổi nhiệm vụ số hóa cho phù hợp nguồn lực cấp xã",
    due_rule=DueRule(kind="DAYS", n=30, unit="calendar_days"),
)


@pytest.fixture(params=["memory", "postgres"])
async def journal(request, clock):
    if request.param == "memory":
        yield MemoryJournal(clock)
        return
    async with on_postgres(request.getfixturevalue("databases"), clock) as it:
        yield it


@asynccontextmanager
async def on_postgres(databases, clock):
    with databases.clone("remediation") as urls:
        database = await Database.open(urls.of("remediation_app"), size=4)
        yield PostgresJournal(database, (), clock)
        await database.close()


@pytest.fixture
async def service(journal):
    built = build(Ports(journal=journal, rows=NoRows(), calendar=CALENDAR))
    if isinstance(journal, PostgresJournal):
        journal.learn(built.aggregates)
    asked = CONCLUSION.model_copy(update={"upward": (TO_ANSWER,)})
    with acting(acted(OPENED)):
        async with journal.transaction():
            await built.on[type(asked)](asked, journal)
    return built


async def ring(service, journal, now):
    timers = Timers(journal, service.at, lambda: now)
    await timers.catch_up(now)
    waiting = await timers.pending(now)
    assert (waiting.due, waiting.parked) == (0, 0)


async def fallen(journal, case_id):
    return [
        (type(r.event).__name__, r.occurred_at)
        for r in await journal.read(f"case-{case_id}")
        if not isinstance(
            r.event, domain.RecommendationIssued | domain.RemediationReported
        )
    ]


def unit(at):
    cause = uuid5(STORY, f"unit {at}")
    return acting(acted(at, agency="hn-tan-hoi", role="unit-head", cause=cause))


def monitor(at):
    return acting(acted(at, cause=uuid5(STORY, f"monitor {at}")))


@pytest.mark.seed("2.19")
async def test_september_2023_falls_rung_by_rung_whenever_the_timers_come(
    service, journal
):
    await ring(service, journal, hanoi(2023, 10, 16, 23, 59, 59))
    before = await fallen(journal, "RC-08")
    await ring(service, journal, hanoi(2023, 10, 31, 8))

    assert before == [
        ("RemediationReminded", hanoi(2023, 9, 25, 8)),
        ("RemediationOverdue", hanoi(2023, 10, 3)),
    ]
    assert (await fallen(journal, "RC-08"))[2:] == [
        ("RemediationEscalated", hanoi(2023, 10, 17))
    ]


@pytest.mark.seed("2.18")
async def test_a_rejection_after_the_date_lets_its_ladder_fall_at_that_very_moment(
    service, journal
):
    with unit(hanoi(2023, 6, 20, 9)):
        report = ReportRemediation(summary="Đã cập nhật")
        await report_remediation("RC-07", report, journal)
    await ring(service, journal, hanoi(2023, 8, 1))
    rejected = hanoi(2023, 8, 1, 9) + timedelta(microseconds=123_457)
    with monitor(rejected):
        reason = RejectRemediation(reason="Chưa đạt")
        await reject_remediation("RC-07", reason, journal, calendar=CALENDAR)

    await ring(service, journal, rejected)

    assert await fallen(journal, "RC-07") == [
        ("RemediationRejected", rejected),
        ("RemediationOverdue", rejected),
        ("RemediationEscalated", rejected),
    ]


async def test_a_command_that_comes_before_a_late_timer_leaves_it_nothing(
    service, journal
):
    with unit(hanoi(2023, 7, 10, 9)):
        report = ReportRemediation(summary="Đã cập nhật")
        await report_remediation("RC-07", report, journal)

    await ring(service, journal, hanoi(2023, 8, 1))

    assert await fallen(journal, "RC-07") == [
        ("RemediationReminded", hanoi(2023, 6, 28, 8)),
        ("RemediationOverdue", hanoi(2023, 7, 6)),
    ]


# what a conclusion asks of a higher level, with a day


async def above(journal):
    return [
        (type(r.event).__name__, r.occurred_at)
        for r in await journal.read("upward-KN-1")
    ]


def province(at):
    return acted(at, agency="dong-thap", role="authority", cause=uuid5(STORY, f"{at}"))


async def answer(journal, at):
    with acting(province(at)):
        words = AnswerUpward(text="Sẽ điều chỉnh trong kế hoạch năm 2024")
        await answer_upward("KN-1", words, journal)


@pytest.mark.seed("3.4")
@pytest.mark.capability("C18", "C22")
async def test_an_answer_that_does_not_come_is_overdue_as_its_last_day_ends(
    service, journal
):
    await ring(service, journal, hanoi(2023, 7, 5, 23, 59, 59))
    assert len(await above(journal)) == 1

    await ring(service, journal, hanoi(2023, 8, 1))
    assert (await above(journal))[1:] == [
        ("UpwardRecommendationOverdue", hanoi(2023, 7, 6))
    ]


async def test_an_answer_in_time_takes_the_deadline_back(service, journal):
    await answer(journal, hanoi(2023, 7, 5, 16))
    await ring(service, journal, hanoi(2023, 8, 1))

    assert [name for name, _ in await above(journal)][1:] == [
        "UpwardRecommendationAnswered"
    ]


async def test_a_late_answer_comes_after_its_being_late_however_late_the_timer(
    service, journal
):
    await answer(journal, hanoi(2023, 7, 10, 9))
    await ring(service, journal, hanoi(2023, 8, 1))

    assert (await above(journal))[1:] == [
        ("UpwardRecommendationOverdue", hanoi(2023, 7, 6)),
        ("UpwardRecommendationAnswered", hanoi(2023, 7, 10, 9)),
    ]
