"""Secrets and personal values taken out of what leaves the house for a diagnosis.

What is not recognised stays, so nothing relies on this alone: logs hold no payloads,
settings show no passwords. This is the last of several walls.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

HIDDEN = "***"
NAMED = re.compile(
    r"passw|secret|token|authoriz|credential|cookie|api[_-]?key|private[_-]?key|whsec",
    re.IGNORECASE,
)
PERSONS = frozenset({"who", "by", "actor", "person", "person_ref", "recipient"})
_KEY = re.compile(  # in PEM, over several lines or cut off
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [^-]*-----|\Z)", re.DOTALL
)
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_KEY, HIDDEN),
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s:/@\"']*):[^\s@\"']+@"), rf"\1:{HIDDEN}@"),
    (re.compile(r"(?<![\w/])[\w.+-]+:[^\s:/@\"']+@(?=[\w.-])"), f"{HIDDEN}@"),
    (  # password=… in a DSN, a query, a log; "password": "…" in JSON
        re.compile(
            r"""(["']?[\w.-]*(?:passw(?:or)?d|secret|token|api[_-]?key|credential)[\w.-]*["']?
                \s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&"'}\])]+)""",
            re.IGNORECASE | re.VERBOSE,
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=:-]+", re.IGNORECASE), rf"\1 {HIDDEN}"),
    (re.compile(r"\beyJ[\w-]{5,}\.[\w-]{5,}(\.[\w-]*)?"), HIDDEN),  # a JWT
    (re.compile(r"\bwhsec_[\w+/=-]+"), HIDDEN),
    (re.compile(r"\bdev:[\w.-]+:[\w.-]+:[\w.-]+"), HIDDEN),  # names an officer
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), HIDDEN),  # a mailbox
    (
        re.compile(r"(?<![\w.-])(\+?84|0)[ .-]?\d{2,3}([ .-]?\d{3}){2}(?![\w.-])"),
        HIDDEN,
    ),
    (re.compile(r"(?<![\w.-])\d{12}(?![\w.-])"), HIDDEN),  # a citizen's number (CCCD)
    (re.compile(r"(?<=DETAIL:).*|(?<=input_value=).*(?=, input_type=)"), HIDDEN),
)


def redactor(known: Iterable[str] = ()) -> Callable[[str], str]:
    """Return what hides secrets in a text: *known* ones wherever they stand, and more.

    Of the known ones, those of fewer than 6 characters hide nothing: they are words.
    """
    exact = sorted({text for text in known if len(text) >= 6}, key=len, reverse=True)  # noqa: PLR2004 - as said

    def hide(text: str) -> str:
        for secret in exact:
            text = text.replace(secret, HIDDEN)
        for pattern, instead in _PATTERNS:
            text = pattern.sub(instead, text)
        return text

    return hide


def without_keys(text: str) -> str:
    """Return a text of many lines without the private keys that go over them."""
    return _KEY.sub(HIDDEN, text)


def redacted(value: Any, hide: Callable[[str], str]) -> Any:
    """Return a value as JSON has it, with its secrets hidden, in depth."""
    match value:
        case str():
            return hide(value)
        case Mapping():
            return {
                str(name): HIDDEN
                if (NAMED.search(str(name)) or name in PERSONS) and each
                else redacted(each, hide)
                for name, each in value.items()
            }
        case list() | tuple():
            return [redacted(each, hide) for each in value]
        case _:
            return value
