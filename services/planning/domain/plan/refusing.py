"""What planning says no with."""

from __future__ import annotations


class PlanRefused(Exception):
    """A rule of planning said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class PlanUnknown(PlanRefused):
    """What was named is not known here: no plan was ever drawn up under that id."""
