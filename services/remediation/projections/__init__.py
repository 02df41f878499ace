"""Events to rows: cases and their dates, directives, acts on many, what others told."""

from __future__ import annotations

from services.chassis.projector import Projection
from services.remediation.projections import (
    acts,
    cases,
    dates,
    directives,
    handing,
    known,
)

CASES = Projection(
    name="cases",
    tables=(
        cases.CASES,
        cases.REPORTS,
        cases.ANSWERS,
        cases.CLOSINGS,
        dates.DATES,
        dates.EXTENSIONS,
        dates.REQUESTS,
        handing.HANDOVERS,
    ),
    own={**cases.OWN, **dates.OWN, **handing.OWN},
)
PROJECTIONS = (CASES, directives.PROJECTION, acts.PROJECTION, known.PROJECTION)
