"""Signals: taken in once, told apart, handed on and answered in their days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from services.chassis.testing.scenario import given
from services.planning.domain import signals, triage
from services.planning.domain.signals import Nature, Source
from services.planning.handlers.signals import REFERENCE, SIGNAL
from tests.planning.examples import AN_LOC, HONG_NGU, unit
from tests.planning.trigger_examples import (
    ANSWER_OVERDUE,
    ANSWERED,
    CALENDAR,
    FOLLOW_UP_CONCLUDED,
    FOLLOWED,
    FORWARDED,
    PETITION,
    PORTAL,
    PRESS,
    PROGRESS,
    PROGRESS_OVERDUE,
    RECEIVED_ON,
    REFERENCED,
    TRANSFER_OVERDUE,
    classified,
)

UNIT = unit(AN_LOC)


def uncounted(signal):
    return replace(signal, agency_name="", transfer_due=None, answer_due=None)


def receive(*history, received=PETITION, nature=None, about=UNIT):
    return given(SIGNAL, *history).when(
        triage.receive,
        received=uncounted(received),
        nature=nature,
        unit=about,
        calendar=CALENDAR,
    )


@pytest.mark.seed("0.17", "0.18", "0.19")
@pytest.mark.capability("C7")
@pytest.mark.parametrize("signal", [PETITION, PRESS, PORTAL], ids=lambda s: s.signal_id)
def test_a_signal_is_taken_in_with_the_days_that_are_owed(signal):
    receive(received=signal).then(signal)


@pytest.mark.seed("3.14")
@pytest.mark.parametrize("source", [Source.CITIZEN, Source.BUSINESS])
def test_citizens_and_businesses_are_owed_the_same_days(source):
    receive(received=replace(PETITION, source=source)).then(
        replace(PETITION, source=source)
    )


def test_five_working_days_and_twenty_days_are_counted_as_the_law_counts():
    # 2023-05-04 is a Thursday; the twentieth day is a Wednesday.
    assert PETITION.transfer_due.effective_due_on == date(2023, 5, 11)
    assert PETITION.answer_due.effective_due_on == date(2023, 5, 24)
    assert ANSWER_OVERDUE.progress_due.effective_due_on == date(2023, 5, 31)


def test_the_press_is_owed_no_answer():
    assert (PRESS.transfer_due, PRESS.answer_due) == (None, None)


def test_the_same_again_is_ignored_and_another_content_refused():
    receive(PETITION).then_nothing()
    receive(PETITION, received=replace(PETITION, readers=("ha-noi",))).then_nothing()
    other = replace(PETITION, topic="Thái độ của công chức")
    receive(PETITION, received=other).then_refused("signal-received-otherwise")


def test_what_is_said_on_intake_is_classified_at_once():
    receive(nature=Nature.CONDUCT).then(PETITION, classified(reason=""))


def test_a_unit_that_is_not_registered_has_no_signals():
    receive(about=None).then_refused("unknown-agency")


@pytest.mark.parametrize(
    "topic", ["Gọi ông A 0912 345 678", "gửi a.b@example.com", "CCCD 079123456789"]
)
def test_personal_data_stays_where_it_came_in(topic):
    receive(received=replace(PETITION, topic=topic)).then_refused(
        "personal-data-in-signal"
    )


def classify(*history, nature=Nature.CONDUCT, to_agency=None):
    return given(SIGNAL, *history).when(
        triage.classify,
        nature=nature,
        reason="Chậm trễ của công chức",
        to_agency=to_agency,
        on=RECEIVED_ON,
    )


def test_conduct_stays_here():
    classify(PETITION).then(classified())
    classify(PETITION, classified()).then_nothing()


@pytest.mark.parametrize(
    ("nature", "desk"),
    [
        (Nature.RULE, "RULE_REVIEW"),
        (Nature.COMPLAINT, "COMPLAINT_SETTLEMENT"),
        (Nature.DENUNCIATION, "DENUNCIATION_SETTLEMENT"),
    ],
)
def test_all_else_goes_to_another_desk(nature, desk):
    forwarded = replace(
        FORWARDED,
        to=desk,
        to_agency=None,
        forwarded_on=RECEIVED_ON,
        readers=PETITION.readers,
    )
    classify(PETITION, nature=nature).then(classified(nature=nature), forwarded)


def test_a_signal_is_classified_once():
    classify(PETITION, classified(), nature=Nature.RULE).then_refused(
        "signal-classified-otherwise"
    )
    classify().then_refused("unknown-signal")


def forward(*history, on=FORWARDED.forwarded_on):
    return given(SIGNAL, *history).when(
        triage.forward, to_agency="dong-thap-so-tnmt", on=on
    )


def test_a_signal_is_handed_on_in_time_or_late():
    forward(PETITION, classified()).then(FORWARDED)
    late = date(2023, 5, 12)
    forward(PETITION, classified(), on=late).then(
        replace(FORWARDED, forwarded_on=late, late=True)
    )


def test_handing_on_again_is_ignored_and_before_classifying_refused():
    forward(PETITION, classified(), FORWARDED).then_nothing()
    forward(PETITION).then_refused("signal-not-classified")


def answer(*history, number="210/VP-KSTT", on=ANSWERED.answered_on):
    return given(SIGNAL, *history).when(triage.answer, document_number=number, on=on)


def test_a_signal_is_answered_in_time_or_late():
    answer(PETITION, classified()).then(ANSWERED)
    late = date(2023, 5, 25)
    answer(PETITION, classified(), on=late).then(
        replace(ANSWERED, answered_on=late, late=True)
    )


def test_an_answer_again_is_ignored_another_refused():
    answer(PETITION, classified(), ANSWERED).then_nothing()
    answer(PETITION, classified(), ANSWERED, number="211/VP-KSTT").then_refused(
        "signal-answered"
    )
    answer(PETITION).then_refused("signal-not-classified")
    answer().then_refused("unknown-signal")


def tell(*history):
    return given(SIGNAL, *history).when(
        triage.report_progress,
        text="Đang xác minh",
        on=date(2023, 5, 29),
        calendar=CALENDAR,
    )


def test_progress_is_told_and_owed_again_in_seven_days():
    tell(PETITION, classified()).then(PROGRESS)
    tell(PETITION, classified(), PROGRESS).then_nothing()
    tell(PETITION, classified(), ANSWERED).then_refused("signal-answered")
    tell().then_refused("unknown-signal")


def test_a_signal_nobody_has_in_five_working_days_is_told_once():
    given(SIGNAL, PETITION).when(triage.mark_transfer_overdue).then(TRANSFER_OVERDUE)
    for more in (TRANSFER_OVERDUE, FORWARDED):
        given(SIGNAL, PETITION, more).when(triage.mark_transfer_overdue).then()


def test_a_signal_not_answered_in_twenty_days_is_told_once():
    mark = {"calendar": CALENDAR}
    given(SIGNAL, PETITION).when(triage.mark_answer_overdue, **mark).then(
        ANSWER_OVERDUE
    )
    for more in (ANSWER_OVERDUE, ANSWERED):
        given(SIGNAL, PETITION, more).when(triage.mark_answer_overdue, **mark).then()


def test_a_sender_who_does_not_hear_in_seven_more_days_is_told_once():
    late = (PETITION, ANSWER_OVERDUE)
    given(SIGNAL, *late).when(triage.mark_progress_overdue).then(PROGRESS_OVERDUE)
    for more in (PROGRESS_OVERDUE, ANSWERED):
        given(SIGNAL, *late, more).when(triage.mark_progress_overdue).then()


def test_the_press_is_never_overdue():
    for mark in (triage.mark_transfer_overdue, triage.mark_progress_overdue):
        given(SIGNAL, PRESS).when(mark).then_nothing()
    given(SIGNAL, PRESS).when(triage.mark_answer_overdue, calendar=CALENDAR).then()


def test_what_followed_is_noted_once():
    begun = {"inspection_id": "I-DX-1", "started_on": date(2023, 6, 21)}
    given(SIGNAL, PETITION).when(triage.follow, **begun).then(FOLLOWED)
    given(SIGNAL, PETITION, FOLLOWED).when(triage.follow, **begun).then()
    ended = {"inspection_id": "I-DX-1", "concluded_on": date(2023, 7, 10)}
    history = (PETITION, FOLLOWED)
    given(SIGNAL, *history).when(triage.conclude_follow_up, **ended).then(
        FOLLOW_UP_CONCLUDED
    )
    given(SIGNAL, *history, FOLLOW_UP_CONCLUDED).when(
        triage.conclude_follow_up, **ended
    ).then()


@pytest.mark.seed("0.19")
def test_a_sources_own_id_stands_for_one_signal():
    take = signals.take_reference
    given(REFERENCE).when(take, taken=REFERENCED).then(REFERENCED)
    given(REFERENCE, REFERENCED).when(take, taken=REFERENCED).then()
    second = replace(REFERENCED, signal_id="S-9")
    given(REFERENCE, REFERENCED).when(take, taken=second).then_refused(
        "signal-already-received"
    )


@forall(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_a_reference_is_a_key_whatever_it_is_written_in(one, other):
    keys = {signals.reference_key(Source.NPSP, text) for text in (one, other)}

    assert all(len(key) < 120 and key.isascii() for key in keys)
    assert (len(keys) == 1) is (one.strip() == other.strip())


def test_who_took_a_signal_in_reads_it_and_who_is_above_but_never_its_unit():
    assert signals.signal_readers("hong-ngu", unit(HONG_NGU), about="hn-an-loc") == (
        "hong-ngu",
        "dong-thap",
    )
    assert signals.signal_readers("hn-an-loc", UNIT, about="hn-an-loc") == ("hong-ngu",)
    assert signals.signal_readers("elsewhere", None, about="x") == ("elsewhere",)


@pytest.mark.parametrize(
    ("agency_id", "may"),
    [
        ("dong-thap-vp-ubnd", True),
        ("dong-thap", True),
        ("dong-thap-so-tnmt", True),
        ("hn-an-loc", False),
        ("hong-ngu", False),
    ],
)
def test_only_its_readers_deal_with_a_signal(agency_id, may):
    ask = {"agency_id": agency_id}
    signal = SIGNAL.fold([PETITION, classified(), FORWARDED])

    assert signal.known_to(agency_id) is may
    if not may:
        with pytest.raises(signals.SignalUnknown):
            triage.for_its_readers(signal, **ask)
        return
    triage.for_its_readers(signal, **ask)
    assert not SIGNAL.initial().known_to(agency_id)


@forall(st.integers(0, 60))
def test_in_time_and_late_are_never_both(days):
    on = RECEIVED_ON + timedelta(days=days)
    (done,) = triage.answer(
        SIGNAL.fold([PETITION, classified()]), document_number="1", on=on
    )

    assert done.late is (on > PETITION.answer_due.effective_due_on)
