"""Official documents as they are read."""

from __future__ import annotations

from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Part
from services.planning import policy

LISTINGS = (
    Listing(
        collection="documents",
        table="documents",
        key="document_id",
        read=policy.READ_DOCUMENTS,
        equals=("agency_id", "year", "type", "state", "subject", "document_number"),
    ),
)


def document_detail(document: Aggregate[Any]) -> Detail:
    """Return what is shown of one document."""
    return Detail(
        collection="documents",
        aggregate=document,
        table="documents",
        key="document_id",
        read=policy.READ_DOCUMENTS,
        parts={
            "corrections": Part(
                table="document_corrections",
                by="document_id",
                order=("corrected_on", "corrected_by"),
            )
        },
    )
