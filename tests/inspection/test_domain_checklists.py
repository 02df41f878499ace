"""Rules of checklists: known by their content, pinned to the visit, answered at it."""

import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from services.chassis.testing import given
from services.inspection import domain
from services.inspection.handlers import CHECKLIST, INSPECTION
from tests.inspection import examples_contents as it
from tests.inspection.examples import (
    ASSESSED,
    AT_THE_UNIT,
    CALENDAR,
    COMPLETED,
    CONCLUDED,
    NOTIFIED,
    PERSON,
    PLAN_ON_TIME,
    PLANNED,
    REVIEW,
    SHEET,
    STARTED,
    UNHASHED,
    VISIT_DAY,
    raised,
)

publish = partial(
    domain.publish_checklist,
    checklist_id="PKT",
    version=1,
    title=it.PUBLISHED.title,
    items=it.ITEMS,
    on=it.PUBLISHED.published_on,
    authority="hong-ngu-noi-vu",
)
LIST = CHECKLIST.fold((it.PUBLISHED,))
BOTH = CHECKLIST.fold((it.PUBLISHED, it.PUBLISHED_2))
pin = partial(domain.pin_checklist, pin=it.PIN, checklist=LIST)
answer = partial(domain.answer_item, answer=it.ANSWER, by=PERSON)
arrive = partial(
    domain.start_visit, at=STARTED.started_at, site=STARTED.site, by=PERSON
)


@pytest.mark.seed("0.10")
@pytest.mark.capability("C13")
def test_a_checklist_is_published_under_the_hash_of_what_it_says():
    given(CHECKLIST).when(publish).then(it.PUBLISHED)
    assert it.PUBLISHED.sha256 != it.PUBLISHED_2.sha256


def test_the_same_content_again_is_ignored():
    later = date(2023, 4, 20)

    given(CHECKLIST, it.PUBLISHED).when(publish, on=later).then_nothing()


def test_the_hash_is_of_the_words_however_they_are_composed():
    apart = unicodedata.normalize("NFD", it.PUBLISHED.title)

    assert apart != it.PUBLISHED.title
    assert domain.content_hash(apart, it.ITEMS) == it.HASH


@pytest.mark.parametrize(
    ("history", "changed", "code"),
    [
        ((it.PUBLISHED,), {"items": it.FEWER}, "checklist-version-exists"),
        ((it.PUBLISHED_2,), {}, "checklist-version-passed"),
        ((), {"items": ()}, "checklist-without-items"),
        ((), {"items": (it.ITEMS[0], it.ITEMS[0])}, "checklist-code-twice"),
        (
            (),
            {"items": (replace(it.ITEMS[0], questions=it.ITEMS[0].questions * 2),)},
            "checklist-code-twice",
        ),
        (
            (),
            {"items": (it.ITEMS[1], replace(it.ITEMS[2], metric=it.DIGITISED))},
            "checklist-code-twice",
        ),
        (
            (),
            {
                "items": (
                    replace(
                        it.ITEMS[0],
                        legal_basis=(replace(it.BASIS, valid_to=date(2000, 1, 1)),),
                    ),
                )
            },
            "window-reversed",
        ),
    ],
)
def test_a_checklist_is_not_published_otherwise(history, changed, code):
    given(CHECKLIST, *history).when(publish, **changed).then_refused(code)


def test_a_checklist_is_pinned_before_the_visit():
    given(INSPECTION, PLANNED, NOTIFIED).when(pin).then(it.PINNED)
    given(INSPECTION, PLANNED, it.PINNED).when(pin).then_nothing()


def test_a_pin_without_a_hash_keeps_the_published_one():
    given(INSPECTION, PLANNED).when(pin, pin=replace(it.PIN, sha256="")).then(it.PINNED)


