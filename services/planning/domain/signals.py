"""Signals (đơn thư, báo chí, phản ánh, kiến nghị): what may call for an inspection.

A signal never names who sent it: an opaque reference, the topic, the unit, the
procedure and days are all that is recorded (NĐ 20/2008; domain of personal data).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from hashlib import sha256

from services.planning.domain.agency import Unit
from services.planning.domain.duty import DueDay

PERSONAL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|(?:\d[ .-]?){9,}")


class SignalRefused(Exception):
    """A rule of signals said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class SignalUnknown(SignalRefused):
    """No signal was received under that id."""


class Source(Enum):
    """Where a signal comes from."""

    PETITION = "PETITION"  # đơn, thư phản ánh, kiến nghị
    PRESS = "PRESS"  # cơ quan thông tin báo chí
    NPSP = "NPSP"  # Cổng Dịch vụ công quốc gia
    CITIZEN = "CITIZEN"  # người dân
    BUSINESS = "BUSINESS"  # doanh nghiệp
    PRACTICAL_NEED = "PRACTICAL_NEED"  # yêu cầu thực tế


class Nature(Enum):
    """What a signal is about; only conduct calls for an inspection (§8.3)."""

    CONDUCT = "CONDUCT"  # hành vi: chậm trễ, gây phiền hà, không thực hiện
    RULE = "RULE"  # nội dung quy định: chuyển rà soát
    COMPLAINT = "COMPLAINT"  # khiếu nại: Luật Khiếu nại
    DENUNCIATION = "DENUNCIATION"  # tố cáo: Luật Tố cáo


