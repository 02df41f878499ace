"""What HTTP may ask of officers, of overlaps, and of how much a unit bears."""

from __future__ import annotations

from services.chassis.http import Verb
from services.planning import domain, policy
from services.planning.commands import overlaps as asked
from services.planning.handlers import burdens

VERBS = (
    Verb(
        collection="agencies",
        name="set-load-policy",
        command=asked.SetLoadPolicy,
        handler=burdens.set_load_policy,
        permit=policy.SET_LOAD_POLICY,
    ),
    Verb(
        collection="officers",
        name="declare-tie",
        command=asked.DeclareTie,
        handler=burdens.declare_tie,
        permit=policy.DECLARE_TIE,
    ),
    Verb(
        collection="overlaps",
        name="merge",
        command=asked.MergeOverlap,
        handler=burdens.merge_overlap,
        permit=policy.MERGE_OVERLAP,
    ),
    Verb(
        collection="overlaps",
        name="waive",
        command=asked.WaiveOverlap,
        handler=burdens.waive_overlap,
        permit=policy.WAIVE_OVERLAP,
    ),
)
REFUSALS: dict[type[Exception], int] = {
    domain.OverlapUnknown: 404,
    domain.OverlapRefused: 409,
    domain.OfficerRefused: 409,
    domain.LoadRefused: 409,
}
