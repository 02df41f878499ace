"""Events to rows: whom a notice may go to, what became of each, what is reported."""

from __future__ import annotations

from services.notification.projections import (
    agencies,
    counts,
    notices,
    plans,
    reports,
)

PROJECTIONS = (
    agencies.PROJECTION,
    plans.PROJECTION,
    notices.PROJECTION,
    counts.PROJECTION,
    reports.PROJECTION,
)
