"""Commands on the calendar of a plan to decisions: rounds, and visits moved."""

from __future__ import annotations

from services.chassis.deciding import Aggregate, Decided, decide, load
from services.chassis.journal import Journal
from services.planning import domain
from services.planning.commands import plans as asked
from services.planning.domain import names, plan, scheduling
from services.planning.handlers.aggregates import AGENCY, PLAN, TEAM
from services.planning.handlers.aside import aside
from services.planning.handlers.burdens import take_on
from services.planning.handlers.plans import window_of

NAME = Aggregate(
    category="name",
    initial=names.Name,
    evolve=names.evolve,
    discreet=lambda name: bool(name.taken and name.taken.plan_id.startswith("order-")),
    events=(names.NameTaken,),
    ordered_by=lambda taken: taken.plan_id,
)


async def schedule_round(
    plan_id: str, command: asked.ScheduleRound, journal: Journal
) -> Decided:
    """Put a round on the calendar, with a visit to each of its units."""
    team = await load(journal, TEAM, command.team_id)
    named = {visit.agency_id for visit in command.visits}
    agencies = [await load(journal, AGENCY, agency_id) for agency_id in sorted(named)]
    pin = command.checklist
    wanted = domain.WantedRound(
        round_id=command.round_id,
        window=window_of(command.window),
        team_id=command.team_id,
        visits=tuple(
            domain.PlannedVisit(**visit.model_dump()) for visit in command.visits
        ),
        checklist=plan.ChecklistPin(**pin.model_dump()) if pin else None,
    )
    async with journal.transaction():
        decided = await decide(
            journal,
            PLAN,
            plan_id,
            lambda plan: domain.schedule_round(
                plan,
                wanted=wanted,
                team=team,
                units=[agency.unit for agency in agencies if agency.unit],
            ),
        )
        if decided.events:
            await take_name(f"round.{wanted.round_id}", plan_id, journal)
            for visit in wanted.visits:
                await take_name(f"inspection.{visit.inspection_id}", plan_id, journal)
            await take_on(decided.events, journal)
    return decided


async def take_name(name: str, plan_id: str, journal: Journal) -> None:
    """Give an id to a plan; no other plan has it, whoever asked first.

    Raises:
        PlanRefused: Another plan has it ("inspection-id-taken").
    """
    taken = names.NameTaken(name=name, plan_id=plan_id)
    await aside(journal, NAME, name, lambda known: names.take(known, taken=taken))


async def reschedule_visit(
    plan_id: str, command: asked.RescheduleVisit, journal: Journal
) -> Decided:
    """Put a visit on another day."""
    known = await load(journal, PLAN, plan_id)
    visit = known.visits.get(command.inspection_id)
    agency = await load(journal, AGENCY, visit.agency_id if visit else "")
    async with journal.transaction():
        decided = await decide(
            journal,
            PLAN,
            plan_id,
            lambda plan: scheduling.reschedule_visit(
                plan,
                inspection_id=command.inspection_id,
                planned_on=command.planned_on,
                reason=command.reason,
                unit=agency.unit,
            ),
        )
        await take_on(decided.events, journal)
    return decided
