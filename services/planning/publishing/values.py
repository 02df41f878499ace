"""Values of the domain to values of the published language."""

from __future__ import annotations

import contracts.planning as published
from services.planning import domain


def window(days: domain.Window) -> published.Window:
    """Translate a stretch of days."""
    return published.Window(start=days.start, end=days.end, tentative=days.tentative)


def conclusion_rule(rule: domain.ConclusionRule) -> published.ConclusionRule:
    """Translate by when a conclusion is due."""
    return published.ConclusionRule(kind=rule.kind, n=rule.n)


def remedy_policy(policy: domain.RemedyPolicy) -> published.RemedyPolicy:
    """Translate what holds for recommendations that say nothing else."""
    return published.RemedyPolicy(
        default_days=policy.default_days,
        default_unit=policy.default_unit,
        reminder_working_days_before=policy.reminder_working_days_before,
        escalate_after_working_days=policy.escalate_after_working_days,
        superior_id=policy.superior_id,
        fallback_id=policy.fallback_id,
        max_extensions=policy.max_extensions,
        rejection_restores=policy.rejection_restores,
    )
