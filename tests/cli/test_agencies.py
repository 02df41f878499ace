"""The shipped registry: totals, and the cases of the 2025 reform that went wrong."""

import csv
from collections import Counter
from datetime import date

import pytest

from services.cli.agencies import REGISTRIES, agencies, lineage
from services.cli.story import Registry, StoryInvalid

BEFORE, AFTER = date(2023, 4, 20), date(2025, 8, 1)


def rows(name):
    with (REGISTRIES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def units():
    return rows("units.csv")


@pytest.fixture(scope="module")
def steps():
    return rows("lineage.csv")


def names(units, era):
    return {u["code"]: u["name"] for u in units if u["era"] == era}


def registry(province="87", as_of=BEFORE, units="all", **more):
    return agencies(Registry(province=province, as_of=as_of, units=units, **more))


def of_kind(entries, *kinds):
    return [entry for entry in entries if entry["kind"] in kinds]


@pytest.mark.capability("C4")
def test_the_table_has_every_unit_before_and_after(units):
    counted = Counter((unit["era"], unit["kind"]) for unit in units)

    assert counted == {
        ("63", "PROVINCIAL_PC"): 63,
        ("63", "DISTRICT"): 696,
        ("63", "XA"): 7_695,
        ("63", "PHUONG"): 1_724,
        ("63", "THI_TRAN"): 616,
        ("34", "PROVINCIAL_PC"): 34,
        ("34", "XA"): 2_621,
        ("34", "PHUONG"): 687,
        ("34", "DAC_KHU"): 13,
    }
    assert len({(unit["era"], len(unit["code"]), unit["code"]) for unit in units}) == (
        63 + 696 + 10_035 + 34 + 3_321
    )


def test_every_unit_stands_below_one_of_its_own_era(units):
    known = {(unit["era"], unit["code"]) for unit in units}

    assert all((u["era"], u["parent"]) in known for u in units if u["parent"])


def test_every_old_commune_and_island_has_a_successor(units, steps):
    old = {f"x{u['code']}" for u in units if u["era"] == "63" and len(u["code"]) == 5}
    news = Counter(step["old"] for step in steps)
    divided = {step["old"] for step in steps if step["relation"] == "PART"}
    islands = set(news) - old - {old for old in news if old.startswith("p")}

    assert old <= set(news)
    assert islands == {"d318", "d471", "d498", "d536", "d755"}
    assert sum(step["relation"] == "PART" for step in steps) == 1_033
    assert len(divided) == 471  # the converter's; the statistics office divides 441
    assert all(news[one] > 1 for one in divided)
    assert all(n == 1 for one, n in news.items() if one not in divided)


def test_an_island_district_is_not_one_blank_unit(steps):
    became = {s["old"]: (s["new"], s["relation"]) for s in steps if s["old"][0] == "d"}

    assert became["d318"] == ("x11948", "RETYPED")  # Bạch Long Vĩ
    assert became["d755"] == ("x26732", "RETYPED")  # Côn Đảo
    assert len({new for new, _ in became.values()}) == 5


def test_every_divided_commune_has_one_default(steps):
    defaults = Counter(
        s["old"] for s in steps if s["relation"] == "PART" and s["default"]
    )

    assert len(defaults) == 471
    assert set(defaults.values()) == {1}


def test_a_code_of_today_mostly_names_another_unit_than_before(units, steps):
    before, after = names(units, "63"), names(units, "34")
    olds = {}
    for step in steps:
        olds.setdefault(step["new"], set()).add(step["old"])
    communes = [code for code in after if len(code) == 5]
    own = [code for code in communes if f"x{code}" in olds[f"x{code}"]]
    renamed = [code for code in own if before[code] != after[code]]

    assert len(own) == 3_316
    assert len(renamed) > 1_700


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("15", "Yên Bái", "Lào Cai"),
        ("24", "Bắc Giang", "Bắc Ninh"),
        ("44", "Quảng Bình", "Quảng Trị"),
        ("52", "Bình Định", "Gia Lai"),
        ("80", "Long An", "Tây Ninh"),
        ("82", "Tiền Giang", "Đồng Tháp"),
        ("91", "Kiên Giang", "An Giang"),
    ],
)
def test_a_province_code_came_to_name_another_province(units, code, before, after):
    assert names(units, "63")[code] == f"Tỉnh {before}"
    assert names(units, "34")[code] == f"Tỉnh {after}"


@pytest.mark.parametrize(
    ("olds", "new", "name"),
    [
        (("29954", "29989", "29986"), "29954", "Phường An Bình"),
        (("29955", "29959", "29965"), "29955", "Phường Hồng Ngự"),
        (("29978", "29977", "29962"), "29978", "Phường Thường Lạc"),
        (("30154", "30166"), "30154", "Xã Tân Long"),
    ],
)
def test_whole_communes_went_into_one(units, steps, olds, new, name):
    found = {s["old"]: s["new"] for s in steps if s["relation"] == "WHOLE"}

    assert {found[f"x{old}"] for old in olds} == {f"x{new}"}
    assert names(units, "34")[new] == name


