"""Signals of one unit, watched together: enough of them make a proposal, never more.

The system proposes and lists why; whether to inspect, a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from services.planning.domain.agency_events import AgencySucceeded
from services.planning.domain.signals import Signal, SignalReceived, Source

CLUSTERED = "cluster-"  # how the ids of our own proposals begin


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRule:
    """How many signals of conduct, within how many days, make a proposal."""

    signals: int = 3
    days: int = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One reason for a proposal, as it is listed to the person who decides."""

    signal_id: str
    source: Source
    received_on: date
    topic: str
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRuleSet:
    """Somebody changed, for one unit, how many signals are enough."""

    agency_id: str
    rule: WatchRule
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalNoted:
    """A signal of conduct was noted against the unit."""

    agency_id: str
    agency_name: str
    noted: Contribution
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterFormed:
    """Enough signals came together: a proposal is to be made of them."""

    agency_id: str
    agency_name: str
    proposal_id: str
    contributions: tuple[Contribution, ...]
    rule: WatchRule
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsTaken:
    """Signals went into a proposal that somebody made by hand."""

    agency_id: str
    proposal_id: str
    signal_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsReleased:
    """The decision was to go on watching: the signals count again."""

    agency_id: str
    proposal_id: str
    signal_ids: tuple[str, ...]


WatchEvent = WatchRuleSet | SignalNoted | ClusterFormed | SignalsTaken | SignalsReleased


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The signals of one unit, and which of them are in a proposal."""

    rule: WatchRule = WatchRule()
    noted: tuple[SignalNoted, ...] = ()
    taken: frozenset[str] = field(default_factory=frozenset)
    proposals: frozenset[str] = field(default_factory=frozenset)
    released: frozenset[str] = field(default_factory=frozenset)


def evolve(watch: Watch, event: WatchEvent) -> Watch:
    """Fold one event into the watch. Never refuses: it already happened."""
    match event:
        case WatchRuleSet():
            return replace(watch, rule=event.rule)
        case SignalNoted():
            return replace(watch, noted=(*watch.noted, event))
        case ClusterFormed():
            ids = {one.signal_id for one in event.contributions}
            return _taken(watch, event.proposal_id, ids)
        case SignalsTaken():
            return _taken(watch, event.proposal_id, set(event.signal_ids))
        case SignalsReleased():
            return replace(
                watch,
                taken=watch.taken - set(event.signal_ids),
                released=watch.released | {event.proposal_id},
            )


def _taken(watch: Watch, proposal_id: str, ids: set[str]) -> Watch:
    return replace(
        watch, taken=watch.taken | ids, proposals=watch.proposals | {proposal_id}
    )


def set_rule(
    watch: Watch, *, agency_id: str, rule: WatchRule, reason: str
) -> list[WatchEvent]:
    """Change how many signals of the unit are enough; what was noted stays noted."""
    if watch.rule == rule:
        return []
    return [WatchRuleSet(agency_id=agency_id, rule=rule, reason=reason)]


def noted(signal: Signal) -> tuple[SignalNoted, ...]:
    """Return what is to be noted of a signal: nothing, if it is not about conduct."""
    received = signal.received
    if received is None or not signal.conduct:
        return ()
    return (
        SignalNoted(
            agency_id=received.agency_id,
            agency_name=received.agency_name,
            noted=contribution(received),
            readers=received.readers,
        ),
    )


def inherited(watch: Watch, succeeded: AgencySucceeded) -> tuple[SignalNoted, ...]:
    """Return what the one successor is to be watched for: signals in no proposal."""
    names = {heir.agency_id: heir.name for heir in succeeded.successors}
    heir = succeeded.automatic_to
    if heir is None:
        return ()
    return tuple(
        replace(one, agency_id=heir, agency_name=names[heir])
        for one in watch.noted
        if one.noted.signal_id not in watch.taken
    )


def inherited_rule(
    watch: Watch, succeeded: AgencySucceeded, *, heir: Watch
) -> WatchRule | None:
    """Return the rule by which the one successor is watched, if it has none yet."""
    usual = WatchRule()
    if succeeded.automatic_to is None or heir.rule != usual or watch.rule == usual:
        return None
    return watch.rule


def contribution(received: SignalReceived) -> Contribution:
    """Return a signal as a reason for a proposal."""
    return Contribution(
        signal_id=received.signal_id,
        source=received.source,
        received_on=received.received_on,
        topic=received.topic,
        severity=received.severity,
    )


def note(watch: Watch, *, noted: SignalNoted) -> list[WatchEvent]:
    """Note a signal; if it makes enough of them, form a cluster."""
    if any(known.noted.signal_id == noted.noted.signal_id for known in watch.noted):
        return []
    seen = evolve(watch, noted)
    together = cluster(seen, around=noted)
    if not together:
        return [noted]
    return [
        noted,
        ClusterFormed(
            agency_id=noted.agency_id,
            agency_name=noted.agency_name,
            proposal_id=f"{CLUSTERED}{noted.agency_id}-{len(watch.proposals) + 1}",
            contributions=tuple(one.noted for one in together),
            rule=watch.rule,
            readers=readers(together),
        ),
    ]


def cluster(watch: Watch, *, around: SignalNoted) -> tuple[SignalNoted, ...]:
    """Return the signals that are enough with *around*, oldest first; or none.

    Those count that no proposal holds and that lie, with it, in some stretch of the
    rule's days: signals come in out of order, so it may be the oldest of them.
    """
    free = [one for one in watch.noted if one.noted.signal_id not in watch.taken]
    free.sort(key=lambda one: (one.noted.received_on, one.noted.signal_id))
    length = timedelta(days=watch.rule.days)
    best: list[SignalNoted] = []
    for first in free:
        start = first.noted.received_on
        stretch = [
            one for one in free if start <= one.noted.received_on < start + length
        ]
        if around in stretch and len(stretch) > len(best):
            best = stretch
    return tuple(best) if len(best) >= watch.rule.signals else ()


def readers(signals: tuple[SignalNoted, ...]) -> tuple[str, ...]:
    """Return who may read of all these signals, each once."""
    return tuple(dict.fromkeys(reader for one in signals for reader in one.readers))


def take(
    watch: Watch, *, agency_id: str, proposal_id: str, signal_ids: tuple[str, ...]
) -> list[WatchEvent]:
    """Mark signals as being in a proposal that was made by hand."""
    if proposal_id in watch.proposals:
        return []
    return [
        SignalsTaken(
            agency_id=agency_id, proposal_id=proposal_id, signal_ids=signal_ids
        )
    ]


def release(
    watch: Watch, *, agency_id: str, proposal_id: str, signal_ids: tuple[str, ...]
) -> list[WatchEvent]:
    """Let the signals of a proposal count again."""
    if not signal_ids or proposal_id in watch.released:
        return []
    return [
        SignalsReleased(
            agency_id=agency_id, proposal_id=proposal_id, signal_ids=signal_ids
        )
    ]
