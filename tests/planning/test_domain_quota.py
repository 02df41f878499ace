"""The quota language: what each rule says, and when it is met."""

from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256

import pytest
from hypothesis import given as all_of
from hypothesis import strategies as st

from services.chassis.testing import given
from services.planning import domain
from services.planning.domain import quota_setting
from services.planning.domain.covering import Counting, covered, shortfalls
from services.planning.domain.quota import (
    Eligible,
    Quota,
    committed,
    draw,
    lot,
    strata,
    unmet,
)
from services.planning.handlers import PLAN
from tests.planning.change_examples import DRAW, DRAW_SET, DRAWN, SEED
from tests.planning.examples import (
    ADDED,
    COMMUNES,
    DRAFTED,
    PLAN_IN_EFFECT,
    QUARTER,
    REVERSED,
    UNITS,
    unit,
)

AT_LEAST_TWO = Quota(kind="COMMUNE", rule="AT_LEAST", n=2, parent="hong-ngu")
set_quota = partial(quota_setting.set_quota, window=QUARTER, units=UNITS, mode="DIRECT")
PARENTS = ("huyen-a", "huyen-b", "huyen-c")


def communes(of_each=4, parents=PARENTS):
    return tuple(
        Eligible(agency_id=f"{parent}.{n}", kind="XA", parent_id=parent)
        for parent in parents
        for n in range(of_each)
    )


def short(rule, have, chosen=(), eligible=None, **more):
    units = communes() if eligible is None else eligible
    quota = Quota(kind="COMMUNE", rule=rule, **more)
    found = unmet(quota, strata(quota, units, chosen), have)
    return {one.stratum: (one.have, one.need) for one in found}


def test_a_quota_is_set_with_the_units_it_may_choose():
    expected = replace(DRAW_SET, quota=AT_LEAST_TWO)

    given(PLAN, DRAFTED).when(set_quota, quota=AT_LEAST_TWO).then(expected)


def test_setting_the_same_quota_again_is_ignored():
    known = replace(DRAW_SET, quota=AT_LEAST_TWO)

    given(PLAN, DRAFTED, known).when(set_quota, quota=AT_LEAST_TWO).then_nothing()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rule": "SOME"}, "quota-rule-unknown"),
        ({"n": None}, "quota-incomplete"),
        ({"kind": "MIXED"}, "quota-incomplete"),
        ({"rule": "PERCENT_AT_LEAST", "n": 101}, "percent-out-of-range"),
        ({"rule": "RANDOM_DRAW"}, "draw-without-seed"),
        ({"rule": "RANDOM_DRAW", "seed_sha256": "X" * 64}, "draw-without-seed"),
        ({"kind": "DISTRICT"}, "no-eligible-unit"),
        ({"n": 8}, "quota-beyond-eligible"),
    ],
)
def test_a_quota_that_cannot_be_meant_is_not_set(change, code):
    quota = replace(AT_LEAST_TWO, **change)

    given(PLAN, DRAFTED).when(set_quota, quota=quota).then_refused(code)


def test_a_quota_is_set_for_a_draft_and_days_that_can_be():
    given(PLAN).when(set_quota, quota=AT_LEAST_TWO).then_refused("unknown-plan")
    given(PLAN, *PLAN_IN_EFFECT).when(set_quota, quota=AT_LEAST_TWO).then_refused(
        "plan-not-draft"
    )
    given(PLAN, DRAFTED).when(
        partial(set_quota, window=REVERSED), quota=AT_LEAST_TWO
    ).then_refused("window-reversed")


@pytest.mark.seed("0.7")
def test_a_quarter_is_a_whole_one():
    half = domain.Window(
        start=date(2023, 4, 1),
        end=date(2023, 5, 15),
        granularity=domain.Granularity.QUARTER,
    )
    whole = replace(half, end=date(2023, 6, 30), tentative=True)

    given(PLAN, DRAFTED).when(
        partial(set_quota, window=half), quota=AT_LEAST_TWO
    ).then_refused("window-not-whole")
    assert whole.whole
    assert replace(whole, end=date(2023, 9, 30)).whole


def test_what_is_excluded_is_not_eligible():
    quota = replace(AT_LEAST_TWO, exclusions=("hn-an-loc",))

    [event] = quota_setting.set_quota(
        PLAN.fold([DRAFTED]), quota=quota, window=QUARTER, units=UNITS, mode="DIRECT"
    )

    assert "hn-an-loc" not in {unit.agency_id for unit in event.eligible}
    assert len(event.eligible) == 6


@pytest.mark.seed("0.2")
def test_exact_is_neither_more_nor_less():
    names = [unit.agency_id for unit in communes()]

    assert short("EXACT", names[:5], n=5) == {}
    assert short("EXACT", names[:4], n=5) == {"": (4, 5)}
    assert short("EXACT", names[:6], n=5) == {"": (6, 5)}


