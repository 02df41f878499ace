"""Notices of the Hồng Ngự campaign, and the events that ask for them."""

from datetime import date, datetime
from uuid import UUID, uuid5

from contracts import inspection, registry, remediation
from services.chassis.context import HANOI, Context
from services.notification import domain
from tests.conftest import STORY

SOURCE = UUID("00000000-0000-4000-8000-0000000000aa")
DATED = datetime(2023, 10, 3, tzinfo=HANOI)
URGING = domain.Urging(
    case_id="RC-08", agency_id="hn-tan-hoi", level=0, urged_on=date(2023, 10, 3)
)
LETTER = domain.Letter(
    mailbox="vanthu@tanhoi.example",
    subject="Đôn đốc: kiến nghị RC-08",
    body="Kính gửi: UBND xã Tân Hội\n",
    dated=DATED,
)
NAMED = {"notice_id": "N-1", "recipient_id": "hn-tan-hoi"}
REQUESTED = domain.NoticeRequested(
    **NAMED, template="urging", about="RC-08", letter=LETTER, urging=URGING
)
DELIVERED = domain.NoticeDelivered(
    **NAMED,
    template="urging",
    about="RC-08",
    message_id="<N-1@kiemtra.local>",
    urging=URGING,
)
FAILED = domain.NoticeFailed(
    **NAMED, template="urging", about="RC-08", code="smtp-451", attempt=1, final=False
)
GIVEN_UP = domain.NoticeFailed(
    **NAMED, template="urging", about="RC-08", code="smtp-550", attempt=2, final=True
)
RETRIED = domain.NoticeRetried(**NAMED, letter=LETTER)

CASE = {
    "case_id": "RC-08",
    "inspection_id": "I-2023-HN-07",
    "agency_id": "hn-tan-hoi",
    "agency_name": "UBND xã Tân Hội",
    "text": "Hoàn thành việc số hóa trong tháng 9 năm 2023",
    "due_on": date(2023, 9, 30),
    "effective_due_on": date(2023, 10, 2),
}
UNIT_NOTIFIED = inspection.UnitNotified(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="UBND xã Tân Hội",
    notified_on=date(2023, 4, 28),
    planned_on=date(2023, 5, 22),
    programmes=("PAR", "TTHC_CONTROL"),
    content_items=("PUBLICATION", "DIGITISATION"),
    outline="Đề cương 01",
)
CONCLUDED = inspection.ConclusionIssued(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="UBND xã Tân Hội",
    document_number="07/TB-UBND",
    issued_on=date(2023, 6, 5),
    due_on=date(2023, 6, 13),
    findings=("F-07-1", "F-07-2"),
    recommendations=(
        inspection.Recommendation(
            recommendation_id="RC-07",
            finding_ids=("F-07-1",),
            text="Cập nhật Kế hoạch rà soát TTHC",
            due_rule=inspection.DueRule(kind="DEFAULT"),
        ),
        inspection.Recommendation(
            recommendation_id="RC-08",
            finding_ids=("F-07-2",),
            text="Hoàn thành việc số hóa",
            due_rule=inspection.DueRule(kind="END_OF_MONTH", year=2023, month=9),
        ),
    ),
)
NEAR = remediation.RemediationReminded(**CASE)
MISSED = remediation.RemediationOverdue(
    **CASE,
    recommendation_id="RC-08",
    finding_ids=("F-07-2",),
    due_rule=inspection.DueRule(kind="END_OF_MONTH", year=2023, month=9),
    overdue_from=date(2023, 10, 3),
    calendar_version="v",
)
ESCALATED = remediation.RemediationEscalated(
    **CASE,
    recommendation_id="RC-08",
    superior_id="hong-ngu",
    overdue_from=date(2023, 10, 3),
    level=1,
)
TAN_HOI = registry.AgencyRegistered(
    agency_id="hn-tan-hoi",
    kind="XA",
    name="UBND xã Tân Hội",
    parent_id="hong-ngu",
    superior_id="hong-ngu",
    mailbox="vanthu@tanhoi.example",
    valid_from=date(2021, 1, 1),
)
HONG_NGU = registry.AgencyRegistered(
    agency_id="hong-ngu",
    kind="DISTRICT",
    name="UBND thành phố Hồng Ngự",
    mailbox="vanthu@hongngu.example",
    valid_from=date(2021, 1, 1),
)


class Agencies:
    """The view `agencies`, as far as the registry has told."""

    def __init__(self, *registered):
        self._known = {a.agency_id: a.model_dump() for a in registered}

    async def fetch(self, sql, *arguments):
        assert "FROM agencies" in sql
        [agency_id] = arguments
        return [self._known[agency_id]] if agency_id in self._known else []

    async def caught_up(self, position):
        del position


def heard(at=DATED, cause=SOURCE):
    """Return the context in which a reaction answers an event."""
    return Context(
        actor="service:notification",
        correlation_id=STORY,
        causation_id=cause,
        occurred_at=at,
    )


def notice_id(template, cause=SOURCE):
    return str(uuid5(cause, template))
