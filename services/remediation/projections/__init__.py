"""Events to rows: cases with their history, duties, replications, open requests."""

from __future__ import annotations

from services.remediation.projections import cases, directives

PROJECTIONS = (cases.PROJECTION, directives.PROJECTION)
