"""The checker knows each anomaly when it sees it, and sees none where there is none."""

import pytest

from tests.chaos.checker import check
from tests.chaos.evidence import kept
from tests.chaos.histories import (
    ISSUE,
    REFUSED,
    TOPIC,
    UNKNOWN,
    asked,
    event,
    record,
    sound,
)


def names(run):
    return {anomaly.name for anomaly in check(run)}


def reactions(run):
    return run.consumers[0]


def test_a_sound_run_has_no_anomaly():
    assert check(sound()) == []


def test_an_empty_run_has_no_anomaly():
    run = sound()
    for name in ("history", "consumers", "deadlines", "intents"):
        setattr(run, name, [])
    for name in ("journals", "answers", "expected", "topics", "hears", "heard", "mail"):
        setattr(run, name, {})

    assert check(run) == []


def test_evidence_that_was_kept_is_read_again(tmp_path):
    assert kept(sound().keep(tmp_path / "run")) == sound()


def test_an_answer_whose_event_is_gone_is_a_lost_write():
    run = sound()
    del run.journals["planning"][2]

    assert "lost-write" in names(run)


def test_an_answer_that_was_not_kept_is_a_lost_write():
    run = sound()
    run.answers["planning"] = [
        one for one in run.answers["planning"] if one["command"] != "c-draft"
    ]

    assert {"lost-write", "torn-write"} <= names(run)


def test_an_answer_with_another_version_is_a_lost_write():
    run = sound()
    run.journals["planning"][2]["version"] = 4

    assert {"lost-write", "missing-version"} <= names(run)


def test_a_refused_command_that_wrote_is_a_phantom():
    run = sound()
    run.journals["planning"].append(event(4, "plan-1", 4, "PlanIssued", REFUSED))

    assert "phantom(G1a)" in names(run)


def test_a_command_that_nobody_asked_is_a_phantom():
    run = sound()
    stranger = {"command": "c-stranger", "status": 200, "version": 4, "position": 4}
    run.answers["planning"].append(stranger)

    assert names(run) == {"phantom(G1a)"}


def test_an_unanswered_command_may_be_done_or_not():
    run = sound()
    run.journals["planning"].append(event(4, "plan-1", 4, "PlanClosed", UNKNOWN))
    done = {"command": UNKNOWN, "status": 200, "version": 4, "position": 4}
    run.answers["planning"].append(done)

    assert check(run) == []


def test_half_of_an_unanswered_command_is_a_torn_write():
    run = sound()
    run.journals["planning"].append(event(4, "plan-1", 4, "PlanClosed", UNKNOWN))

    assert names(run) == {"torn-write"}


def test_another_answer_to_the_same_command_is_named():
    run = sound()
    asked(run.history, "a", ISSUE, "issue", "ok", version=2, position=2)

    assert "changed-answer" in names(run)


def test_a_later_command_that_saw_less_is_nonmonotonic():
    run = sound()
    asked(run.history, "b", "c-late", "amend", "ok", version=2, position=2)
    late = {"command": "c-late", "status": 200, "version": 2, "position": 2}
    run.answers["planning"].append(late)

    assert names(run) == {"nonmonotonic"}


def test_a_stream_with_a_hole_is_named():
    run = sound()
    del run.journals["planning"][1]

    assert names(run) == {"missing-version"}


def test_versions_that_go_back_are_named():
    run = sound()
    run.journals["inspection"].append(event(5, "inspection-1", 1, "Again", "m-64"))

    assert names(run) >= {"nonmonotonic"}


def test_two_effects_of_one_cause_are_a_duplicate():
    run = sound()
    twice = event(2, "inspection-1", 2, "VisitScheduled", "m-192")
    twice["digest"] = run.journals["inspection"][0]["digest"]
    run.journals["inspection"][1]["version"] = 3
    run.journals["inspection"].insert(1, twice)

    assert "duplicate" in names(run)


def test_an_effect_of_nothing_is_a_phantom():
    run = sound()
    run.journals["inspection"][0]["cause"] = "m-nobody-said"

    assert names(run) == {"phantom(G1a)"}


def test_what_is_not_on_its_topic_is_unseen():
    run = sound()
    run.topics[TOPIC] = [record(0, 64, 0), record(1, 64, 0), record(2, 64, 0)]

    assert "unseen" in names(run)


def test_what_lies_in_another_partition_is_named():
    run = sound()
    run.expected["planning"][0]["partition"] = 7

    assert names(run) == {"inconsistent-offset"}


def test_what_no_journal_recorded_is_a_phantom():
    run = sound()
    run.topics[TOPIC][2] = record(2, 256, 192)
    reactions(run)["outcomes"] |= {"applied": 2, "duplicate": 0}

    assert names(run) == {"phantom(G1a)"}


def test_a_partition_that_goes_back_is_nonmonotonic():
    run = sound()
    run.topics[TOPIC] = [record(0, 192, 0), record(1, 64, 192), record(2, 64, 192)]

    assert "nonmonotonic" in names(run)


