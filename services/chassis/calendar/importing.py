"""Another overlay in the present one's place: what it changes, and what it may not.

Dates were counted by a version and keep it. Hence a version never changes its content,
a newer one is never older than what it replaces, and no year that was settled becomes
unsettled. Each decided day names its document (số công văn, ngày).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from services.chassis.calendar.overlay import Overlay, OverlayInvalid, Special

# "12729/VPCP-KGVX, 25/12/2025" (Văn phòng Chính phủ), "1234/TB-BNV, 02/12/2025".
DOCUMENT = re.compile(r"(\d+)/([0-9A-ZĐ][0-9A-ZĐa-zđ/&.-]*), (\d{2}/\d{2}/\d{4})")
SHIPPED = Path(__file__).parent / "vietnam.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One day that the new overlay decides otherwise: before, after; None: nothing."""

    day: date
    before: Special | None
    after: Special | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A valid overlay, and what it changes."""

    text: Mapping[str, Any]
    before: Overlay
    after: Overlay
    changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Say whether nothing would change at all."""
        return self.after == self.before


def read(new: Path, present: Path = SHIPPED) -> Import:
    """Read an overlay that is to replace the present one.

    Raises:
        OverlayInvalid: It contradicts itself, or what was promised about the present.
    """
    before, after = Overlay.load(present), Overlay.load(new)
    old, text = _text(present), _text(new)
    as_of = _as_of(text, new)
    for special in after.days.values():
        if not special.provisional:
            _document(special, as_of)
    found = Import(
        text=text, before=before, after=after, changes=tuple(_changes(before, after))
    )
    if found.same:
        return found
    if after.version in {before.version, *_versions(old)}:
        raise OverlayInvalid(f"{after.version} is taken: dates were counted by it")
    if as_of < _as_of(old, present):
        raise OverlayInvalid("it is older (as_of) than the present one")
    if after.start > before.start or after.end < before.end:
        raise OverlayInvalid("it covers less than the present one")
    return found


def write(found: Import, who: str, why: str, now: datetime, to: Path = SHIPPED) -> None:
    """Put it in the present one's place; by whom and why stands in it."""
    history = list(_text(to).get("history", []))
    entry = {
        "version": found.before.version,
        "replaced_by": who,
        "replaced_at": now.isoformat(timespec="seconds"),
        "why": why,
    }
    text = {**found.text, "history": [*history, entry]}
    half = to.with_suffix(".new")
    body = json.dumps(text, ensure_ascii=False, indent=2)
    half.write_text(f"{body}\n", encoding="utf-8")
    half.replace(to)


def _document(special: Special, as_of: date) -> None:
    found = DOCUMENT.fullmatch(special.document)
    try:
        signed = datetime.strptime(found[3], "%d/%m/%Y").date() if found else None  # noqa: DTZ007 - a day
    except ValueError:
        signed = None
    if signed is None:
        raise OverlayInvalid(
            f"{special.day}: {special.document!r} names no document: "
            '"số/ký hiệu, dd/mm/yyyy", such as "12729/VPCP-KGVX, 25/12/2025"'
        )
    if signed > as_of:
        raise OverlayInvalid(f"{special.day}: its document is newer than as_of")


def _changes(before: Overlay, after: Overlay) -> list[Change]:
    return [
        Change(day=day, before=before.days.get(day), after=after.days.get(day))
        for day in sorted({*before.days, *after.days})
        if before.days.get(day) != after.days.get(day)
    ]


def _versions(text: Mapping[str, Any]) -> set[str]:
    return {entry["version"] for entry in text.get("history", [])}


def _as_of(text: Mapping[str, Any], path: Path) -> date:
    try:
        return date.fromisoformat(text["as_of"])
    except (KeyError, TypeError, ValueError) as error:
        raise OverlayInvalid(f"{path.name}: as_of is the day it was made on") from error


def _text(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
