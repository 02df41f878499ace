"""A tie declared after an order is flagged at the order, and nowhere else."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.deciding import decide, load
from services.chassis.testing import given
from services.planning import domain
from services.planning.commands import overlaps as asked
from services.planning.domain import ordering, team_seating
from services.planning.handlers import PLAN, TEAM, burdens
from services.planning.handlers.orders import ORDER
from services.planning.subscriptions import triggers
from tests.planning.examples import ESTABLISHED, HEAD, PLAN_IN_EFFECT
from tests.planning.reacting import react
from tests.planning.registry import begin, plan, team
from tests.planning.test_domain_passing import HEIR, TRANSFERRED
from tests.planning.trigger_examples import (
    CALLED_OFF,
    CONCLUDED_ORDER,
    DISCLOSED,
    ORDERED_UNANNOUNCED,
)

MEMBER = domain.Seat(
    agency_id="hong-ngu-vp", role=domain.Role.MEMBER, person_ref="p-02"
)
SENT = replace(ESTABLISHED, seats=(HEAD, MEMBER))
KIN = domain.Tie(agency_id="hn-an-loc", kind=domain.TieKind.KINSHIP)
BOUND = domain.Officer(ties=(KIN,))
FLAGGED = ordering.OrderConflictDetected(
    inspection_id="I-DX-1",
    plan_id="KH-2023-HN",
    team_id="T-2023-HN",
    agency_id="hn-an-loc",
    member=MEMBER.officer,
    tie=KIN,
    planned_on=date(2023, 6, 21),
    past=False,
    detected_on=date(2023, 6, 20),
)
look = partial(
    ordering.detect_conflicts,
    team=domain.Team(decision=SENT),
    plan=PLAN.fold(PLAN_IN_EFFECT),
    officers={MEMBER.officer: BOUND},
    on=date(2023, 6, 20),
)


def test_a_tie_of_somebody_who_is_to_go_is_flagged_once():
    given(ORDER, ORDERED_UNANNOUNCED).when(look).then(FLAGGED)
    given(ORDER, ORDERED_UNANNOUNCED, FLAGGED).when(look).then_nothing()


def test_a_visit_that_was_is_marked():
    history = (ORDERED_UNANNOUNCED, DISCLOSED, CONCLUDED_ORDER)
    late = date(2023, 8, 1)

    given(ORDER, *history).when(look, on=late).then(
        replace(FLAGGED, past=True, detected_on=late)
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"officers": {}},
        {"officers": {MEMBER.officer: domain.Officer()}},
        {"team": domain.Team(decision=ESTABLISHED)},
        {"team": domain.Team(recused=frozenset({(MEMBER.officer, "hn-an-loc")}))},
    ],
)
def test_nothing_is_flagged_of_those_who_do_not_go_or_are_free(changed):
    given(ORDER, ORDERED_UNANNOUNCED).when(look, **changed).then_nothing()


def test_nothing_is_flagged_where_nobody_goes_or_the_unit_is_another():
    given(ORDER).when(look).then_nothing()
    given(ORDER, ORDERED_UNANNOUNCED, CALLED_OFF).when(look).then_nothing()
    given(ORDER, ORDERED_UNANNOUNCED, TRANSFERRED).when(look).then_nothing()


class Orders:
    """Finds the one order by its unit and its team."""

    async def about(self, agency_id, *, seen):
        return ["I-DX-1"] if seen and agency_id in {"hn-an-loc", HEIR} else []

    async def of_team(self, team_id, *, seen):
        return ["I-DX-1"] if seen and team_id == "T-2023-HN" else []


TABLE = {**triggers.OWN, **triggers.own(Orders())}
DECLARE = asked.DeclareTie(
    person_ref="p-02", member_of="hong-ngu-vp", agency_id="hn-an-loc", kind="KINSHIP"
)


async def ordered(journal, sent=SENT):
    await plan(journal, *PLAN_IN_EFFECT)
    await team(journal, sent)
    await begin(journal, ORDER, "I-DX-1", ORDERED_UNANNOUNCED)


async def flagged(journal):
    order = await load(journal, ORDER, "I-DX-1")
    return {(member.person_ref, tie.kind.value) for member, tie in order.conflicts}


@pytest.mark.seed("1.5")
async def test_a_tie_declared_after_the_order_is_flagged_at_the_order_alone(journal):
    await ordered(journal)
    decided = await burdens.declare_tie("hong-ngu-vp.p-02", DECLARE, journal)

    await react(journal, TABLE)
    await react(journal, TABLE)

    assert await flagged(journal) == {("p-02", "KINSHIP")}
    assert len(await journal.read(ORDER.stream("I-DX-1"))) == 2
    # Who declared it, and the officer's own record, learn nothing of the order.
    assert [type(event).__name__ for event in decided.events] == ["TieDeclared"]
    assert len(await journal.read(burdens.OFFICER.stream("hong-ngu-vp.p-02"))) == 1


async def test_a_tie_that_was_declared_at_the_same_moment_is_found_by_the_order(
    journal,
):
    await burdens.declare_tie("hong-ngu-vp.p-02", DECLARE, journal)
    await ordered(journal)

    await react(journal, triggers.OWN)

    assert await flagged(journal) == {("p-02", "KINSHIP")}


async def test_who_comes_into_the_team_later_is_looked_at_too(journal):
    await burdens.declare_tie("hong-ngu-vp.p-02", DECLARE, journal)
    await ordered(
        journal, replace(SENT, seats=(HEAD, replace(MEMBER, person_ref=None)))
    )
    done = await react(journal, TABLE)
    assert await flagged(journal) == set()
    [appointed] = team_seating.appoint(
        await load(journal, TEAM, "T-2023-HN"),
        named=domain.Appointee(agency_id="hong-ngu-vp", person_ref="p-02"),
    )
    await decide(journal, TEAM, "T-2023-HN", lambda _: [appointed])

    await react(journal, TABLE, after=done)

    assert await flagged(journal) == {("p-02", "KINSHIP")}
