"""The campaign of May 2023, from plan to overdue, through four processes."""

from email.utils import parseaddr

import pytest

from tests.campaigns import STORY


def test_every_expectation_of_the_story_holds(told):
    outcome, _ = told

    assert [check for check in outcome["checks"] if not check["ok"]] == []
    assert outcome["ok"] is True


def test_every_step_was_taken_and_some_were_refused_on_purpose(told):
    outcome, _ = told

    assert outcome["steps"] == len(STORY.steps)
    assert outcome["refused_as_expected"] == 6


@pytest.mark.seed("2.1", "2.2", "2.3", "2.4", "2.5")
@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("planning.plan-issued.v1", 2),
        ("inspection.visit-completed.v1", 7),
        ("inspection.finding-raised.v1", 8),
        ("inspection.good-practice-recorded.v1", 2),
        ("inspection.minutes-signed.v1", 7),
        ("inspection.round-ended.v1", 1),
        ("inspection.conclusion-issued.v1", 7),
        ("remediation.recommendation-issued.v1", 8),
        ("remediation.remediation-overdue.v1", 2),
        ("remediation.remediation-escalated.v1", 1),
        ("remediation.remediation-closed.v1", 7),
        ("remediation.carry-over-opened.v1", 1),
        ("inspection.inspection-closed.v1", 7),
    ],
)
def test_so_many_events_lie_on_kafka(told, kind, number):
    outcome, _ = told

    assert outcome["events"][kind] == number


def test_the_ledger_adds_up(told):
    outcome, _ = told
    ledger = outcome["ledger"]

    assert ledger["missing"] == ledger["extra"] == 0
    assert ledger["committed_public"] == ledger["published"] - ledger["duplicates"]
    for account in ledger["consumers"].values():
        parts = ("applied", "duplicate", "ignored", "parked", "gap_held")
        assert account["consumed"] == sum(account[part] for part in parts)
        assert account["parked"] == 0


def test_a_notice_for_each_cause_is_in_the_mailbox_once(told):
    _, mail = told

    assert len(mail) == 30
    assert {one.deliveries for one in mail} == {1}


@pytest.mark.seed("2.19")
def test_the_last_urging_goes_to_the_unit_and_then_to_its_superior(told):
    _, mail = told
    urged = [
        one
        for one in mail
        if str(one.message["Subject"]).startswith(("Đôn đốc", "Báo cáo cấp trên"))
    ]
    receivers = [parseaddr(str(one.message["To"]))[1] for one in urged]

    assert receivers[-2].startswith("ubnd.tanhoi@")
    assert "Tân Hội" in urged[-1].message.get_content()
    assert receivers[-1] != receivers[-2]


@pytest.mark.seed("2.12")
@pytest.mark.capability("C20")
def test_the_last_letter_of_the_year_carries_the_open_case_into_2024(told):
    _, mail = told
    [letter] = [
        one
        for one in mail
        if str(one.message["Subject"]).startswith("Chuyển kiến nghị RC-07")
    ]

    assert parseaddr(str(letter.message["To"]))[1].startswith("ubnd.tanhoi@")
    assert "KH-2024-HN" in letter.message.get_content()
