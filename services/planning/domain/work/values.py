"""What a work programme is made of: groups, items, heads, days, periods."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from services.planning.domain.duty import HANOI, DueDay

# Mã thủ tục hành chính; home-made codes exist, so an odd one is noted, never refused.
PROCEDURE_CODE = re.compile(r"\d\.\d{6}(\.000\.00\.00\.[A-Z]\d{2})?")
DAY = timedelta(days=1)

DueRule = dict[str, str | int]


class WorkRefused(Exception):
    """A rule of work programmes said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class WorkUnknown(WorkRefused):
    """There is no such programme, or no such item in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkGroup:
    """A group of work (nhóm công việc); its place in the programme is its number."""

    number: int
    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountableHead:
    """Who answers for an item: the head of an agency (người đứng đầu)."""

    agency_id: str
    title: str
    person_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """A piece of work: who does it, who answers for it, what comes of it, by when.

    ``unrecognised`` are procedure codes that are not of the official form.
    """

    item_id: str
    group: str
    title: str
    owner_agency: str
    owner_name: str
    accountable_head: AccountableHead
    product: str
    due_rule: DueRule
    coordinating_agencies: tuple[str, ...] = ()
    procedure_codes: tuple[str, ...] = ()
    unrecognised: tuple[str, ...] = ()
    directive_ref: str | None = None
    content_code: str
    priority: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingPeriod:
    """Days that a report is about (both ends), and by when it is owed."""

    period_id: str
    start: date
    end: date
    due: DueDay

    @property
    def ended_at(self) -> datetime:
        """Return the moment, in Hà Nội, from which the numbers are closed."""
        return midnight(self.end + DAY)


def midnight(day: date) -> datetime:
    """Return 00:00 of *day* in Hà Nội."""
    return datetime.combine(day, time.min, tzinfo=HANOI)


def unrecognised(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the procedure codes that are not of the official form."""
    return tuple(code for code in codes if PROCEDURE_CODE.fullmatch(code) is None)


def work_item_id(programme_id: str, item_id: str) -> str:
    """Return the id of an item among all programmes, as plans and lists name it."""
    return f"{programme_id}:{item_id}"


def parted(work_item: str) -> tuple[str, str]:
    """Return programme and item that an id among all programmes names."""
    programme_id, _, item_id = work_item.rpartition(":")
    return programme_id, item_id
