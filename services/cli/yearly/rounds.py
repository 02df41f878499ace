"""A round of inspections, from its order to its last remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.cli.yearly.campaigns import Campaign
from services.cli.yearly.making import CONTENTS, Days, Made, digest, drawn, step

ROUND = 12  # inspections
A_DAY = 3  # visits
METRICS = (
    "ONLINE_SUBMITTED",
    "PAID_ONLINE",
    "DIGITISED",
    "E_DOCUMENTS",
    "CERTIFIED_E_COPIES",
)
KINDS = ("LIMITATION", "ERROR", "WEAKNESS", "LIMITATION")
LATE = 8  # one remedy in so many is reported after its day
REJECTED = 11  # one in so many is found wanting first
POSTPONED = 9  # one visit in so many is put off: illness, rain
BASIS = (
    "Nghị định 61/2018/NĐ-CP",
    "Nghị định 63/2010/NĐ-CP",
    "Thông tư 01/2023/TT-VPCP",
)


def rounds_of(campaign: Campaign) -> Iterator[tuple[date, tuple[str, ...]]]:
    """Yield the first day and the units of each round, one round after the other."""
    for start, units in campaign.groups:
        for number, first in enumerate(range(0, len(units), ROUND)):
            yield start + timedelta(days=14 * number), units[first : first + ROUND]


@dataclass(frozen=True, slots=True)
class Round:
    """A round of inspections, from its order to its last remedy."""

    campaign: Campaign
    number: int
    start: date
    units: tuple[str, ...]
    findings: int
    days: Days

    @property
    def round_id(self) -> str:
        """Return the id of the round."""
        return f"R{self.number}-{self.campaign.plan_id}"

    @property
    def head(self) -> tuple[str, str]:
        """Return who leads the team."""
        return self.campaign.lead, "team-head"

    def steps(self) -> Iterator[Made]:
        """Yield all that happens in it, not yet in order."""
        first = self.days.first(self.start)
        visits = [
            (f"I{self.number}.{n:02}-{self.campaign.plan_id}", unit, planned)
            for n, unit in enumerate(self.units)
            for planned in [self.days.after(first, n // A_DAY)]
        ]
        last = self.days.after(visits[-1][2], 2)
        yield self._ordered(first, last, visits)
        for n, (inspection, unit, planned) in enumerate(visits):
            yield from self._prepared(inspection, unit, first)
            yield from self._visited(
                inspection, unit, planned, put_off=n % POSTPONED == POSTPONED - 1
            )
            yield self._explained(inspection, unit, self.days.after(last, 1))
        end = self.days.after(last, 1)
        at, door = f"{end}T16:00", f"inspection/rounds/{self.round_id}/end"
        yield step(at, self.head, door, {"ended_on": str(end)})
        concluded = self.days.after(end, 8 + self.number % 5)
        for inspection, unit, _ in visits:
            yield self._concluded(inspection, concluded)
            for n in range(self.findings):
                yield from self._remedied(inspection, unit, n, concluded)

    def _ordered(
        self, first: date, last: date, visits: Sequence[tuple[str, str, date]]
    ) -> Made:
        body = {
            "round_id": self.round_id,
            "window": {"start": str(first), "end": str(last)},
            "team_id": f"T-{self.campaign.plan_id}",
            "visits": [
                {"inspection_id": i, "agency_id": unit, "planned_on": str(day)}
                for i, unit, day in visits
            ],
        }
        at = f"{self.days.before(first, 12)}T08:00"
        planner = (self.campaign.lead, "planner")
        door = f"planning/plans/{self.campaign.plan_id}/schedule-round"
        return step(at, planner, door, body)

    def _prepared(self, inspection: str, unit: str, first: date) -> Iterator[Made]:
        door = f"inspection/inspections/{inspection}"
        notified, before = self.days.before(first, 8), self.days.before(first, 3)
        yield step(f"{notified}T09:00", self.head, f"{door}/notify-unit", {})
        who, paper = (unit, "unit-head"), _paper(inspection, "BC-UBND")
        yield step(f"{before}T14:00", who, f"{door}/receive-report", paper)

    def _explained(self, inspection: str, unit: str, day: date) -> Made:
        body = {
            "explanation_id": f"GT-{inspection}",
            "finding_ids": [f"F{n}-{inspection}" for n in range(self.findings)],
            "text": "Đơn vị tiếp thu; nguyên nhân là thiếu công chức chuyên trách",
        }
        door = f"inspection/inspections/{inspection}/explain"
        return step(f"{day}T14:30", (unit, "unit-head"), door, body)

    def _visited(
        self, inspection: str, unit: str, planned: date, *, put_off: bool
    ) -> Iterator[Made]:
        door = f"inspection/inspections/{inspection}"
        day = planned
        if put_off:
            day = self.days.after(planned, 1)
            why = ("RAIN", "ILLNESS")[drawn(inspection) % 2]
            reason = {"reason": why, "planned_on": str(day)}
            yield step(f"{planned}T07:00", self.head, f"{door}/postpone", reason)
        for verb, body in self._seen(inspection, unit, day):
            yield step(f"{day}T09:00", self.head, f"{door}/{verb}", body)

    def _seen(
        self, inspection: str, unit: str, day: date
    ) -> Iterator[tuple[str, Made]]:
        yield "start-visit", {"site": "Bộ phận Tiếp nhận và Trả kết quả"}
        for n, item in enumerate(CONTENTS):
            rating = ("GOOD", "FAIR", "AVERAGE")[drawn(inspection, item) % 3]
            yield "assess-content", {"item": item, "rating": rating, "strength": n == 0}
        for code in METRICS:
            whole = 100 + drawn(unit, code) % 900
            yield (
                "record-metric",
                {
                    "code": code,
                    "numerator": whole * (60 + drawn(code, unit) % 40) // 100,
                    "denominator": whole,
                    "as_of": str(day),
                    "source_system": "Hệ thống thông tin giải quyết TTHC",
                },
            )
        for n in range(self.findings):
            yield "raise-finding", self._finding(inspection, unit, n)
        guided = {"guidance_id": f"HD-{inspection}", "text": "Hướng dẫn số hóa hồ sơ"}
        yield "give-guidance", guided | {"to_roles": ["ONE_STOP_OFFICER"]}
        yield "complete-visit", {"points": ["Bộ phận Tiếp nhận và Trả kết quả"]}
        yield "sign-minutes", _paper(inspection, "BB-ĐKT")

    def _finding(self, inspection: str, unit: str, n: int) -> Made:
        item = CONTENTS[(drawn(inspection) + n) % len(CONTENTS)]
        proof = f"bien-ban/{inspection}/{n}.pdf"
        return {
            "finding_id": f"F{n}-{inspection}",
            "item": item,
            "kind": KINDS[n % len(KINDS)],
            "description": f"Hạn chế thứ {n + 1} về nội dung {item}",
            "legal_basis": [BASIS[n % len(BASIS)]],
            "evidence": [{"reference": proof, "sha256": digest(proof)}],
            "responsible": {"head_ref": f"head-{unit}", "roles": ["SPECIALIST"]},
        }

    def _concluded(self, inspection: str, day: date) -> Made:
        asked = [
            {
                "recommendation_id": f"C{n}-{inspection}",
                "finding_ids": [f"F{n}-{inspection}"],
                "text": f"Khắc phục hạn chế thứ {n + 1}",
                "due": {"kind": "DAYS", "n": 30, "unit": "calendar"},
            }
            for n in range(self.findings)
        ]
        body = {
            "document_number": f"{drawn(inspection, 'KL') % 90000}/TB-UBND",
            "issued_on": str(day),
            "recommendations": asked,
        }
        authority = (self.campaign.superior, "authority")
        door = f"inspection/inspections/{inspection}/issue-conclusion"
        return step(f"{day}T10:00", authority, door, body)

    def _remedied(
        self, inspection: str, unit: str, n: int, concluded: date
    ) -> Iterator[Made]:
        door = f"remediation/cases/C{n}-{inspection}"
        chance = drawn(inspection, unit, str(n))
        late, poor = chance % LATE == 0, chance % REJECTED == 0
        done = self.days.after(concluded, 38 if late else 10)
        head, monitor = (unit, "unit-head"), (self.campaign.lead, "monitor")
        report = {"summary": f"Đã khắc phục hạn chế thứ {n + 1}"}
        told = [(done, "14:00", head, "report-remediation", report)]
        if poor:
            seen = self.days.after(done, 2)
            done = self.days.after(seen, 3)
            reason, more = "Chưa đủ minh chứng", "Đã bổ sung minh chứng"
            told += [
                (seen, "15:00", monitor, "reject", {"reason": reason}),
                (done, "14:00", head, "report-remediation", {"summary": more}),
            ]
        told.append((self.days.after(done, 3), "16:00", monitor, "verify", {}))
        for day, hour, who, verb, body in told:
            yield step(f"{day}T{hour}", who, f"{door}/{verb}", body, inspection)


def _paper(inspection: str, notation: str) -> Made:
    """Return a document of the inspection: its number, and its file's sha256."""
    number = f"{drawn(inspection, notation) % 90000 + 1}/{notation}"
    return {"document_number": number, "sha256": digest(inspection, notation)}
