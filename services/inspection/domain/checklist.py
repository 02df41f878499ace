"""Checklists: published in versions, each known by the hash of what it says."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from services.inspection.domain.refusals import InspectionRefused
from services.inspection.domain.values import ChecklistItem, ChecklistPin


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistPublished:
    """A state of a checklist was published (ban hành phiếu kiểm tra)."""

    checklist_id: str
    version: int
    sha256: str
    title: str
    items: tuple[ChecklistItem, ...]
    published_on: date
    authority: str | None = None


ChecklistEvent = ChecklistPublished


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The states of one checklist, by version."""

    published: Mapping[int, ChecklistPublished] = field(default_factory=dict)


def evolve_checklist(state: Checklist, event: ChecklistEvent) -> Checklist:
    """Fold one event in. Never refuses: it already happened."""
    match event:
        case ChecklistPublished(version=version):
            return replace(state, published={**state.published, version: event})


def content_hash(title: str, items: tuple[ChecklistItem, ...]) -> str:
    """Return the sha256 of what a checklist says: canonical JSON, in NFC."""
    said = {"title": title, "items": [asdict(item) for item in items]}
    text = json.dumps(
        said,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=str,  # days and decimals, as they are written
    )
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def publish_checklist(  # noqa: PLR0913  a version is published with all that it says
    state: Checklist,
    *,
    checklist_id: str,
    version: int,
    title: str,
    items: tuple[ChecklistItem, ...],
    on: date,
    authority: str | None = None,
) -> list[ChecklistEvent]:
    """Publish a state of a checklist; what was published never changes."""
    event = ChecklistPublished(
        checklist_id=checklist_id,
        version=version,
        sha256=content_hash(title, items),
        title=title,
        items=items,
        published_on=on,
        authority=authority,
    )
    before = state.published.get(version)
    if before is not None and before.sha256 == event.sha256:
        return []
    if before is not None:
        raise InspectionRefused("checklist-version-exists", "it says something else")
    if version < max(state.published, default=0):
        raise InspectionRefused("checklist-version-passed", "there is a later one")
    _sound(items)
    return [event]


def _sound(items: tuple[ChecklistItem, ...]) -> None:
    """Refuse a checklist without items, or in which a code stands twice."""
    if not items:
        raise InspectionRefused("checklist-without-items", "it asks for nothing")
    codes = [item.code for item in items]
    figures = [item.metric.code for item in items if item.metric]
    if len(set(codes)) < len(codes) or len(set(figures)) < len(figures):
        raise InspectionRefused("checklist-code-twice", "an item or figure is twice")
    for item in items:
        asked = [question.code for question in item.questions]
        if len(set(asked)) < len(asked):
            raise InspectionRefused(
                "checklist-code-twice", f"a question of {item.code}"
            )
        for basis in item.legal_basis:
            if basis.valid_to is not None and basis.valid_to < basis.valid_from:
                raise InspectionRefused("window-reversed", basis.provision)


def pinned_version(state: Checklist, pin: ChecklistPin) -> ChecklistPublished:
    """Return the state of a checklist that *pin* names.

    Raises:
        InspectionRefused: It was never published, or says something else.
    """
    found = state.published.get(pin.version)
    if found is None:
        raise InspectionRefused(
            "checklist-unknown", f"{pin.checklist_id} has no version {pin.version}"
        )
    if pin.sha256 and found.sha256 != pin.sha256:
        raise InspectionRefused("checklist-differs", "its hash is another one")
    return found
