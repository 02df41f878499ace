"""The catalogue of what is inspected, as it is shown: data of this release, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from services.chassis.viewing import Rows, View
from services.inspection import domain
from services.inspection.policy import READ


async def content_items(rows: Rows, asked: Mapping[str, str]) -> Any:
    """Return the content items, and under which version of the catalogue."""
    del rows, asked
    items = [asdict(item) for item in domain.CATALOGUE.items]
    return _versioned() | {"items": items, "next": None}


async def metric_codes(rows: Rows, asked: Mapping[str, str]) -> Any:
    """Return the figures that the catalogue knows."""
    del rows, asked
    items = [asdict(figure) for figure in domain.CATALOGUE.metrics]
    return _versioned() | {"items": items, "next": None}


def _versioned() -> dict[str, Any]:
    return {"version": domain.CATALOGUE.version, "sha256": domain.CATALOGUE.sha256}


VIEWS = (
    View(path="/content-items", query=content_items, read=READ),
    View(path="/metric-codes", query=metric_codes, read=READ),
)
