"""Proposals to inspect unannounced: why is listed, and a person decides.

The system proposes and never orders (S0: "có thể tổ chức kiểm tra đột xuất").
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from services.planning.domain.signals import Nature, Signal
from services.planning.domain.watching import (
    CLUSTERED,
    Contribution,
    WatchRule,
    contribution,
)


class TriggerRefused(Exception):
    """A rule of triggers and orders said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class TriggerUnknown(TriggerRefused):
    """Nobody proposed anything under that id."""


class How(Enum):
    """How a proposal came about."""

    CLUSTER = "CLUSTER"  # enough signals came together
    BY_HAND = "BY_HAND"  # an officer saw reason


class Verdict(Enum):
    """What was decided about a proposal."""

    INSPECT = "INSPECT"  # kiểm tra đột xuất
    REJECT = "REJECT"  # không kiểm tra
    WATCH = "WATCH"  # theo dõi thêm


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerProposed:
    """An unannounced inspection was proposed; *contributions* are the reasons."""

    proposal_id: str
    agency_id: str
    agency_name: str
    how: How
    contributions: tuple[Contribution, ...]
    rule: WatchRule | None = None
    reason: str | None = None
    proposed_on: date
    readers: tuple[str, ...] = ()

    @property
    def signal_ids(self) -> tuple[str, ...]:
        """Return the signals it rests on."""
        return tuple(one.signal_id for one in self.contributions)


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerAssessed:
    """A person decided about the proposal, and said why."""

    proposal_id: str
    agency_id: str
    signal_ids: tuple[str, ...]
    decision: Verdict
    reason: str
    decided_by: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerActedOn:
    """An inspection was ordered because of the proposal."""

    proposal_id: str
    inspection_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerDisclosed:
    """The inspection has begun: that there was a proposal is no secret any more."""

    proposal_id: str
    inspection_id: str
    started_on: date


