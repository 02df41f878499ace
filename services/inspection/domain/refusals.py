"""How inspection says no."""

from __future__ import annotations


class InspectionRefused(Exception):
    """A rule of inspection said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class InspectionUnknown(InspectionRefused):
    """What was named is not known here: nothing was ever ordered under that id."""
