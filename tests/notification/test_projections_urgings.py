"""The log of who was urged of what."""

from dataclasses import replace

from services.notification import domain
from tests.notification.examples import DELIVERED, REQUESTED
from tests.notification.test_projections import shown


def test_an_urging_is_logged_once_its_letter_arrived():
    assert shown(REQUESTED).rows("urgings") == []
    [row] = shown(REQUESTED, DELIVERED).rows("urgings")

    assert (row["agency_id"], row["case_id"], row["level"]) == (
        "hn-tan-hoi",
        "RC-08",
        0,
    )


def test_an_urging_of_work_names_the_item_and_who_watches():
    urging = domain.Urging(
        case_id="",
        agency_id="soc-trang-so-tu-phap",
        level=1,
        urged_on=DELIVERED.urging.urged_on,
        work_item_id="CT-2019-ST:9.1",
        monitor_agency="soc-trang-vp-ubnd",
    )
    [row] = shown(replace(DELIVERED, urging=urging)).rows("urgings")

    assert row["case_id"] is None
    assert (row["work_item_id"], row["monitor_agency"]) == (
        "CT-2019-ST:9.1",
        "soc-trang-vp-ubnd",
    )


def test_what_is_no_urging_is_not_logged():
    assert shown(replace(DELIVERED, urging=None)).rows("urgings") == []
