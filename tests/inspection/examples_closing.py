"""How the inspection of Tân Hội ends: carried over into 2024."""

from datetime import date

from services.inspection import domain

ID = "I-2023-HN-07"
CARRIED_OVER = domain.RemedySettled(
    inspection_id=ID,
    recommendation_id="RC-07",
    settled_as="CARRIED_OVER",
    settled_on=date(2023, 12, 20),
)
REOPENED = domain.RemedyReopened(
    inspection_id=ID, recommendation_id="RC-07", reopened_on=date(2024, 2, 1)
)
CLOSED = domain.InspectionClosed(
    inspection_id=ID,
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="Ủy ban nhân dân xã Tân Hội",
    closed_on=date(2023, 12, 20),
    verified=0,
    waived=0,
    carried_over=1,
)
PRIVATE = (CARRIED_OVER, REOPENED)
TOLD = (CLOSED,)
EVERYTHING = (*PRIVATE, *TOLD)
