"""Decisions about a team as a whole: set up, composed anew, ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from services.planning.domain.plan import Plan
from services.planning.domain.team import (
    Decision,
    Role,
    Team,
    TeamDissolved,
    TeamEstablished,
    TeamEvent,
    TeamRecomposed,
    TeamRefused,
    TeamUnknown,
)

HEADS = 1
DECIDED, COMPLETED, MANDATE = "DECIDED", "PLAN_COMPLETED", "MANDATE_ENDED"


def establish(
    team: Team, *, decided: TeamEstablished, plan: Plan, by_agency: str | None = None
) -> list[TeamEvent]:
    """Set up a team of one head, none of whose agencies the plan inspects."""
    if team.decision == decided:
        return []
    if team.decision is not None:
        raise TeamRefused(
            "team-established-otherwise", f"{decided.team_id} is set up differently"
        )
    _may_be(decided, plan, by_agency)
    return [decided]


def recompose(
    team: Team, *, decided: TeamRecomposed, plan: Plan, by_agency: str | None = None
) -> list[TeamEvent]:
    """Put a new decision in the place of the one in force; the seats are set anew."""
    standing = in_force(team)
    if isinstance(standing, TeamRecomposed) and standing == _of(decided, standing):
        return []
    if decided.replaces != standing.decision_number:
        raise TeamRefused(
            "replaces-another-decision", f"in force is {standing.decision_number}"
        )
    if decided.decision_number == standing.decision_number:
        raise TeamRefused("decision-number-taken", "a new decision has a new number")
    _may_be(decided, plan, by_agency)
    return [decided]


def _of(decided: TeamRecomposed, standing: TeamRecomposed) -> TeamRecomposed:
    """Return what is asked as if it were asked of the same seats."""
    return replace(decided, vacated=standing.vacated)


def dissolve(team: Team, *, on: date, reason: str = DECIDED) -> list[TeamEvent]:
    """End the team; what is ended stays so."""
    if team.decision is None:
        raise TeamUnknown("unknown-team", "no such team was set up")
    if team.dissolved is not None:
        return []
    return [
        TeamDissolved(
            team_id=team.decision.team_id,
            plan_id=team.decision.plan_id,
            dissolved_on=on,
            reason=reason,
        )
    ]


def dissolve_when_done(team: Team, *, completed_on: date) -> list[TeamEvent]:
    """End the team with its plan, where its decision says so (tự giải thể)."""
    if team.decision is None or not team.decision.until_plan_completed:
        return []
    return dissolve(team, on=completed_on, reason=COMPLETED)


def end_mandate(team: Team, *, on: date) -> list[TeamEvent]:
    """End the team once the last day of its mandate has passed."""
    if team.decision is None or team.decision.until is None:
        return []
    if on <= team.decision.until:  # another decision has a longer mandate
        return []
    return dissolve(team, on=on, reason=MANDATE)


def in_force(team: Team) -> Decision:
    """Return the decision in force.

    Raises:
        TeamRefused: There is none, or the team is no more.
    """
    if team.decision is None:
        raise TeamUnknown("unknown-team", "no such team was set up")
    if team.dissolved is not None:
        raise TeamRefused("team-dissolved", f"since {team.dissolved.dissolved_on}")
    return team.decision


def ready_on(team: Team, day: date) -> None:
    """Refuse work on a day on which the team is no more."""
    standing = in_force(team)
    if standing.until is not None and day > standing.until:
        raise TeamRefused("team-mandate-ended", f"it ends on {standing.until}")


def _may_be(decided: Decision, plan: Plan, by_agency: str | None) -> None:
    if not plan.in_effect or plan.draft is None:
        raise TeamRefused("plan-not-issued", f"{decided.plan_id} is not in effect")
    _competent(decided, plan.draft.issuer, plan.draft.lead_agency, by_agency)
    _headed(decided)
    _not_at_home(decided, plan.targets)
    if decided.until is not None and decided.until < decided.decided_on:
        raise TeamRefused("window-reversed", "the mandate ends before it begins")


def _competent(
    decided: Decision, issuer: str, lead: str, by_agency: str | None
) -> None:
    """Let the issuer decide, or the plan's lead agency where the plan delegates."""
    by, through = decided.decided_by, decided.delegated_by_plan_id
    if by is not None and by_agency not in {None, by}:
        raise TeamRefused("decision-of-another-agency", f"it is for {by} to decide")
    if through is None and by in {None, issuer}:
        return
    if through == decided.plan_id and by == lead:
        return
    raise TeamRefused("decision-not-delegated", f"no plan delegates it to {by}")


def _headed(decided: Decision) -> None:
    heads = [seat for seat in decided.seats if seat.role is Role.HEAD]
    if len(heads) < HEADS:
        raise TeamRefused("team-without-head", "no seat is the head's")
    if len(heads) > HEADS:
        raise TeamRefused("team-with-two-heads", f"{len(heads)} seats are the head's")


def _not_at_home(decided: Decision, targets: Collection[str]) -> None:
    named = {decided.lead_agency, *(seat.agency_id for seat in decided.seats)}
    if at_home := sorted(named & set(targets)):
        raise TeamRefused("member-inspects-own-agency", f"the plan inspects {at_home}")
    [head] = (seat for seat in decided.seats if seat.role is Role.HEAD)
    if head.agency_id != decided.lead_agency:
        raise TeamRefused(
            "head-not-from-lead-agency", f"{decided.lead_agency} leads, and has no head"
        )
