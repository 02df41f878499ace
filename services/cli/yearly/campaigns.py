"""The plans of a province for one year, and who is inspected under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.cli.agencies import Entry
from services.cli.yearly.making import CONTENTS, Days, Made, drawn, step

EACH: Made = {"kind": "COMMUNE", "parent": "DISTRICT", "selected": True}
SEASON = timedelta(days=74)  # so two plans stay apart at one kind of unit
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
    quotas: tuple[Made, ...]
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
    return _control(above, agencies, year), _reform(above, agencies, year)


def _control(above: str, agencies: Sequence[Entry], year: int) -> Campaign:
    """Return the plan of procedure control: 5 + all districts + 3 of each."""
    return Campaign(
        province=above,
        superior=above,
        lead=f"{above}.vp",
        programme="TTHC_CONTROL",
        plan_id=f"KH-KSTTHC-{year}-{above}",
        title=f"Kế hoạch kiểm tra công tác kiểm soát thủ tục hành chính năm {year}",
        number="30/KH-UBND",
        issued_on=date(year, 2, 2),
        quotas=(
            {"kind": "DEPARTMENT", "rule": "EXACT", "n": 5, "parent": above},
            {"kind": "DISTRICT", "rule": "ALL", "parent": above},
            {**EACH, "rule": "EXACT_PER_PARENT", "n": 3},
        ),
        groups=(
            (date(year, 4, 4), _departments(above)[:5]),
            (date(year, 7, 3), tuple(_communes(agencies))),
            (date(year, 7, 24), _of_each(agencies, 0, 3)),
        ),
    )


def _reform(above: str, agencies: Sequence[Entry], year: int) -> Campaign:
    """Return the plan of reform: all districts, at least 1 of each, at least 8."""
    return Campaign(
        province=above,
        superior=above,
        lead=f"{above}.so-00",
        programme="PAR",
        plan_id=f"KH-CCHC-{year}-{above}",
        title=f"Kế hoạch kiểm tra công tác cải cách hành chính năm {year}",
        number="12/KH-UBND",
        issued_on=date(year, 1, 17),
        quotas=(
            {"kind": "DISTRICT", "rule": "ALL", "parent": above},
            {**EACH, "rule": "AT_LEAST_PER_PARENT", "n": 1},
            {"kind": "DEPARTMENT", "rule": "AT_LEAST", "n": 8, "parent": above},
        ),
        groups=(
            (date(year, 3, 1), tuple(_communes(agencies))),
            (date(year, 5, 4), _of_each(agencies, 3, 4)),
            (date(year, 10, 2), _departments(above)[5:]),
        ),
    )


def _departments(above: str) -> tuple[str, ...]:
    """Return the departments but the one that leads the plan of reform."""
    return tuple(f"{above}.so-{n:02}" for n in range(1, len(DEPARTMENTS)))


def _of_each(agencies: Sequence[Entry], first: int, last: int) -> tuple[str, ...]:
    """Return some communes of each district."""
    return tuple(u for units in _communes(agencies).values() for u in units[first:last])


def _communes(agencies: Sequence[Entry]) -> dict[str, list[str]]:
    """Return the communes of each district, in order."""
    districts = [a["agency_id"] for a in agencies if a["kind"] == "DISTRICT"]
    return {
        district: sorted(
            a["agency_id"]
            for a in agencies
            if a.get("parent_id") == district
            and a["kind"] in {"XA", "PHUONG", "THI_TRAN"}
        )
        for district in districts
    }


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
    whole = {"start": f"{issued.year}-01-17", "end": f"{issued.year}-12-15"}
    for n, quota in enumerate(campaign.quotas):
        body: Made = {"quota": quota, "window": {**whole, "tentative": True}}
        yield step(f"{drafted}T08:{30 + n}", planner, f"{plan}/set-quota", body)
    for start, units in campaign.groups:
        window = {"start": str(start), "end": str(start + SEASON), "tentative": True}
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


QUARTERS = (
    ("Q1", (12, 15), (3, 14)),
    ("Q2", (3, 15), (6, 14)),
    ("Q3", (6, 15), (9, 14)),
    ("Q4", (9, 15), (12, 14)),
)


def reported(campaign: Campaign, days: Days) -> Iterator[Made]:
    """Yield the steps that compile and submit a plan's reports: quarters, then year.

    The numbers of a period are closed on the 14th (NĐ 09/2019).
    """
    year = campaign.issued_on.year
    periods = [
        (name, "QUARTER", date(year - (name == "Q1"), *first), end)
        for name, first, (month, day) in QUARTERS
        for end in [date(year, month, day)]
    ]
    periods.append(("CN", "YEAR", date(year - 1, 12, 15), date(year, 12, 14)))
    monitor = (campaign.lead, "monitor")
    for name, period, start, end in periods:
        told = days.after(end, 2 if period == "QUARTER" else 4)
        report = f"notification/reports/BC-{name}-{campaign.plan_id}"
        body: Made = {"plan_id": campaign.plan_id, "period": period}
        span = {"start": str(start), "end": str(end)}
        yield step(f"{told}T15:30", monitor, f"{report}/compile", body | span)
        number = {"document_number": f"{drawn(report) % 90000 + 1}/BC-VP"}
        yield step(f"{told}T16:30", monitor, f"{report}/submit", number)
