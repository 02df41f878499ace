"""The duty to report each period (chế độ thông tin báo cáo): owed, submitted, late.

The numbers of a period are closed on the cut-off day: the 14th, where a month goes from
the 15th to the 14th (NĐ 09/2019/NĐ-CP). The day is the duty's own, and so is its rule.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.planning.domain import duty
from services.planning.domain.work import events
from services.planning.domain.work.drafting import Units, exist
from services.planning.domain.work.programme import DutyState, WorkProgramme, in_effect
from services.planning.domain.work.values import DAY, ReportingPeriod, WorkRefused

MONTHS = {"MONTH": 1, "QUARTER": 3, "HALF": 6, "YEAR": 12}
LETTER = {"MONTH": "-M", "QUARTER": "-Q", "HALF": "-H"}
YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A report that was submitted: about which days, by whom."""

    report_id: str
    agency_id: str
    period: str
    start: date
    end: date
    document_number: str
    submitted_on: date


def periods(
    duty_set: events.ReportingObligationSet, *, year: int, calendar: duty.Calendar
) -> tuple[ReportingPeriod, ...]:
    """Return the periods of *year* that end on the cut-off day, each with its due."""
    months = MONTHS[duty_set.period]
    return tuple(
        _period(duty_set, year, last, calendar)
        for last in range(months, YEAR + 1, months)
    )


def _period(
    duty_set: events.ReportingObligationSet,
    year: int,
    last: int,
    calendar: duty.Calendar,
) -> ReportingPeriod:
    months = MONTHS[duty_set.period]
    end = _cut_off(year, last, duty_set.cut_off_day)
    start = _cut_off(year, last - months, duty_set.cut_off_day) + DAY
    letter = LETTER.get(duty_set.period)
    number = last // months
    name = f"{year}{letter}{number:02}" if months == 1 else f"{year}{letter}{number}"
    return ReportingPeriod(
        period_id=name if letter else str(year),
        start=start,
        end=end,
        due=duty.due(calendar, end, duty_set.due_rule),
    )


def _cut_off(year: int, month: int, day: int) -> date:
    """Return the cut-off day of a month; month 0 is December of the year before."""
    year, month = (year - 1, YEAR) if month == 0 else (year, month)
    return date(year, month, min(day, monthrange(year, month)[1]))


def set_duty(
    programme: WorkProgramme,
    *,
    duty_set: events.ReportingObligationSet,
    units: Units,
    calendar: duty.Calendar,
) -> list[events.WorkEvent]:
    """Oblige agencies to report; periods that ended before are not asked for."""
    issued = in_effect(programme)
    found = periods(duty_set, year=issued.year, calendar=calendar)
    duty_set = replace(duty_set, monitor_agency=issued.monitor_agency)
    before = programme.duties.get(duty_set.obligation_id)
    if before is not None:
        same = replace(duty_set, periods=before.duty.periods, set_on=before.duty.set_on)
        if same == before.duty:
            return []
        raise WorkRefused("duty-set-otherwise", "it was set with other content")
    exist(units, (*duty_set.obliged_agencies, duty_set.recipient), duty_set.set_on)
    if any(period.due.due_on <= period.end for period in found):
        raise WorkRefused(
            "due-within-period", "a report is owed before its period ends"
        )
    ahead = tuple(period for period in found if period.end >= duty_set.set_on)
    if not ahead:
        raise WorkRefused("no-period-left", f"the periods of {issued.year} are over")
    return [replace(duty_set, periods=ahead)]


def end_periods(programme: WorkProgramme, *, on: date) -> list[events.WorkEvent]:
    """Answer the day after which some periods are over: their reports are owed."""
    return [event for state in programme.duties.values() for event in _ended(state, on)]


def _ended(state: DutyState, on: date) -> Iterator[events.WorkEvent]:
    ahead: Sequence[ReportingPeriod] = state.duty.periods
    for place, period in enumerate(ahead):
        if period.period_id in state.ended or period.end >= on:
            continue
        yield events.ReportingPeriodEnded(
            programme_id=state.duty.programme_id,
            obligation_id=state.duty.obligation_id,
            title=state.duty.title,
            period=period,
            outstanding=_outstanding(state, period),
            recipient=state.duty.recipient,
            following=ahead[place + 1] if place + 1 < len(ahead) else None,
        )


def _outstanding(state: DutyState, period: ReportingPeriod) -> tuple[str, ...]:
    return tuple(
        agency_id
        for agency_id in state.duty.obliged_agencies
        if (period.period_id, agency_id) not in state.submitted
    )


def note_submission(
    programme: WorkProgramme, *, submitted: Submitted
) -> list[events.WorkEvent]:
    """Note a report at each duty that it meets; it may meet none."""
    return [
        events.ReportSubmissionNoted(
            programme_id=state.duty.programme_id,
            obligation_id=state.duty.obligation_id,
            period_id=period.period_id,
            agency_id=submitted.agency_id,
            report_id=submitted.report_id,
            document_number=submitted.document_number,
            submitted_on=submitted.submitted_on,
            late=period.due.missed_on(submitted.submitted_on),
            complete=_outstanding(state, period) == (submitted.agency_id,),
        )
        for state in programme.duties.values()
        if state.duty.period == submitted.period
        for period in state.duty.periods
        if (period.start, period.end) == (submitted.start, submitted.end)
        if submitted.agency_id in _outstanding(state, period)
    ]


def mark_reports_overdue(
    programme: WorkProgramme, *, on: date
) -> list[events.WorkEvent]:
    """Answer the day from which some reports are overdue: one event per agency."""
    return [
        events.PeriodicReportOverdue(
            programme_id=state.duty.programme_id,
            obligation_id=state.duty.obligation_id,
            title=state.duty.title,
            period=period,
            agency_id=agency_id,
            recipient=state.duty.recipient,
            monitor_agency=state.duty.monitor_agency,
        )
        for state in programme.duties.values()
        for period in state.duty.periods
        if period.due.missed_on(on)
        for agency_id in _outstanding(state, period)
        if (period.period_id, agency_id) not in state.overdue
    ]
