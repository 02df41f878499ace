"""The load: whole campaigns, from the plan to the last remedy, drawn from a seed.

A wave is some campaigns of provinces of their own, side by side; the next wave begins
where the clock stands then. What is asked is what `services.cli.yearly` makes up.
"""

from dataclasses import dataclass
from datetime import date
from itertools import count, groupby
from operator import itemgetter

from services.cli.yearly.campaigns import Campaign, planned
from services.cli.yearly.making import Days, step
from services.cli.yearly.rounds import Round, rounds_of

FIRST_YEAR = 2023
SEASONS = ((1, 17), (6, 20))  # when the plans of a wave are issued
REGISTRAR = ("kiemtra", "registrar")


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much a wave holds."""

    campaigns: int = 1
    units: int = 4
    findings: int = 2


def waves(dice, size):
    """Yield wave after wave: a list of (moment, its steps) in order of time."""
    for number in count():
        year, season = divmod(number, len(SEASONS))
        issued = date(FIRST_YEAR + year, *SEASONS[season])
        made = [
            one
            for n in range(size.campaigns)
            for one in _campaign(f"w{number}-{n}", issued, dice, size)
        ]
        made.sort(key=itemgetter("at"))
        yield [(at, list(steps)) for at, steps in groupby(made, itemgetter("at"))]


def _campaign(name, issued, dice, size):
    units = [f"{name}.x{n:02}" for n in range(size.units)]
    lead, days = f"{name}.vp", Days()
    yield from _registered(name, lead, units, days.before(issued, 6))
    campaign = Campaign(
        province=name,
        superior=name,
        lead=lead,
        programme=dice.choice(["TTHC_CONTROL", "PAR"]),
        plan_id=f"KH-{name}",
        title=f"Kế hoạch kiểm tra {name}",
        number=f"{dice.randint(1, 900)}/KH-UBND",
        issued_on=issued,
        quotas=(),
        groups=((days.after(issued, 25 + dice.randint(0, 5)), tuple(units)),),
    )
    yield from planned(campaign, days)
    for number, (start, visited) in enumerate(rounds_of(campaign), start=1):
        one = Round(campaign, number, start, visited, size.findings, days)
        yield from one.steps()


def _registered(province, lead, units, day):
    kinds = {province: ("PROVINCIAL_PC", None), lead: ("DEPARTMENT", province)}
    kinds |= dict.fromkeys(units, ("XA", province))
    for agency, (kind, above) in kinds.items():
        body = {
            "kind": kind,
            "name": f"Ủy ban nhân dân {agency}",
            "parent_id": above,
            "superior_id": above,
            "mailbox": f"{agency}@kiemtra.example",
            "valid_from": "2008-01-01",
        }
        door = f"planning/agencies/{agency}/register"
        yield step(f"{day}T08:00", REGISTRAR, door, body, f"agencies/{province}")