@pytest.mark.seed("0.3")
@pytest.mark.seed("3.15")
def test_all_is_every_one():
    names = [unit.agency_id for unit in communes()]

    assert short("ALL", names) == {}
    assert short("ALL", names[1:]) == {"": (11, 12)}


@pytest.mark.seed("3.17")
def test_at_least_does_not_mind_more():
    names = [unit.agency_id for unit in communes()]

    assert short("AT_LEAST", names[:9], n=8) == {}
    assert short("AT_LEAST", names[:7], n=8) == {"": (7, 8)}


@pytest.mark.seed("0.4")
def test_exactly_three_of_each_parent():
    three = [u.agency_id for u in communes() if not u.agency_id.endswith(".3")]

    assert short("EXACT_PER_PARENT", three, n=3) == {}
    assert short("EXACT_PER_PARENT", [*three, "huyen-b.3"], n=3) == {"huyen-b": (4, 3)}
    assert short("EXACT_PER_PARENT", three[1:], n=3) == {"huyen-a": (2, 3)}


@pytest.mark.seed("3.16")
def test_at_least_one_of_each_parent():
    one = [u.agency_id for u in communes() if u.agency_id.endswith(".0")]

    assert short("AT_LEAST_PER_PARENT", one, n=1) == {}
    assert short("AT_LEAST_PER_PARENT", [*one, "huyen-a.1"], n=1) == {}
    assert short("AT_LEAST_PER_PARENT", one[:2], n=1) == {"huyen-c": (0, 1)}


def test_two_communes_of_each_inspected_district_are_twelve_not_twenty_four():
    parents = [f"huyen-{n:02}" for n in range(12)]
    units, chosen = communes(5, parents), parents[:6]
    quota = Quota(kind="COMMUNE", rule="EXACT_PER_PARENT", n=2, selected=True)
    groups = strata(quota, units, chosen)

    assert sum(quota.needs(len(names)) for names in groups.values()) == 12
    assert set(groups) == set(chosen)


def test_a_stratum_may_be_a_kind():
    units = (*communes(2), Eligible(agency_id="p", kind="PHUONG", parent_id="huyen-a"))

    assert short("EXACT", ["huyen-a.0"], n=1, stratum="KIND", eligible=units) == {
        "PHUONG": (0, 1)
    }


def test_fifty_five_percent_of_a_hundred_is_fifty_five():
    units = communes(100, ("p",))
    names = [unit.agency_id for unit in units]

    assert 0.55 * 100 > 55  # what floating point would make of it
    assert short("PERCENT_AT_LEAST", names[:55], n=55, eligible=units) == {}
    assert short("PERCENT_AT_LEAST", names[:54], n=55, eligible=units) == {"": (54, 55)}


@all_of(st.integers(0, 2000), st.integers(1, 100))
def test_a_percentage_is_the_smallest_number_that_reaches_it(units, percent):
    need = Quota(kind="XA", rule="PERCENT_AT_LEAST", n=percent).needs(units)

    assert need * 100 >= units * percent
    assert need == 0 or (need - 1) * 100 < units * percent


def test_about_is_reported_and_never_short():
    assert short("EXACT", [], n=5, about=True) == {}


def test_communes_of_all_forms_count_and_kinds_may_be_mixed():
    mixed = Quota(kind="MIXED", rule="AT_LEAST", n=1, kinds=("COMMUNE", "DEPARTMENT"))

    assert {"XA", "PHUONG", "THI_TRAN", "DAC_KHU", "DEPARTMENT"} <= mixed.reached


def test_a_parent_may_be_an_agency_or_with_a_rule_per_parent_a_kind():
    per = Quota(kind="COMMUNE", rule="EXACT_PER_PARENT", n=3, parent="DISTRICT")
    below = replace(per, parent="hong-ngu")

    assert (per.parent_kind, per.below) == ("DISTRICT", None)
    assert (below.parent_kind, below.below) == (None, "hong-ngu")


def test_a_lot_is_drawn_with_the_seed_that_was_committed_to():
    units = {u.agency_id: u for u in UNITS}
    draw_ = partial(quota_setting.draw_units, seed=SEED, units=units)
    added = {event.agency_id: event for event in ADDED}
    expected = [added[name] for name in DRAWN.drawn]

    given(PLAN, DRAFTED, DRAW_SET).when(draw_).then(DRAWN, *expected)
    given(PLAN, DRAFTED, DRAW_SET, DRAWN, *expected).when(draw_).then_nothing()


def test_another_seed_than_the_one_committed_to_draws_nothing():
    other = partial(quota_setting.draw_units, seed="khác", units={})

    given(PLAN, DRAFTED, DRAW_SET).when(other).then_refused("seed-not-committed")


