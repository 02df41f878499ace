"""Verbs of the minutes: signed by both sides, or refused and counted all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.inspection.domain.events import (
    InspectionEvent,
    MinutesRefused,
    MinutesSigned,
)
from services.inspection.domain.evidence import hashed
from services.inspection.domain.inspection import Inspection, known
from services.inspection.domain.refusals import InspectionRefused


def sign_minutes(
    inspection: Inspection,
    *,
    document_number: str,
    sha256: str,
    signed_by_unit_ref: str | None,
    on: date,
) -> list[InspectionEvent]:
    """Record the minutes that both sides signed (ký biên bản)."""
    planned = known(inspection)
    event = MinutesSigned(
        inspection_id=planned.inspection_id,
        agency_id=planned.terms.agency_id,
        document_number=document_number,
        sha256=sha256,
        signed_on=on,
        signed_by_unit_ref=signed_by_unit_ref,
    )
    match inspection.minutes:
        case MinutesSigned() as before if replace(before, signed_on=on) == event:
            return []
    _may_be_written(inspection)
    hashed(sha256, document_number)
    return [event]


def refuse_minutes(
    inspection: Inspection,
    *,
    document_number: str,
    reason: str,
    witness_ref: str,
    on: date,
) -> list[InspectionEvent]:
    """Record that the unit refused to sign, with reason and witness."""
    planned = known(inspection)
    event = MinutesRefused(
        inspection_id=planned.inspection_id,
        agency_id=planned.terms.agency_id,
        document_number=document_number,
        reason=reason,
        witness_ref=witness_ref,
        refused_on=on,
    )
    match inspection.minutes:
        case MinutesRefused() as before if replace(before, refused_on=on) == event:
            return []
    _may_be_written(inspection)
    return [event]


def _may_be_written(inspection: Inspection) -> None:
    if known(inspection).terms.desk:
        raise InspectionRefused("desk-inspection-has-no-visit", "nobody goes there")
    if inspection.completed is None:
        raise InspectionRefused("visit-not-completed", "the visit is not over")
    if inspection.minutes is not None:
        raise InspectionRefused("minutes-exist", "there are minutes of this visit")
