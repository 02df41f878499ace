"""Commands between unit and team to decisions; no rule in here."""

from __future__ import annotations

from functools import partial

from services.chassis.context import today
from services.chassis.deciding import Decided
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.checklists import ordered_checklist
from services.inspection.handlers.inspecting import (
    answer,
    inspect,
    officer,
    unit_or_team,
)


async def receive_report(
    inspection_id: str,
    command: asked.ReceiveReport,
    journal: Journal,
    *,
    calendar: domain.Calendar,
) -> Decided:
    """Take the unit's report in."""
    return await unit_or_team(
        journal,
        inspection_id,
        partial(
            domain.receive_report,
            document_number=command.document_number,
            sha256=command.sha256,
            received_on=command.received_on,
            today=today(),
            calendar=calendar,
            checklist=await ordered_checklist(inspection_id, journal),
        ),
    )


async def attach_monitoring_data(
    inspection_id: str, command: asked.AttachMonitoringData, journal: Journal
) -> Decided:
    """Put figures of monitoring to the file."""
    data = domain.Evidence(reference=command.reference, sha256=command.sha256)
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.attach_monitoring_data,
            source_system=command.source_system,
            data=data,
            period=command.period,
            summary=command.summary,
            on=today(),
        ),
    )


async def give_guidance(
    inspection_id: str, command: asked.GiveGuidance, journal: Journal
) -> Decided:
    """Show the unit how to do it."""
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.give_guidance,
            guidance_id=command.guidance_id,
            text=command.text,
            item=command.item,
            to_roles=command.to_roles,
            on=today(),
            by=officer(),
        ),
    )


async def explain(
    inspection_id: str, command: asked.Explain, journal: Journal
) -> Decided:
    """Answer findings as the unit."""
    return await answer(
        journal,
        inspection_id,
        partial(
            domain.explain,
            explanation_id=command.explanation_id,
            finding_ids=command.finding_ids,
            text=command.text,
            evidence=tuple(given.value() for given in command.evidence),
            document_number=command.document_number,
            on=today(),
        ),
    )


async def confirm_finding(
    inspection_id: str, command: asked.ConfirmFinding, journal: Journal
) -> Decided:
    """Hold on to a finding."""
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.confirm_finding,
            finding_id=command.finding_id,
            remark=command.remark,
            on=today(),
        ),
    )