@pytest.mark.parametrize(
    ("history", "asked", "code"),
    [
        ((PLANNED,), {"pin": replace(it.PIN, version=3)}, "checklist-unknown"),
        ((PLANNED,), {"pin": replace(it.PIN, sha256="0" * 64)}, "checklist-differs"),
        (AT_THE_UNIT, {}, "visit-started"),
        ((), {}, "unknown-inspection"),
        (
            (PLANNED, it.PINNED, it.ANSWERED),
            {"pin": replace(it.PIN, version=2, sha256=""), "checklist": BOTH},
            "checklist-in-use",
        ),
    ],
)
def test_a_checklist_is_not_pinned_otherwise(history, asked, code):
    given(INSPECTION, *history).when(pin, **asked).then_refused(code)


def test_on_arrival_the_ordered_checklist_is_pinned_at_last():
    given(INSPECTION, it.WITH_LIST).when(arrive, checklist=LIST).then(
        it.PINNED, STARTED
    )
    given(INSPECTION, it.WITH_LIST).when(arrive).then_refused("checklist-unknown")


def test_another_that_was_pinned_before_goes_before_the_ordered_one():
    second = replace(
        it.PINNED,
        pin=replace(it.PIN, version=2, sha256=it.PUBLISHED_2.sha256),
        items=it.FEWER,
    )

    given(INSPECTION, it.WITH_LIST, second).when(arrive, checklist=BOTH).then(STARTED)


@pytest.mark.capability("C13")
def test_a_question_is_answered_and_answered_anew():
    anew = replace(it.ANSWER, result="YES")

    given(INSPECTION, *it.BY_THE_LIST).when(answer).then(it.ANSWERED)
    given(INSPECTION, *it.BY_THE_LIST, it.ANSWERED).when(answer).then_nothing()
    given(INSPECTION, *it.BY_THE_LIST, it.ANSWERED).when(answer, answer=anew).then(
        replace(it.ANSWERED, answer=anew)
    )


@pytest.mark.parametrize(
    ("history", "changed", "code"),
    [
        (AT_THE_UNIT, {}, "no-checklist-pinned"),
        ((it.WITH_LIST, it.PINNED), {}, "visit-not-started"),
        (it.BY_THE_LIST, {"question": "OTHER"}, "not-in-checklist"),
        (it.BY_THE_LIST, {"item": "PUBLICATION"}, "not-in-checklist"),
        (it.BY_THE_LIST, {"evidence": (UNHASHED,)}, "evidence-without-hash"),
        ((*it.BY_THE_LIST, ASSESSED, COMPLETED), {}, "visit-completed"),
    ],
)
def test_a_question_is_not_answered_otherwise(history, changed, code):
    asked = replace(it.ANSWER, **changed)

    given(INSPECTION, *history).when(answer, answer=asked).then_refused(code)


def test_a_version_published_during_the_visit_changes_nothing_at_it():
    # T18: the new one does not ask RESULT any more; the visit still does.
    assert "RESULT" not in {q.code for q in it.PUBLISHED_2.items[0].questions}

    given(INSPECTION, *it.BY_THE_LIST).when(answer).then(it.ANSWERED)
    given(INSPECTION, *it.BY_THE_LIST).when(
        pin, pin=replace(it.PIN, version=2, sha256=""), checklist=BOTH
    ).then_refused("visit-started")


def test_a_basis_that_is_not_in_force_on_the_day_is_said_of_an_assessment():
    review = replace(PLAN_ON_TIME, item="PROCEDURE_REVIEW")
    old = (it.REPEALED.provision,)

    assess = partial(domain.assess_content, assessment=review, by=PERSON)
    given(INSPECTION, *it.BY_THE_LIST).when(assess).then(
        replace(ASSESSED, assessment=review, basis_not_in_force=old)
    )


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        ((it.BASIS.provision,), (it.REPEALED.provision,)),
        ((it.REPEALED.provision,), (it.REPEALED.provision,)),
    ],
)
def test_a_basis_that_is_not_in_force_on_the_day_is_said_of_a_finding(cited, said):
    finding = replace(REVIEW, legal_basis=cited)

    given(INSPECTION, *it.BY_THE_LIST).when(
        domain.raise_finding, finding=finding, on=VISIT_DAY, by=PERSON
    ).then(replace(raised(finding), basis_not_in_force=said))