@pytest.mark.parametrize(
    ("old", "news"),
    [
        ("29995", {"29992", "30154"}),
        ("00634", {"00634", "00637", "00622", "09556", "09886"}),
    ],
)
def test_a_commune_was_divided(steps, old, news):
    parts = [s for s in steps if s["old"] == f"x{old}"]

    assert {s["new"] for s in parts} == {f"x{new}" for new in news}
    assert {s["relation"] for s in parts} == {"PART"}


def test_the_old_code_of_dai_mo_names_tay_mo(units):
    assert names(units, "63")["00634"] == "Phường Đại Mỗ"
    assert names(units, "34")["00634"] == "Phường Tây Mỗ"
    assert names(units, "34")["00637"] == "Phường Đại Mỗ"


def test_the_new_an_loc_is_not_the_old_one(units, steps):
    became = {s["old"]: s["new"] for s in steps}

    assert names(units, "63")["25324"] == names(units, "34")["25333"] == "Phường An Lộc"
    assert became["x25324"] != "x25333"
    assert names(units, "34")[became["x25324"][1:]] == "Phường Bình Long"


@pytest.mark.parametrize(
    ("province", "districts", "communes"),
    [("87", 12, 141), ("82", 11, 164), ("94", 11, 108), ("01", 30, 526)],
)
def test_a_province_before_the_reform(province, districts, communes):
    entries = registry(province)

    assert len(of_kind(entries, "DISTRICT")) == districts
    assert len(of_kind(entries, "XA", "PHUONG", "THI_TRAN")) == communes
    assert len(of_kind(entries, "PROVINCIAL_PC")) == 1


@pytest.mark.parametrize(
    ("province", "communes"), [("82", 102), ("92", 103), ("01", 126)]
)
def test_a_province_after_the_reform(province, communes):
    entries = registry(province, as_of=AFTER)

    assert len(of_kind(entries, "XA", "PHUONG", "DAC_KHU")) == communes
    assert not of_kind(entries, "DISTRICT", "THI_TRAN")
    assert len(of_kind(entries, "PROVINCIAL_PC")) == 1


def test_parents_stand_before_their_children_and_exist():
    seen = set()
    for entry in registry(as_of=BEFORE, until=AFTER, also=("00",)):
        assert entry["parent_id"] is None or entry["parent_id"] in seen
        seen.add(entry["agency_id"])


def test_an_entry_of_the_file_takes_the_place_of_the_units_code():
    entries = {entry["agency_id"]: entry for entry in registry()}

    assert "vn63-p87" not in entries
    assert "vn63-d868" not in entries
    assert entries["hong-ngu"]["parent_id"] == "dong-thap"
    assert entries["vn63-d870"]["parent_id"] == "dong-thap"
    assert entries["vn63-x29977"]["parent_id"] == "vn63-d870"


def test_a_code_held_before_the_reform_takes_no_place_after_it():
    entries = {e["agency_id"]: e for e in registry(until=AFTER)}

    assert entries["vn34-x29954"]["name"] == "Ủy ban nhân dân phường An Bình"
    assert entries["vn34-x29954"]["parent_id"] == "vn34-p82"
    assert entries["hn-an-loc"]["valid_to"] == "2025-06-30"


def test_a_city_that_stayed_is_one_agency_before_and_after():
    before, after = registry("01"), registry("01", as_of=AFTER)

    assert [e["agency_id"] for e in of_kind(before, "PROVINCIAL_PC")] == ["ha-noi"]
    assert [e["agency_id"] for e in of_kind(after, "PROVINCIAL_PC")] == ["ha-noi"]


def test_departments_come_with_units_and_not_otherwise():
    assert len(registry(units=None)) == 11
    assert "dong-thap-bao" in {e["agency_id"] for e in registry(units="none")}
    assert len(of_kind(registry(units="districts"), "DISTRICT")) == 12


def test_the_eight_coordinating_bodies_of_the_text_are_there():
    names = {entry["name"] for entry in registry(units="none")}

    for said in ("Sở Tài chính", "Sở Thông tin và Truyền thông", "Sở Tư pháp"):
        assert f"{said} tỉnh Đồng Tháp" in names
    for said in ("Sở Khoa học và Công nghệ", "Sở Tài nguyên và Môi trường"):
        assert f"{said} tỉnh Đồng Tháp" in names
    assert "Văn phòng Ủy ban nhân dân tỉnh Đồng Tháp" in names
    assert "Đài Phát thanh và Truyền hình Đồng Tháp" in names
    assert "Báo Đồng Tháp" in names


def test_a_province_without_a_file_or_a_code_is_refused():
    with pytest.raises(StoryInvalid, match="no registry of province 99"):
        registry("99")
    with pytest.raises(StoryInvalid, match="no registry of province 04"):
        registry("04", units="none")


def test_the_lineage_of_a_province_names_ids_of_both_eras():
    found = lineage("87")

    assert ("vn63-p87", "vn34-p82", "WHOLE") in found
    assert ("vn63-x29995", "vn34-x30154", "PART") in found
    assert len({old for old, _, _ in found}) == 142
