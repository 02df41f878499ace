"""What something rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What something rests on (minh chứng): a reference and the file's sha256."""

    reference: str
    sha256: str
