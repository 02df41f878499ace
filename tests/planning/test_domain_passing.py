"""What a successor takes over of a unit: days, joint visits, duties, orders, rules."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning import domain
from services.planning.domain import ordering, proposing, watching
from services.planning.handlers.burdens import BURDEN, OFFICER
from services.planning.handlers.orders import ORDER
from services.planning.handlers.signals import PROPOSAL, WATCH
from tests.planning.merging import AN_BINH, DIVIDED, MERGED, REFORM
from tests.planning.test_domain_burden import (
    BOOKED,
    CLAIMED,
    DUTY,
    OVERLAP,
    PAIR,
    UNIT,
    VISIT,
    book_second,
    claim_too,
    limits,
)
from tests.planning.test_domain_burden import (
    MERGED as CLAIMS_MERGED,
)
from tests.planning.trigger_examples import (
    ACTED_ON,
    ASSESSED,
    CALLED_OFF,
    ORDERED_UNANNOUNCED,
    PROPOSED,
    RULE_SET,
)

HEIR = AN_BINH.agency_id
take_over = partial(
    domain.take_visit_over, agency_id=UNIT, wanted=BOOKED.claim, booking=VISIT
)
stay = partial(
    domain.stay_merged, agency_id=UNIT, lead="KH-2023-HN", merged="KH-2023-CV"
)


def test_a_visit_is_taken_over_once_however_much_it_is():
    closed = limits(
        max_visits_per_year=0, blackout=(domain.Window(start=VISIT.day, end=VISIT.day),)
    )

    given(BURDEN, closed, CLAIMED).when(take_over).then(BOOKED)
    given(BURDEN, closed, CLAIMED, BOOKED).when(take_over).then_nothing()


def test_two_visits_on_one_day_are_told():
    second = [*book_second(BURDEN.fold([CLAIMED]))]
    [theirs] = [replace(e, booking=replace(e.booking, day=VISIT.day)) for e in second]

    [event] = take_over(BURDEN.fold([CLAIMED, replace(theirs, found=())]))

    assert [found.plans for found in event.found] == [PAIR]


def test_a_joint_visit_stays_joint_once():
    given(BURDEN).when(stay).then(CLAIMS_MERGED)
    given(BURDEN, CLAIMS_MERGED).when(stay).then_nothing()
    assert CLAIMS_MERGED.overlap_id == OVERLAP


def test_it_is_joint_no_more_where_the_other_plan_has_a_visit_of_its_own():
    own = domain.VisitBooked(
        agency_id=UNIT, claim=DUTY, booking=replace(VISIT, plan_id="KH-2023-CV")
    )

    given(BURDEN, own).when(stay).then_nothing()


def test_plans_that_visit_jointly_do_not_overlap():
    [event] = claim_too(BURDEN.fold([CLAIMED, CLAIMS_MERGED]))

    assert (event.found, event.merged_into) == ((), "KH-2023-HN")


MEMBER = domain.Member(agency_id="hong-ngu-vp", person_ref="p-02")
VISIT_DUTY = domain.Duty(
    team_id="T-2023-HN",
    plan_id="KH-2023-HN",
    inspection_id="I-HN-1",
    target_id=HEIR,
    planned_on=date(2023, 5, 15),
)
go_on = partial(
    domain.take_duties_over, member=MEMBER, duties=[VISIT_DUTY], on=date(2023, 5, 1)
)
ASSIGNED = domain.DutiesAssigned(
    officer_id="hong-ngu-vp.p-02", member=MEMBER, duties=(VISIT_DUTY,)
)


def test_officers_go_on_with_the_successor_once():
    given(OFFICER).when(go_on).then(ASSIGNED)
    given(OFFICER, ASSIGNED).when(go_on).then_nothing()
    given(OFFICER).when(partial(go_on, duties=[])).then_nothing()


@pytest.mark.parametrize(
    ("day", "past"), [(date(2023, 5, 1), False), (date(2023, 6, 1), True)]
)
def test_an_officer_of_the_successor_itself_is_flagged(day, past):
    home = replace(MEMBER, agency_id=HEIR)

    [_, conflict] = go_on(domain.Officer(), member=home, on=day)

    assert (conflict.tie.kind, conflict.past) == (domain.TieKind.OWN_AGENCY, past)


TRANSFERRED = ordering.OrderTransferred(
    inspection_id="I-DX-1",
    before="hn-an-loc",
    agency_id=HEIR,
    agency_name=AN_BINH.name,
    transferred_on=REFORM,
    legal_ref=MERGED.legal_ref,
)
transfer = partial(ordering.transfer, transferred=TRANSFERRED)


def test_an_order_goes_on_with_the_successor_once_and_stays_secret():
    given(ORDER, ORDERED_UNANNOUNCED).when(transfer).then(TRANSFERRED)
    given(ORDER, ORDERED_UNANNOUNCED, TRANSFERRED).when(transfer).then_nothing()
    given(ORDER).when(transfer).then_nothing()

    order = ORDER.fold([ORDERED_UNANNOUNCED, TRANSFERRED])
    assert (order.agency_id, order.secret) == (HEIR, True)


def test_the_order_itself_is_still_the_same_order():
    history = (ORDERED_UNANNOUNCED, TRANSFERRED, CALLED_OFF)

    assert ORDER.fold(history).ordered == ORDERED_UNANNOUNCED


act = partial(proposing.act_on, agency_id=HEIR, inspection_id="I-DX-1", by="dong-thap")


def test_who_orders_says_which_successor_a_proposal_is_about():
    history = (PROPOSED, ASSESSED)

    given(PROPOSAL, *history).when(act).then_refused("order-of-another-agency")
    given(PROPOSAL, *history).when(act, successors={HEIR}).then(ACTED_ON)
    given(PROPOSAL, *history, ACTED_ON).when(act, successors={HEIR}).then_nothing()


def test_the_rule_of_a_watch_passes_to_the_one_successor_that_has_none():
    watched = WATCH.fold([RULE_SET])
    other = WATCH.fold([replace(RULE_SET, rule=watching.WatchRule(signals=5))])

    rule = partial(watching.inherited_rule, watched, heir=watching.Watch())
    assert rule(MERGED) == RULE_SET.rule
    assert rule(DIVIDED) is None
    assert rule(MERGED, heir=other) is None
    assert watching.inherited_rule(other, MERGED, heir=watched) is None
    assert (
        watching.inherited_rule(watching.Watch(), MERGED, heir=watching.Watch()) is None
    )
