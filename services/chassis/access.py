"""Who is asking: an agency's officer in a role. What they may, a policy table says."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass

ROLES = (
    "registrar",  # keeps the registry of agencies
    "planner",  # drafts plans, schedules rounds
    "authority",  # signs: plans, decisions, conclusions (người có thẩm quyền)
    "team-head",  # leads a team (Trưởng đoàn, Tổ trưởng)
    "team-member",
    "unit-head",  # answers for an inspected unit (Thủ trưởng đơn vị)
    "monitor",  # follows remediation up (theo dõi, đôn đốc)
    "auditor",  # reads everything, changes nothing
)


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


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do one thing. ``id`` is stable and stands in logs; no role, nobody."""

    id: str
    roles: frozenset[str]

    def allows(self, principal: Principal) -> bool:
        """Say whether the officer may."""
        return principal.role in self.roles


def rule(name: str, *roles: str) -> Rule:
    """Return the rule *name* for these roles.

    Raises:
        ValueError: A role that does not exist.
    """
    if unknown := set(roles) - set(ROLES):
        raise ValueError(f"no such role: {sorted(unknown)}")
    return Rule(name, frozenset(roles))


def everyone(name: str) -> Rule:
    """Return the rule *name* that any officer with a role satisfies."""
    return Rule(name, frozenset(ROLES))


Identify = Callable[[str], Principal | None]
_NAME = r"[A-Za-z0-9._-]{1,80}"
_DEVELOPMENT = re.compile(rf"dev:({_NAME}):({'|'.join(ROLES)}):({_NAME})")


def local(host: str) -> bool:
    """Say whether the address is this machine's own (loopback)."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def development(token: str) -> Principal | None:
    """Return whom ``dev:<agency>:<role>:<person>`` names; for embedded mode only."""
    found = _DEVELOPMENT.fullmatch(token)
    if found is None:
        return None
    return Principal(agency_id=found[1], role=found[2], person_ref=found[3])
