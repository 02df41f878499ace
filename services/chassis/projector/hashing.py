"""What a build was made by: a hash over its projections' code and tables."""

from __future__ import annotations

import hashlib
import inspect
import sys
from collections.abc import Iterable

from services.chassis.projector.declaring import Projection

ENGINE = 1  # another number makes every service's views anew


def code_hash(projections: Iterable[Projection]) -> str:
    """Return the hash; another one means that the views must be made anew."""
    projections = tuple(projections)
    modules = {
        project.__module__
        for projection in projections
        for project in (*projection.own.values(), *projection.heard.values())
    }
    rooms = {name.partition(".projections")[0] + ".projections" for name in modules}
    sources = sorted(
        inspect.getsource(module)
        for name, module in list(sys.modules.items())
        if name in modules
        or name in rooms
        or name.startswith(tuple(f"{r}." for r in rooms))
    )
    tables = [repr(table) for projection in projections for table in projection.tables]
    text = "\x1f".join([str(ENGINE), *tables, *sources])
    return hashlib.sha256(text.encode()).hexdigest()
