"""A unit's memory of findings: the same again within five years is a repeat.

The same is: the same content item, and a legal basis in common, at the unit or at one
that it took the place of. What is remembered is looked back on after it is written: a
predecessor named meanwhile is seen by one of the two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from services.inspection.domain.repeat_events import (
    FindingForgotten,
    FindingRemembered,
    FindingRepeated,
    MemoryEvent,
    PredecessorNamed,
    RemedyRemembered,
)
from services.inspection.domain.values import Earlier

MEMORY = 5  # years that a finding counts as one before (as OSHA's repeats)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The findings of one unit, and the units that it came from."""

    found: Mapping[str, FindingRemembered] = field(default_factory=dict)
    forgotten: frozenset[str] = frozenset()
    remedies: Mapping[str, RemedyRemembered] = field(default_factory=dict)
    predecessors: Mapping[str, PredecessorNamed] = field(default_factory=dict)
    repeated: Mapping[str, FindingRepeated] = field(default_factory=dict)

    def remedies_of(self, finding_id: str) -> tuple[str, ...]:
        """Return what was asked to remedy a finding."""
        return tuple(
            remedy.text
            for remedy in self.remedies.values()
            if finding_id in remedy.finding_ids
        )


def evolve_memory(state: Memory, event: MemoryEvent) -> Memory:
    """Fold one event in. Never refuses: it already happened."""
    match event:
        case FindingRemembered(finding_id=name):
            return replace(state, found={**state.found, name: event})
        case FindingForgotten(finding_id=name):
            return replace(state, forgotten=state.forgotten | {name})
        case RemedyRemembered(recommendation_id=name):
            return replace(state, remedies={**state.remedies, name: event})
        case PredecessorNamed(predecessor_id=name):
            return replace(state, predecessors={**state.predecessors, name: event})
        case FindingRepeated(finding_id=name):
            return replace(state, repeated={**state.repeated, name: event})


def remember_finding(state: Memory, *, finding: FindingRemembered) -> list[MemoryEvent]:
    """Put a finding to memory, once."""
    return [] if finding.finding_id in state.found else [finding]


def forget_finding(
    state: Memory, *, agency_id: str, finding_id: str
) -> list[MemoryEvent]:
    """Let a finding that was taken back count no more."""
    if finding_id in state.forgotten or finding_id not in state.found:
        return []
    return [FindingForgotten(agency_id=agency_id, finding_id=finding_id)]


def remember_remedies(
    state: Memory, *, remedies: Sequence[RemedyRemembered]
) -> list[MemoryEvent]:
    """Put to memory what was asked for, once."""
    return [r for r in remedies if r.recommendation_id not in state.remedies]


def name_predecessor(
    state: Memory, *, agency_id: str, predecessor_id: str, effective_on: date
) -> list[MemoryEvent]:
    """Let the unit answer for the findings of one whose place it took."""
    if predecessor_id in state.predecessors or predecessor_id == agency_id:
        return []
    return [
        PredecessorNamed(
            agency_id=agency_id,
            predecessor_id=predecessor_id,
            effective_on=effective_on,
        )
    ]


def look_back(
    state: Memory, *, inherited: Sequence[Memory], on: date
) -> list[MemoryEvent]:
    """Say of each finding of the unit that it is a repeat, where it is one."""
    return [
        repeated
        for finding_id, finding in state.found.items()
        if finding_id not in state.forgotten
        and (earlier := _earlier(finding, (state, *inherited)))
        and _ids(earlier) != _ids(_told(state, finding_id))
        for repeated in (_repeated(finding, earlier, on),)
    ]


def _told(state: Memory, finding_id: str) -> tuple[Earlier, ...]:
    before = state.repeated.get(finding_id)
    return before.earlier if before else ()


def _ids(earlier: Iterable[Earlier]) -> set[str]:
    return {one.finding_id for one in earlier}


def _repeated(
    finding: FindingRemembered, earlier: tuple[Earlier, ...], on: date
) -> FindingRepeated:
    return FindingRepeated(
        agency_id=finding.agency_id,
        inspection_id=finding.inspection_id,
        finding_id=finding.finding_id,
        item=finding.item,
        earlier=earlier,
        times=len(earlier) + 1,
        years=len({finding.raised_on.year, *(e.raised_on.year for e in earlier)}),
        noticed_on=on,
    )


def _earlier(
    finding: FindingRemembered, memories: Sequence[Memory]
) -> tuple[Earlier, ...]:
    """Return the same finding of other inspections, within memory, oldest first."""
    since = _years_before(finding.raised_on, MEMORY)
    found = [
        Earlier(
            finding_id=before.finding_id,
            inspection_id=before.inspection_id,
            agency_id=before.agency_id,
            raised_on=before.raised_on,
            remedies=memory.remedies_of(before.finding_id),
        )
        for memory in memories
        for before in memory.found.values()
        if before.finding_id not in memory.forgotten
        and before.inspection_id != finding.inspection_id
        and since <= before.raised_on <= finding.raised_on
        and _same(before, finding)
    ]
    return tuple(sorted(found, key=lambda one: (one.raised_on, one.finding_id)))


def _same(before: FindingRemembered, finding: FindingRemembered) -> bool:
    return before.item == finding.item and bool(
        _bases(before.legal_basis) & _bases(finding.legal_basis)
    )


def _bases(cited: Iterable[str]) -> set[str]:
    """Return provisions as they compare: however they are spaced and written."""
    folded = (unicodedata.normalize("NFC", one).casefold() for one in cited)
    return {" ".join(one.split()) for one in folded if one.strip()}


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
