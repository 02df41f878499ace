"""What an order to inspect says: how, where, on what, up to when."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning import domain
from services.planning.domain import names, plan, scheduling
from services.planning.handlers import PLAN
from services.planning.handlers.rounds import NAME
from services.planning.publishing import publish
from tests.planning.change_examples import (
    CARRIED_IN,
    CONTENT,
    IMPORTED,
    NAME_TAKEN,
    PLACE,
    VISIT_RESCHEDULED,
)
from tests.planning.examples import (
    AN_LOC,
    DRAFTED,
    ISSUED,
    ORDERED,
    PLAN_IN_EFFECT,
    QUOTA_SET,
    ROUND,
    ROUND_SCHEDULED,
    TEAM,
    UNITS,
    VISITED,
    VISITS,
    WANTED,
    added,
)

OF_AN_LOC = next(visit for visit in VISITS if visit.agency_id == "hn-an-loc")
ON_THE_PLAN = added(AN_LOC)
THEME = plan.Theme(
    theme="DIGITAL_GOV", lead_agency="hong-ngu-vp", items=("DIGITISATION",)
)
FULL = replace(
    DRAFTED,
    contents=(CONTENT,),
    focus_items=("PUBLICATION",),
    themes=(THEME,),
    review_until_visit=True,
    visit_policy=plan.VisitPolicy(explanation_working_days=3),
)


def ordered(*history, pin=None, **changes):
    """The order for phường An Lộc under a plan with this history."""
    wanted = replace(WANTED, visits=(replace(OF_AN_LOC, **changes),), checklist=pin)
    events = domain.schedule_round(
        PLAN.fold(history), wanted=wanted, team=TEAM, units=UNITS
    )
    return events[1]


def in_effect(draft=FULL, unit=ON_THE_PLAN):
    return (draft, unit, replace(ISSUED, quotas=()))


@pytest.mark.seed("1.8")
def test_a_visit_is_comprehensive_with_what_the_plan_stresses():
    order = ordered(*in_effect())

    assert (order.scope, order.focus_items) == ("COMPREHENSIVE", ("PUBLICATION",))
    assert (order.basis, order.mode, order.performer) == ("PLANNED", "DIRECT", "TEAM")


@pytest.mark.seed("1.12")
def test_a_thematic_visit_is_led_by_the_department_of_its_field():
    order = ordered(*in_effect(), theme="DIGITAL_GOV")

    assert (order.scope, order.theme) == ("THEMATIC", "DIGITAL_GOV")
    assert (order.lead_agency, order.content_items) == (
        "hong-ngu-vp",
        ("DIGITISATION",),
    )


@pytest.mark.seed("1.15")
def test_the_review_ends_on_the_day_of_the_visit_where_the_plan_says_so():
    order = ordered(*in_effect())

    assert order.review_period.end == order.planned_on
    assert ordered(*in_effect(DRAFTED)).review_period == DRAFTED.review_period


@pytest.mark.seed("0.8")
@pytest.mark.seed("0.9")
def test_a_visit_goes_to_the_places_that_the_plan_names():
    order = ordered(*in_effect(unit=replace(added(AN_LOC), place=PLACE)))

    assert (order.focus, order.site_kind) == ("PROCESS", "SERVICE_CENTRE")
    assert order.inspection_points == PLACE.inspection_points
    own = ordered(*in_effect(), inspection_points=("Phòng Tư pháp",))
    assert own.inspection_points == ("Phòng Tư pháp",)


@pytest.mark.seed("3.13")
def test_the_mode_is_that_of_the_quota_unless_the_visit_says_another():
    by_report = replace(QUOTA_SET, mode="INDIRECT")
    history = (FULL, by_report, *PLAN_IN_EFFECT[2:])

    assert ordered(*history).mode == "INDIRECT"
    assert ordered(*history, mode="DIRECT").mode == "DIRECT"


@pytest.mark.seed("0.13")
@pytest.mark.seed("1.16")
@pytest.mark.seed("1.17")
def test_what_was_found_wanting_before_is_put_before_the_visit():
    elsewhere = replace(IMPORTED, item_ref="x", agency_id="hn-an-lac")
    order = ordered(*in_effect(), IMPORTED, CARRIED_IN, elsewhere)

    assert [(item.ref, item.source) for item in order.carried_items] == [
        ("766-2022-03", "INDEX_766"),
        ("RC-2022-04", "INSPECTION"),
    ]


def test_a_checklist_and_the_times_of_the_plan_go_with_the_order():
    pin = plan.ChecklistPin(checklist_id="CCHC", version=2, sha256="a" * 64)
    order = ordered(*in_effect(), pin=pin)

    assert order.checklist == pin
    assert order.visit_policy.explanation_working_days == 3


@pytest.mark.seed("1.2")
@pytest.mark.seed("1.14")
@pytest.mark.seed("0.11")
def test_a_content_says_what_directs_it_and_by_when_it_is_to_be_reached():
    issue = partial(domain.issue, document_number="45/KH-UBND", on=date(2023, 4, 20))
    [issued] = issue(PLAN.fold([FULL, added(AN_LOC)]))

    [content] = issued.contents
    assert (content.task_source, content.directive_refs) == (
        "ASSIGNED",
        ("Kế hoạch CCHC năm 2023",),
    )
    assert content.metric.due == date(2023, 9, 30)
    assert issued.coordinating_agencies == ("hong-ngu-vp",)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"theme": "KHAC"}, "theme-not-in-plan"),
        ({"focus_items": ("KHAC",)}, "focus-not-in-plan"),
    ],
)
def test_a_visit_is_about_what_the_plan_is_about(change, code):
    wanted = replace(WANTED, visits=(replace(OF_AN_LOC, **change),))

    given(PLAN, *in_effect()).when(
        domain.schedule_round, wanted=wanted, team=TEAM, units=UNITS
    ).then_refused(code)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (replace(DRAFTED, focus_items=("KHAC",)), "focus-not-in-plan"),
        (
            replace(DRAFTED, themes=(replace(THEME, items=("KHAC",)),)),
            "theme-not-in-plan",
        ),
    ],
)
def test_a_plan_stresses_what_it_contains(draft, code):
    given(PLAN).when(domain.draft, drafted=draft).then_refused(code)


def moved(history, day, inspection_id="I-2023-HN-01", unit=UNITS[0]):
    return given(PLAN, *history).when(
        scheduling.reschedule_visit,
        inspection_id=inspection_id,
        planned_on=day,
        reason="Mưa bão",
        unit=unit,
    )


def test_a_visit_is_put_on_another_day_of_its_round():
    moved(ROUND_SCHEDULED, date(2023, 5, 10)).then(VISIT_RESCHEDULED)
    moved((*ROUND_SCHEDULED, VISIT_RESCHEDULED), date(2023, 5, 10)).then_nothing()


def test_a_visit_is_not_put_where_it_cannot_be():
    moved(ROUND_SCHEDULED, date(2023, 6, 1)).then_refused("visit-outside-window")
    moved(ROUND_SCHEDULED, ROUND.end, "x").then_refused("visit-not-ordered")
    moved((), ROUND.end).then_refused("unknown-plan")
    moved((*ROUND_SCHEDULED, VISITED[0]), ROUND.end).then_refused("target-visited")
    ended = replace(UNITS[0], valid_to=date(2023, 5, 9))
    moved(ROUND_SCHEDULED, ROUND.end, unit=ended).then_refused("target-not-active")


def test_the_same_round_asked_again_after_a_visit_was_moved_is_ignored():
    given(PLAN, *ROUND_SCHEDULED, VISIT_RESCHEDULED).when(
        domain.schedule_round, wanted=WANTED, team=TEAM, units=UNITS
    ).then_nothing()
    assert ORDERED[0].planned_on == VISIT_RESCHEDULED.before


def test_an_id_is_given_to_one_plan():
    take = partial(names.take, taken=NAME_TAKEN)
    other = partial(names.take, taken=replace(NAME_TAKEN, plan_id="KH-KHAC"))

    given(NAME).when(take).then(NAME_TAKEN)
    given(NAME, NAME_TAKEN).when(take).then_nothing()
    given(NAME, NAME_TAKEN).when(other).then_refused("inspection-id-taken")


AIM = plan.Aim(
    target="100 % hồ sơ",
    due=date(2023, 9, 30),
    code="DIGITISED",
    value=Decimal(100),
    numerator="hồ sơ được số hóa",
    denominator="hồ sơ tiếp nhận",
)
MEASURED = replace(
    FULL,
    contents=(
        replace(CONTENT, metric=AIM),
        plan.Content(code="RECORDS", title="Hồ sơ, giấy tờ"),
        plan.Content(
            code="PUBLICATION", title="Công khai", metric=plan.Aim(target="đầy đủ")
        ),
    ),
)


@pytest.mark.seed("0.11")
def test_a_visit_says_what_the_plan_measures_its_contents_by():
    order = ordered(*in_effect(MEASURED))

    assert [(f.item, f.aim.target) for f in order.figures] == [
        ("DIGITISATION", "100 % hồ sơ"),
        ("PUBLICATION", "đầy đủ"),
    ]
    [told] = publish(order)
    assert told.figures[0].aim.value == Decimal(100)
    assert told.figures[0].aim.denominator == "hồ sơ tiếp nhận"


def test_a_visit_of_a_theme_is_measured_by_what_the_theme_has():
    order = ordered(*in_effect(MEASURED), theme="DIGITAL_GOV")

    assert order.figures == (plan.Figure(item="DIGITISATION", aim=AIM),)


def test_a_plan_that_measures_nothing_says_nothing():
    assert ordered(*in_effect(DRAFTED)).figures == ()