def test_a_link_that_is_missing_is_a_send_skip():
    run = sound()
    run.topics[TOPIC][1]["prev"] = run.topics[TOPIC][2]["prev"] = 128

    assert names(run) == {"send-skip"}


def test_a_copy_with_other_bytes_is_named():
    run = sound()
    run.topics[TOPIC][2]["digest"] = "others"

    assert names(run) == {"inconsistent-offset"}


def test_a_consumer_that_stands_before_the_end_has_unseen_messages():
    run = sound()
    reactions(run)["next_offset"] = 2
    reactions(run)["outcomes"] |= {"consumed": 2, "duplicate": 0}

    assert names(run) == {"unseen"}


@pytest.mark.parametrize(("applied", "name"), [(0, "poll-skip"), (2, "duplicate")])
def test_a_ledger_that_does_not_add_up_is_named(applied, name):
    run = sound()
    reactions(run)["outcomes"]["applied"] = applied

    assert names(run) == {name}


def test_a_duplicate_that_was_applied_is_named_though_the_ledger_adds_up():
    run = sound()
    reactions(run)["outcomes"] |= {"applied": 2, "duplicate": 0}

    assert names(run) == {"duplicate"}


def test_what_was_passed_without_a_word_is_a_poll_skip():
    run = sound()
    reactions(run)["outcomes"] |= {"consumed": 2, "applied": 0}

    assert names(run) == {"poll-skip"}


def test_an_own_event_that_was_passed_over_is_a_poll_skip():
    run = sound()
    run.consumers[1]["outcomes"] |= {"consumed": 1, "applied": 1}

    assert names(run) == {"poll-skip"}


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        (["m-64"], "poll-skip"),
        (["m-64", "m-192", "m-0"], "phantom(G1a)"),
        (["m-64", "m-64", "m-192"], "duplicate"),
    ],
)
def test_views_that_heard_something_else_are_named(heard, name):
    run = sound()
    run.heard["inspection"] = heard

    assert names(run) == {name}


def test_a_view_that_differs_a_broken_chain_and_what_waits_are_named():
    run = sound()
    run.drift = [{"service": "planning", "table": "plans", "rows": 1}]
    run.broken = [{"service": "planning", "stream": "plan-1", "version": 2}]
    parked = {"service": "inspection", "consumer": "inspection.reactions.v1"}
    run.parked = [parked | {"topic": TOPIC, "part": 0, "off": 1, "code": "ValueError"}]

    assert names(run) == {"drift", "tampered", "stuck"}


def test_what_the_run_itself_put_there_is_no_anomaly():
    run = sound()
    run.injected = {TOPIC: [[0, 3]]}
    junk = {"pos": None, "prev": None, "id": ""}
    run.topics[TOPIC].append(record(3, 0, 0) | junk)
    reactions(run)["next_offset"] = 4
    reactions(run)["outcomes"] |= {"consumed": 4, "ignored:discarded": 1}

    assert check(run) == []


def test_what_an_operator_had_read_again_is_no_anomaly():
    run = sound()
    run.rewound = [["inspection.reactions.v1", TOPIC, 0, 2]]
    reactions(run)["outcomes"] |= {"consumed": 5, "duplicate": 3}

    assert check(run) == []
    run.rewound = []
    assert names(run) == {"duplicate"}


@pytest.mark.parametrize(
    ("state", "at", "name"),
    [
        ("pending", "2023-05-09T08:00:00+07:00", "missed-deadline"),
        ("parked", "2023-05-09T08:00:00+07:00", "missed-deadline"),
        ("done", "2023-05-09T07:00:00+07:00", "early"),
        ("done", "2023-05-09T09:00:00+07:00", "late"),
    ],
)
def test_a_deadline_that_was_not_answered_as_of_its_moment_is_named(state, at, name):
    run = sound()
    run.deadlines[0]["state"] = state
    run.journals["inspection"][1]["occurred_at"] = at

    assert names(run) == {name}


def test_an_answered_deadline_without_an_event_is_missed():
    run = sound()
    run.deadlines[0]["id"] = "t-2"
    run.journals["inspection"][1]["cause"] = "m-64"

    assert names(run) == {"missed-deadline"}


def test_a_deadline_that_is_not_due_or_was_taken_back_is_no_anomaly():
    run = sound()
    run.deadlines += [
        run.deadlines[0] | {"id": "t-2", "state": "cancelled"},
        run.deadlines[0]
        | {"id": "t-3", "state": "pending", "due_at": "2024-01-01T00:00:00+07:00"},
    ]

    assert check(run) == []


@pytest.mark.parametrize(
    ("mail", "name"),
    [({}, "lost-send"), ({"<1>": 1, "<2>": 1}, "phantom(G1a)")],
)
def test_mail_that_is_missing_or_nobodys_is_named(mail, name):
    run = sound()
    run.mail = mail

    assert names(run) == {name}


def test_an_anomaly_tells_what_lies_around_it_and_how_it_came():
    run = sound()
    del run.journals["planning"][2]

    told = str(check(run)[0])

    assert told.startswith("lost-write  planning/c-issue: answered position 3")
    assert "timeline  005 a info issue plans/1  ReadTimeout" in told
