"""The demo as a command, left standing, and what an operator sees of it."""

import json
import subprocess
import sys

import pytest

from services.chassis.embedded.system import remove

pytestmark = pytest.mark.usefixtures("own_servers")


def kiemtra(*words, expect=0):
    """Run the command line as a person would; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "services.cli", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == expect, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def standing(told, tmp_path_factory):
    """A second telling, by the command, that leaves its system running."""
    home = tmp_path_factory.mktemp("demo") / "home"
    try:
        printed = kiemtra("demo", "--json", "--stay", "--home", str(home))
        yield home, json.loads(printed), told[0]
    finally:
        kiemtra("down", "--home", str(home))
        remove(home)


def test_two_tellings_lead_to_the_same_journals(standing):
    _, second, first = standing

    assert second["journal_hash"] == first["journal_hash"]
    assert second["ok"] is True


def test_the_object_it_prints_has_the_fixed_shape(standing):
    _, printed, _ = standing

    assert {
        "story",
        "ok",
        "clock",
        "wall_seconds",
        "steps",
        "refused_as_expected",
        "checks",
        "events",
        "ledger",
        "journal_hash",
    } <= set(printed)
    assert printed["clock"] == {
        "start": "2023-04-20T08:00:00+07:00",
        "end": "2024-01-17T08:00:00+07:00",
    }
    assert set(printed["checks"][0]) == {"ask", "ok", "expected", "got"}


def test_status_says_what_runs_and_where(standing):
    home, _, _ = standing

    status = json.loads(kiemtra("status", "--json", "--home", str(home)))

    assert (status["state"], status["clock"]) == ("ready", "controlled")
    for service in status["services"].values():
        assert service["http"].startswith("http://")
        assert service["operate"].startswith("http://")
        assert service["postgres"].startswith("postgresql://")
        assert service["pid"] > 0
        assert service["state"] == "ready"


def test_a_case_is_traced_from_the_command_to_the_notice(standing):
    home, _, _ = standing

    traced = json.loads(kiemtra("trace", "RC-07", "--json", "--home", str(home)))

    steps = [(row["service"], row["type"]) for row in traced["events"]]
    wanted = [
        ("inspection", "ConclusionIssued"),
        ("remediation", "RecommendationIssued"),
        ("remediation", "RemediationOverdue"),
        ("notification", "NoticeRequested"),
        ("notification", "NoticeDelivered"),
    ]
    places = [steps.index(step) for step in wanted[:3]]
    assert places == sorted(places)
    after = steps[places[-1] :]
    assert after.index(wanted[3]) < after.index(wanted[4])
    assert {service for service, _ in steps} >= {"inspection", "remediation"}


def test_what_nobody_knows_is_not_traced(standing):
    home, _, _ = standing

    kiemtra("trace", "no-such-thing", "--home", str(home), expect=1)


def test_nothing_lags_once_all_is_told(standing):
    home, _, _ = standing

    rows = json.loads(kiemtra("lag", "--json", "--home", str(home)))["lag"]

    assert {row["events"] for row in rows} == {0}
    assert {"planning.relay", "remediation.reactions.v1"} <= {
        row["who"] for row in rows
    }


def test_published_events_are_tailed(standing):
    home, printed, _ = standing

    words = ("events", "tail", "--no-follow", "--json", "--home", str(home))
    lines = [json.loads(line) for line in kiemtra(*words).splitlines()]
    issued = {
        line["key"]: line["data"]
        for line in lines
        if line["type"] == "planning.plan-issued.v1"
    }
    late = [line for line in lines if line["type"].endswith("remediation-overdue.v1")]

    assert len(lines) == printed["ledger"]["published"]
    assert {plan: data["year"] for plan, data in issued.items()} == {
        "KH-2023-HN": 2023,
        "KH-2024-HN": 2024,
    }
    assert all(plan == data["plan_id"] for plan, data in issued.items())
    assert late[-1]["time"] == "2023-10-03T00:00:00+07:00"


def test_a_story_that_does_not_come_true_fails(tmp_path):
    story = tmp_path / "wrong.yaml"
    story.write_text(
        "story: wrong\ntitle: Sai\nclock: 2023-04-20T08:00:00+07:00\nsteps: []\n"
        "expect:\n  events: {planning.plan-issued.v1: 1}\n",
        encoding="utf-8",
    )

    printed = kiemtra("demo", str(story), "--json", expect=1)

    assert json.loads(printed)["ok"] is False


def test_a_story_that_is_none_is_wrong_usage():
    kiemtra("demo", "nowhere", expect=2)
