"""Events to tables: rows and checkpoint in one transaction; rebuild beside, then swap.

A projection is a table definition and pure functions from one event to row
operations. The projector writes them, one statement per table and batch.
"""

from __future__ import annotations

from services.chassis.projector.builds import Build, BuildRefused
from services.chassis.projector.declaring import (
    Add,
    Change,
    Drop,
    Operation,
    Projection,
    Put,
    Seen,
    Table,
    seen_in,
)
from services.chassis.projector.hearing import Hearing
from services.chassis.projector.progress import Progress
from services.chassis.projector.projecting import Projector
from services.chassis.projector.remaking import Rebuilt, Span
from services.chassis.projector.verifying import Difference, Drift

__all__ = [
    "Add",
    "Build",
    "BuildRefused",
    "Change",
    "Difference",
    "Drift",
    "Drop",
    "Hearing",
    "Operation",
    "Progress",
    "Projection",
    "Projector",
    "Put",
    "Rebuilt",
    "Seen",
    "Span",
    "Table",
    "seen_in",
]
