"""Hand-overs: who has a case now, who had it, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from services.chassis.projector import Operation, Put, Seen, Table
from services.remediation import domain
from services.remediation.projections.dates import case_of, numbered

HANDOVERS = Table(
    name="case_handovers",
    columns={
        "case_id": "text",
        "version": "integer",
        "concerns": "text",
        "from_agency": "text",
        "from_name": "text",
        "to_agency": "text",
        "to_name": "text",
        "relation": "text",
        "candidates": "jsonb",
        "required_on": "date",
        "handed_over_on": "date",
        "legal_ref": "text",
        "decided_by": "text",
        "reason": "text",
    },
    key=("case_id", "version"),
)


def on_required(seen: Seen) -> Sequence[Operation]:
    """Show that somebody has to decide, and between whom."""
    event: domain.HandoverDecisionRequired = seen.event
    row = {
        **dict.fromkeys(HANDOVERS.columns),
        **numbered(seen),
        "concerns": event.concerns.value,
        "from_agency": event.ended_agency,
        "from_name": event.ended_name,
        "candidates": [asdict(it) for it in event.candidates],
        "required_on": event.required_on,
        "legal_ref": event.legal_ref,
    }
    return [case_of(seen, **{_WAITS[event.concerns]: True}), Put("case_handovers", row)]


def on_handed_over(seen: Seen) -> Sequence[Operation]:
    """Show who has the case now; who had it stays in the list."""
    event: domain.CaseHandedOver = seen.event
    row = {
        **dict.fromkeys(HANDOVERS.columns),
        **numbered(seen),
        "concerns": event.concerns.value,
        "from_agency": event.from_agency,
        "from_name": event.from_name,
        "to_agency": event.to_agency,
        "to_name": event.to_name,
        "relation": event.relation,
        "handed_over_on": event.handed_over_on,
        "legal_ref": event.legal_ref,
        "decided_by": event.decided_by,
        "reason": event.reason,
    }
    now: dict[str, Any] = {_WAITS[event.concerns]: False}
    if event.concerns is domain.Concerns.UNIT:
        now |= {"agency_id": event.to_agency, "agency_name": event.to_name}
    else:
        now["superior_id"] = event.to_agency
    return [case_of(seen, **now), Put("case_handovers", row)]


_WAITS = {
    domain.Concerns.UNIT: "unit_undecided",
    domain.Concerns.AUTHORITY: "authority_undecided",
}
OWN = {
    domain.HandoverDecisionRequired: on_required,
    domain.CaseHandedOver: on_handed_over,
}
