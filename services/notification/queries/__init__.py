"""Rows to views: notices, urgings, reports; and whom a notice may go to."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail
from services.notification.queries import notices, reports
from services.notification.queries.agencies import agency
from services.notification.queries.plans import plan
from services.notification.queries.reports import ReportLedger

__all__ = ["LISTINGS", "ReportLedger", "agency", "details", "plan"]

LISTINGS = (*notices.LISTINGS, *reports.LISTINGS)


def details(notice: Aggregate[Any], report: Aggregate[Any]) -> tuple[Detail, ...]:
    """Return what is shown one at a time, with the streams its history is read from."""
    return notices.detail(notice), reports.detail(report)
