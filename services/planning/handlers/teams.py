"""Commands on a team to decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from services.chassis.context import current, today
from services.chassis.deciding import Decided, decide, load
from services.chassis.journal import Journal
from services.planning import domain
from services.planning.commands import teams as asked
from services.planning.domain import documents
from services.planning.handlers.aggregates import PLAN, TEAM
from services.planning.handlers.burdens import reassign
from services.planning.handlers.documents import record_document

Decision = Callable[[domain.Team], Sequence[domain.TeamEvent]]


async def establish_team(
    team_id: str, command: asked.EstablishTeam, journal: Journal
) -> Decided:
    """Set up a team for a plan."""
    plan = await load(journal, PLAN, command.plan_id)

    def decision(team: domain.Team) -> Sequence[domain.TeamEvent]:
        on = team.day(command.decided_on, today())
        decided = domain.TeamEstablished(**_said(team_id, command.plan_id, command, on))
        return domain.establish(team, decided=decided, plan=plan, by_agency=_asking())

    async with journal.transaction():
        established = await decide(journal, TEAM, team_id, decision)
        await _signed(established, plan, journal)
    return established


async def recompose_team(
    team_id: str, command: asked.RecomposeTeam, journal: Journal
) -> Decided:
    """Put a new decision in the place of the one in force."""
    plan_id = _plan_id(await load(journal, TEAM, team_id))
    plan = await load(journal, PLAN, plan_id)

    def decision(team: domain.Team) -> Sequence[domain.TeamEvent]:
        again = team.decision and (
            team.decision.decision_number == command.decision_number
        )
        on = team.day(command.decided_on, today()) if again else command.decided_on
        decided = domain.TeamRecomposed(
            replaces=command.replaces,
            vacated=len(team.seats),
            **_said(team_id, plan_id, command, on or today()),
        )
        return domain.recompose(team, decided=decided, plan=plan, by_agency=_asking())

    async with journal.transaction():
        recomposed = await _change(team_id, decision, journal)
        await _signed(recomposed, plan, journal)
    return recomposed


async def appoint_member(
    team_id: str, command: asked.AppointMember, journal: Journal
) -> Decided:
    """Name the person of an agency's seat."""
    named = domain.Appointee(**command.model_dump())
    return await _change(team_id, partial(domain.appoint, named=named), journal)


async def replace_member(
    team_id: str, command: asked.ReplaceMember, journal: Journal
) -> Decided:
    """Let another person of the same agency take a seat."""
    decision = partial(
        domain.replace_member,
        leaving=command.person_ref,
        named=domain.Appointee(agency_id=command.agency_id, **command.by.model_dump()),
        reason=command.reason,
    )
    return await _change(team_id, decision, journal)


async def invite_member(
    team_id: str, command: asked.InviteMember, journal: Journal
) -> Decided:
    """Ask another agency to take part."""
    team = await load(journal, TEAM, team_id)
    plan = await load(journal, PLAN, _plan_id(team))
    seat = domain.Seat(
        agency_id=command.agency,
        role=domain.Role.MEMBER,
        person_ref=command.person_ref,
        title=command.title,
        for_inspection=command.for_inspection,
    )
    decision = partial(domain.invite, seat=seat, plan=plan, by_agency=_asking())
    return await _change(team_id, decision, journal)


async def recuse_member(
    team_id: str, command: asked.RecuseMember, journal: Journal
) -> Decided:
    """Keep a member away from the inspection of a unit."""
    decision = partial(
        domain.recuse,
        member=domain.Member(
            agency_id=command.agency_id, person_ref=command.person_ref
        ),
        target_id=command.target_id,
        reason=command.reason,
    )
    return await _change(team_id, decision, journal)


async def split_team(
    team_id: str, command: asked.SplitTeam, journal: Journal
) -> Decided:
    """Divide the team into groups."""
    plan = await load(journal, PLAN, _plan_id(await load(journal, TEAM, team_id)))
    groups = tuple(_group(body) for body in command.groups)
    decision = partial(domain.split, groups=groups, plan=plan)
    return await _change(team_id, decision, journal)


async def dissolve_team(
    team_id: str, command: asked.DissolveTeam, journal: Journal
) -> Decided:
    """End a team."""
    on = command.dissolved_on or today()
    return await _change(team_id, partial(domain.dissolve, on=on), journal)


async def dissolve_done_team(
    team_id: str, completed_on: date, journal: Journal
) -> Decided:
    """End a team with its plan, where its decision says so."""
    decision = partial(domain.dissolve_when_done, completed_on=completed_on)
    return await decide(journal, TEAM, team_id, decision)


async def end_mandate(team_id: str, on: date, journal: Journal) -> Decided:
    """End a team whose last day has passed."""
    return await decide(journal, TEAM, team_id, partial(domain.end_mandate, on=on))


async def _signed(decided: Decided, plan: domain.Plan, journal: Journal) -> None:
    """Take the number of a team's decision for the year of whoever decided."""
    for event in decided.events:
        by_default = plan.draft.issuer if plan.draft else event.lead_agency
        signed = documents.signed(
            agency_id=event.decided_by or by_default,
            document_number=event.decision_number,
            issued_on=event.decided_on,
            subject=event.team_id,
        )
        await record_document(signed, journal)


async def _change(team_id: str, decision: Decision, journal: Journal) -> Decided:
    """Decide on the team, and give the visits to those who then sit in it."""
    before = await load(journal, TEAM, team_id)
    decided = await decide(journal, TEAM, team_id, decision)
    if decided.events:
        await reassign(team_id, before, _plan_id(before), journal)
    return decided


def _said(
    team_id: str,
    plan_id: str,
    command: asked.EstablishTeam | asked.RecomposeTeam,
    on: date,
) -> dict[str, Any]:
    until = command.until
    return {
        "team_id": team_id,
        "plan_id": plan_id,
        "decision_number": command.decision_number,
        "decided_on": on,
        "lead_agency": command.lead_agency,
        "seats": tuple(domain.Seat(**seat.model_dump()) for seat in command.seats),
        "decided_by": command.decided_by,
        "delegated_by_plan_id": command.delegated_by_plan_id,
        "until": until if isinstance(until, date) else None,
        "until_plan_completed": isinstance(until, str),
    }


def _group(body: asked.GroupBody) -> domain.Group:
    return domain.Group(
        group_id=body.group_id,
        leader=domain.Member(**body.leader.model_dump()),
        members=tuple(domain.Member(**member.model_dump()) for member in body.members),
        target_ids=body.target_ids,
        content_items=body.content_items,
        window=domain.Window(**body.window.model_dump()) if body.window else None,
    )


def _plan_id(team: domain.Team) -> str:
    return team.decision.plan_id if team.decision else ""


def _asking() -> str | None:
    principal = current().principal
    return principal.agency_id if principal else None
