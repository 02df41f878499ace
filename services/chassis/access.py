"""Who is asking: an agency's officer in a role. What they may, a policy table says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """The officer behind a request: references only, never a name."""

    agency_id: str
    role: str
    person_ref: str

    @property
    def actor(self) -> str:
        """Return how logs and events name them."""
        return f"{self.agency_id}/{self.role}/{self.person_ref}"
