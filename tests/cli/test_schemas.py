"""The gate itself: which change of an event breaks a reader, and which does not."""

from typing import Any, ClassVar, Literal

import pytest
from pydantic import Field, create_model

from contracts.event import Event, Value, Visibility
from services.cli.schemas import breaks, schema


class Window(Value):
    start: str
    end: str | None = None


class Plan(Event):
    """A plan as it was published."""

    TYPE: ClassVar[str] = "planning.plan-tried.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    plan_id: str
    year: int
    window: Window
    targets: tuple[Window, ...] = ()
    level: str = "COMMUNE"
    note: str | None = None
    default: Window = Window(start="2023-05-09")
    details: dict[str, Any] = Field(default_factory=dict)


def changed(**fields):
    """Return the plan with fields changed, added or (Ellipsis) taken out."""
    was = {name: (it.annotation, it) for name, it in Plan.model_fields.items()}
    now = {**was, **fields}
    shapes = {
        name: (*shape, ...)[:2] for name, shape in now.items() if shape is not ...
    }
    model = create_model("Plan", __base__=Event, **shapes)
    model.TYPE, model.VISIBILITY = Plan.TYPE, Plan.VISIBILITY
    return model


class WiderWindow(Value):
    start: str
    end: str | None = None
    tentative: bool = False


class NarrowerWindow(Value):
    start: str


class StricterWindow(Value):
    start: str
    end: str | None


def test_an_event_does_not_break_itself():
    assert breaks(schema(Plan), schema(Plan)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"remark": (str, "")},
        {"remark": (str | None, None)},
        {"extra": (dict, Field(default_factory=dict))},
        {"window": (WiderWindow,)},
        {"targets": (tuple[WiderWindow, ...], ())},
        {"default": (WiderWindow, WiderWindow(start="2023-05-09"))},
    ],
)
def test_an_optional_field_breaks_nobody(fields):
    assert breaks(schema(Plan), schema(changed(**fields))) == []


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"plan_id": ...}, "event.plan_id"),
        ({"note": ...}, "event.note"),
        ({"plan_id": ..., "id": (str,)}, "event.plan_id"),
        ({"year": (str,)}, "event.year"),
        ({"year": (int | None,)}, "event.year"),
        ({"year": (Literal[2023],)}, "event.year"),
        ({"note": (str, "")}, "event.note"),
        ({"level": (str,)}, "event.level"),
        ({"level": (str, "DISTRICT")}, "event.level"),
        ({"level": (Literal["COMMUNE"], "COMMUNE")}, "event.level"),
        ({"year": (int, 2023)}, "event.year"),
        ({"remark": (str,)}, "event.remark"),
        ({"window": (NarrowerWindow,)}, "event.window.end"),
        ({"window": (StricterWindow,)}, "event.window.end"),
        ({"window": (str,)}, "event.window"),
        ({"targets": (tuple[NarrowerWindow, ...], ())}, "event.targets.items.end"),
        ({"targets": (tuple[str, ...], ())}, "event.targets.items"),
        ({"default": (Window, Window(start="2024-01-01"))}, "event.default"),
        ({"details": (dict[str, str], Field(default_factory=dict))}, "event.details"),
    ],
)
def test_any_other_change_breaks_somebody(fields, where):
    told = breaks(schema(Plan), schema(changed(**fields)))

    assert any(line.startswith(where) for line in told), told


def test_showing_an_event_to_others_is_a_change():
    shown = {**schema(Plan), "x-visibility": "public"}

    assert breaks(schema(Plan), shown) == [
        "event: x-visibility was 'agencies', is 'public'"
    ]


def test_refusing_unknown_fields_is_a_change():
    closed = {**schema(Plan), "additionalProperties": False}

    assert breaks(schema(Plan), closed) == [
        "event.additionalProperties: was None, is False"
    ]


def test_what_is_said_about_a_field_may_change():
    told = {**schema(Plan), "description": "Said better.", "title": "Kế hoạch"}

    assert breaks(schema(Plan), told) == []


def test_a_schema_names_itself_as_the_envelope_does():
    assert schema(Plan)["$id"] == "urn:kiemtra:schema:planning.plan-tried.v1"
