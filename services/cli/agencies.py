"""The shipped registry: which agencies exist on a day, as `register` takes them.

A province has a file of its own (``registry/<code>.yaml``): the agencies that stories
speak of, under ids of our own. The table of all units (``registry/units.csv``) has the
rest, under ids made of the era and the code: ``vn63-d868`` is district 868 of the 63
provinces, ``vn34-x29954`` a commune of the 34. An entry of a file takes the place of
the table's unit that bears its code on the same days; a name never decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from services.cli.story import Registry, StoryInvalid, read_yaml

REGISTRIES = Path(__file__).with_name("registry")
# The table does not know a unit's first day: the codes are those that Quyết định
# 124/2004/QĐ-TTg began. The 63 provinces and their districts end with 2025-06-30.
ERAS = {"63": ("2004-07-08", "2025-06-30"), "34": ("2025-07-01", None)}
LEVELS = {2: "p", 3: "d", 5: "x"}

Entry = Mapping[str, Any]


def agencies(registry: Registry) -> list[Entry]:
    """Return the agencies that exist in the registry's days, parents first.

    Raises:
        StoryInvalid: No registry of that province is shipped.
    """
    first, last = _days(registry)
    named = _files(registry)
    table = [entry for entry in _table(registry) if _exists(entry, first, last)]
    instead = _instead(table, named)
    merged = [
        *(entry for entry in named if _exists(entry, first, last)),
        *(_under(unit, instead) for unit in table if unit["agency_id"] not in instead),
    ]
    return _parents_first(merged)


def successions(registry: Registry) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what became of each unit that ends in the registry's days, by its id.

    With whom, and how; nobody: it was dissolved, as all districts and their divisions.
    """
    first, last = _days(registry)
    table = [entry for entry in _table(registry) if _exists(entry, first, last)]
    instead = _instead(table, _files(registry))
    became: dict[str, list[tuple[str, str]]] = {}
    for old, new, relation in lineage(registry.province):
        became.setdefault(instead.get(old, old), []).append((new, relation))
    return [
        (entry["agency_id"], became.get(entry["agency_id"], []))
        for entry in agencies(registry)
        if entry["agency_id"] in became or entry["kind"] in {"DISTRICT", "DIVISION"}
        if entry["valid_to"] == ERAS["63"][1]
    ]


def lineage(province: str) -> list[tuple[str, str, str]]:
    """Return what became of a province of the 63: old id, new id, relation."""
    mine = {f"{LEVELS[len(code)]}{code}" for code in _codes("63", province)}
    return [
        (f"vn63-{old}", f"vn34-{new}", relation)
        for old, new, relation, _ in _rows("lineage.csv")
        if old in mine
    ]


def _days(registry: Registry) -> tuple[str, str]:
    last = registry.until or registry.as_of
    return registry.as_of.isoformat(), last.isoformat()


def _instead(table: Iterable[Entry], named: Iterable[Entry]) -> dict[str, str]:
    """Return which entry of a file stands for which unit of the table."""
    entries = list(named)
    return {
        unit["agency_id"]: entry["agency_id"]
        for unit in table
        for entry in entries
        if _same(unit, entry)
    }


def _files(registry: Registry) -> list[Entry]:
    departments = registry.units is not None
    named = [
        entry
        for province in registry.also
        for entry in _named(province, departments=departments)
    ]
    table_only = (
        registry.units in {"districts", "all"}
        and not _file(registry.province).is_file()
    )
    if table_only and any(_codes(era, registry.province) for era in ERAS):
        return named
    return [*named, *_named(registry.province, departments=departments)]


def _file(province: str) -> Path:
    return REGISTRIES / f"{province}.yaml"


def _named(province: str, *, departments: bool) -> list[Entry]:
    path = _file(province)
    if not path.is_file():
        known = ", ".join(p.stem for p in sorted(REGISTRIES.glob("*.yaml")))
        raise StoryInvalid(f"no registry of province {province}: {known}")
    content = read_yaml(path)
    more = content.get("departments", []) if departments else []
    return [*content["agencies"], *more]


def _table(registry: Registry) -> Iterator[Entry]:
    if registry.units not in {"districts", "all"}:
        return
    deepest = 5 if registry.units == "all" else 3
    before = registry.as_of <= date.fromisoformat(str(ERAS["63"][1]))
    if before:
        yield from _units("63", registry.province, deepest)
    for province in _later(registry.province) if before else [registry.province]:
        yield from _units("34", province, deepest)


def _later(province: str) -> list[str]:
    """Return the province that *province* of the 63 went into, by its code."""
    old = f"p{province}"
    return [row[1][1:] for row in _rows("lineage.csv") if row[0] == old]


def _units(era: str, province: str, deepest: int) -> Iterator[Entry]:
    start, end = ERAS[era]
    for _, _, code, parent, kind, name in _rows("units.csv", f"{era},{province},"):
        if len(code) <= deepest:
            above = f"vn{era}-{LEVELS[len(parent)]}{parent}" if parent else None
            yield {
                "agency_id": f"vn{era}-{LEVELS[len(code)]}{code}",
                "kind": kind,
                "name": f"Ủy ban nhân dân {name[0].lower()}{name[1:]}",
                "parent_id": above,
                "superior_id": above,
                "mailbox": f"gso{code}@vn{era}.example",
                "valid_from": start,
                "valid_to": end,
                "identifiers": [
                    {
                        "scheme": "GSO",
                        "value": code,
                        "valid_from": start,
                        "valid_to": end,
                    }
                ],
            }


def _codes(era: str, province: str) -> list[str]:
    return [row[2] for row in _rows("units.csv", f"{era},{province},")]


def _rows(name: str, beginning: str = "") -> Iterator[list[str]]:
    """Return the rows of a table; only those that are asked for are taken apart."""
    with (REGISTRIES / name).open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            if line.startswith(beginning):
                yield line.rstrip("\n").split(",")


def _exists(entry: Entry, first: str, last: str) -> bool:
    end = entry.get("valid_to")
    return bool(entry["valid_from"] <= last and (end is None or end >= first))


def _same(unit: Entry, entry: Entry) -> bool:
    """Say whether *entry* bears the unit's code when the unit's era ends."""
    [code] = unit["identifiers"]
    day = code["valid_to"] or code["valid_from"]
    return any(
        its["scheme"] == "GSO"
        and its["value"] == code["value"]
        and _exists(its, day, day)
        for its in entry["identifiers"]
    )


def _under(unit: Entry, instead: Mapping[str, str]) -> Entry:
    above = instead.get(unit["parent_id"] or "", unit["parent_id"])
    return {**unit, "parent_id": above, "superior_id": above}


def _parents_first(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries so that each one's parent, if it is there, stands before."""
    waiting = {entry["agency_id"]: entry for entry in entries}
    ordered: dict[str, Entry] = {}

    def place(entry: Entry) -> None:
        parent = waiting.get(entry["parent_id"] or "")
        if parent is not None and parent["agency_id"] not in ordered:
            place(parent)
        ordered.setdefault(entry["agency_id"], entry)

    for entry in waiting.values():
        place(entry)
    return list(ordered.values())
