"""The tables that show plans."""

from __future__ import annotations

from services.chassis.projector import Table

PLANS = Table(
    name="plans",
    columns={
        "plan_id": "text",
        "state": "text",
        "title": "text",
        "year": "int",
        "level": "text",
        "programmes": "jsonb",
        "issuer": "text",
        "lead_agency": "text",
        "coordinating_agencies": "jsonb",
        "content_items": "jsonb",
        "purposes": "jsonb",
        "review_from": "date",
        "review_to": "date",
        "derived_from": "text",
        "document_number": "text",
        "issued_on": "date",
        "completed_on": "date",
        "work_item_id": "text",
        "team_delegated_to": "text",
        "contents": "jsonb",
        "themes": "jsonb",
        "focus_items": "jsonb",
        "coverage_check_on": "date",
        "simulation_hash": "text",
        "notice_due_on": "date",
        "notified_on": "date",
        "notice_late": "boolean",
        "amendments": "jsonb",
        "cancelled_on": "date",
        "coverage_short_by": "int",
        "quotas_from": "int",
        "version": "int",
    },
    key=("plan_id",),
    indexes=(("year",),),
)


PLAN_QUOTAS = Table(
    name="plan_quotas",
    columns={
        "plan_id": "text",
        "ordinal": "int",
        "kind": "text",
        "rule": "text",
        "n": "int",
        "parent": "text",
        "kinds": "jsonb",
        "stratum": "text",
        "selected": "boolean",
        "about": "boolean",
        "exclusions": "jsonb",
        "seed_sha256": "text",
        "mode": "text",
        "eligible": "jsonb",
        "window_start": "date",
        "window_end": "date",
        "tentative": "boolean",
        "granularity": "text",
    },
    key=("plan_id", "ordinal"),
)


PLAN_TARGETS = Table(
    name="plan_targets",
    columns={
        "plan_id": "text",
        "agency_id": "text",
        "name": "text",
        "kind": "text",
        "window_start": "date",
        "window_end": "date",
        "tentative": "boolean",
        "granularity": "text",
        "inspection_points": "jsonb",
        "focus": "text",
        "site_kind": "text",
        "priority": "int",
        "unplanned": "boolean",
        "mode": "text",
        "round_id": "text",
        "inspection_id": "text",
        "planned_on": "date",
        "visited_on": "date",
        "reported_on": "date",
        "concluded_on": "date",
        "window_missed": "boolean",
        "undecided": "boolean",
        "transferred_from": "text",
    },
    key=("plan_id", "agency_id"),
)


PLAN_ROUNDS = Table(
    name="plan_rounds",
    columns={
        "plan_id": "text",
        "round_id": "text",
        "team_id": "text",
        "window_start": "date",
        "window_end": "date",
        "visits": "int",
    },
    key=("plan_id", "round_id"),
)


PLAN_DRAWS = Table(
    name="plan_draws",
    columns={
        "plan_id": "text",
        "seed_sha256": "text",
        "seed": "text",
        "drawn": "jsonb",
    },
    key=("plan_id", "seed_sha256"),
)


PLAN_SHORTCOMINGS = Table(
    name="plan_shortcomings",
    columns={
        "plan_id": "text",
        "item_ref": "text",
        "agency_id": "text",
        "text": "text",
        "source": "text",
        "period": "text",
        "from_plan_id": "text",
    },
    key=("plan_id", "item_ref"),
)


PLAN_CHANGES = Table(
    name="plan_changes",
    columns={
        "plan_id": "text",
        "ordinal": "int",
        "change": "text",
        "agency_id": "text",
        "inspection_id": "text",
        "before": "text",
        "after": "text",
        "document_number": "text",
        "reason": "text",
    },
    key=("plan_id", "ordinal"),
)
