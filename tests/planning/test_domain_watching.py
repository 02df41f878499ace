"""Enough signals of conduct about one unit make a proposal, and never an order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from services.chassis.testing.scenario import given
from services.planning.domain import watching
from services.planning.domain.agency_events import (
    AgencySucceeded,
    Relation,
    Successor,
)
from services.planning.domain.signals import Nature
from services.planning.handlers.signals import SIGNAL, WATCH
from tests.planning.trigger_examples import (
    CLUSTER,
    NOTED,
    PETITION,
    RELEASED,
    RULE_SET,
    TAKEN,
    classified,
    noted,
    received,
)

FIRST = date(2023, 1, 1)


def note(*history, signal=NOTED[-1]):
    return given(WATCH, *history).when(watching.note, noted=signal)


def test_one_and_two_signals_are_noted():
    note(signal=NOTED[0]).then(NOTED[0])
    note(NOTED[0], signal=NOTED[1]).then(NOTED[1])


@pytest.mark.seed("0.16")
@pytest.mark.capability("C7")
def test_the_third_within_ninety_days_makes_a_proposal_that_lists_why():
    note(*NOTED[:2]).then(NOTED[2], CLUSTER)


def test_a_signal_noted_twice_counts_once():
    note(*NOTED[:2], signal=NOTED[1]).then_nothing()


def test_signals_too_far_apart_make_none():
    far = noted(received("S-9", on=NOTED[0].noted.received_on + timedelta(days=90)))
    near = noted(received("S-9", on=NOTED[0].noted.received_on + timedelta(days=89)))

    note(*NOTED[:2], signal=far).then(far)
    assert len(watching.note(WATCH.fold(NOTED[:2]), noted=near)) == 2


def test_signals_that_come_in_late_count_by_the_day_they_were_received():
    note(NOTED[2], NOTED[1], signal=NOTED[0]).then(NOTED[0], CLUSTER)


def test_signals_in_a_proposal_do_not_count_for_the_next():
    fourth = noted(received("S-4", on=date(2023, 6, 16)))

    note(*NOTED, CLUSTER, signal=fourth).then(fourth)
    note(NOTED[0], TAKEN, NOTED[1], signal=NOTED[2]).then(NOTED[2])


def test_signals_released_count_again():
    events = watching.note(
        WATCH.fold([NOTED[0], TAKEN, RELEASED, NOTED[1]]), noted=NOTED[2]
    )

    assert events[1] == replace(CLUSTER, proposal_id="cluster-hn-an-loc-2")


def test_for_one_unit_fewer_may_be_enough():
    made = watching.note(WATCH.fold([RULE_SET, NOTED[0]]), noted=NOTED[1])

    assert made[1] == replace(
        CLUSTER, contributions=CLUSTER.contributions[:2], rule=RULE_SET.rule
    )


def test_a_rule_is_set_once():
    asked = {
        "agency_id": "hn-an-loc",
        "rule": RULE_SET.rule,
        "reason": RULE_SET.reason,
    }
    given(WATCH).when(watching.set_rule, **asked).then(RULE_SET)
    given(WATCH, RULE_SET).when(watching.set_rule, **asked).then_nothing()


def test_taking_and_releasing_are_done_once():
    asked = {
        "agency_id": "hn-an-loc",
        "proposal_id": "P-1",
        "signal_ids": ("S-1",),
    }
    given(WATCH, NOTED[0]).when(watching.take, **asked).then(TAKEN)
    given(WATCH, NOTED[0], TAKEN).when(watching.take, **asked).then()
    given(WATCH, NOTED[0], TAKEN).when(watching.release, **asked).then(RELEASED)
    given(WATCH, NOTED[0], TAKEN, RELEASED).when(watching.release, **asked).then()
    nothing = {**asked, "signal_ids": ()}
    given(WATCH, NOTED[0], TAKEN).when(watching.release, **nothing).then()


@pytest.mark.parametrize("nature", Nature)
def test_only_conduct_is_noted_against_a_unit(nature):
    signal = SIGNAL.fold([PETITION, classified(nature=nature)])

    assert watching.noted(signal) == ((NOTED[0],) if nature is Nature.CONDUCT else ())
    assert watching.noted(SIGNAL.fold([PETITION])) == ()
    assert watching.noted(SIGNAL.initial()) == ()


@pytest.mark.parametrize(("heir", "count"), [("hn-moi", 1), (None, 0)])
def test_a_unit_taken_over_whole_leaves_its_signals_to_its_successor(heir, count):
    succeeded = AgencySucceeded(
        agency_id="hn-an-loc",
        name="Ủy ban nhân dân phường An Lộc",
        successors=(
            Successor(agency_id="hn-moi", name="Phường mới", relation=Relation.WHOLE),
        ),
        effective_on=date(2025, 7, 1),
        legal_ref="Nghị quyết 1663/NQ-UBTVQH15",
        automatic_to=heir,
    )
    left = watching.inherited(WATCH.fold([*NOTED[:2], TAKEN]), succeeded)

    assert len(left) == count
    for one in left:
        assert (one.agency_id, one.agency_name) == ("hn-moi", "Phường mới")
        assert one.noted == NOTED[1].noted


@forall(st.lists(st.integers(0, 400), max_size=14))
def test_every_cluster_is_within_the_days_and_no_signal_is_in_two(days):
    watch, formed = WATCH.initial(), []
    for n, day in enumerate(days):
        signal = noted(received(f"S-{n}", on=FIRST + timedelta(days=day)))
        for event in watching.note(watch, noted=signal):
            watch = watching.evolve(watch, event)
            if isinstance(event, watching.ClusterFormed):
                formed.append(event)

    used = [one.signal_id for event in formed for one in event.contributions]
    assert len(used) == len(set(used))
    for event in formed:
        dates = [one.received_on for one in event.contributions]
        assert len(dates) >= watch.rule.signals
        assert (max(dates) - min(dates)).days < watch.rule.days
        assert dates == sorted(dates)
    free = sorted(
        one.noted.received_on for one in watch.noted if one.noted.signal_id not in used
    )
    for first, third in zip(free, free[2:], strict=False):
        assert (third - first).days >= watch.rule.days
