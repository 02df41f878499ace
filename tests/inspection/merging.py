"""Named examples of the reform of 2025-07-01, as inspection hears of it."""

from datetime import date

from contracts import registry as heard
from services.inspection import domain

REFORM = date(2025, 7, 1)
LAW = "Nghị quyết 1663/NQ-UBTVQH15"
WARD = domain.Heir(
    agency_id="vn34-x29955", name="Ủy ban nhân dân phường Hồng Ngự", relation="WHOLE"
)
PARTS = (
    domain.Heir(
        agency_id="vn34-x29992",
        name="Ủy ban nhân dân xã Long Phú Thuận",
        relation="PART",
    ),
    domain.Heir(
        agency_id="vn34-x30154", name="Ủy ban nhân dân xã Tân Long", relation="PART"
    ),
)
MERGED = domain.UnitEnded(
    agency_id="hn-tan-hoi",
    name="Ủy ban nhân dân xã Tân Hội",
    heirs=(WARD,),
    automatic_to="vn34-x29955",
    effective_on=REFORM,
    legal_ref=LAW,
)
DIVIDED = domain.UnitEnded(
    agency_id="hn-tan-hoi",
    name="Ủy ban nhân dân xã Tân Hội",
    heirs=PARTS,
    automatic_to=None,
    effective_on=REFORM,
    legal_ref=LAW,
)
TRANSFERRED = domain.InspectionTransferred(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    round_id="R-2023-HN",
    from_agency="hn-tan-hoi",
    from_name="Ủy ban nhân dân xã Tân Hội",
    agency_id="vn34-x29955",
    agency_name="Ủy ban nhân dân phường Hồng Ngự",
    relation="WHOLE",
    transferred_on=REFORM,
    legal_ref=LAW,
)
REQUIRED = domain.TransferDecisionRequired(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    round_id="R-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="Ủy ban nhân dân xã Tân Hội",
    heirs=PARTS,
    required_on=REFORM,
    legal_ref=LAW,
)
SUCCEEDED = heard.AgencySucceeded(
    agency_id="hn-tan-hoi",
    name="Ủy ban nhân dân xã Tân Hội",
    successors=(
        heard.Successor(agency_id=WARD.agency_id, name=WARD.name, relation="WHOLE"),
    ),
    effective_on=REFORM,
    legal_ref=LAW,
    automatic_to="vn34-x29955",
)
DISSOLVED = heard.AgencyDissolved(
    agency_id="hn-tan-hoi",
    name="Ủy ban nhân dân xã Tân Hội",
    effective_on=REFORM,
    legal_ref=LAW,
)


class MemoryLineage:
    """Which inspections wait for which unit, told beforehand."""

    def __init__(self, waiting=()):
        self.waiting = dict(waiting)
        self.names = {it.agency_id: it.name for it in (WARD, *PARTS)}

    async def waiting_for(self, agency_id, *, seen):
        assert seen
        return self.waiting.get(agency_id, ())

    async def name_of(self, agency_id, *, on):
        assert on
        return self.names.get(agency_id)