def test_a_provision_is_in_force_on_both_its_days():
    assert it.REPEALED.in_force(date(2017, 12, 15))
    assert it.REPEALED.in_force(date(2023, 5, 21))
    assert not it.REPEALED.in_force(date(2023, 5, 22))
    assert not it.REPEALED.in_force(date(2017, 12, 14))
    assert it.BASIS.in_force(date(2099, 1, 1))


def figure(code, numerator, denominator, as_of):
    return domain.Metric(
        code=code,
        numerator=numerator,
        denominator=denominator,
        as_of=as_of,
        source_system="mot-cua-dien-tu",
    )


@pytest.mark.seed("0.11", "2.8", "2.9")
@pytest.mark.capability("C13")
@pytest.mark.parametrize(
    ("metric", "target", "verdict"),
    [
        (figure("DIGITISED", 90, 100, VISIT_DAY), it.DIGITISED, "MET"),
        (figure("DIGITISED", 899, 1000, VISIT_DAY), it.DIGITISED, "NOT_DUE"),
        (figure("DIGITISED", 899, 1000, date(2023, 6, 1)), it.DIGITISED, "MISSED"),
        (figure("DIGITISED", 0, 0, VISIT_DAY), it.DIGITISED, None),
        (figure("OVERDUE_OPEN", 0, None, VISIT_DAY), it.NO_DELAY, "MET"),
        (figure("OVERDUE_OPEN", 1, None, VISIT_DAY), it.NO_DELAY, "MISSED"),
        (figure("LATE_TASKS", 3, None, VISIT_DAY), None, None),
    ],
)
def test_a_figure_is_held_against_its_target_from_its_day_on(metric, target, verdict):
    given(INSPECTION, *it.BY_THE_LIST).when(domain.record_metric, metric=metric).then(
        domain.MetricRecorded(
            inspection_id=it.ID,
            agency_id="hn-tan-hoi",
            metric=metric,
            target=target,
            verdict=verdict,
        )
    )


def test_a_target_with_decimals_is_compared_exactly():
    exact = replace(it.DIGITISED, target=Decimal("33.3333"))
    items = (replace(it.ITEMS[1], metric=exact),)
    pinned = replace(it.PINNED, items=items)

    [event] = domain.record_metric(
        INSPECTION.fold((it.WITH_LIST, pinned, STARTED)),
        metric=figure("DIGITISED", 333333, 1000000, VISIT_DAY),
    )

    assert event.verdict == "MET"


OF_THE_PLAN = domain.Figure(
    item="DIGITISATION",
    aim=domain.Aim(target="80 % hồ sơ", code="DIGITISED", value=Decimal(80)),
)


@pytest.mark.seed("0.11")
def test_what_the_plan_measures_by_holds_where_the_checklist_says_nothing():
    terms = replace(PLANNED.terms, figures=(OF_THE_PLAN,))
    started = (replace(PLANNED, terms=terms), STARTED)
    lacking = figure("DIGITISED", 79, 100, VISIT_DAY)

    [event] = domain.record_metric(INSPECTION.fold(started), metric=lacking)
    assert (event.target.target, event.verdict) == (Decimal(80), "MISSED")

    by_list = (replace(it.WITH_LIST, terms=terms), it.PINNED, STARTED)
    [event] = domain.record_metric(INSPECTION.fold(by_list), metric=lacking)
    assert event.target == it.DIGITISED


def test_words_hold_nothing_against_a_figure():
    spoken = replace(OF_THE_PLAN, aim=domain.Aim(target="theo lộ trình"))
    terms = replace(PLANNED.terms, figures=(spoken,))

    [event] = domain.record_metric(
        INSPECTION.fold((replace(PLANNED, terms=terms), STARTED)),
        metric=figure("DIGITISED", 79, 100, VISIT_DAY),
    )
    assert (event.target, event.verdict) == (None, None)


