"""Hand-overs to rows: who has a case now, who had it, what waits for a decision."""

from dataclasses import replace

from services.chassis.projector import Seen
from services.chassis.projector.folding import Fold
from services.remediation import domain
from services.remediation.projections import PROJECTIONS
from tests.remediation.examples import ISSUED, hanoi
from tests.remediation.merging import (
    AUTHORITY_REQUIRED,
    DISSOLVED,
    HANDED_OVER,
    REQUIRED,
    SUCCEEDED,
)

DECIDED = replace(
    HANDED_OVER, to_agency="vn34-x30154", decided_by="vn34-p82", relation="PART"
)


def shown(*events):
    fold, moment = Fold(PROJECTIONS), hanoi(2025, 7, 1, 9)
    for n, event in enumerate(events, start=1):
        fold.see(
            Seen(
                event=event,
                stream="case-RC-08",
                key="I-2023-HN-07",
                version=n,
                position=n,
                occurred_at=moment,
                recorded_at=moment,
            )
        )
    return fold


def case(*events):
    [row] = shown(ISSUED, *events).rows("cases")
    return row


def test_a_case_is_its_first_units_until_it_is_handed_over():
    before, after = case(), case(HANDED_OVER)

    assert (before["agency_id"], before["superior_id"]) == ("hn-tan-hoi", "hong-ngu")
    assert (after["agency_id"], after["agency_name"]) == (
        "vn34-x29955",
        "UBND phường Hồng Ngự",
    )
    assert after["first_agency_id"] == "hn-tan-hoi"


def test_what_waits_for_a_decision_is_shown_until_it_is_taken():
    assert case(REQUIRED)["unit_undecided"] is True
    assert case(REQUIRED, DECIDED)["unit_undecided"] is False
    assert case(REQUIRED)["authority_undecided"] is False


def test_an_authority_that_took_over_is_whom_escalation_goes_to():
    taken = replace(DECIDED, concerns=domain.Concerns.AUTHORITY, to_agency="vn34-p82")
    row = case(AUTHORITY_REQUIRED, taken)

    assert (row["superior_id"], row["agency_id"]) == ("vn34-p82", "hn-tan-hoi")
    assert row["authority_undecided"] is False


def test_every_hand_over_stays_in_the_list():
    rows = shown(ISSUED, REQUIRED, DECIDED).rows("case_handovers")

    assert [row["version"] for row in rows] == [2, 3]
    assert [it["agency_id"] for it in rows[0]["candidates"]] == [
        "vn34-x29992",
        "vn34-x30154",
    ]
    assert rows[1]["from_agency"] == "hn-tan-hoi"


def test_an_agency_that_ended_has_a_last_day():
    fold = shown(SUCCEEDED, DISSOLVED)

    ends = {row["agency_id"]: row["valid_to"] for row in fold.rows("known_agencies")}
    assert {day.isoformat() for day in ends.values()} == {"2025-06-30"}
