"""What a notice says: a template, filled in once, with nothing left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from string import Template


class NoticeRefused(Exception):
    """A rule of notices said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class NoticeUnknown(NoticeRefused):
    """What was named is not known here: no notice was ever written under that id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A notice as it is sent; ``dated`` is the moment it is about, not of sending."""

    mailbox: str
    subject: str
    body: str
    dated: datetime


class Phrases:
    """Parts of sentences by name, in the words of the officials."""

    def __init__(self, text: str) -> None:
        lines = (line for line in text.splitlines() if line.strip())
        parts = (line.partition(" = ") for line in lines)
        self._by_name = {name.strip(): words for name, _, words in parts}

    def __contains__(self, name: str) -> bool:
        """Say whether there is such a phrase."""
        return name in self._by_name

    def __iter__(self) -> Iterator[str]:
        """Return the names."""
        return iter(self._by_name)

    def say(self, name: str, **fields: object) -> str:
        """Return the phrase *name* with its fields filled in."""
        return _filled(self._by_name[name], fields)

    def name(self, kind: str, code: str) -> str:
        """Return what a code is called; one that nobody named stands for itself."""
        return self._by_name.get(f"{kind}.{code}", code)


def written(template: str, fields: Mapping[str, object]) -> tuple[str, str]:
    """Return the subject (the template's first line) and the body.

    Fields are filled in once: what stands in a field is never read as a template, and
    no field breaks the subject's line.

    Raises:
        NoticeRefused: The template asks for a field that is not there.
    """
    subject, _, body = template.partition("\n")
    return " ".join(_filled(subject, fields).split()), _filled(body, fields)


def day(on: date) -> str:
    """Return a day as officials write it (dd/MM/yyyy)."""
    return f"{on:%d/%m/%Y}"


def listed(names: Iterable[str]) -> str:
    """Return names one after the other."""
    return "; ".join(names)


def _filled(template: str, fields: Mapping[str, object]) -> str:
    try:
        return Template(template).substitute(fields)
    except (KeyError, ValueError) as error:
        raise NoticeRefused("template-unfilled", f"a template wants {error}") from error
