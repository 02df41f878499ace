"""Checklists, ends of findings, difficulties, practices: events in, rows out."""

from dataclasses import replace

import pytest

from tests.inspection import examples_contents as it
from tests.inspection.examples import (
    AT_THE_UNIT,
    CONCLUDED,
    LOOKED_AT_AGAIN,
    NONE_LATE,
    PLANNED,
    QR,
    RAISED,
    ROUND_OVER,
    STARTED,
    VISITED,
)
from tests.inspection.test_projections import one, shown


def test_a_checklist_is_shown_with_all_its_versions():
    fold = shown(it.PUBLISHED, it.PUBLISHED_2)

    [listed] = fold.rows("checklists")
    assert (listed["latest"], listed["sha256"]) == (2, it.PUBLISHED_2.sha256)
    first, second = fold.rows("checklist_versions")
    assert [len(v["items"][0]["questions"]) for v in (first, second)] == [2, 1]
    assert first["items"][1]["metric"] == {
        "code": "DIGITISED",
        "target": "90",
        "sense": "AT_LEAST",
        "due": "2023-06-01",
    }
    assert first["items"][0]["legal_basis"][1]["valid_to"] == "2023-05-21"


def test_an_inspection_is_shown_with_its_checklist_and_its_answers():
    fold = shown(it.WITH_LIST, it.PINNED, STARTED, it.ANSWERED)

    [inspection] = fold.rows("inspections")
    assert inspection["checklist"]["sha256"] == it.HASH
    assert inspection["checklist_title"] == it.PUBLISHED.title
    [answer] = fold.rows("answers")
    assert (answer["question"], answer["result"]) == ("RESULT", "NO")
    assert answer["evidence"][0]["sha256"] == it.ANSWER.evidence[0].sha256


@pytest.mark.seed("0.13", "1.16", "1.17")
def test_what_is_carried_in_is_shown_until_it_is_looked_at():
    other = replace(it.CARRIED, ref=LOOKED_AT_AGAIN.item.item_ref)
    planned = replace(
        PLANNED, terms=replace(PLANNED.terms, carried_items=(it.CARRIED, other))
    )

    rows = {
        row["item_ref"]: row
        for row in shown(planned, STARTED, LOOKED_AT_AGAIN).rows("carried_over")
    }

    waiting = rows["766-2022-1"]
    assert (waiting["source"], waiting.get("result")) == ("INDEX_766", None)
    seen = rows[other.ref]
    assert (seen["text"], seen["result"]) == (other.text, "RESOLVED")


def test_a_finding_is_shown_as_put_right_and_with_who_answers():
    row = one("findings", *AT_THE_UNIT, RAISED, it.RECTIFIED, it.DETERMINED)

    assert (row["state"], row["rectified_how"]) == ("rectified", it.RECTIFIED.how)
    assert row["rectified_evidence"][0]["sha256"] == it.RECTIFIED.evidence[0].sha256
    assert (row["head_liability"], row["head_liable_ref"]) == ("DIRECT", "p-71")
    assert row["unusual_roles"] == ()


def test_a_repeat_is_shown_with_the_remedies_that_did_not_last():
    again = replace(
        RAISED, finding=replace(RAISED.finding, finding_id=it.REPEATED.finding_id)
    )
    row = one("findings", *AT_THE_UNIT, again, it.REPEATED)

    assert (row["repeat_times"], row["repeat_years"]) == (2, 2)
    assert row["earlier"][0]["remedies"] == (it.DID_NOT_LAST.text,)
    assert row["earlier"][0]["raised_on"] == "2023-05-22"


def test_a_figure_is_shown_with_its_target():
    judged = replace(NONE_LATE, target=it.NO_DELAY, verdict="MET")

    row = one("metrics", *AT_THE_UNIT, judged)

    assert (row["verdict"], row["target"]["target"]) == ("MET", "0")


def test_a_conclusion_is_shown_with_what_it_asks_upward():
    told = replace(
        CONCLUDED,
        upward=(it.UPWARD,),
        rectified=("F-07-1",),
        accountability=(it.LIABLE,),
        authority="hong-ngu",
    )
    row = one("conclusions", *ROUND_OVER, told)

    assert row["upward"][0]["addressee"] == "dong-thap"
    assert (row["rectified"], row["authority"]) == (("F-07-1",), "hong-ngu")
    assert row["accountability"][0]["liability"] == "DIRECT"


def test_a_difficulty_is_shown_with_its_answer():
    row = one("difficulties", *AT_THE_UNIT, it.STUCK, it.HELPED)

    assert (row["addressee"], row["answer"]) == ("hong-ngu", it.HELPED.text)
    assert row["answered_on"] == it.HELPED.answered_on


@pytest.mark.seed("1.4", "2.7", "2.20", "3.1")
@pytest.mark.capability("C16")
def test_the_register_shows_who_tries_who_took_over_and_what_it_changed():
    fold = shown(QR, it.PILOTED, it.PROPOSED, it.ADOPTED, it.EFFECT)

    [row] = fold.rows("good_practices")
    assert (row["state"], row["adopted_since"], row["measured"]) == ("adopted", 1, 1)
    assert (row["adopter_count"], row["proposed_to"]) == (2, it.PROPOSED.scope)
    assert fold.rows("practice_pilots")[0]["units"] == ("hn-an-lac",)
    assert fold.rows("practice_adoptions")[0]["agency_id"] == "hn-an-loc"
    effect = fold.rows("practice_effects")[0]
    assert (effect["before"], effect["after"]) == (41.0, 63.5)
    assert one("good_practices", QR, it.NO_MODEL)["state"] == "withdrawn"


def test_what_was_left_is_shown_of_a_visit():
    left = replace(VISITED[-1], carried_left=("766-2022-1",))

    assert one("inspections", *VISITED[:-1], left)["carried_left"] == ("766-2022-1",)
