"""Evidence is a file that can be held against its hash."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.inspection.domain.refusals import InspectionRefused
from services.inspection.domain.values import Evidence

SHA256 = re.compile(r"[0-9a-f]{64}")


def all_hashed(evidence: Sequence[Evidence]) -> None:
    """Refuse evidence without the sha256 of its file."""
    for piece in evidence:
        hashed(piece.sha256, piece.reference)


def hashed(sha256: str, reference: str) -> None:
    """Refuse what is not the sha256 of a file, in lower-case hex."""
    if not SHA256.fullmatch(sha256):
        raise InspectionRefused(
            "evidence-without-hash", f"{reference} has no sha256 of 64 hex digits"
        )
