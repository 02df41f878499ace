"""Commands on signals and on what is proposed because of them; no rule in here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from services.chassis.context import current, today, within
from services.chassis.deciding import (
    Aggregate,
    Decided,
    decide,
    decide_many,
    load,
    story_of,
)
from services.chassis.journal import Deadline, Journal
from services.planning.commands import signals as asked
from services.planning.domain import duty, proposing, signals, triage, watching
from services.planning.domain.agency_events import AgencySucceeded
from services.planning.handlers.aggregates import AGENCY
from services.planning.handlers.aside import aside

TRANSFER_OVERDUE = "planning.signal-transfer-overdue"
ANSWER_OVERDUE = "planning.signal-answer-overdue"
PROGRESS_OVERDUE = "planning.signal-progress-overdue"


def _owed(event: signals.SignalReceived) -> tuple[Deadline, ...]:
    owed = (
        (TRANSFER_OVERDUE, event.transfer_due),
        (ANSWER_OVERDUE, event.answer_due),
    )
    return tuple(Deadline(kind=k, at=due.overdue_at) for k, due in owed if due)


def _done(*kinds: str) -> tuple[Deadline, ...]:
    return tuple(Deadline(kind=kind, at=None) for kind in kinds)


SIGNAL = Aggregate(
    category="signal",
    initial=signals.Signal,
    evolve=signals.evolve,
    one_story=lambda _: True,
    events=(
        signals.SignalReceived,
        signals.SignalClassified,
        signals.SignalForwarded,
        signals.SignalProgressReported,
        signals.SignalAnswered,
        signals.SignalTransferOverdue,
        signals.SignalAnswerOverdue,
        signals.SignalProgressOverdue,
        signals.SignalFollowed,
        signals.SignalFollowUpConcluded,
    ),
    deadlines={
        signals.SignalReceived: _owed,
        signals.SignalForwarded: lambda _: _done(TRANSFER_OVERDUE),
        signals.SignalTransferOverdue: lambda _: _done(TRANSFER_OVERDUE),
        signals.SignalAnswerOverdue: lambda event: (
            *_done(ANSWER_OVERDUE),
            Deadline(kind=PROGRESS_OVERDUE, at=event.progress_due.overdue_at),
        ),
        signals.SignalProgressReported: lambda event: (
            *_done(PROGRESS_OVERDUE),
            Deadline(kind=PROGRESS_OVERDUE, at=event.next_due.overdue_at),
        ),
        signals.SignalProgressOverdue: lambda _: _done(PROGRESS_OVERDUE),
        signals.SignalAnswered: lambda _: _done(
            TRANSFER_OVERDUE, ANSWER_OVERDUE, PROGRESS_OVERDUE
        ),
    },
)
REFERENCE = Aggregate(
    category="reference",
    initial=signals.Reference,
    evolve=signals.evolve_reference,
    events=(signals.SignalReferenced,),
)
WATCH = Aggregate(
    category="watch",
    initial=watching.Watch,
    evolve=watching.evolve,
    discreet=lambda _: True,
    events=(
        watching.WatchRuleSet,
        watching.SignalNoted,
        watching.ClusterFormed,
        watching.SignalsTaken,
        watching.SignalsReleased,
    ),
)
PROPOSAL = Aggregate(
    category="proposal",
    initial=proposing.Proposal,
    evolve=proposing.evolve,
    discreet=lambda proposal: not proposal.disclosed,
    one_story=lambda _: True,
    events=(
        proposing.TriggerProposed,
        proposing.TriggerAssessed,
        proposing.TriggerActedOn,
        proposing.TriggerDisclosed,
    ),
)


def agency_asking() -> str:
    """Return the agency of the officer who asks."""
    principal = current().principal
    return principal.agency_id if principal else ""


async def receive_signal(
    signal_id: str,
    command: asked.ReceiveSignal,
    journal: Journal,
    *,
    calendar: duty.Calendar,
) -> Decided:
    """Take a signal in, once for each id of its source."""
    if command.external_id is not None:
        taken = signals.SignalReferenced(
            source=command.source,
            external_id=command.external_id,
            signal_id=signal_id,
        )
        key = signals.reference_key(command.source, command.external_id)
        verb = partial(signals.take_reference, taken=taken)
        await aside(journal, REFERENCE, key, verb)
    about = await load(journal, AGENCY, command.agency_id)
    receiver = await load(journal, AGENCY, agency_asking())
    fields = command.model_dump(exclude={"nature", "received_on"})

    def decision(signal: signals.Signal) -> list[signals.SignalEvent]:
        received = signals.SignalReceived(
            signal_id=signal_id,
            received_on=signal.day(command.received_on, today()),
            agency_name="",
            readers=signals.signal_readers(
                agency_asking(), receiver.unit, about=command.agency_id
            ),
            **fields,
        )
        return triage.receive(
            signal,
            received=received,
            nature=command.nature,
            unit=about.unit,
            calendar=calendar,
        )

    return await decide(journal, SIGNAL, signal_id, decision)


async def classify_signal(
    signal_id: str, command: asked.ClassifySignal, journal: Journal
) -> Decided:
    """Say what a signal is about."""
    verb = partial(
        triage.classify,
        nature=command.nature,
        reason=command.reason,
        to_agency=command.to_agency,
        on=today(),
    )
    return await _handle(signal_id, verb, journal)


async def forward_signal(
    signal_id: str, command: asked.ForwardSignal, journal: Journal
) -> Decided:
    """Hand a signal on."""
    day = command.forwarded_on or today()
    verb = partial(triage.forward, to_agency=command.to_agency, on=day)
    return await _handle(signal_id, verb, journal)


async def report_signal_progress(
    signal_id: str,
    command: asked.ReportSignalProgress,
    journal: Journal,
    *,
    calendar: duty.Calendar,
) -> Decided:
    """Tell how far a signal has come."""
    verb = partial(
        triage.report_progress,
        text=command.text,
        on=today(),
        calendar=calendar,
    )
    return await _handle(signal_id, verb, journal)


async def answer_signal(
    signal_id: str, command: asked.AnswerSignal, journal: Journal
) -> Decided:
    """Answer a signal."""
    number = command.document_number
    verb = partial(triage.answer, document_number=number, on=today())
    return await _handle(signal_id, verb, journal)


async def _handle(signal_id: str, verb: triage.FollowUp, journal: Journal) -> Decided:
    """Decide for an officer of an agency that may know of the signal."""
    agency_id = agency_asking()

    def decision(signal: signals.Signal) -> list[signals.SignalEvent]:
        triage.for_its_readers(signal, agency_id=agency_id)
        return verb(signal)

    return await decide(journal, SIGNAL, signal_id, decision)


async def mark_transfer_overdue(signal_id: str, journal: Journal) -> Decided:
    """Answer the day by which a signal was to be handed on."""
    return await decide(journal, SIGNAL, signal_id, triage.mark_transfer_overdue)


async def mark_answer_overdue(
    signal_id: str, journal: Journal, calendar: duty.Calendar
) -> Decided:
    """Answer the day by which a signal was to be answered."""
    verb = partial(triage.mark_answer_overdue, calendar=calendar)
    return await decide(journal, SIGNAL, signal_id, verb)


async def mark_progress_overdue(signal_id: str, journal: Journal) -> Decided:
    """Answer the day by which the sender was to hear of it."""
    return await decide(journal, SIGNAL, signal_id, triage.mark_progress_overdue)


async def follow_signals(
    signal_ids: Sequence[str], verb: triage.FollowUp, journal: Journal
) -> None:
    """Note at each signal what its inspection has come to."""
    await decide_many(journal, SIGNAL, dict.fromkeys(signal_ids, verb))


async def set_watch_rule(
    agency_id: str, command: asked.SetWatchRule, journal: Journal
) -> Decided:
    """Change how many signals of a unit make a proposal."""
    verb = partial(
        watching.set_rule,
        agency_id=agency_id,
        rule=watching.WatchRule(signals=command.signals, days=command.days),
        reason=command.reason,
    )
    return await decide(journal, WATCH, agency_id, verb)


async def note_signal(signal_id: str, journal: Journal) -> None:
    """Note a signal of conduct against its unit."""
    signal = await load(journal, SIGNAL, signal_id)
    for noted in watching.noted(signal):
        verb = partial(watching.note, noted=noted)
        await decide(journal, WATCH, noted.agency_id, verb)


async def inherit_signals(event: AgencySucceeded, journal: Journal) -> None:
    """Note at a unit's one successor what the unit was watched for, and by what rule.

    Where it was divided, a person proposes by hand and says at the order which part.
    """
    watch = await load(journal, WATCH, event.agency_id)
    heir = event.automatic_to or ""
    rule = watching.inherited_rule(watch, event, heir=await load(journal, WATCH, heir))
    if rule is not None:
        set_rule = partial(
            watching.set_rule, agency_id=heir, rule=rule, reason=event.legal_ref
        )
        await decide(journal, WATCH, heir, set_rule)
    for noted in watching.inherited(watch, event):
        verb = partial(watching.note, noted=noted)
        await decide(journal, WATCH, noted.agency_id, verb)


async def propose_cluster(formed: watching.ClusterFormed, journal: Journal) -> None:
    """Propose what a cluster says, in the story of its first signal."""
    proposed = proposing.TriggerProposed(
        proposal_id=formed.proposal_id,
        agency_id=formed.agency_id,
        agency_name=formed.agency_name,
        how=proposing.How.CLUSTER,
        contributions=formed.contributions,
        rule=formed.rule,
        proposed_on=today(),
        readers=formed.readers,
    )
    first = formed.contributions[0].signal_id
    with within(await story_of(journal, SIGNAL.stream(first)), always=True):
        await decide(
            journal,
            PROPOSAL,
            formed.proposal_id,
            partial(proposing.propose_cluster, proposed=proposed),
        )


async def propose_trigger(
    proposal_id: str, command: asked.ProposeTrigger, journal: Journal
) -> Decided:
    """Propose an inspection by hand, in the story of its first signal."""
    found = [await load(journal, SIGNAL, name) for name in command.signal_ids]
    verb = partial(
        proposing.propose,
        proposal_id=proposal_id,
        signals=proposing.readable(found, by=agency_asking()),
        reason=command.reason,
        on=today(),
    )
    story = await story_of(journal, SIGNAL.stream(command.signal_ids[0]))
    with within(story):
        return await decide(journal, PROPOSAL, proposal_id, verb)


async def decide_trigger(
    proposal_id: str, command: asked.DecideTrigger, journal: Journal
) -> Decided:
    """Decide about a proposal."""
    verb = partial(
        proposing.assess,
        decision=command.decision,
        reason=command.reason,
        decided_by=agency_asking(),
        on=today(),
    )
    return await decide(journal, PROPOSAL, proposal_id, verb)


async def take_signals(event: proposing.TriggerProposed, journal: Journal) -> None:
    """Mark the signals of a proposal as being in it."""
    verb = partial(
        watching.take,
        agency_id=event.agency_id,
        proposal_id=event.proposal_id,
        signal_ids=event.signal_ids,
    )
    await decide(journal, WATCH, event.agency_id, verb)


async def release_signals(event: proposing.TriggerAssessed, journal: Journal) -> None:
    """Let the signals of a proposal count again, if that was decided."""
    verb = partial(
        watching.release,
        agency_id=event.agency_id,
        proposal_id=event.proposal_id,
        signal_ids=proposing.to_be_watched(event),
    )
    await decide(journal, WATCH, event.agency_id, verb)
