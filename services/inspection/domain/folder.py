"""What decisions need of an inspection's folder: checklist, answers, remedies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from services.inspection.domain.events import (
    ChecklistPinned,
    DifficultyAnswered,
    DifficultyReported,
    FindingRectifiedOnSite,
    FolderEvent,
    HeadAccountabilityDetermined,
    ItemAnswered,
)
from services.inspection.domain.values import Answer, ChecklistItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What was gathered of an inspection, beside its course (hồ sơ kiểm tra)."""

    pinned: ChecklistPinned | None = None
    answers: Mapping[tuple[str, str], Answer] = field(default_factory=dict)
    rectified: Mapping[str, FindingRectifiedOnSite] = field(default_factory=dict)
    heads: Mapping[str, HeadAccountabilityDetermined] = field(default_factory=dict)
    difficulties: Mapping[str, DifficultyReported] = field(default_factory=dict)
    answered: Mapping[str, DifficultyAnswered] = field(default_factory=dict)

    def item(self, code: str) -> ChecklistItem | None:
        """Return an item of the checklist that is gone by, if it has one."""
        items = self.pinned.items if self.pinned else ()
        return next((item for item in items if item.code == code), None)


def evolve_folder(folder: Folder, event: FolderEvent) -> Folder:
    """Fold one event in. Never refuses: it already happened."""
    match event:
        case ChecklistPinned():
            return replace(folder, pinned=event)
        case ItemAnswered(answer=answer):
            answers = {**folder.answers, (answer.item, answer.question): answer}
            return replace(folder, answers=answers)
        case FindingRectifiedOnSite(finding_id=finding_id):
            return replace(folder, rectified={**folder.rectified, finding_id: event})
        case HeadAccountabilityDetermined(head=head):
            return replace(folder, heads={**folder.heads, head.finding_id: event})
        case DifficultyReported(difficulty=named):
            difficulties = {**folder.difficulties, named.difficulty_id: event}
            return replace(folder, difficulties=difficulties)
        case DifficultyAnswered(difficulty_id=name):
            return replace(folder, answered={**folder.answered, name: event})
