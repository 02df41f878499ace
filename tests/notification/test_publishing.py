"""What notification tells the world."""

from datetime import date
from typing import get_args

import pytest

import contracts.notification as published
from services.notification import domain
from services.notification.publishing import publish
from tests.notification.examples import (
    DELIVERED,
    FAILED,
    GIVEN_UP,
    REQUESTED,
    RETRIED,
)

EVERY = (REQUESTED, DELIVERED, FAILED, RETRIED)


def test_the_examples_are_all_that_happens():
    assert {type(event) for event in EVERY} == set(get_args(domain.NoticeEvent))


def test_a_delivered_urging_is_told_as_both():
    delivered, urged = publish(DELIVERED)

    assert delivered == published.NoticeDelivered(
        notice_id="N-1",
        recipient_id="hn-tan-hoi",
        template="urging",
        about="RC-08",
        message_id="<N-1@kiemtra.local>",
    )
    assert urged == published.UrgingSent(
        notice_id="N-1",
        case_id="RC-08",
        agency_id="hn-tan-hoi",
        recipient_id="hn-tan-hoi",
        level=0,
        urged_on=date(2023, 10, 3),
    )


def test_any_other_delivery_urges_nobody():
    plain = domain.NoticeDelivered(
        notice_id="N-2",
        recipient_id="hn-tan-hoi",
        template="reminder",
        about="RC-08",
        message_id="<N-2@kiemtra.local>",
    )

    [told] = publish(plain)
    assert isinstance(told, published.NoticeDelivered)


@pytest.mark.parametrize("event", [FAILED, GIVEN_UP])
def test_a_failure_is_told_with_its_code(event):
    [told] = publish(event)

    assert (told.code, told.attempt, told.final) == (
        event.code,
        event.attempt,
        event.final,
    )


@pytest.mark.parametrize("event", [REQUESTED, RETRIED])
def test_what_is_only_on_its_way_is_nobodys_business(event):
    assert publish(event) == []
