"""Official documents: a number once per agency and year; never edited."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning.domain import documents
from services.planning.handlers.documents import DOCUMENT
from tests.planning.change_examples import CORRECTED, RECALLED, RECORDED, REPLACED

record = partial(documents.record, recorded=RECORDED)
OTHER = replace(RECORDED, document_number="52/KH-UBND", number=52)
LETTER = replace(RECORDED, document_number="231/UBND-NC", type="CV")
replace_ = partial(
    documents.replace_by, other=OTHER, reason="Sai nội dung", on=date(2023, 4, 25)
)
correct = partial(
    documents.correct,
    letter=LETTER,
    correction="Thể thức phần nơi nhận",
    on=date(2023, 4, 24),
)
recall = partial(
    documents.recall, reason="Ban hành sai thẩm quyền", on=date(2023, 4, 26)
)


@pytest.mark.seed("1.1")
@pytest.mark.parametrize(
    ("text", "number", "notation", "kind", "year"),
    [
        ("61/KH-UBND", 61, "KH-UBND", "KH", None),
        ("210/QĐ-UBND", 210, "QĐ-UBND", "QĐ", None),
        ("01/TTr-SNV", 1, "TTr-SNV", "TTr", None),
        ("231/SNV-CCHC", 231, "SNV-CCHC", "CV", None),
        ("63/2010/NĐ-CP", 63, "NĐ-CP", "NĐ", 2010),
        ("45/TB-VPCP", 45, "TB-VPCP", "TB", None),
    ],
)
def test_a_number_and_notation_are_taken_apart(text, number, notation, kind, year):
    found = documents.parse(text)

    assert (found.number, found.notation) == (number, notation)
    assert (found.type, found.year) == (kind, year)


@pytest.mark.parametrize("text", ["", "KH-UBND", "61", "61/kh-ubnd", "61-KH", "6/KH 1"])
def test_what_is_no_number_and_notation_is_refused(text):
    with pytest.raises(documents.DocumentRefused) as refused:
        documents.parse(text)

    assert refused.value.code == "document-number-malformed"


def test_two_notations_never_share_an_id():
    ids = {
        documents.document_id("hong-ngu", 2023, documents.parse(text))
        for text in ("1/QĐ-UBND", "1/QD-UBND", "1/Qđ-UBND", "1/Q&-UBND", "1/Qd-UBND")
    }

    assert len(ids) == 5


def test_a_document_is_recorded_under_its_number():
    signed = documents.signed(
        agency_id="hong-ngu",
        document_number="45/KH-UBND",
        issued_on=date(2023, 4, 20),
        subject="KH-2023-HN",
    )

    assert signed == RECORDED
    given(DOCUMENT).when(record).then(RECORDED)
    given(DOCUMENT, RECORDED).when(record).then_nothing()


def test_a_number_is_given_once_a_year():
    other = replace(RECORDED, subject="KH-2023-KHAC")

    given(DOCUMENT, RECORDED).when(documents.record, recorded=other).then_refused(
        "document-number-taken"
    )


def test_another_of_the_same_form_takes_its_place():
    given(DOCUMENT, RECORDED).when(replace_).then(REPLACED)
    given(DOCUMENT, RECORDED, REPLACED).when(replace_).then_nothing()
    third = partial(replace_, other=replace(OTHER, document_number="60/KH-UBND"))
    given(DOCUMENT, RECORDED, REPLACED).when(third).then_refused("document-replaced")
    notice = partial(replace_, other=replace(OTHER, type="TB"))
    given(DOCUMENT, RECORDED).when(notice).then_refused("replacing-form-differs")
    given(DOCUMENT).when(replace_).then_refused("unknown-document")


def test_a_letter_corrects_its_form():
    given(DOCUMENT, RECORDED).when(correct).then(CORRECTED)
    given(DOCUMENT, RECORDED, CORRECTED).when(correct).then_nothing()
    plan = partial(correct, letter=OTHER)
    given(DOCUMENT, RECORDED).when(plan).then_refused("correction-not-a-letter")
    given(DOCUMENT, RECORDED, RECALLED).when(correct).then_refused("document-recalled")
    given(DOCUMENT).when(correct).then_refused("unknown-document")


def test_a_document_is_taken_back_once():
    given(DOCUMENT, RECORDED).when(recall).then(RECALLED)
    given(DOCUMENT, RECORDED, RECALLED).when(recall).then_nothing()
    given(DOCUMENT, RECORDED, REPLACED).when(recall).then_refused("document-replaced")
    given(DOCUMENT).when(recall).then_refused("unknown-document")