def test_two_quotas_are_not_drawn_by_one_seed():
    other = replace(DRAW, n=1)

    given(PLAN, DRAFTED, DRAW_SET).when(set_quota, quota=other).then_refused(
        "seed-used-twice"
    )


@all_of(st.text(max_size=20), st.sets(st.integers(0, 30)), st.integers(1, 8))
def test_anybody_can_draw_again_from_list_and_seed(seed, numbers, n):
    units = [Eligible(agency_id=f"u{x}", kind="XA") for x in numbers]
    quota = replace(DRAW, n=n, seed_sha256=committed(seed))

    drawn = draw(quota, units, seed)

    by_hand = sorted(
        (sha256(f"{seed}\nu{x}".encode()).hexdigest(), f"u{x}") for x in numbers
    )
    assert list(drawn) == [name for _, name in by_hand[:n]]
    assert draw(quota, reversed(units), seed) == drawn
    assert committed(seed) == sha256(seed.encode()).hexdigest()
    assert lot(seed, "u1") == sha256(f"{seed}\nu1".encode()).hexdigest()


def test_a_plan_is_issued_when_its_quotas_are_met():
    two = domain.QuotaSet(
        plan_id="KH-2023-HN",
        quota=replace(AT_LEAST_TWO, rule="EXACT"),
        window=QUARTER,
        eligible=DRAW_SET.eligible,
    )
    issue = partial(domain.issue, document_number="45/KH-UBND", on=date(2023, 4, 20))

    given(PLAN, DRAFTED, two, ADDED[0]).when(issue).then_refused("quota-unmet")
    given(PLAN, DRAFTED, two, *ADDED[:3]).when(issue).then_refused("quota-unmet")
    [issued] = issue(PLAN.fold([DRAFTED, two, *ADDED[:2]]))
    assert issued.quotas == (two.quota,)


def test_a_plan_whose_lot_was_not_drawn_is_not_issued():
    issue = partial(domain.issue, document_number="45/KH-UBND", on=date(2023, 4, 20))

    given(PLAN, DRAFTED, DRAW_SET, *ADDED[:2]).when(issue).then_refused("quota-unmet")


def test_a_unit_over_an_exact_quota_is_not_added():
    two = replace(DRAW_SET, quota=replace(AT_LEAST_TWO, rule="EXACT"))
    add = partial(
        domain.add_unit,
        agency_id=COMMUNES[2].agency_id,
        unit=unit(COMMUNES[2]),
        window=QUARTER,
    )

    given(PLAN, DRAFTED, two, *ADDED[:2]).when(add).then_refused("quota-exceeded")
    given(PLAN, DRAFTED, two, ADDED[0]).when(add).then(ADDED[2])


def test_what_was_drawn_does_not_make_an_exact_quota_too_many():
    units = communes(2, ("p",))
    exact = Counting(quota=Quota(kind="XA", rule="EXACT", n=1), eligible=units)
    drawn = Counting(quota=replace(DRAW, n=1), eligible=units, drawn=("p.1",))

    assert shortfalls(exact, (exact, drawn), ["p.0", "p.1"], ["p.0", "p.1"]) == ()


RULE = st.sampled_from(
    [
        "ALL",
        "EXACT",
        "AT_LEAST",
        "EXACT_PER_PARENT",
        "AT_LEAST_PER_PARENT",
        "PERCENT_AT_LEAST",
    ]
)


def by_hand(rule, n, units, selected, done):
    """Count what a quota is short of once more, unit by unit."""
    groups = {}
    for one in units:
        per = "PER_PARENT" in rule
        if per and selected and one.parent_id not in done:
            continue
        groups.setdefault(one.parent_id if per else "", []).append(one.agency_id)
    if "PER_PARENT" not in rule:
        groups.setdefault("", [])
    missing = 0
    for names in groups.values():
        need = {"ALL": len(names), "PERCENT_AT_LEAST": (len(names) * n + 99) // 100}
        have = sum(1 for name in names if done.get(name) not in (None, "planned"))
        missing += max(need.get(rule, n) - have, 0)
    return missing


@all_of(
    RULE,
    st.integers(1, 5),
    st.booleans(),
    st.dictionaries(
        st.sampled_from([u.agency_id for u in communes()] + list(PARENTS)),
        st.sampled_from(["planned", "visited", "concluded"]),
    ),
)
def test_coverage_is_what_counting_by_hand_says(rule, n, selected, done):
    quota = Quota(kind="COMMUNE", rule=rule, n=n, selected=selected)
    day = date(2023, 5, 9)
    targets = {
        name: domain.Progress(
            planned_on=day,
            visited_on=day if how == "visited" else None,
            concluded_on=day if how == "concluded" else None,
        )
        for name, how in done.items()
    }

    [found] = covered([Counting(quota=quota, eligible=communes())], targets)

    assert found.short_by == by_hand(rule, n, communes(), selected, done)
    assert found.covered <= found.chosen
