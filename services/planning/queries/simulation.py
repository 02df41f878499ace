"""A plan played through before anybody signs it: a question, never a command."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from services.chassis.calendar import official
from services.chassis.context import today
from services.chassis.viewing import Malformed, Row, Rows, View
from services.planning import domain, policy
from services.planning.commands.simulation import SimulatePlan
from services.planning.domain import simulation
from services.planning.queries.plans import PLAN, countings

OWN_TARGETS = """
SELECT agency_id, window_start, window_end FROM plan_targets WHERE plan_id = $1
ORDER BY agency_id
"""
# Drafts too: two plans are best told apart before they are signed.
ELSEWHERE = """
SELECT t.plan_id, t.agency_id,
       coalesce(t.planned_on, t.window_start) AS window_start,
       coalesce(t.planned_on, t.window_end) AS window_end
FROM plan_targets t
JOIN plans p ON p.plan_id = t.plan_id AND p.state <> 'cancelled'
WHERE t.plan_id <> $1
  AND t.agency_id IN (SELECT agency_id FROM plan_targets WHERE plan_id = $1)
  AND p.year = (SELECT year FROM plans WHERE plan_id = $1)
ORDER BY t.agency_id, t.plan_id
"""
LAST_VISITS = """
SELECT agency_id, max(coalesce(visited_on, concluded_on)) AS on_day
FROM plan_targets
WHERE plan_id <> $1 AND coalesce(visited_on, concluded_on) IS NOT NULL
GROUP BY agency_id
"""


@dataclass(frozen=True, slots=True)
class SimulationView:
    """Plays plans through as the views show them."""

    rows: Rows

    async def hash_of(
        self, plan_id: str, wanted: SimulatePlan, *, seen: int
    ) -> str | None:
        """Return the hash of a plan's simulation; None where there is no plan."""
        await self.rows.caught_up(seen)
        answer = await _simulated(self.rows, plan_id, wanted)
        return answer["sha256"] if answer else None


async def simulate_plan(rows: Rows, asked: Mapping[str, str]) -> Row | None:
    """Play a plan through and say what would come of it, with the answer's hash."""
    return await _simulated(rows, asked["id"], _wanted(asked))


async def _simulated(rows: Rows, plan_id: str, wanted: SimulatePlan) -> Row | None:
    if not await rows.fetch(PLAN, plan_id):
        return None
    assumed = _assumed(wanted)
    world = await _world(rows, plan_id)
    answer = {
        "plan_id": plan_id,
        "assumed": _plain(wanted.model_dump() | {"today": assumed.today}),
        **_played(world, assumed),
    }
    return {**answer, "sha256": sha256(canonical(answer)).hexdigest()}


def canonical(answer: Any) -> bytes:
    """Return the bytes that are hashed: sorted names, no blanks, UTF-8."""
    plain = _plain(answer)
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _played(world: simulation.World, assumed: simulation.Assumptions) -> Row:
    placed = simulation.place(world, assumed)
    quotas = [
        {
            "kind": one.quota.kind,
            "rule": one.quota.rule,
            "n": one.quota.n,
            "required": required,
            "chosen": chosen,
            "short_by": short_by,
        }
        for one, required, chosen, short_by in simulation.quotas(world)
    ]
    answer = {
        "targets": len(world.units),
        "quotas": quotas,
        "overlaps": [asdict(one) for one in simulation.overlaps(world)],
        "visits": [asdict(one) for one in placed],
        "without_room": [one.agency_id for one in placed if one.day is None],
        "load": [asdict(one) for one in simulation.load(placed, assumed)],
        "burden": simulation.burden(world),
        "unvisited": list(simulation.unvisited(world, assumed)),
        "leave": [asdict(one) for one in simulation.without(placed, assumed)],
    }
    return {name: _plain(value) for name, value in answer.items()}


def _wanted(asked: Mapping[str, str]) -> SimulatePlan:
    try:
        if body := asked.get("body"):
            return SimulatePlan.model_validate_json(body)
        given: dict[str, Any] = {
            name: asked[name] for name in PARAMETERS if name in asked
        }
        if "leave" in given:
            given["leave"] = tuple(given["leave"].split(","))
        return SimulatePlan.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise Malformed(str(first["loc"][0]), first["msg"]) from error


def _assumed(wanted: SimulatePlan) -> simulation.Assumptions:
    members = (simulation.Member(**member.model_dump()) for member in wanted.members)
    return simulation.Assumptions(
        today=wanted.today or today(),
        visits_per_day=wanted.visits_per_day,
        members=tuple(members),
        leave=frozenset(wanted.leave),
        min_members=wanted.min_members,
        unvisited_years=wanted.unvisited_years,
    )


async def _world(rows: Rows, plan_id: str) -> simulation.World:
    own = await rows.fetch(OWN_TARGETS, plan_id)
    elsewhere = await rows.fetch(ELSEWHERE, plan_id)
    visited = await rows.fetch(LAST_VISITS, plan_id)
    return simulation.World(
        quotas=await countings(rows, plan_id),
        units=tuple(
            simulation.Unit(agency_id=row["agency_id"], window=_window(row))
            for row in own
        ),
        elsewhere=tuple(
            simulation.Elsewhere(
                plan_id=row["plan_id"],
                agency_id=row["agency_id"],
                window=_window(row),
            )
            for row in elsewhere
        ),
        last_visits={row["agency_id"]: row["on_day"] for row in visited},
        works=official().is_working_day,
    )


def _window(row: Row) -> domain.Window:
    return domain.Window(start=row["window_start"], end=row["window_end"])


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


PARAMETERS = (
    "visits_per_day",
    "leave",
    "min_members",
    "unvisited_years",
    "today",
)
VIEWS = (
    View(
        path="/plans/{id}/simulate",
        query=simulate_plan,
        read=policy.SIMULATE_PLAN,
        parameters=PARAMETERS,
        body=SimulatePlan,
    ),
)
