"""Does an answer have what a story expects of it? Only the named fields, in depth."""

from __future__ import annotations

from typing import Any


def differences(expected: Any, got: Any, where: str = "") -> list[str]:
    """Return, a line each, where *got* does not have what *expected* names.

    Lists go by position; ``{length: n}`` compares a list's length alone. A page
    (``{"items": [...]}``) may be compared as the list of its items.
    """
    if isinstance(expected, dict):
        return _in_dict(expected, got, where)
    if isinstance(got, dict) and isinstance(got.get("items"), list):
        got = got["items"] if isinstance(expected, list) else got
    if isinstance(expected, list):
        return _in_list(expected, got, where)
    if expected == got or str(expected) == str(got):
        return []
    return [f"{where or 'answer'}: expected {expected!r}, got {got!r}"]


def _in_dict(expected: dict[str, Any], got: Any, where: str) -> list[str]:
    if set(expected) == {"length"}:
        items = got.get("items") if isinstance(got, dict) else got
        length = len(items) if isinstance(items, list) else None
        right = length == expected["length"]
        wanted = expected["length"]
        return [] if right else [f"{where or 'answer'}: {length} of {wanted} items"]
    if not isinstance(got, dict):
        return [f"{where or 'answer'}: expected fields, got {got!r}"]
    return [
        line
        for name, value in expected.items()
        for line in (
            differences(value, got[name], f"{where}.{name}".lstrip("."))
            if name in got
            else [f"{where}.{name}".lstrip(".") + ": missing"]
        )
    ]


def _in_list(expected: list[Any], got: Any, where: str) -> list[str]:
    if not isinstance(got, list) or len(got) < len(expected):
        return [f"{where or 'answer'}: expected {len(expected)} items, got {got!r}"]
    return [
        line
        for number, value in enumerate(expected)
        for line in differences(value, got[number], f"{where}[{number}]")
    ]
