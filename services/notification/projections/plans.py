"""Plans to rows: what they are called, and who leads them."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.planning import PlanIssued
from services.chassis.projector import Operation, Projection, Put, Seen, Table

PLANS = Table(
    name="known_plans",
    columns={
        "plan_id": "text",
        "document_number": "text",
        "issued_on": "date",
        "year": "integer",
        "issuer": "text",
        "lead_agency": "text",
        "programmes": "jsonb",
    },
    key=("plan_id",),
)


def on_plan_issued(seen: Seen) -> Sequence[Operation]:
    """Keep what a letter about the plan says."""
    event: PlanIssued = seen.event
    row = {
        "plan_id": event.plan_id,
        "document_number": event.document_number,
        "issued_on": event.issued_on,
        "year": event.year,
        "issuer": event.issuer,
        "lead_agency": event.lead_agency,
        "programmes": list(event.programmes),
    }
    return [Put("known_plans", row)]


PROJECTION = Projection(
    name="plans", tables=(PLANS,), heard={PlanIssued: on_plan_issued}
)
