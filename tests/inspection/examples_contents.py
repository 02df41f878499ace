"""Named examples of checklists, answers, remedies on the spot, difficulties, repeats.

Made up after the texts: which provision is checked by which question is not in them.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from services.inspection import domain
from tests.inspection.examples import (
    PERSON,
    PLANNED,
    REVIEW,
    SHEET,
    STARTED,
    TERMS,
    VISIT_DAY,
)

ID = "I-2023-HN-07"
BASIS = domain.Provision(
    provision="NĐ 63/2010/NĐ-CP, Đ. 35a.2.d", valid_from=date(2017, 9, 25)
)
REPEALED = domain.Provision(
    provision="TT 02/2017/TT-VPCP, Đ. 10",
    valid_from=date(2017, 12, 15),
    valid_to=date(2023, 5, 21),
)
DIGITISED = domain.Target(
    code="DIGITISED", target=Decimal(90), due=date(2023, 6, 1), sense="AT_LEAST"
)
NO_DELAY = domain.Target(code="OVERDUE_OPEN", target=Decimal(0), sense="AT_MOST")
ITEMS = (
    domain.ChecklistItem(
        code="PROCEDURE_REVIEW",
        title="Rà soát, đánh giá thủ tục hành chính",
        legal_basis=(BASIS, REPEALED),
        questions=(
            domain.Question(code="PLAN", text="Đã cập nhật Kế hoạch rà soát chưa?"),
            domain.Question(code="RESULT", text="Đã báo cáo kết quả rà soát chưa?"),
        ),
    ),
    domain.ChecklistItem(code="DIGITISATION", title="Số hóa hồ sơ", metric=DIGITISED),
    domain.ChecklistItem(
        code="ONE_STOP", title="Một cửa, một cửa liên thông", metric=NO_DELAY
    ),
)
HASH = domain.content_hash("Phiếu kiểm tra kiểm soát TTHC", ITEMS)
PUBLISHED = domain.ChecklistPublished(
    checklist_id="PKT",
    version=1,
    sha256=HASH,
    title="Phiếu kiểm tra kiểm soát TTHC",
    items=ITEMS,
    published_on=date(2023, 4, 3),
    authority="hong-ngu-noi-vu",
)
# The next version asks one thing less.
FEWER = (replace(ITEMS[0], questions=ITEMS[0].questions[:1]), *ITEMS[1:])
PUBLISHED_2 = replace(
    PUBLISHED,
    version=2,
    items=FEWER,
    sha256=domain.content_hash(PUBLISHED.title, FEWER),
    published_on=VISIT_DAY,
)
PIN = domain.ChecklistPin(checklist_id="PKT", version=1, sha256=HASH)
WITH_LIST = replace(PLANNED, terms=replace(TERMS, checklist=PIN))
PINNED = domain.ChecklistPinned(
    inspection_id=ID,
    agency_id="hn-tan-hoi",
    pin=PIN,
    title=PUBLISHED.title,
    items=ITEMS,
)
BY_THE_LIST = (WITH_LIST, PINNED, STARTED)
ANSWER = domain.Answer(
    item="PROCEDURE_REVIEW", question="RESULT", result="NO", evidence=(SHEET,)
)
ANSWERED = domain.ItemAnswered(
    inspection_id=ID, agency_id="hn-tan-hoi", answer=ANSWER, by=PERSON
)
RECTIFIED = domain.FindingRectifiedOnSite(
    inspection_id=ID,
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    finding_id="F-07-1",
    how="Đã cập nhật Kế hoạch rà soát ngay trong buổi kiểm tra",
    evidence=(SHEET,),
    rectified_on=VISIT_DAY,
    by=PERSON,
)
LIABLE = domain.HeadLiability(
    finding_id="F-07-1",
    head_ref="p-71",
    liability="DIRECT",
    reason="Không chỉ đạo cập nhật Kế hoạch",
)
DETERMINED = domain.HeadAccountabilityDetermined(
    inspection_id=ID,
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    head=replace(LIABLE, head_source="OFFICER"),
    determined_on=VISIT_DAY,
    by=PERSON,
)
NO_SCANNER = domain.Difficulty(
    difficulty_id="VM-1",
    text="Máy quét không đáp ứng yêu cầu số hóa",
    addressee="hong-ngu",
)
STUCK = domain.DifficultyReported(
    inspection_id=ID,
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="Ủy ban nhân dân xã Tân Hội",
    difficulty=NO_SCANNER,
    reported_on=VISIT_DAY,
)
HELPED = domain.DifficultyAnswered(
    inspection_id=ID,
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    difficulty_id="VM-1",
    addressee="hong-ngu",
    text="Trang bị máy quét trong quý III",
    answered_on=date(2023, 5, 30),
    document_number="512/UBND-NC",
)
UPWARD = domain.UpwardRecommendation(
    recommendation_id="KN-1",
    addressee="dong-thap",
    text="Sửa đổi, bổ sung nhiệm vụ số hóa trong Kế hoạch",
)
CARRIED = domain.CarriedItem(
    ref="766-2022-1", text="Điểm số hóa dưới trung bình", source="INDEX_766"
)
PILOTED = domain.GoodPracticePiloted(
    practice_id="GP-1",
    units=("hn-an-lac",),
    start=date(2023, 6, 1),
    end=date(2023, 8, 31),
    piloted_on=date(2023, 5, 30),
)
PROPOSED = domain.GoodPracticeProposed(
    practice_id="GP-1",
    scope=("hn-an-loc", "hn-an-thanh"),
    text="Nhân rộng mã QR đến tất cả các xã, phường",
    proposed_on=date(2023, 9, 5),
    authority="hong-ngu-noi-vu",
)
ADOPTED = domain.AdoptionNoted(
    practice_id="GP-1",
    directive_id="RQ-2",
    agency_id="hn-an-loc",
    adopted_on=date(2023, 10, 2),
)
EFFECT = domain.EffectNoted(
    practice_id="GP-1",
    directive_id="RQ-2",
    agency_id="hn-an-loc",
    metric="ONLINE_SUBMITTED",
    before=41.0,
    after=63.5,
    measured_on=date(2023, 12, 29),
)
NO_MODEL = domain.GoodPracticeWithdrawn(
    practice_id="GP-1",
    reason="Cổng dịch vụ công đã thay thế",
    withdrawn_on=date(2023, 12, 29),
)
REMEMBERED = domain.FindingRemembered(
    agency_id="hn-tan-hoi",
    inspection_id=ID,
    finding_id="F-07-1",
    item=REVIEW.item,
    legal_basis=REVIEW.legal_basis,
    raised_on=VISIT_DAY,
)
A_YEAR_ON = replace(
    REMEMBERED,
    inspection_id="I-2024-HN-07",
    finding_id="F-24-1",
    legal_basis=("nđ 63/2010/NĐ-CP,  Đ. 35a.2.d",),
    raised_on=date(2024, 5, 20),
)
FORGOTTEN = domain.FindingForgotten(agency_id="hn-tan-hoi", finding_id="F-07-1")
DID_NOT_LAST = domain.RemedyRemembered(
    agency_id="hn-tan-hoi",
    recommendation_id="RC-07",
    finding_ids=("F-07-1",),
    text="Khẩn trương cập nhật Kế hoạch rà soát",
)
SUCCEEDED = domain.PredecessorNamed(
    agency_id="hn-thuong-lac",
    predecessor_id="hn-tan-hoi",
    effective_on=date(2023, 12, 1),
)
REPEATED = domain.FindingRepeated(
    agency_id="hn-tan-hoi",
    inspection_id="I-2024-HN-07",
    finding_id="F-24-1",
    item=REVIEW.item,
    earlier=(
        domain.Earlier(
            finding_id="F-07-1",
            inspection_id=ID,
            agency_id="hn-tan-hoi",
            raised_on=VISIT_DAY,
            remedies=(DID_NOT_LAST.text,),
        ),
    ),
    times=2,
    years=2,
    noticed_on=date(2024, 5, 20),
)
PRIVATE = (
    PINNED,
    ANSWERED,
    ADOPTED,
    EFFECT,
    REMEMBERED,
    FORGOTTEN,
    DID_NOT_LAST,
    SUCCEEDED,
)
TOLD = (
    PUBLISHED,
    RECTIFIED,
    DETERMINED,
    STUCK,
    HELPED,
    PILOTED,
    PROPOSED,
    NO_MODEL,
    REPEATED,
)
UNSHOWN = (REMEMBERED, FORGOTTEN, DID_NOT_LAST, SUCCEEDED)
EVERYTHING = (*(event for event in PRIVATE if event not in UNSHOWN), *TOLD)
