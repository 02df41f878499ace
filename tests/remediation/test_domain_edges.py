"""Where one day, one name or one case more would make the difference."""

from datetime import date

from services.remediation import domain
from services.remediation.handlers import CASE
from tests.remediation.examples import ISSUED, OVERDUE, hanoi
from tests.remediation.merging import PARTS, REQUIRED
from tests.remediation.test_domain_dates import ask, recalculate
from tests.remediation.test_domain_handing import decide
from tests.remediation.turns import SHIFTED


def test_a_request_on_the_last_day_is_not_late():
    last = ISSUED.terms.effective_due_on
    [asked] = ask(CASE.fold([ISSUED]), on=last)
    [late] = ask(CASE.fold([ISSUED, OVERDUE]), on=date(last.year, last.month, 28))

    assert (asked.requested_after_due, late.requested_after_due) == (False, True)


def test_an_open_case_of_many_is_counted_again_as_one_by_itself():
    one = CASE.fold([ISSUED])
    again = recalculate(one)

    assert again
    assert again == domain.recalculate_open(
        one, at=hanoi(2023, 6, 20, 9), by_agency="hong-ngu", calendar=SHIFTED
    )


def test_a_successor_is_called_as_the_reform_calls_it():
    part = PARTS[0]
    [handed] = decide(
        CASE.fold([ISSUED, REQUIRED]), to_agency=part.agency_id, to_name="x"
    )

    assert handed.to_name == part.name
