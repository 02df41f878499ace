"""The words of the notices: Vietnamese, complete, all of them used."""

import re
import unicodedata

import pytest

from services.chassis.context import acting
from services.notification.handlers import PHRASES, TEMPLATES
from services.notification.subscriptions import ON, OWN
from tests.notification.examples import (
    CONCLUDED,
    ESCALATED,
    HONG_NGU,
    MISSED,
    NEAR,
    TAN_HOI,
    UNIT_NOTIFIED,
    heard,
)
from tests.notification.letters import DONG_THAP, LETTERS, Known
from tests.notification.report_examples import EVERYBODY, WORK_LETTERS

GREETINGS = ("Kính gửi: UBND ", "Kính gửi: Sở ", "Kính gửi: Văn phòng ")
EVENTS = (
    *(UNIT_NOTIFIED, CONCLUDED, NEAR, MISSED, ESCALATED),
    *(event for event, *_ in LETTERS.values()),
    *(event for event, _ in WORK_LETTERS.values()),
)
KINDS = {
    "inspection-notice": "Thông báo lịch kiểm tra",
    "conclusion-notice": "Thông báo kết luận kiểm tra",
    "reminder": "Nhắc hạn",
    "urging": "Đôn đốc",
    "escalation": "Báo cáo cấp trên",
    **{template: begins for template, (*_, begins) in LETTERS.items()},
    **{template: begins for template, (_, begins) in WORK_LETTERS.items()},
}
# A Vietnamese word without a mark is common (trong, theo); a line without any is not.
MARKED = re.compile(
    r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]"
)


@pytest.fixture
async def letters(journal):
    told = {**ON, **OWN}
    rows = Known(TAN_HOI, HONG_NGU, DONG_THAP, *EVERYBODY)
    for event in EVENTS:
        with acting(heard()):
            await told[type(event)](event, journal, rows=rows)
    return {r.event.template: r.event.letter for r in await journal.after(0, 99)}


def test_there_is_one_template_for_each_kind_of_notice():
    assert set(TEMPLATES) == set(KINDS)


async def test_every_template_is_used_by_an_event(letters):
    assert set(letters) == set(TEMPLATES)


async def test_no_letter_leaves_anything_open(letters):
    for letter in letters.values():
        for text in (letter.subject, letter.body):
            assert "$" not in text
            assert "None" not in text


async def test_every_letter_is_addressed_and_says_what_it_is(letters):
    for template, letter in letters.items():
        assert letter.subject.startswith(KINDS[template])
        assert letter.body.startswith(GREETINGS)


@pytest.mark.parametrize("name", KINDS)
def test_every_line_of_a_template_has_its_diacritics(name):
    words = unicodedata.normalize("NFC", TEMPLATES[name]).lower()

    assert words == TEMPLATES[name].lower()
    for line in words.splitlines():
        if re.sub(r"\$\w+|\W", "", line):
            assert MARKED.search(line), line


def test_every_phrase_has_its_diacritics():
    names = ("on", "n", "month", "quarter", "year", "number", "text", "due")
    fields = dict.fromkeys(names, "1")
    for name in PHRASES:
        said = PHRASES.say(name, **fields, id="1", outline="1")
        assert MARKED.search(said.lower()), name
