"""Invariants of what is asked, answered and proved at a unit."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inspection import domain
from services.inspection.handlers import CHECKLIST, INSPECTION
from tests.inspection.examples import ARRIVAL, FILE, PLANNED, TERMS, VISIT_DAY
from tests.inspection.examples_contents import PIN

CODES = st.sampled_from(["A", "B", "C", "D"])
QUESTIONS = st.lists(CODES, min_size=1, max_size=4, unique=True).map(
    lambda codes: tuple(domain.Question(code=c, text=f"Câu {c}?") for c in codes)
)
ITEMS = st.lists(CODES, min_size=1, max_size=4, unique=True).flatmap(
    lambda codes: st.tuples(
        *(
            st.builds(
                domain.ChecklistItem,
                code=st.just(code),
                title=st.just(f"Nội dung {code}"),
                questions=QUESTIONS,
            )
            for code in codes
        )
    )
)
FILES = st.builds(
    domain.Evidence, reference=st.just("phiếu"), sha256=st.sampled_from([FILE, "", "0"])
)
ANSWERS = st.builds(
    domain.Answer,
    item=CODES,
    question=CODES,
    result=st.sampled_from(["YES", "NO", "PARTLY"]),
    evidence=st.lists(FILES, max_size=1).map(tuple),
)


def published(versions):
    """Return a checklist of which *versions* were published, as far as it took them."""
    events = []
    for number, items in enumerate(versions, start=1):
        events += domain.publish_checklist(
            CHECKLIST.fold(events),
            checklist_id="PKT",
            version=number,
            title="Phiếu",
            items=items,
            on=VISIT_DAY,
        )
    return CHECKLIST.fold(events)


@given(
    st.lists(ITEMS, min_size=1, max_size=3),
    st.integers(1, 3),
    st.lists(ANSWERS, max_size=8),
)
def test_answers_are_of_the_pinned_version_whatever_was_published(
    versions, ordered, asked
):
    number = min(ordered, len(versions))
    at_first = published(versions[:number])
    pin = replace(PIN, version=number, sha256="")
    planned = replace(PLANNED, terms=replace(TERMS, checklist=pin))
    events = [planned]
    events += domain.start_visit(
        INSPECTION.fold(events), at=ARRIVAL, site=None, by="p-1", checklist=at_first
    )
    all_of_them = published(versions)
    for answer in asked:
        try:
            events += domain.answer_item(
                INSPECTION.fold(events), answer=answer, by="p-1"
            )
        except domain.InspectionRefused:
            continue
        for later in range(number + 1, len(versions) + 1):
            refused(events, replace(pin, version=later), all_of_them)

    asks = {(i.code, q.code) for i in versions[number - 1] for q in i.questions}
    for event in events:
        if isinstance(event, domain.ItemAnswered):
            assert (event.answer.item, event.answer.question) in asks
            assert all(piece.sha256 == FILE for piece in event.answer.evidence)
    for answer in asked:
        sound = all(piece.sha256 == FILE for piece in answer.evidence)
        if sound and (answer.item, answer.question) in asks:
            kept = INSPECTION.fold(events).folder.answers
            assert (answer.item, answer.question) in kept


def refused(events, pin, checklist):
    with pytest.raises(domain.InspectionRefused) as no:
        domain.pin_checklist(INSPECTION.fold(events), pin=pin, checklist=checklist)
    assert no.value.code == "visit-started"


@given(ITEMS, ITEMS)
def test_one_hash_is_one_content(one, other):
    same = domain.content_hash("Phiếu", one) == domain.content_hash("Phiếu", other)

    assert same == (one == other)


@given(
    st.integers(0, 10**6),
    st.integers(1, 10**6),
    st.decimals(0, 100, places=4),
    st.sampled_from(["AT_LEAST", "AT_MOST"]),
    st.dates(date(2023, 1, 1), date(2023, 12, 31)),
)
def test_a_figure_meets_its_target_exactly(part, whole, target, sense, due):
    part = min(part, whole)
    wanted = domain.Target(code="X", target=Decimal(target), sense=sense, due=due)
    pinned = domain.ChecklistPinned(
        inspection_id="I-2023-HN-07",
        agency_id="hn-tan-hoi",
        pin=PIN,
        title="Phiếu",
        items=(domain.ChecklistItem(code="A", title="A", metric=wanted),),
    )
    started = domain.start_visit(
        INSPECTION.fold((PLANNED,)), at=ARRIVAL, site=None, by="p-1"
    )
    figure = domain.Metric(
        code="X",
        numerator=part,
        denominator=whole,
        as_of=VISIT_DAY,
        source_system="một cửa",
    )

    [event] = domain.record_metric(
        INSPECTION.fold((PLANNED, pinned, *started)), metric=figure
    )

    share, aim = Fraction(part * 100, whole), Fraction(target)
    met = share >= aim if sense == "AT_LEAST" else share <= aim
    late = due <= VISIT_DAY
    assert event.verdict == ("MET" if met else "MISSED" if late else "NOT_DUE")
