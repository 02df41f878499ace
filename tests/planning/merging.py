"""Named examples of the reform of 2025-07-01 around Hồng Ngự."""

from datetime import date

from services.planning import domain
from tests.planning.examples import commune

REFORM = date(2025, 7, 1)
LAW = "Nghị quyết 1663/NQ-UBTVQH15"


def ward(code, kind, name):
    return domain.AgencyRegistered(
        agency_id=f"vn34-x{code}",
        kind=kind,
        name=f"Ủy ban nhân dân {name}",
        parent_id="vn34-p82",
        superior_id="vn34-p82",
        valid_from=REFORM,
        identifiers=(domain.Identifier(scheme="GSO", value=code, valid_from=REFORM),),
    )


AN_BINH = ward("29954", "PHUONG", "phường An Bình")
HONG_NGU_WARD = ward("29955", "PHUONG", "phường Hồng Ngự")
LONG_PHU_THUAN = ward("29992", "XA", "xã Long Phú Thuận")
TAN_LONG = ward("30154", "XA", "xã Tân Long")
AFTER = (AN_BINH, HONG_NGU_WARD, LONG_PHU_THUAN, TAN_LONG)
UNITS_AFTER = {it.agency_id: domain.Agency(entry=it).unit for it in AFTER}
AN_BINH_UNIT = UNITS_AFTER["vn34-x29954"]

PHU_THUAN_B = commune("vn63-x29995", "XA", "Ủy ban nhân dân xã Phú Thuận B", "29995")
MERGED = domain.AgencySucceeded(
    agency_id="hn-an-loc",
    name="Ủy ban nhân dân phường An Lộc",
    successors=(
        domain.Successor(
            agency_id="vn34-x29954",
            name=AN_BINH.name,
            relation=domain.Relation.WHOLE,
        ),
    ),
    effective_on=REFORM,
    legal_ref=LAW,
    automatic_to="vn34-x29954",
)
DIVIDED = domain.AgencySucceeded(
    agency_id="vn63-x29995",
    name=PHU_THUAN_B.name,
    successors=(
        domain.Successor(
            agency_id="vn34-x29992",
            name=LONG_PHU_THUAN.name,
            relation=domain.Relation.PART,
        ),
        domain.Successor(
            agency_id="vn34-x30154",
            name=TAN_LONG.name,
            relation=domain.Relation.PART,
        ),
    ),
    effective_on=REFORM,
    legal_ref=LAW,
    automatic_to=None,
)
DISSOLVED = domain.AgencyDissolved(
    agency_id="hn-an-loc",
    name="Ủy ban nhân dân phường An Lộc",
    effective_on=REFORM,
    legal_ref=LAW,
)
