"""Proposals decided by people, and orders with number, reason and trigger."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from services.chassis.testing.scenario import given
from services.planning import domain
from services.planning.domain import ordering, proposing
from services.planning.domain.proposing import Verdict
from services.planning.domain.signals import Nature
from services.planning.handlers.aggregates import PLAN, TEAM
from services.planning.handlers.orders import ORDER
from services.planning.handlers.signals import PROPOSAL, SIGNAL
from tests.planning.examples import (
    AN_LOC,
    DRAFTED,
    ESTABLISHED,
    PLAN_IN_EFFECT,
    REVERSED,
    TAN_HOI,
    unit,
)
from tests.planning.trigger_examples import (
    ACTED_ON,
    ASSESSED,
    BY_HAND,
    CALLED_OFF,
    CONCLUDED_ORDER,
    DISCLOSED,
    ON_SIGNALS,
    ORDERED_UNANNOUNCED,
    PETITION,
    PRESS,
    PROPOSED,
    TRIGGER_DISCLOSED,
    VP,
    WANTED_ORDER,
    classified,
)

DAY = date(2023, 6, 15)
CONDUCT = SIGNAL.fold([PETITION, classified()])


def propose(*history, signals=(CONDUCT,), reason=BY_HAND.reason, name="P-1", by=VP):
    return given(PROPOSAL, *history).when(
        proposing.propose,
        proposal_id=name,
        signals=proposing.readable(signals, by=by),
        reason=reason,
        on=DAY,
    )


def test_a_cluster_is_proposed_once():
    made = {"proposed": PROPOSED}
    given(PROPOSAL).when(proposing.propose_cluster, **made).then(PROPOSED)
    given(PROPOSAL, PROPOSED).when(proposing.propose_cluster, **made).then()


def test_a_single_signal_is_proposed_by_hand():
    propose().then(BY_HAND)
    propose(BY_HAND).then_nothing()


@pytest.mark.parametrize(
    ("history", "changed", "code"),
    [
        ((), {"name": "cluster-hn-an-loc-1"}, "proposal-id-reserved"),
        ((), {"signals": ()}, "unknown-signal"),
        ((), {"by": "hn-an-loc"}, "unknown-signal"),
        ((), {"signals": (CONDUCT, SIGNAL.initial())}, "unknown-signal"),
        ((), {"signals": (SIGNAL.fold([PETITION]),)}, "signal-not-classified"),
        (
            (),
            {"signals": (SIGNAL.fold([PETITION, classified(nature=Nature.RULE)]),)},
            "signal-not-conduct",
        ),
        (
            (),
            {
                "signals": (
                    CONDUCT,
                    SIGNAL.fold(
                        [replace(PRESS, agency_id="hn-tan-hoi"), classified("S-2")]
                    ),
                )
            },
            "signals-of-several-agencies",
        ),
        ((), {"reason": " "}, "proposal-without-reason"),
        ((BY_HAND,), {"reason": "Khác"}, "proposed-otherwise"),
    ],
)
def test_what_calls_for_no_inspection_is_not_proposed(history, changed, code):
    propose(*history, **changed).then_refused(code)


def assess(*history, decision=Verdict.INSPECT, reason=ASSESSED.reason, by="dong-thap"):
    return given(PROPOSAL, *history).when(
        proposing.assess,
        decision=decision,
        reason=reason,
        decided_by=by,
        on=ASSESSED.decided_on,
    )


@pytest.mark.seed("0.16")
def test_a_person_decides_and_says_why():
    assess(PROPOSED).then(ASSESSED)
    assess(PROPOSED, ASSESSED).then_nothing()


@pytest.mark.parametrize(
    ("history", "changed", "code"),
    [
        ((), {}, "unknown-proposal"),
        ((PROPOSED,), {"by": "hn-an-loc"}, "unknown-proposal"),
        ((PROPOSED,), {"by": "hong-ngu"}, "unknown-proposal"),
        ((PROPOSED,), {"reason": ""}, "decision-without-reason"),
        (
            (PROPOSED, ASSESSED),
            {"decision": Verdict.REJECT},
            "trigger-assessed-otherwise",
        ),
    ],
)
def test_a_decision_that_does_not_do_is_refused(history, changed, code):
    assess(*history, **changed).then_refused(code)


def test_only_to_go_on_watching_lets_the_signals_count_again():
    for verdict in Verdict:
        told = proposing.to_be_watched(replace(ASSESSED, decision=verdict))
        assert told == (ASSESSED.signal_ids if verdict is Verdict.WATCH else ())


def act_on(*history, agency_id="hn-an-loc", inspection_id="I-DX-1", by="dong-thap"):
    return given(PROPOSAL, *history).when(
        proposing.act_on, agency_id=agency_id, inspection_id=inspection_id, by=by
    )


def test_one_inspection_follows_from_a_proposal():
    act_on(PROPOSED, ASSESSED).then(ACTED_ON)
    act_on(PROPOSED, ASSESSED, ACTED_ON).then_nothing()


@pytest.mark.parametrize(
    ("history", "changed", "code"),
    [
        ((), {}, "unknown-proposal"),
        ((PROPOSED,), {}, "trigger-not-assessed"),
        ((PROPOSED, ASSESSED), {"by": "hong-ngu"}, "unknown-proposal"),
        (
            (PROPOSED, replace(ASSESSED, decision=Verdict.REJECT)),
            {},
            "trigger-not-to-inspect",
        ),
        (
            (PROPOSED, ASSESSED),
            {"agency_id": "hn-tan-hoi"},
            "order-of-another-agency",
        ),
        (
            (PROPOSED, ASSESSED, ACTED_ON),
            {"inspection_id": "I-DX-2"},
            "trigger-already-ordered",
        ),
    ],
)
def test_no_order_follows_from_what_was_not_decided_so(history, changed, code):
    act_on(*history, **changed).then_refused(code)


def test_that_the_inspection_began_is_noted_once():
    begun = {"inspection_id": "I-DX-1", "started_on": date(2023, 6, 21)}
    history = (PROPOSED, ASSESSED, ACTED_ON)
    given(PROPOSAL, *history).when(proposing.disclose, **begun).then(TRIGGER_DISCLOSED)
    given(PROPOSAL, *history, TRIGGER_DISCLOSED).when(
        proposing.disclose, **begun
    ).then()


def order(*history, plan=PLAN_IN_EFFECT, team=(ESTABLISHED,), about=AN_LOC, **changed):
    return given(ORDER, *history).when(
        ordering.order,
        wanted=replace(WANTED_ORDER, **changed),
        plan=PLAN.fold(plan),
        team=TEAM.fold(team),
        unit=unit(about) if about else None,
    )


@pytest.mark.seed("0.16", "1.10")
@pytest.mark.capability("C8")
def test_an_order_has_a_number_a_reason_and_a_trigger():
    order().then(ORDERED_UNANNOUNCED)
    order(ORDERED_UNANNOUNCED).then_nothing()


def test_an_order_may_look_at_some_contents_only():
    order(content_items=("RECORDS",)).then(
        replace(ORDERED_UNANNOUNCED, content_items=("RECORDS",))
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"plan": ()}, "unknown-plan"),
        ({"plan": (DRAFTED,)}, "plan-not-issued"),
        ({"reason": "  "}, "order-without-reason"),
        ({"order_number": ""}, "order-without-reason"),
        ({"window": REVERSED}, "window-reversed"),
        ({"team": ()}, "unknown-team"),
        ({"team": (replace(ESTABLISHED, plan_id="KH-2022"),)}, "unknown-team"),
        ({"about": None}, "unknown-agency"),
        ({"about": replace(AN_LOC, valid_to=date(2023, 6, 20))}, "target-not-active"),
        ({"agency_id": "hong-ngu-vp"}, "member-inspects-own-agency"),
        ({"decided_by": "hn-an-loc"}, "decides-about-itself"),
    ],
)
def test_an_order_that_lacks_something_is_refused(changed, code):
    order(**changed).then_refused(code)


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": "Khác"},
        {"order_number": "813/QĐ-UBND"},
        {"agency_id": TAN_HOI.agency_id},
        {"trigger": ordering.Trigger(ordered_for=ordering.OrderedFor.PRACTICAL_NEED)},
        {"content_items": ("RECORDS",)},
    ],
)
def test_an_inspections_id_is_taken_once(changed):
    order(ORDERED_UNANNOUNCED, **changed).then_refused("inspection-id-taken")


@pytest.mark.seed("3.14")
def test_a_practical_need_is_a_trigger_of_its_own():
    need = ordering.OrderedFor.PRACTICAL_NEED
    nobody = PROPOSAL.initial()

    trigger = ordering.trigger(nobody, ordered_for=need)
    assert trigger == ordering.Trigger(ordered_for=need)
    order(trigger=trigger).then(replace(ORDERED_UNANNOUNCED, trigger=trigger))


def test_signals_lead_to_an_order_by_a_proposal():
    signals = ordering.OrderedFor.SIGNALS

    assert (
        ordering.trigger(PROPOSAL.fold([PROPOSED]), ordered_for=signals) == ON_SIGNALS
    )
    with pytest.raises(proposing.TriggerRefused) as refused:
        ordering.trigger(PROPOSAL.initial(), ordered_for=signals)
    assert refused.value.code == "trigger-not-assessed"


def test_an_order_is_disclosed_and_concluded_once():
    begun, ended = (
        {"started_on": date(2023, 6, 21)},
        {"concluded_on": date(2023, 7, 10)},
    )
    ordered = (ORDERED_UNANNOUNCED,)
    given(ORDER, *ordered).when(ordering.disclose, **begun).then(DISCLOSED)
    given(ORDER, *ordered, DISCLOSED).when(ordering.disclose, **begun).then()
    given(ORDER, *ordered, DISCLOSED).when(ordering.conclude, **ended).then(
        CONCLUDED_ORDER
    )
    given(ORDER, *ordered, CONCLUDED_ORDER).when(ordering.conclude, **ended).then()


def test_what_no_order_sent_is_none_of_the_orders():
    given(ORDER).when(ordering.disclose, started_on=DAY).then_nothing()
    given(ORDER).when(ordering.conclude, concluded_on=DAY).then_nothing()
    given(ORDER).when(ordering.call_off, reason="x", on=DAY).then_nothing()


def test_an_order_is_called_off_once():
    off = {"reason": "Mưa bão", "on": date(2023, 6, 21)}
    ordered = (ORDERED_UNANNOUNCED,)
    given(ORDER, *ordered).when(ordering.call_off, **off).then(CALLED_OFF)
    given(ORDER, *ordered, CALLED_OFF).when(ordering.call_off, **off).then_nothing()


@forall(st.text(max_size=3), st.text(max_size=3))
def test_no_order_without_number_and_reason(number, reason):
    wanted = replace(WANTED_ORDER, order_number=number, reason=reason)
    made = partial(
        ordering.order,
        ORDER.initial(),
        wanted=wanted,
        plan=PLAN.fold(PLAN_IN_EFFECT),
        team=domain.Team(decision=ESTABLISHED),
        unit=unit(AN_LOC),
    )
    if number.strip() and reason.strip():
        assert made()[0].trigger == ON_SIGNALS
        return
    with pytest.raises(proposing.TriggerRefused) as refused:
        made()
    assert refused.value.code == "order-without-reason"
