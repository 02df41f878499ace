"""What a unit is told of its inspection: when it is, that it is not, what came out."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.inspection import (
    ConclusionIssued,
    DueRule,
    InspectionCancelled,
    InspectionPostponed,
    Recommendation,
    UnitNotified,
)
from contracts.planning import RemedyPolicy
from services.chassis.journal import Journal
from services.chassis.viewing import Rows
from services.notification.domain import day
from services.notification.handlers import PHRASES
from services.notification.subscriptions.telling import Words, known, named, tell


async def on_unit_notified(
    event: UnitNotified, journal: Journal, *, rows: Rows
) -> None:
    """Tell the unit when it will be inspected."""
    given = event.outline is not None
    outline = PHRASES.say("outline.given", outline=event.outline)
    words = Words(
        template="inspection-notice",
        about=event.inspection_id,
        fields={
            "unit": event.agency_name,
            "inspection": event.inspection_id,
            "plan": event.plan_id,
            "planned_on": day(event.planned_on),
            "notified_on": day(event.notified_on),
            "programmes": named("programme", event.programmes),
            "contents": named("content", event.content_items),
            "outline": outline if given else PHRASES.say("outline.none"),
        },
    )
    await tell(await known(rows, event.agency_id), words, journal)


async def on_inspection_postponed(
    event: InspectionPostponed, journal: Journal, *, rows: Rows
) -> None:
    """Tell the unit that it is inspected on another day."""
    before, remark = event.planned_before, event.remark
    words = Words(
        template="inspection-postponed",
        about=event.inspection_id,
        fields={
            "unit": event.agency_name,
            "inspection": event.inspection_id,
            "plan": event.plan_id,
            "before": PHRASES.say("postponed.before", on=day(before))
            if before
            else PHRASES.say("postponed.window"),
            "planned_on": day(event.planned_on),
            "postponed_on": day(event.postponed_on),
            "reason": PHRASES.name("delay", event.reason),
            "remark": f" {PHRASES.say('postponed.remark', text=remark)}"
            if remark
            else "",
        },
    )
    await tell(await known(rows, event.agency_id), words, journal)


async def on_inspection_cancelled(
    event: InspectionCancelled, journal: Journal, *, rows: Rows
) -> None:
    """Tell the unit that it is not inspected after all."""
    words = Words(
        template="inspection-cancelled",
        about=event.inspection_id,
        fields={
            "unit": event.agency_name,
            "inspection": event.inspection_id,
            "plan": event.plan_id,
            "cancelled_on": day(event.cancelled_on),
            "reason": event.reason,
        },
    )
    await tell(await known(rows, event.agency_id), words, journal)


async def on_conclusion_issued(
    event: ConclusionIssued, journal: Journal, *, rows: Rows
) -> None:
    """Send the unit the conclusion, with what it is asked to do."""
    asked = "\n".join(_asked(event.recommendations, event.remedy_policy))
    words = Words(
        template="conclusion-notice",
        about=event.inspection_id,
        fields={
            "unit": event.agency_name,
            "inspection": event.inspection_id,
            "document_number": event.document_number,
            "issued_on": day(event.issued_on),
            "recommendations": asked or PHRASES.say("recommendations.none"),
        },
    )
    await tell(await known(rows, event.agency_id), words, journal)


def _asked(
    recommendations: tuple[Recommendation, ...], policy: RemedyPolicy
) -> Iterator[str]:
    for number, asked in enumerate(recommendations, start=1):
        rule = asked.due_rule if asked.verifiable else DueRule(kind="NONE")
        yield PHRASES.say(
            "recommendation",
            number=number,
            text=asked.text,
            id=asked.recommendation_id,
            due=_due(rule, policy),
        )


UNITS = {"calendar": "calendar_days", "working": "working_days"}


def _due(rule: DueRule, policy: RemedyPolicy) -> str:
    """Return a due rule in words; the date it gives is remediation's to count."""
    n, unit = rule.n, rule.unit or ""
    if rule.kind == "DEFAULT":
        n, unit = policy.default_days, policy.default_unit
    counted = f"due.{rule.kind}.{UNITS.get(unit, unit)}"
    name = next((k for k in (counted, f"due.{rule.kind}") if k in PHRASES), "due.OTHER")
    on = day(rule.on) if rule.on else ""
    year, month, quarter = rule.year, rule.month, rule.quarter
    return PHRASES.say(name, on=on, n=n, year=year, month=month, quarter=quarter)