@pytest.mark.seed("0.13", "1.16", "1.17")
@pytest.mark.capability("C20")
def test_what_was_carried_in_and_not_looked_at_is_said_at_the_end():
    carried = replace(it.CARRIED, ref="PAR-2022-2", source="PAR_INDEX")
    planned = replace(
        PLANNED, terms=replace(PLANNED.terms, carried_items=(it.CARRIED, carried))
    )
    looked_at = domain.CarriedOverItemAssessed(
        inspection_id=it.ID,
        agency_id="hn-tan-hoi",
        item=domain.CarriedOver(item_ref="766-2022-1", result="PARTLY"),
    )

    [done] = domain.complete_visit(
        INSPECTION.fold((planned, STARTED, ASSESSED, looked_at)), points=()
    )

    assert done.carried_left == ("PAR-2022-2",)


@pytest.mark.seed("1.2", "1.3", "1.14")
@pytest.mark.capability("C13")
def test_a_content_is_assessed_on_three_axes_with_whose_task_it_was():
    told = replace(
        PLAN_ON_TIME,
        progress="GOOD",
        effectiveness="FAIR",
        quality="AVERAGE",
        task_source="ASSIGNED",
        directive_ref="Chỉ thị 13/CT-TTg",
    )

    given(INSPECTION, *AT_THE_UNIT).when(
        domain.assess_content, assessment=told, by=PERSON
    ).then(replace(ASSESSED, assessment=told))


@pytest.mark.seed("1.15")
@pytest.mark.parametrize(
    ("end", "seen"),
    [(date(2023, 12, 31), VISIT_DAY), (date(2023, 3, 31), date(2023, 3, 31))],
)
def test_the_period_that_is_reviewed_ends_on_the_day_of_the_visit(end, seen):
    period = domain.Window(start=date(2022, 1, 1), end=end)
    planned = replace(PLANNED, terms=replace(PLANNED.terms, review_period=period))

    given(INSPECTION, planned).when(arrive).then(
        replace(STARTED, review_period=replace(period, end=seen))
    )


@pytest.mark.seed("0.10", "2.11", "1.13", "3.6", "3.7")
def test_the_catalogue_knows_what_the_texts_look_at():
    codes = {item.code for item in domain.CATALOGUE.items}

    assert len(codes) == len(domain.CATALOGUE.items)
    assert codes >= {
        *("DIRECTION", "IMPACT_ASSESSMENT", "DRAFT_RULES", "PUBLICATION"),
        *("ONE_STOP", "DIGITISATION", "FEEDBACK", "OFFICER_DUTY"),
        *("PRIOR_SHORTCOMINGS", "INSPECTION_DUTY", "PUBLIC_FINANCE", "CIVIL_SERVICE"),
        *("PAR_TASKS", "DIRECTIVES", "ORGANISATION", "RECRUITMENT", "STAFFING"),
        *("JOB_POSITIONS", "STAFF_QUALITY", "AUTONOMY", "DIGITAL_GOV"),
    }
    assert {g for item in domain.CATALOGUE.items for g in item.work_groups} == set(
        range(1, 14)
    )
    groups = [m for m in domain.CATALOGUE.metrics if m.code.startswith("INDEX_766_")]
    assert sum(group.out_of for group in groups) == 100
    assert len(groups) == 5


def test_a_checklist_is_not_pinned_after_the_conclusion():
    given(INSPECTION, PLANNED, CONCLUDED).when(pin).then_refused("visit-started")


def test_evidence_of_an_answer_is_kept_with_its_hash():
    assert it.ANSWERED.answer.evidence == (SHEET,)


def test_at_the_desk_the_report_settles_the_checklist():
    desk = replace(it.WITH_LIST, terms=replace(it.WITH_LIST.terms, mode="INDIRECT"))

    pinned, received = domain.receive_report(
        INSPECTION.fold((desk,)),
        document_number="15/BC-UBND",
        sha256=SHEET.sha256,
        received_on=None,
        today=VISIT_DAY,
        calendar=CALENDAR,
        checklist=LIST,
    )
    on_paper = INSPECTION.fold((desk, pinned, received))

    assert pinned == it.PINNED
    assert domain.answer_item(on_paper, answer=it.ANSWER, by=PERSON) == [it.ANSWERED]
