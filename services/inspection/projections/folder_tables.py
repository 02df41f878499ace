"""The tables of checklists, answers, difficulties, and what became of practices."""

from __future__ import annotations

from services.chassis.projector import Table

CHECKLISTS = Table(
    name="checklists",
    columns={
        "checklist_id": "text",
        "title": "text",
        "latest": "int",
        "sha256": "text",
        "published_on": "date",
        "version": "int",
    },
    key=("checklist_id",),
)
CHECKLIST_VERSIONS = Table(
    name="checklist_versions",
    columns={
        "checklist_id": "text",
        "number": "int",
        "sha256": "text",
        "title": "text",
        "items": "jsonb",
        "published_on": "date",
        "authority": "text",
    },
    key=("checklist_id", "number"),
)
ANSWERS = Table(
    name="answers",
    columns={
        "inspection_id": "text",
        "item": "text",
        "question": "text",
        "result": "text",
        "remark": "text",
        "evidence": "jsonb",
    },
    key=("inspection_id", "item", "question"),
)
DIFFICULTIES = Table(
    name="difficulties",
    columns={
        "key": "text",
        "inspection_id": "text",
        "difficulty_id": "text",
        "plan_id": "text",
        "agency_id": "text",
        "agency_name": "text",
        "text": "text",
        "addressee": "text",
        "reported_on": "date",
        "answer": "text",
        "answer_number": "text",
        "answered_on": "date",
    },
    key=("key",),
    indexes=(("inspection_id",), ("addressee",)),
)
PRACTICE_PILOTS = Table(
    name="practice_pilots",
    columns={
        "practice_id": "text",
        "starts_on": "date",
        "ends_on": "date",
        "units": "jsonb",
        "piloted_on": "date",
    },
    key=("practice_id", "starts_on", "ends_on"),
)
PRACTICE_ADOPTIONS = Table(
    name="practice_adoptions",
    columns={
        "practice_id": "text",
        "directive_id": "text",
        "agency_id": "text",
        "adopted_on": "date",
        "remark": "text",
    },
    key=("practice_id", "directive_id", "agency_id"),
)
PRACTICE_EFFECTS = Table(
    name="practice_effects",
    columns={
        "practice_id": "text",
        "directive_id": "text",
        "agency_id": "text",
        "metric": "text",
        "before": "double precision",
        "after": "double precision",
        "measured_on": "date",
        "source_system": "text",
    },
    key=("practice_id", "directive_id", "agency_id", "metric", "measured_on"),
)
TABLES = (
    CHECKLISTS,
    CHECKLIST_VERSIONS,
    ANSWERS,
    DIFFICULTIES,
    PRACTICE_PILOTS,
    PRACTICE_ADOPTIONS,
    PRACTICE_EFFECTS,
)
