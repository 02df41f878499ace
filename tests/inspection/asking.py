"""What is asked of inspection over HTTP, as JSON, and by whom."""

from services.chassis.journal import Append
from services.chassis.testing.client import bearer
from tests.inspection.examples import FILE
from tests.inspection.moments import at, hanoi

INSPECTION = "inspection-I-2023-HN-07"
ROUND = "round-R-2023-HN"
OF_IT = "/inspections/I-2023-HN-07"
PHOTO = {"reference": "anh-01", "sha256": FILE}
FINDING = {
    "finding_id": "F-07-1",
    "item": "PROCEDURE_REVIEW",
    "kind": "LIMITATION",
    "description": "Chưa cập nhật Kế hoạch rà soát, đánh giá TTHC năm 2023",
    "legal_basis": ["NĐ 63/2010/NĐ-CP, Đ. 35a.2.d"],
    "evidence": [PHOTO],
}
ASSESSMENT = {"item": "DIRECTION", "rating": "GOOD"}
METRIC = {"code": "ONLINE", "numerator": 412, "source_system": "mot-cua"}
MINUTES = {"document_number": "07/BB-TKT", "sha256": FILE}
RECOMMENDATION = {
    "recommendation_id": "RC-07",
    "finding_ids": ["F-07-1"],
    "text": "Khẩn trương khắc phục",
    "due": {"kind": "DEFAULT"},
}
CONCLUSION = {
    "document_number": "67/TB-UBND",
    "issued_on": "2023-06-05",
    "recommendations": [RECOMMENDATION],
}
PRACTICE = {
    "round_id": "R-2023-HN",
    "name": "Niêm yết thủ tục hành chính bằng mã QR",
    "adopters": ["hn-binh-thanh", "hn-tan-hoi"],
}
REQUEST = {"request_id": "RQ-1", "kind": "STANDING_DUTY", "text": "Tự kiểm tra"}
OFFICER = {"issue-conclusion": "authority"}


async def begin(journal, stream, history):
    if history:
        with at(hanoi(4, 1), stream):
            await journal.append(Append(stream=stream, expected=0, events=history))


async def ask(client, role, path, body):
    officer = bearer(f"dev:hong-ngu-noi-vu:{role}:p-01")
    return await client.post(path, json=body, headers=officer)


def code(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()["type"].removeprefix("/problems/")
