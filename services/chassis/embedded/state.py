"""What the system on a home says of itself, for those who come later to look."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.chassis.embedded.owning import owner_of

STATE = "state.json"


def tell(home: Path, description: Mapping[str, Any]) -> None:
    """Say it; ``pid`` in it is who says so."""
    half = home / f"{STATE}.new"
    half.touch(mode=0o600)  # it holds passwords
    half.write_text(json.dumps(description, ensure_ascii=False))
    half.replace(home / STATE)


def unsay(home: Path) -> None:
    """Take it back."""
    (home / STATE).unlink(missing_ok=True)


def told(home: Path) -> dict[str, Any] | None:
    """Return what the system on *home* last said of itself, if one runs."""
    owner = owner_of(home)
    if owner is None or not (home / STATE).exists():
        return None
    answer: dict[str, Any] = json.loads((home / STATE).read_text())
    # One that was killed could not take back what it said.
    return answer if answer["pid"] == owner else None
