"""What planning does about its plans when days go by."""

from __future__ import annotations

from services.chassis.context import HANOI
from services.chassis.journal import Due, Journal
from services.chassis.timers import Alarm
from services.planning.handlers import counting
from services.planning.handlers.aggregates import (
    COVERAGE_CHECK,
    NOTICE_OVERDUE,
    PLAN,
    WINDOW_MISSED,
)


async def on_coverage_check(due: Due, journal: Journal) -> None:
    """Look at the quotas, near the year's end."""
    await counting.check_coverage(_plan(due), due.at.astimezone(HANOI).date(), journal)


async def on_window_passed(due: Due, journal: Journal) -> None:
    """Look for targets that nobody inspected in their days."""
    await counting.miss_windows(_plan(due), due.at.astimezone(HANOI).date(), journal)


async def on_notice_due(due: Due, journal: Journal) -> None:
    """Note that the working day after signing went by."""
    await counting.miss_notice(_plan(due), journal)


def _plan(due: Due) -> str:
    return due.stream.removeprefix(f"{PLAN.category}-")


AT: dict[str, Alarm] = {
    COVERAGE_CHECK: on_coverage_check,
    WINDOW_MISSED: on_window_passed,
    NOTICE_OVERDUE: on_notice_due,
}
