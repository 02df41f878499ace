"""The plans of a province for one year, and who is inspected under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.cli.agencies import Entry
from services.cli.yearly.making import CONTENTS, Days, Made, step

DEPARTMENTS = (
    "Nội vụ",
    "Tư pháp",
    "Tài chính",
    "Kế hoạch và Đầu tư",
    "Xây dựng",
    "Giao thông vận tải",
    "Y tế",
    "Giáo dục và Đào tạo",
    "Công Thương",
    "Khoa học và Công nghệ",
    "Lao động - Thương binh và Xã hội",
    "Văn hóa, Thể thao và Du lịch",
    "Nông nghiệp và Phát triển nông thôn",
    "Tài nguyên và Môi trường",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One plan of a province: what it is called, and when its units are visited."""

    province: str
    superior: str
    lead: str
    programme: str
    plan_id: str
    title: str
    number: str
    issued_on: date
    groups: tuple[tuple[date, tuple[str, ...]], ...]

    @property
    def units(self) -> tuple[str, ...]:
        """Return every unit that the plan inspects."""
        return tuple(unit for _, units in self.groups for unit in units)


def registered(agencies: Sequence[Entry], day: date) -> Iterator[Made]:
    """Yield the steps that register the departments of a province."""
    province = _province(agencies)
    prefix = province["agency_id"]
    names = {f"{prefix}.so-{n:02}": f"Sở {name}" for n, name in enumerate(DEPARTMENTS)}
    names[f"{prefix}.vp"] = "Văn phòng Ủy ban nhân dân tỉnh"
    for agency_id, name in names.items():
        body = {
            "kind": "DEPARTMENT",
            "name": name,
            "parent_id": prefix,
            "superior_id": prefix,
            "mailbox": f"{agency_id.rpartition('.')[2]}@{prefix}.example",
            "valid_from": "2008-01-01",
        }
        yield step(
            f"{day}T08:00",
            ("kiemtra", "registrar"),
            f"planning/agencies/{agency_id}/register",
            body,
        )


def _province(agencies: Sequence[Entry]) -> Entry:
    return next(a for a in agencies if a["kind"] == "PROVINCIAL_PC")


def campaigns(agencies: Sequence[Entry], year: int) -> tuple[Campaign, Campaign]:
    """Return the two plans of a province: procedure control, and reform."""
    above = _province(agencies)["agency_id"]
    districts = [a["agency_id"] for a in agencies if a["kind"] == "DISTRICT"]
    below = {
        district: sorted(
            a["agency_id"]
            for a in agencies
            if a.get("parent_id") == district
            and a["kind"] in {"XA", "PHUONG", "THI_TRAN"}
        )
        for district in districts
    }
    departments = tuple(f"{above}.so-{n:02}" for n in range(1, len(DEPARTMENTS)))
    three = tuple(unit for units in below.values() for unit in units[:3])
    fourth = tuple(unit for units in below.values() for unit in units[3:4])
    control = Campaign(
        province=above,
        superior=above,
        lead=f"{above}.vp",
        programme="TTHC_CONTROL",
        plan_id=f"KH-KSTTHC-{year}-{above}",
        title=f"Kế hoạch kiểm tra công tác kiểm soát thủ tục hành chính năm {year}",
        number="30/KH-UBND",
        issued_on=date(year, 2, 2),
        groups=(
            (date(year, 4, 4), departments[:5]),
            (date(year, 7, 3), tuple(districts)),
            (date(year, 7, 24), three),
        ),
    )
    reform = Campaign(
        province=above,
        superior=above,
        lead=f"{above}.so-00",
        programme="PAR",
        plan_id=f"KH-CCHC-{year}-{above}",
        title=f"Kế hoạch kiểm tra công tác cải cách hành chính năm {year}",
        number="12/KH-UBND",
        issued_on=date(year, 1, 17),
        groups=(
            (date(year, 3, 1), tuple(districts)),
            (date(year, 5, 4), fourth),
            (date(year, 10, 2), departments[5:]),
        ),
    )
    return control, reform


def planned(campaign: Campaign, days: Days) -> Iterator[Made]:
    """Yield the steps from a draft to a plan in effect with its team."""
    planner, authority = (campaign.lead, "planner"), (campaign.superior, "authority")
    plan, issued = f"planning/plans/{campaign.plan_id}", campaign.issued_on
    drafted = days.before(issued, 5)
    draft = {
        "title": campaign.title,
        "year": issued.year,
        "level": "PROVINCE",
        "programmes": [campaign.programme],
        "issuer": campaign.superior,
        "lead_agency": campaign.lead,
        "content_items": list(CONTENTS),
        "remedy_policy": {"superior_id": campaign.superior},
    }
    yield step(f"{drafted}T08:00", planner, f"{plan}/draft", draft)
    for start, units in campaign.groups:
        window = {"start": str(start), "end": f"{issued.year}-12-15", "tentative": True}
        for unit in units:
            body = {"agency_id": unit, "window": window}
            yield step(f"{drafted}T09:00", planner, f"{plan}/add-unit", body)
    body = {"document_number": campaign.number, "issued_on": str(issued)}
    yield step(f"{issued}T08:00", authority, f"{plan}/issue", body)
    team = {
        "plan_id": campaign.plan_id,
        "decision_number": campaign.number.replace("KH", "QĐ"),
        "decided_on": str(issued),
        "lead_agency": campaign.lead,
        "seats": [
            {"agency_id": campaign.lead, "role": "HEAD", "person_ref": "p-01"},
            {"agency_id": campaign.lead, "role": "MEMBER", "person_ref": "p-02"},
            {"agency_id": campaign.lead, "role": "SECRETARY", "person_ref": "p-03"},
        ],
    }
    at = f"{days.after(issued, 2)}T08:00"
    yield step(at, authority, f"planning/teams/T-{campaign.plan_id}/establish", team)
