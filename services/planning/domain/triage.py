"""What becomes of a signal: received, classified, handed on, answered in its days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from services.planning.domain.agency import Unit
from services.planning.domain.duty import Calendar, within
from services.planning.domain.signals import (
    DESKS,
    FEEDBACK,
    PERSONAL,
    Nature,
    Signal,
    SignalAnswered,
    SignalAnswerOverdue,
    SignalClassified,
    SignalEvent,
    SignalFollowed,
    SignalFollowUpConcluded,
    SignalForwarded,
    SignalProgressOverdue,
    SignalProgressReported,
    SignalReceived,
    SignalRefused,
    SignalTransferOverdue,
    SignalUnknown,
)

TRANSFER_WORKING_DAYS = 5  # NĐ 20/2008, Đ. 9
ANSWER_DAYS = 20  # TT 02/2017/TT-VPCP
PROGRESS_DAYS = 7  # TT 02/2017/TT-VPCP


def receive(
    signal: Signal,
    *,
    received: SignalReceived,
    nature: Nature | None,
    unit: Unit | None,
    calendar: Calendar,
) -> list[SignalEvent]:
    """Take a signal in; what came in is not taken in differently."""
    known = signal.received
    if known is not None:
        if _same(known, received):
            return []
        raise SignalRefused(
            "signal-received-otherwise", f"{received.signal_id} says something else"
        )
    if unit is None:
        raise SignalRefused(
            "unknown-agency", f"{received.agency_id} is not in the registry"
        )
    if PERSONAL.search(received.topic):
        raise SignalRefused(
            "personal-data-in-signal",
            "the topic holds an address or a number; keep it where it came in",
        )
    taken = replace(received, agency_name=unit.name)
    if received.source in FEEDBACK:
        day = received.received_on
        taken = replace(
            taken,
            transfer_due=within(
                calendar, day, kind="working_days", n=TRANSFER_WORKING_DAYS
            ),
            answer_due=within(calendar, day, kind="calendar_days", n=ANSWER_DAYS),
        )
    if nature is None:
        return [taken]
    on_intake = Signal(received=taken)
    return [
        taken,
        *classify(
            on_intake, nature=nature, reason="", to_agency=None, on=taken.received_on
        ),
    ]


def _same(known: SignalReceived, asked: SignalReceived) -> bool:
    """Say whether the same came in before; who took it in, and due days, aside."""
    counted = replace(
        asked,
        agency_name=known.agency_name,
        readers=known.readers,
        transfer_due=known.transfer_due,
        answer_due=known.answer_due,
    )
    return counted == known


def classify(
    signal: Signal, *, nature: Nature, reason: str, to_agency: str | None, on: date
) -> list[SignalEvent]:
    """Say what the signal is about; all but conduct goes to another desk at once."""
    received = known(signal)
    if signal.classified is not None:
        if signal.classified.nature is nature:
            return []
        raise SignalRefused(
            "signal-classified-otherwise",
            f"it was classified as {signal.classified.nature.value}",
        )
    classified = SignalClassified(
        signal_id=received.signal_id,
        agency_id=received.agency_id,
        nature=nature,
        reason=reason,
        classified_on=on,
    )
    if nature is Nature.CONDUCT and to_agency is None:
        return [classified]
    return [classified, _forwarded(received, nature, to_agency, on)]


def forward(signal: Signal, *, to_agency: str, on: date) -> list[SignalEvent]:
    """Hand a classified signal to the body that deals with it."""
    received = known(signal)
    if signal.classified is None:
        raise SignalRefused("signal-not-classified", "say first what it is about")
    if any(known.to_agency == to_agency for known in signal.forwarded):
        return []
    return [_forwarded(received, signal.classified.nature, to_agency, on)]


def _forwarded(
    received: SignalReceived, nature: Nature, to_agency: str | None, on: date
) -> SignalForwarded:
    due = received.transfer_due
    return SignalForwarded(
        signal_id=received.signal_id,
        agency_id=received.agency_id,
        to=DESKS[nature],
        to_agency=to_agency,
        forwarded_on=on,
        late=due is not None and due.missed_on(on),
        readers=(*received.readers, *([to_agency] if to_agency else [])),
    )


def report_progress(
    signal: Signal, *, text: str, on: date, calendar: Calendar
) -> list[SignalEvent]:
    """Tell the sender how far it has come; the next word is due in seven days."""
    received = known(signal)
    if signal.answered is not None:
        raise SignalRefused("signal-answered", "it has been answered")
    if any((told.text, told.reported_on) == (text, on) for told in signal.progress):
        return []
    return [
        SignalProgressReported(
            signal_id=received.signal_id,
            text=text,
            reported_on=on,
            next_due=within(calendar, on, kind="calendar_days", n=PROGRESS_DAYS),
        )
    ]


def answer(
    signal: Signal, *, document_number: str | None, on: date
) -> list[SignalEvent]:
    """Record the answer, be it late."""
    received = known(signal)
    if signal.answered is not None:
        if signal.answered.document_number == document_number:
            return []
        raise SignalRefused("signal-answered", "it has been answered otherwise")
    if signal.classified is None:
        raise SignalRefused("signal-not-classified", "say first what it is about")
    due = received.answer_due
    return [
        SignalAnswered(
            signal_id=received.signal_id,
            document_number=document_number,
            answered_on=on,
            late=due is not None and due.missed_on(on),
        )
    ]


def mark_transfer_overdue(signal: Signal) -> list[SignalEvent]:
    """Answer the day by which the signal was to be handed on."""
    received = known(signal)
    due = received.transfer_due
    if due is None or signal.forwarded or "transfer" in signal.overdue:
        return []
    return [
        SignalTransferOverdue(
            signal_id=received.signal_id, agency_id=received.agency_id, due=due
        )
    ]


def mark_answer_overdue(signal: Signal, *, calendar: Calendar) -> list[SignalEvent]:
    """Answer the day by which the signal was to be answered."""
    received = known(signal)
    due = received.answer_due
    if due is None or signal.answered is not None or "answer" in signal.overdue:
        return []
    return [
        SignalAnswerOverdue(
            signal_id=received.signal_id,
            agency_id=received.agency_id,
            due=due,
            progress_due=within(
                calendar, due.effective_due_on, kind="calendar_days", n=PROGRESS_DAYS
            ),
        )
    ]


def mark_progress_overdue(signal: Signal) -> list[SignalEvent]:
    """Answer the day by which the sender was to hear of it."""
    received = known(signal)
    due = signal.progress_due
    if due is None or signal.answered is not None:
        return []
    return [
        SignalProgressOverdue(
            signal_id=received.signal_id, agency_id=received.agency_id, due=due
        )
    ]


FollowUp = Callable[[Signal], list[SignalEvent]]


def follow(
    signal: Signal, *, inspection_id: str, started_on: date
) -> list[SignalEvent]:
    """Note, now that it has begun, which inspection the signal led to."""
    received = known(signal)
    if inspection_id in signal.followed:
        return []
    return [
        SignalFollowed(
            signal_id=received.signal_id,
            inspection_id=inspection_id,
            started_on=started_on,
        )
    ]


def conclude_follow_up(
    signal: Signal, *, inspection_id: str, concluded_on: date
) -> list[SignalEvent]:
    """Note that the inspection the signal led to is concluded."""
    received = known(signal)
    if f"{inspection_id}/concluded" in signal.followed:
        return []
    return [
        SignalFollowUpConcluded(
            signal_id=received.signal_id,
            inspection_id=inspection_id,
            concluded_on=concluded_on,
        )
    ]


def for_its_readers(signal: Signal, *, agency_id: str) -> None:
    """Let only those deal with a signal who may read it; to others there is none."""
    if not signal.known_to(agency_id):
        raise SignalUnknown("unknown-signal", "no such signal was received")


def known(signal: Signal) -> SignalReceived:
    """Return what was received, or say that nothing was."""
    if signal.received is None:
        raise SignalUnknown("unknown-signal", "no such signal was received")
    return signal.received
