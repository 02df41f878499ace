"""A notice: asked for once, tried until it arrives or can never arrive."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.notification.domain.letter import Letter, NoticeRefused, NoticeUnknown

HOST = "kiemtra.local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Urging:
    """What makes a notice an urging (đôn đốc): of what, the late unit, the level.

    Of a case, a work item, the report of a period, or a recommendation upward (then
    ``case_id`` is empty).
    ``monitor_agency`` is who watches over the programme.
    """

    case_id: str
    agency_id: str
    level: int
    urged_on: date
    work_item_id: str | None = None
    report_period: str | None = None
    monitor_agency: str | None = None
    recommendation_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRequested:
    """A notice is to be sent to an agency."""

    notice_id: str
    recipient_id: str
    template: str
    about: str
    letter: Letter
    urging: Urging | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDelivered:
    """The mail of the recipient took it.

    When, and at which try, it does not say: that is how the mail was that day.
    """

    notice_id: str
    recipient_id: str
    template: str
    about: str
    message_id: str
    urging: Urging | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFailed:
    """A try failed; it is tried again unless ``final``."""

    notice_id: str
    recipient_id: str
    template: str
    about: str
    code: str
    attempt: int
    final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRetried:
    """An officer has it sent again, perhaps to another mailbox; same message id."""

    notice_id: str
    recipient_id: str
    letter: Letter


NoticeEvent = NoticeRequested | NoticeDelivered | NoticeFailed | NoticeRetried


@dataclass(frozen=True, slots=True)
class Notice:
    """The state a decision needs."""

    requested: NoticeRequested | None = None
    delivered: bool = False
    attempts: int = 0
    given_up: bool = False


def evolve(notice: Notice, event: NoticeEvent) -> Notice:
    """Fold one event in. Never refuses: it already happened."""
    match event:
        case NoticeRequested():
            return Notice(requested=event)
        case NoticeDelivered():
            return replace(notice, delivered=True, given_up=False)
        case NoticeFailed():
            return replace(notice, attempts=event.attempt, given_up=event.final)
        case NoticeRetried():
            return replace(notice, attempts=0, given_up=False)


def message_id(notice_id: str) -> str:
    """Return the id that every try has, so that a receiver keeps one."""
    return f"<{notice_id}@{HOST}>"


def request(  # noqa: PLR0913 -- keyword only; the fields of a notice
    notice: Notice,
    *,
    notice_id: str,
    recipient_id: str,
    template: str,
    about: str,
    letter: Letter,
    urging: Urging | None,
) -> list[NoticeEvent]:
    """Ask for the notice, once; its id says what it is about."""
    if notice.requested is not None:
        return []
    return [
        NoticeRequested(
            notice_id=notice_id,
            recipient_id=recipient_id,
            template=template,
            about=about,
            letter=letter,
            urging=urging,
        )
    ]


def deliver(notice: Notice) -> list[NoticeEvent]:
    """Record that it arrived."""
    asked = _asked(notice)
    if notice.delivered:
        return []
    return [
        NoticeDelivered(
            notice_id=asked.notice_id,
            recipient_id=asked.recipient_id,
            template=asked.template,
            about=asked.about,
            message_id=message_id(asked.notice_id),
            urging=asked.urging,
        )
    ]


def fail(notice: Notice, *, code: str, attempt: int, final: bool) -> list[NoticeEvent]:
    """Record that a try failed, each try once."""
    asked = _asked(notice)
    if notice.delivered or notice.given_up or attempt <= notice.attempts:
        return []
    return [
        NoticeFailed(
            notice_id=asked.notice_id,
            recipient_id=asked.recipient_id,
            template=asked.template,
            about=asked.about,
            code=code,
            attempt=attempt,
            final=final,
        )
    ]


def retry(notice: Notice, *, mailbox: str | None = None) -> list[NoticeEvent]:
    """Have a notice that was given up sent again; the words stay the same."""
    asked = _asked(notice)
    if not notice.given_up:
        raise NoticeRefused("notice-not-failed", "it arrived, or is still being tried")
    letter = asked.letter
    if mailbox is not None:
        letter = replace(letter, mailbox=mailbox)
    return [
        NoticeRetried(
            notice_id=asked.notice_id, recipient_id=asked.recipient_id, letter=letter
        )
    ]


def _asked(notice: Notice) -> NoticeRequested:
    if notice.requested is None:
        raise NoticeUnknown("unknown-notice", "there is no such notice")
    return notice.requested
