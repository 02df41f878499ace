"""What many, and higher levels, are told: to replicate, to settle, an answer."""

from __future__ import annotations

from contracts.remediation import (
    ReplicationDirected,
    UpwardRecommendationAnswered,
    UpwardRecommendationIssued,
    UpwardRecommendationOverdue,
)
from services.chassis.context import today
from services.chassis.journal import Journal
from services.chassis.viewing import Rows
from services.notification import domain
from services.notification.domain import day
from services.notification.handlers import PHRASES
from services.notification.subscriptions.telling import Words, known, tell


async def on_replication_directed(
    event: ReplicationDirected, journal: Journal, *, rows: Rows
) -> None:
    """Ask each unit of the scope to take the practice over."""
    until = event.due_on
    for agency_id in event.scope:
        words = Words(
            template="replication",
            about=event.directive_id,
            fields={
                "directive": event.directive_id,
                "directed_on": day(event.directed_on),
                "text": event.text,
                "practice": event.practice_id or PHRASES.say("candidates.none"),
                "deadline": PHRASES.say("replication.until", on=day(until))
                if until
                else PHRASES.say("replication.open"),
            },
            several=True,
        )
        await tell(await known(rows, agency_id), words, journal)


async def on_upward_recommendation_issued(
    event: UpwardRecommendationIssued, journal: Journal, *, rows: Rows
) -> None:
    """Bring a recommendation before the agency it is addressed to."""
    until = event.effective_due_on
    words = Words(
        template="upward",
        about=event.recommendation_id,
        fields={
            "recommendation": event.recommendation_id,
            "inspection": event.inspection_id,
            "unit": event.agency_name,
            "issued_on": day(event.issued_on),
            "text": event.text,
            "deadline": f" {PHRASES.say('upward.until', on=day(until))}"
            if until
            else "",
        },
    )
    await tell(await known(rows, event.addressee), words, journal)


async def on_upward_recommendation_overdue(
    event: UpwardRecommendationOverdue, journal: Journal, *, rows: Rows
) -> None:
    """Urge the agency that was asked and has not answered in time."""
    words = Words(
        template="upward-overdue",
        about=event.recommendation_id,
        fields={
            "recommendation": event.recommendation_id,
            "inspection": event.inspection_id,
            "unit": event.agency_name,
            "text": event.text,
            "due_on": day(event.due_on),
            "effective_due_on": day(event.effective_due_on),
            "overdue_from": day(event.overdue_from),
        },
        urging=domain.Urging(
            case_id="",
            agency_id=event.addressee,
            level=0,
            urged_on=today(),
            recommendation_id=event.recommendation_id,
        ),
    )
    await tell(await known(rows, event.addressee), words, journal)


async def on_upward_recommendation_answered(
    event: UpwardRecommendationAnswered, journal: Journal, *, rows: Rows
) -> None:
    """Bring the answer to the unit where the question arose."""
    addressee = await known(rows, event.addressee)
    words = Words(
        template="upward-answer",
        about=event.recommendation_id,
        fields={
            "recommendation": event.recommendation_id,
            "inspection": event.inspection_id,
            "addressee": addressee["name"],
            "answered_on": day(event.answered_on),
            "document": event.document_number or PHRASES.say("document.none"),
            "text": event.text,
        },
    )
    await tell(await known(rows, event.agency_id), words, journal)
