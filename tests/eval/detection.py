"""How often the encoding of short texts is found: ours beside chardet and charset_normalizer.

    python -m tests.eval.detection [--wrong]

A detector is right when its answer reads the bytes as the text they were made from. The rivals are
told which encodings to choose from, which helps them.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import chardet
import charset_normalizer

from meipi.encodings import detect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CASES = Path(__file__).parents[1] / "cases" / "encodings.json"
LENGTHS = (2, 4, 8, 16, 50, 400)
# What the rivals call a subset of an encoding is read as the whole of it, in their favour.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ascii": "utf-8",
    "shift_jis": "cp932",
    "shift_jis_2004": "cp932",
    "euc_kr": "cp949",
    "euc-kr": "cp949",
    "big5-hkscs": "big5hkscs",
    "iso-8859-1": "cp1252",
    "latin_1": "cp1252",
}
_CHOICES = [
    *("utf-8", "gb18030", "big5", "big5hkscs", "cp950", "utf-16-le", "utf-16-be", "hz"),
    *("ascii", "cp932", "euc-jp", "cp949", "cp1252"),
]


@dataclass(frozen=True)
class Case:
    """Bytes, the text they are to be read as, and the row of the table they count in."""

    data: bytes
    text: str
    row: str
    length: int
    damage: str = "whole"


def cases(path: Path = CASES) -> Iterator[Case]:
    """Yield every text in each of its encodings, cut to each length, whole and damaged."""
    for group in json.loads(path.read_text("utf-8"))["groups"]:
        for encoding in group["encodings"]:
            row = f"{group['language']} {encoding}"
            texts = {piece for text in group["texts"] for piece in _cuts(text)}
            for text in sorted(texts):
                yield from _encoded(text, encoding, row)


def _cuts(text: str) -> Iterator[str]:
    """Cut from the beginning and from the middle; a cut ends anywhere, as in an excerpt."""
    for length in (2, 3, 4, 6, 8, 12, 16, 30, 50, 100, 400):
        yield text[:length]
        yield text[len(text) // 2 :][:length]


def _encoded(text: str, encoding: str, row: str) -> Iterator[Case]:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return
    if (len(text) < 2 or data.isascii()) and encoding != "hz" and "english" not in row:
        return
    length = next(size for size in LENGTHS if len(text) <= size)
    yield Case(data, text, row, length)
    if length >= 8 and encoding != "hz":
        yield from _damaged(data, text, encoding, row, length)


def _damaged(data: bytes, text: str, encoding: str, row: str, length: int) -> Iterator[Case]:
    middle = text[: len(text) // 2].encode(encoding)
    variants = {"cut at the end": data[:-1]}
    if length >= 16 and "western" not in row and "english" not in row:
        # A lone high byte among ASCII has no right reading.
        unit = 2 if "16" in encoding else 1
        variants["cut at the start"] = data[unit:]
        stray = "\ud800".encode(encoding, "surrogatepass") if unit == 2 else b"\xff"
        variants["stray byte"] = middle + stray + data[len(middle) :]
    for damage, broken in variants.items():
        yield Case(broken, broken.decode(encoding, "replace"), row, length, damage)


def _ours(data: bytes) -> str | None:
    return detect(data)[0].encoding


def _chardet(data: bytes) -> str | None:
    return chardet.detect(data, prefer_superset=True, include_encodings=_CHOICES)["encoding"]


def _charset_normalizer(data: bytes) -> str | None:
    best = charset_normalizer.from_bytes(data, cp_isolation=_CHOICES).best()
    return best.encoding if best else None


DETECTORS: dict[str, Callable[[bytes], str | None]] = {
    "ours": _ours,
    "chardet": _chardet,
    "charset_normalizer": _charset_normalizer,
}


def is_right(case: Case, encoding: str | None) -> bool:
    """Tell whether reading the case's bytes in ``encoding`` gives its text."""
    if encoding is None:
        return False
    name = _SUPERSETS.get(encoding.lower(), encoding)
    try:
        return case.data.decode(name, "replace") == case.text
    except LookupError:
        return False


def shares(
    detector: Callable[[bytes], str | None], *, damaged: bool
) -> dict[tuple[str, int], tuple[int, int]]:
    """Return (right, all) by row and length, of the whole texts or of the damaged."""
    found: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for case in cases():
        if damaged == (case.damage != "whole"):
            found[case.row, case.length].append(is_right(case, detector(case.data)))
    return {key: (sum(right), len(right)) for key, right in found.items()}


def total(counted: dict[tuple[str, int], tuple[int, int]], *, chinese: bool) -> float:
    """Return the share right, of Chinese rows only or of all."""
    chosen = [
        value
        for (row, _), value in counted.items()
        if not chinese or row.startswith(("simplified", "traditional"))
    ]
    return sum(right for right, _ in chosen) / sum(count for _, count in chosen)


def _table(*, damaged: bool) -> str:
    counted = {name: shares(detector, damaged=damaged) for name, detector in DETECTORS.items()}
    rows = list(dict.fromkeys(row for row, _ in counted["ours"]))
    what = "cut inside a character or with a stray byte" if damaged else "whole"
    lines = [f"{what}: % right, {' / '.join(DETECTORS)} (texts), by length in characters", ""]
    lines.append("| | " + " | ".join(f"≤ {size}" for size in LENGTHS) + " |")
    lines.append("| --- |" + " --- |" * len(LENGTHS))
    for row in rows:
        cells = [_cell(counted, row, size) for size in LENGTHS]
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    for label, chinese in (("Chinese", True), ("all", False)):
        figures = ", ".join(f"{n} {total(c, chinese=chinese):.1%}" for n, c in counted.items())
        lines.append(f"\n{label}: {figures}")
    return "\n".join(lines) + "\n"


def _cell(counted: dict[str, dict[tuple[str, int], tuple[int, int]]], row: str, size: int) -> str:
    if (row, size) not in counted["ours"]:
        return ""
    figures = [counts[row, size] for counts in counted.values()]
    return " / ".join(f"{100 * right / count:.0f}" for right, count in figures) + (
        f" ({figures[0][1]})"
    )


def _wrong() -> str:
    lines = []
    for case in cases():
        answer = _ours(case.data)
        if not is_right(case, answer):
            lines.append(f"{case.row}\t{case.damage}\t{answer}\t{case.text!r}")
    return "\n".join(lines)


if __name__ == "__main__":
    if "--wrong" in sys.argv:
        print(_wrong())
    else:
        print(_table(damaged=False))
        print(_table(damaged=True))
