"""Rules of a notice: what is written, what is ignored, what is refused."""

from dataclasses import replace
from functools import partial

from services.chassis.testing import given
from services.notification import domain
from services.notification.handlers import NOTICE
from tests.notification.examples import (
    DELIVERED,
    FAILED,
    GIVEN_UP,
    LETTER,
    NAMED,
    REQUESTED,
    RETRIED,
    URGING,
)

request = partial(
    domain.request,
    **NAMED,
    template="urging",
    about="RC-08",
    letter=LETTER,
    urging=URGING,
)
fail = partial(domain.fail, code="smtp-451", attempt=1, final=False)
give_up = partial(domain.fail, code="smtp-550", attempt=2, final=True)


def test_a_notice_is_asked_for():
    given(NOTICE).when(request).then(REQUESTED)


def test_a_notice_is_asked_for_once():
    given(NOTICE, REQUESTED).when(request).then_nothing()


def test_it_arrived():
    given(NOTICE, REQUESTED).when(domain.deliver).then(DELIVERED)


def test_it_arrives_once():
    given(NOTICE, REQUESTED, DELIVERED).when(domain.deliver).then_nothing()


def test_it_arrives_after_a_failure_too():
    given(NOTICE, REQUESTED, FAILED).when(domain.deliver).then(DELIVERED)


def test_what_was_never_asked_for_does_not_arrive():
    given(NOTICE).when(domain.deliver).then_refused("unknown-notice")


def test_a_failed_try_is_recorded_once():
    given(NOTICE, REQUESTED).when(fail).then(FAILED)
    given(NOTICE, REQUESTED, FAILED).when(fail).then_nothing()
    given(NOTICE, REQUESTED, FAILED).when(give_up).then(GIVEN_UP)


def test_what_arrived_does_not_fail():
    given(NOTICE, REQUESTED, DELIVERED).when(fail).then_nothing()


def test_what_was_given_up_fails_no_more():
    given(NOTICE, REQUESTED, FAILED, GIVEN_UP).when(fail, attempt=3).then_nothing()


def test_what_was_given_up_is_sent_again():
    given(NOTICE, REQUESTED, GIVEN_UP).when(domain.retry).then(RETRIED)


def test_it_may_be_sent_to_another_mailbox():
    elsewhere = replace(RETRIED, letter=replace(LETTER, mailbox="a@b.example"))

    given(NOTICE, REQUESTED, GIVEN_UP).when(domain.retry, mailbox="a@b.example").then(
        elsewhere
    )


def test_tries_are_counted_anew_after_that():
    given(NOTICE, REQUESTED, GIVEN_UP, RETRIED).when(fail).then(FAILED)


def test_what_is_still_tried_is_not_sent_again():
    for history in ((), (FAILED,), (DELIVERED,), (GIVEN_UP, RETRIED)):
        given(NOTICE, REQUESTED, *history).when(domain.retry).then_refused(
            "notice-not-failed"
        )


def test_nobody_retries_what_was_never_asked_for():
    given(NOTICE).when(domain.retry).then_refused("unknown-notice")