ProposalEvent = TriggerProposed | TriggerAssessed | TriggerActedOn | TriggerDisclosed


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposal, what was decided about it, and which inspection came of it."""

    proposed: TriggerProposed | None = None
    assessed: TriggerAssessed | None = None
    inspection_id: str | None = None
    disclosed: bool = False


def evolve(proposal: Proposal, event: ProposalEvent) -> Proposal:
    """Fold one event into the proposal. Never refuses: it already happened."""
    match event:
        case TriggerProposed():
            return replace(proposal, proposed=event)
        case TriggerAssessed():
            return replace(proposal, assessed=event)
        case TriggerActedOn():
            return replace(proposal, inspection_id=event.inspection_id)
        case TriggerDisclosed():
            return replace(proposal, disclosed=True)


def propose_cluster(
    proposal: Proposal, *, proposed: TriggerProposed
) -> list[ProposalEvent]:
    """Propose what a cluster of signals says."""
    return [] if proposal.proposed is not None else [proposed]


def readable(signals: Sequence[Signal], *, by: str) -> Sequence[Signal]:
    """Return the signals as an agency may know of them: of others there are none."""
    return [signal if signal.known_to(by) else Signal() for signal in signals]


def propose(
    proposal: Proposal,
    *,
    proposal_id: str,
    signals: Sequence[Signal],
    reason: str,
    on: date,
) -> list[ProposalEvent]:
    """Propose by hand, for signals of conduct against one unit; one is enough."""
    if proposal_id.startswith(CLUSTERED):
        raise TriggerRefused("proposal-id-reserved", f"{CLUSTERED}… are made by us")
    received = [signal.received for signal in signals if signal.received]
    if not received or len(received) < len(signals):
        raise TriggerRefused("unknown-signal", "a proposal rests on signals received")
    if known := proposal.proposed:
        wanted = tuple(one.signal_id for one in received)
        if (known.signal_ids, known.reason) == (wanted, reason):
            return []
        raise TriggerRefused("proposed-otherwise", f"{proposal_id} says something else")
    _possible(signals, reason)
    first = received[0]
    return [
        TriggerProposed(
            proposal_id=proposal_id,
            agency_id=first.agency_id,
            agency_name=first.agency_name,
            how=How.BY_HAND,
            contributions=tuple(contribution(one) for one in received),
            reason=reason,
            proposed_on=on,
            readers=tuple(dict.fromkeys(r for one in received for r in one.readers)),
        )
    ]


def _possible(signals: Sequence[Signal], reason: str) -> None:
    if any(signal.classified is None for signal in signals):
        raise TriggerRefused("signal-not-classified", "say first what they are about")
    if any(not signal.conduct for signal in signals):
        raise TriggerRefused(
            "signal-not-conduct", f"only {Nature.CONDUCT.value} calls for an inspection"
        )
    if len({one.received.agency_id for one in signals if one.received}) > 1:
        raise TriggerRefused("signals-of-several-agencies", "one unit a proposal")
    if not reason.strip():
        raise TriggerRefused("proposal-without-reason", "say why")


def assess(
    proposal: Proposal, *, decision: Verdict, reason: str, decided_by: str, on: date
) -> list[ProposalEvent]:
    """Decide about a proposal once, with a reason.

    To those who may not read it there is none: the answer must not tell them.
    """
    proposed = known(proposal)
    for_its_readers(proposed, decided_by)
    if proposal.assessed is not None:
        if (proposal.assessed.decision, proposal.assessed.reason) == (decision, reason):
            return []
        raise TriggerRefused(
            "trigger-assessed-otherwise",
            f"it was decided to {proposal.assessed.decision.value}",
        )
    if not reason.strip():
        raise TriggerRefused("decision-without-reason", "say why")
    return [
        TriggerAssessed(
            proposal_id=proposed.proposal_id,
            agency_id=proposed.agency_id,
            signal_ids=proposed.signal_ids,
            decision=decision,
            reason=reason,
            decided_by=decided_by,
            decided_on=on,
        )
    ]


def for_its_readers(proposed: TriggerProposed, agency_id: str) -> None:
    """Let only those deal with a proposal who may read it."""
    if agency_id not in proposed.readers:
        raise TriggerUnknown("unknown-proposal", "nobody proposed that")


def act_on(
    proposal: Proposal,
    *,
    agency_id: str,
    inspection_id: str,
    by: str,
    successors: Collection[str] = (),
) -> list[ProposalEvent]:
    """Let one inspection of the unit follow from a proposal decided that way.

    Where the unit has ended, whoever orders says which of its *successors* it is.
    """
    proposed = known(proposal)
    for_its_readers(proposed, by)
    if proposal.assessed is None:
        raise TriggerRefused(
            "trigger-not-assessed", f"nobody decided about {proposed.proposal_id}"
        )
    if proposal.assessed.decision is not Verdict.INSPECT:
        raise TriggerRefused(
            "trigger-not-to-inspect",
            f"it was decided to {proposal.assessed.decision.value}",
        )
    if agency_id not in {proposed.agency_id, *successors}:
        raise TriggerRefused(
            "order-of-another-agency", f"the proposal is about {proposed.agency_id}"
        )
    if proposal.inspection_id == inspection_id:
        return []
    if proposal.inspection_id is not None:
        raise TriggerRefused(
            "trigger-already-ordered", f"{proposal.inspection_id} followed from it"
        )
    return [
        TriggerActedOn(proposal_id=proposed.proposal_id, inspection_id=inspection_id)
    ]


def to_be_watched(assessed: TriggerAssessed) -> tuple[str, ...]:
    """Return the signals that count again, if the decision was to go on watching."""
    return assessed.signal_ids if assessed.decision is Verdict.WATCH else ()


def disclose(
    proposal: Proposal, *, inspection_id: str, started_on: date
) -> list[ProposalEvent]:
    """Note that the inspection has begun."""
    proposed = known(proposal)
    if proposal.disclosed:
        return []
    return [
        TriggerDisclosed(
            proposal_id=proposed.proposal_id,
            inspection_id=inspection_id,
            started_on=started_on,
        )
    ]


def known(proposal: Proposal) -> TriggerProposed:
    """Return what was proposed, or say that nothing was."""
    if proposal.proposed is None:
        raise TriggerUnknown("unknown-proposal", "nobody proposed that")
    return proposal.proposed
