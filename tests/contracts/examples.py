"""Examples of the published language, from the campaign of Hồng Ngự in 2023."""

from datetime import UTC, datetime
from uuid import UUID

from contracts.envelope import Envelope

OVERDUE = Envelope(
    id=UUID("6f2d8f2e-9a52-5a0e-8d4b-0c7a3d1b9e55"),
    source="/kiemtra/remediation",
    type="remediation.remediation-overdue.v1",
    subject="case-RC-07",
    partitionkey="I-2023-HN-07",
    time=datetime(2023, 10, 2, 17, tzinfo=UTC),
    correlationid=UUID(int=61),
    causationid=UUID(int=62),
    data={"case_id": "RC-07", "agency_name": "Xã Tân Hội"},
)
