"""What is told of signals, orders and duties: internal, and of no person."""

from datetime import date

import pytest

from contracts import planning as published
from contracts.catalogue import EVENTS
from services.planning.publishing import publish
from tests.planning.self_examples import (
    OWN_PLAN,
    PLAN_OVERDUE,
    REPORTED,
    REQUIRED,
    RESULT_OVERDUE,
)
from tests.planning.trigger_examples import (
    ANSWER_OVERDUE,
    ASSESSED,
    CLUSTER,
    DISCLOSED,
    FOLLOWED,
    FORWARDED,
    NOTED,
    ORDERED_UNANNOUNCED,
    PORTAL,
    PROPOSED,
    REFERENCED,
    TRANSFER_OVERDUE,
)

SECRET = (
    published.SignalReceived,
    published.SignalTransferOverdue,
    published.SignalAnswerOverdue,
    published.TriggerProposed,
    published.TriggerAssessed,
    published.UnannouncedInspectionOrdered,
)


@pytest.mark.capability("C8")
@pytest.mark.seed("1.10")
@pytest.mark.parametrize("event", SECRET, ids=lambda event: event.TYPE)
def test_what_leads_to_an_unannounced_inspection_is_internal(event):
    assert event in EVENTS
    assert event.VISIBILITY == "internal"


def test_a_signal_is_told_without_what_could_lead_to_its_sender():
    [told] = publish(PORTAL)

    assert (told.source, told.external_id) == ("NPSP", "PAKN.20230615.0042")
    assert "vault-77" not in told.model_dump_json()


def test_an_order_is_told_with_all_that_an_inspection_needs():
    [told] = publish(ORDERED_UNANNOUNCED)

    assert told.round_id == "R-I-DX-1"
    assert told.trigger == published.Trigger(
        ordered_for="SIGNALS",
        proposal_id="cluster-hn-an-loc-1",
        signal_ids=("S-1", "S-2", "S-3"),
    )
    assert (told.lead_agency, told.decided_by) == ("hong-ngu-noi-vu", "dong-thap")
    assert told.remedy_policy.superior_id == "hong-ngu"


def test_a_proposal_and_its_decision_are_told():
    assert publish(PROPOSED)[0].signal_ids == ("S-1", "S-2", "S-3")
    assert publish(ASSESSED)[0].decision == "INSPECT"


@pytest.mark.parametrize(
    ("event", "day"),
    [
        (TRANSFER_OVERDUE, date(2023, 5, 12)),
        (ANSWER_OVERDUE, date(2023, 5, 25)),
        (PLAN_OVERDUE, date(2023, 5, 16)),
        (RESULT_OVERDUE, date(2023, 10, 3)),
    ],
)
def test_what_is_overdue_is_told_with_the_day(event, day):
    [told] = publish(event)

    assert (told.overdue_from, told.calendar_version) == (
        day,
        event.due.calendar_version,
    )


def test_a_duty_is_told_from_beginning_to_end():
    [required], [planned], [reported] = map(publish, (REQUIRED, OWN_PLAN, REPORTED))

    assert (required.plan_due_on, required.result_due_on) == (
        date(2023, 5, 15),
        date(2023, 10, 2),
    )
    assert planned.mode == "ONLINE"
    assert (reported.findings, reported.short_by) == (2, 1)


@pytest.mark.parametrize(
    "event", [REFERENCED, FORWARDED, NOTED[0], CLUSTER, DISCLOSED, FOLLOWED]
)
def test_the_rest_is_ours(event):
    assert publish(event) == []
