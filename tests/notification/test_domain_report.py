"""Rules of periodic reports."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.notification.domain import report
from services.notification.handlers import REPORT
from tests.notification.report_examples import COMPILED, FIGURES, SUBMITTED

compile_ = partial(report.compile_report, compiled=COMPILED)
submit = partial(
    report.submit_report,
    document_number="25/BC-VP",
    on=SUBMITTED.submitted_on,
    by_agency="soc-trang-vp-ubnd",
)
MORE = replace(
    COMPILED,
    compiled_on=date(2019, 3, 19),
    figures=replace(FIGURES, by_kind={"LIMITATION": 3}),
)


@pytest.mark.seed("4.12")
@pytest.mark.capability("C21")
def test_a_report_is_compiled():
    given(REPORT).when(compile_).then(COMPILED)


def test_compiling_again_is_ignored_while_the_numbers_stand():
    later = replace(COMPILED, compiled_on=date(2019, 3, 20))

    given(REPORT, COMPILED).when(compile_, compiled=later).then_nothing()
    given(REPORT, COMPILED, SUBMITTED).when(compile_, compiled=later).then_nothing()


def test_numbers_that_moved_are_compiled_anew_until_the_report_is_out():
    given(REPORT, COMPILED).when(compile_, compiled=MORE).then(MORE)
    scene = given(REPORT, COMPILED, SUBMITTED).when(compile_, compiled=MORE)
    scene.then_refused("report-submitted")


@pytest.mark.parametrize(
    ("history", "change", "code"),
    [
        ((), {"start": date(2019, 3, 15)}, "window-reversed"),
        ((), {"compiled_on": date(2019, 3, 14)}, "period-not-closed"),
        ((COMPILED,), {"end": date(2019, 3, 13)}, "report-compiled-otherwise"),
        ((COMPILED,), {"agency_id": "soc-trang"}, "report-compiled-otherwise"),
    ],
)
def test_a_compilation_is_refused(history, change, code):
    bad = replace(COMPILED, **change)

    given(REPORT, *history).when(compile_, compiled=bad).then_refused(code)


@pytest.mark.seed("4.12")
def test_a_compiled_report_is_submitted():
    given(REPORT, COMPILED).when(submit).then(SUBMITTED)


def test_submitting_again_under_the_same_number_is_ignored():
    given(REPORT, COMPILED, SUBMITTED).when(submit).then_nothing()


@pytest.mark.parametrize(
    ("history", "change", "code"),
    [
        ((), {}, "report-not-compiled"),
        ((COMPILED,), {"by_agency": "soc-trang"}, "not-your-report"),
        ((COMPILED, SUBMITTED), {"document_number": "26/BC-VP"}, "report-submitted"),
    ],
)
def test_a_submission_is_refused(history, change, code):
    given(REPORT, *history).when(submit, **change).then_refused(code)
