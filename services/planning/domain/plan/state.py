"""Where a plan stands: what its decisions need to know, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from services.planning.domain.covering import Counting, Progress
from services.planning.domain.plan.amended import PlanAmended
from services.planning.domain.plan.carried import CarryingEvent
from services.planning.domain.plan.drafted import PlanDrafted, QuotaSet
from services.planning.domain.plan.scheduled import RoundScheduled
from services.planning.domain.plan.succeeded import (
    PlanHandoverDecisionRequired,
    heir_of,
    inherited,
)
from services.planning.domain.plan.values import NoticeDue, Target
from services.planning.domain.quota import Eligible
from services.planning.domain.window import Window


class Status(Enum):
    """Where a plan stands."""

    ABSENT = "absent"
    DRAFT = "draft"
    ISSUED = "issued"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An ordered visit, and how far it has come."""

    agency_id: str
    round_id: str
    progress: Progress
    asked_on: date
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The state a decision needs, and no more.

    ``targets`` are all units the plan inspects, ``unplanned`` those of them that it
    did not list; ``promised`` holds the tentative days a planner may move them in.
    ``transfers`` says who stands in the place of units that ended, ``undecided`` for
    which somebody has to say it.
    """

    status: Status = Status.ABSENT
    draft: PlanDrafted | None = None
    document_number: str = ""
    quotas: tuple[QuotaSet, ...] = ()
    drawn: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seeds: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    unplanned: frozenset[str] = frozenset()
    promised: Mapping[str, Window] = field(default_factory=dict)
    rounds: Mapping[str, RoundScheduled] = field(default_factory=dict)
    visits: Mapping[str, Visit] = field(default_factory=dict)
    carried: Mapping[str, CarryingEvent] = field(default_factory=dict)
    amendments: Mapping[str, PlanAmended] = field(default_factory=dict)
    notice_due: NoticeDue | None = None
    notified: tuple[str, ...] | None = None
    notice_overdue: bool = False
    missed: frozenset[tuple[str, Window]] = frozenset()
    short: bool = False
    transfers: Mapping[str, str] = field(default_factory=dict)
    undecided: Mapping[str, PlanHandoverDecisionRequired] = field(default_factory=dict)

    @property
    def in_effect(self) -> bool:
        """Say whether the plan was issued, be it completed since."""
        return self.status in {Status.ISSUED, Status.COMPLETED}

    def progress(self) -> dict[str, Progress]:
        """Return how far each target has come, ordered or not."""
        come: dict[str, Progress] = {}
        for visit in self.visits.values():
            # Two visits are one target's where a successor has joined another.
            known = come.get(visit.agency_id)
            if not visit.withdrawn and not (known and known.covered):
                come[visit.agency_id] = visit.progress
        return {agency: come.get(agency, Progress()) for agency in self.targets}

    def listed(self) -> dict[str, Progress]:
        """Return how far those targets have come that quotas count."""
        come = self.progress()
        return {name: come[name] for name in come if name not in self.unplanned}

    def countings(self) -> tuple[Counting, ...]:
        """Return the quotas as they are counted.

        One that was set before its units were kept reaches the targets of its kind.
        """
        return tuple(self._counting(set_) for set_ in self.quotas)

    def before(self, agency_id: str) -> tuple[str, ...]:
        """Return the units in whose place another one stands."""
        gone = (name for name in self.transfers if name != agency_id)
        return tuple(n for n in gone if heir_of(n, self.transfers) == agency_id)

    def visit_to(self, agency_id: str) -> str | None:
        """Return which inspection of a unit is on the calendar."""
        for inspection_id, visit in self.visits.items():
            if visit.agency_id == agency_id and not visit.withdrawn:
                return inspection_id
        return None

    def _counting(self, set_: QuotaSet) -> Counting:
        lots = self.drawn.get(set_.quota.seed_sha256 or "", ())
        lots = tuple(dict.fromkeys(heir_of(unit, self.transfers) for unit in lots))
        if set_.eligible:
            now = inherited(set_.eligible, self.transfers)
            return Counting(quota=set_.quota, eligible=now, drawn=lots)
        kinds = set_.quota.reached
        units = tuple(
            Eligible(agency_id=name, kind=target.kind)
            for name, target in sorted(self.targets.items())
            if target.kind in kinds and name not in self.unplanned
        )
        return Counting(quota=set_.quota, eligible=units, drawn=lots)
