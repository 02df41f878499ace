"""Rows to views: cases, what was asked without a date, acts on many, accountability."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail
from services.remediation.queries import acts, cases, directives
from services.remediation.queries.accountability import VIEWS
from services.remediation.queries.acts import AgenciesView, CasesView
from services.remediation.queries.cases import stated
from services.remediation.queries.handing import HoldingsView

LISTINGS = (cases.LISTING, *directives.LISTINGS, *acts.LISTINGS)


def details(
    case: Aggregate[Any],
    directive: Aggregate[Any],
    upward: Aggregate[Any],
    recalculation: Aggregate[Any],
) -> tuple[Detail, ...]:
    """Return what is shown one at a time, with the streams its history is read from."""
    return (
        cases.detail(case),
        *directives.details(directive, upward),
        *acts.details(recalculation),
    )


__all__ = [
    "LISTINGS",
    "VIEWS",
    "AgenciesView",
    "CasesView",
    "HoldingsView",
    "details",
    "stated",
]
