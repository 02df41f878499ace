"""Work programmes over HTTP: bodies, and how they are sent."""

from datetime import datetime

from services.chassis.context import HANOI
from services.planning.domain import AgencyRegistered


def item(example):
    return {
        "item_id": example.item_id,
        "group": example.group,
        "title": example.title,
        "owner_agency": example.owner_agency,
        "accountable_head": {
            "agency_id": example.accountable_head.agency_id,
            "title": example.accountable_head.title,
            "person_ref": example.accountable_head.person_ref,
        },
        "product": example.product,
        "due": example.due_rule,
        "procedure_codes": list(example.procedure_codes),
        "priority": example.priority,
    }


def entry(unit):
    return AgencyRegistered(
        agency_id=unit.agency_id,
        kind="DEPARTMENT",
        name=unit.name,
        parent_id="soc-trang",
        superior_id="soc-trang",
        valid_from=datetime(2014, 5, 20, tzinfo=HANOI).date(),
    )


async def kinds(journal, programme="CT-2019-ST"):
    stream = f"work-programme-{programme}"
    return [type(r.event).__name__ for r in await journal.read(stream)]


def refused(answer):
    return answer.json()["type"].removeprefix("/problems/")
