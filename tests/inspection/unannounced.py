"""An unannounced inspection as planning orders it, and requests that fit any verb."""

from datetime import date
from uuid import uuid5

from contracts.planning import UnannouncedInspectionOrdered
from services.chassis.context import Context, acting
from tests.conftest import STORY
from tests.inspection.examples import ITEMS
from tests.inspection.moments import hanoi

HIDDEN, ABSENT = "I-DX-7F3A", "I-KC-0000"
REASON = "Ba phản ánh về hồ sơ đất đai bị trả lại không nêu lý do"
ORDER_NUMBER = "512/QĐ-UBND"
ORDERED = UnannouncedInspectionOrdered(
    inspection_id=HIDDEN,
    plan_id="KH-2023-HN",
    round_id=f"R-{HIDDEN}",
    agency_id="hn-tan-hoi",
    agency_name="Ủy ban nhân dân xã Tân Hội",
    window={"start": date(2023, 5, 9), "end": date(2023, 5, 31)},
    programmes=("TTHC_CONTROL",),
    content_items=ITEMS,
    team_id="T-2023-HN",
    team_agencies=("hong-ngu-noi-vu", "hong-ngu-vp"),
    lead_agency="hong-ngu-noi-vu",
    order_number=ORDER_NUMBER,
    ordered_on=date(2023, 5, 8),
    reason=REASON,
    decided_by="hong-ngu",
    trigger={"ordered_for": "SIGNALS", "proposal_id": "P-1", "signal_ids": ("S-1",)},
)
TELLING = (HIDDEN, REASON, ORDER_NUMBER)


async def hear(service, journal, *events):
    """Let the service hear published events, as over the bus."""
    for event in events:
        context = Context(
            actor="service:inspection",
            correlation_id=STORY,
            causation_id=uuid5(STORY, event.model_dump_json()),
            occurred_at=hanoi(5, 8),
        )
        with acting(context):
            async with journal.transaction():
                await service.on[type(event)](event, journal)


def body_of(command):
    """Return a body that a command reads, whatever it asks for."""
    schema = command.model_json_schema()
    return _sample(schema, schema.get("$defs", {}))


def _sample(schema, defs):
    if "$ref" in schema:
        return _sample(defs[schema["$ref"].rpartition("/")[2]], defs)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return _sample(schema[choice][0], defs)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    match schema.get("type"):
        case "object":
            return {
                name: _sample(schema["properties"][name], defs)
                for name in schema.get("required", ())
            }
        case "array":
            of = schema.get("items") or {"type": "string"}
            return [_sample(of, defs) for _ in range(schema.get("minItems", 0))]
    return _plain(schema)


def _plain(schema):
    match schema.get("type"), schema.get("format"):
        case "integer" | "number", _:
            return max(1, schema.get("minimum", 1))
        case "boolean", _:
            return True
        case _, "date":
            return "2023-05-22"
        case _, "date-time":
            return "2023-05-22T08:00:00+07:00"
    return "A-1"
