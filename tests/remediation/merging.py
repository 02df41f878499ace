"""Named examples of the reform of 2025-07-01, as remediation hears of it."""

from datetime import date

from contracts import registry as heard
from services.remediation import domain
from tests.remediation.examples import ASKED, NAMED

REFORM = date(2025, 7, 1)
LAW = "Nghị quyết 1663/NQ-UBTVQH15"
WARD = domain.Candidate(
    agency_id="vn34-x29955", name="UBND phường Hồng Ngự", relation="WHOLE"
)
PARTS = (
    domain.Candidate(
        agency_id="vn34-x29992", name="UBND xã Long Phú Thuận", relation="PART"
    ),
    domain.Candidate(agency_id="vn34-x30154", name="UBND xã Tân Long", relation="PART"),
)
MERGED = domain.UnitEnded(
    agency_id="hn-tan-hoi",
    name="UBND xã Tân Hội",
    candidates=(WARD,),
    automatic_to="vn34-x29955",
    effective_on=REFORM,
    legal_ref=LAW,
)
DIVIDED = domain.UnitEnded(
    agency_id="hn-tan-hoi",
    name="UBND xã Tân Hội",
    candidates=PARTS,
    automatic_to=None,
    effective_on=REFORM,
    legal_ref=LAW,
)
DISTRICT_GONE = domain.UnitEnded(
    agency_id="hong-ngu",
    name="UBND thành phố Hồng Ngự",
    candidates=(),
    automatic_to=None,
    effective_on=REFORM,
    legal_ref=LAW,
)
HANDED_OVER = domain.CaseHandedOver(
    **NAMED,
    concerns=domain.Concerns.UNIT,
    from_agency="hn-tan-hoi",
    from_name="UBND xã Tân Hội",
    to_agency="vn34-x29955",
    to_name="UBND phường Hồng Ngự",
    relation="WHOLE",
    handed_over_on=REFORM,
    legal_ref=LAW,
    decided_by=None,
    reason=None,
)
REQUIRED = domain.HandoverDecisionRequired(
    **NAMED,
    agency_name="UBND xã Tân Hội",
    text=ASKED["text"],
    concerns=domain.Concerns.UNIT,
    ended_agency="hn-tan-hoi",
    ended_name="UBND xã Tân Hội",
    candidates=PARTS,
    required_on=REFORM,
    legal_ref=LAW,
)
AUTHORITY_REQUIRED = domain.HandoverDecisionRequired(
    **NAMED,
    agency_name="UBND xã Tân Hội",
    text=ASKED["text"],
    concerns=domain.Concerns.AUTHORITY,
    ended_agency="hong-ngu",
    ended_name="UBND thành phố Hồng Ngự",
    candidates=(),
    required_on=REFORM,
    legal_ref=LAW,
)

SUCCEEDED = heard.AgencySucceeded(
    agency_id="hn-tan-hoi",
    name="UBND xã Tân Hội",
    successors=(
        heard.Successor(
            agency_id="vn34-x29955", name="UBND phường Hồng Ngự", relation="WHOLE"
        ),
    ),
    effective_on=REFORM,
    legal_ref=LAW,
    automatic_to="vn34-x29955",
)
SPLIT = heard.AgencySucceeded(
    agency_id="hn-tan-hoi",
    name="UBND xã Tân Hội",
    successors=tuple(
        heard.Successor(agency_id=it.agency_id, name=it.name, relation=it.relation)
        for it in PARTS
    ),
    effective_on=REFORM,
    legal_ref=LAW,
)
DISSOLVED = heard.AgencyDissolved(
    agency_id="hong-ngu",
    name="UBND thành phố Hồng Ngự",
    effective_on=REFORM,
    legal_ref=LAW,
)


class MemoryHoldings:
    """What agencies hold, told beforehand; remembers what its askers had seen."""

    def __init__(self, held=(), names=None, asked=(), awaited=()):
        self.held = dict(held)
        self.asked, self.awaited = dict(asked), dict(awaited)
        self.names = names or {it.agency_id: it.name for it in (WARD, *PARTS)}
        self.seen = []

    async def open_with(self, agency_id, *, seen):
        self.seen.append(seen)
        return self.held.get(agency_id, ())

    async def asked_of(self, agency_id, *, seen):
        self.seen.append(seen)
        return self.asked.get(agency_id, ())

    async def awaited_from(self, agency_id, *, seen):
        self.seen.append(seen)
        return self.awaited.get(agency_id, ())

    async def name_of(self, agency_id, *, on):
        assert on
        return self.names.get(agency_id)