# Feedback of persons and organisations, to which the days of §8.3 apply.
FEEDBACK = frozenset({Source.PETITION, Source.NPSP, Source.CITIZEN, Source.BUSINESS})
DESKS = {
    Nature.CONDUCT: "HANDLING",
    Nature.RULE: "RULE_REVIEW",
    Nature.COMPLAINT: "COMPLAINT_SETTLEMENT",
    Nature.DENUNCIATION: "DENUNCIATION_SETTLEMENT",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalReceived:
    """A signal about a unit came in (tiếp nhận)."""

    signal_id: str
    source: Source
    external_id: str | None = None
    received_on: date
    topic: str
    agency_id: str
    agency_name: str
    procedure_code: str | None = None
    url: str | None = None
    outlet: str | None = None
    restricted_ref: str | None = None
    severity: str = "NORMAL"
    readers: tuple[str, ...] = ()
    transfer_due: DueDay | None = None
    answer_due: DueDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalClassified:
    """Somebody said what the signal is about (phân loại)."""

    signal_id: str
    agency_id: str
    nature: Nature
    reason: str
    classified_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalForwarded:
    """The signal went to whoever is to deal with it (chuyển xử lý)."""

    signal_id: str
    agency_id: str
    to: str
    to_agency: str | None = None
    forwarded_on: date
    late: bool
    readers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalProgressReported:
    """The sender was told how far it has come (cập nhật tiến độ)."""

    signal_id: str
    text: str
    reported_on: date
    next_due: DueDay


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalAnswered:
    """The signal was answered (trả lời)."""

    signal_id: str
    document_number: str | None
    answered_on: date
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalTransferOverdue:
    """Five working days went by and nobody competent has it (NĐ 20/2008, Đ. 9)."""

    signal_id: str
    agency_id: str
    due: DueDay


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalAnswerOverdue:
    """Twenty days went by without an answer (TT 02/2017); progress is owed now."""

    signal_id: str
    agency_id: str
    due: DueDay
    progress_due: DueDay


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalProgressOverdue:
    """Seven more days went by without a word (TT 02/2017)."""

    signal_id: str
    agency_id: str
    due: DueDay


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalFollowed:
    """The inspection that the signal led to has begun: it may be said now."""

    signal_id: str
    inspection_id: str
    started_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalFollowUpConcluded:
    """The inspection that the signal led to has been concluded."""

    signal_id: str
    inspection_id: str
    concluded_on: date


SignalEvent = (
    SignalReceived
    | SignalClassified
    | SignalForwarded
    | SignalProgressReported
    | SignalAnswered
    | SignalTransferOverdue
    | SignalAnswerOverdue
    | SignalProgressOverdue
    | SignalFollowed
    | SignalFollowUpConcluded
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A signal as far as decisions need it; None until it is received."""

    received: SignalReceived | None = None
    classified: SignalClassified | None = None
    forwarded: tuple[SignalForwarded, ...] = ()
    answered: SignalAnswered | None = None
    progress_due: DueDay | None = None
    progress: tuple[SignalProgressReported, ...] = ()
    overdue: frozenset[str] = field(default_factory=frozenset)
    followed: frozenset[str] = field(default_factory=frozenset)

    def day(self, given: date | None, today: date) -> date:
        """Return the day of receipt: as given, as on record, or today."""
        return given or (today if self.received is None else self.received.received_on)

    def known_to(self, agency_id: str) -> bool:
        """Say whether an agency took the signal in, is above, or was handed it."""
        if self.received is None:
            return False
        handed = {one.to_agency for one in self.forwarded}
        return agency_id in {*self.received.readers, *handed}

    @property
    def conduct(self) -> bool:
        """Say whether it may call for an inspection."""
        known = self.classified
        return known is not None and known.nature is Nature.CONDUCT


def evolve(signal: Signal, event: SignalEvent) -> Signal:  # noqa: C901, PLR0911 -- one line a case
    """Fold one event into the signal. Never refuses: it already happened."""
    match event:
        case SignalReceived():
            return replace(signal, received=event)
        case SignalClassified():
            return replace(signal, classified=event)
        case SignalForwarded():
            return replace(signal, forwarded=(*signal.forwarded, event))
        case SignalProgressReported():
            progress = (*signal.progress, event)
            return replace(signal, progress=progress, progress_due=event.next_due)
        case SignalAnswered():
            return replace(signal, answered=event)
        case SignalTransferOverdue():
            return replace(signal, overdue=signal.overdue | {"transfer"})
        case SignalAnswerOverdue():
            overdue = signal.overdue | {"answer"}
            return replace(signal, overdue=overdue, progress_due=event.progress_due)
        case SignalProgressOverdue():
            return replace(signal, progress_due=None)
        case SignalFollowed():
            return replace(signal, followed=signal.followed | {event.inspection_id})
        case SignalFollowUpConcluded():
            concluded = f"{event.inspection_id}/concluded"
            return replace(signal, followed=signal.followed | {concluded})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalReferenced:
    """A source's own id is taken: whatever comes under it again is this signal."""

    source: Source
    external_id: str
    signal_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Which signal a source's own id stands for."""

    signal_id: str | None = None


def evolve_reference(_: Reference, event: SignalReferenced) -> Reference:
    """Fold one event into the reference. Never refuses: it already happened."""
    match event:
        case SignalReferenced():
            return Reference(signal_id=event.signal_id)


def signal_readers(
    receiver_id: str, receiver: Unit | None, *, about: str
) -> tuple[str, ...]:
    """Return who may read of a signal: who took it in and who is above them.

    Never the unit that it is about: it would learn what it may be inspected for.
    """
    above = (receiver.superior_id, receiver.parent_id) if receiver else ()
    readers = dict.fromkeys(name for name in (receiver_id, *above) if name)
    return tuple(name for name in readers if name != about)


def reference_key(source: Source, external_id: str) -> str:
    """Return the stream's key of a source's own id, whatever letters that has."""
    return f"{source.value}.{sha256(external_id.strip().encode()).hexdigest()[:32]}"


def take_reference(
    reference: Reference, *, taken: SignalReferenced
) -> list[SignalReferenced]:
    """Take a source's own id for one signal, for ever: that is the deduplication."""
    if reference.signal_id == taken.signal_id:
        return []
    if reference.signal_id is not None:
        raise SignalRefused(
            "signal-already-received",
            f"{taken.source.value} {taken.external_id} is {reference.signal_id}",
        )
    return [taken]
