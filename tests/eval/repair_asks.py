"""Print how much of damaged texts comes out right, kind by kind, beside what is asked.

``python -m tests.eval.repair_asks TEXTFILE… [--rows NAME…] [--texts N] [--length 200] [--misses]``

A text file is UTF-8, a paragraph a line, or the same gzipped. It is cut into texts, and each is
damaged byte for byte as the programs do that did it on real pages.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import time
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from tests.eval.repair_damage import ROWS, Row

from meipi.core.repairs import LOST
from meipi.repair import repair
from meipi.repair.tables import only_simplified, only_traditional

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meipi.core.repairs import Repaired

SURE = 0.95
LINE = "{:24}{:>12}{:>8}{:>6}{:>9}{:>8}{:>14}{:>8}\n"
HEAD = ("row", "exact", "share", "ask", "holes", "KB/s", "surer edits", "right")


@dataclass(slots=True)
class Counted:
    """What came of the texts of a row; ``sure`` are edits above 0.95."""

    texts: int = 0
    exact: int = 0
    holes: int = 0
    filled: int = 0
    sure: int = 0
    right: int = 0
    size: int = 0
    seconds: float = 0.0
    misses: list[tuple[str, str, str]] = field(default_factory=list)

    def __iadd__(self, other: Counted) -> Counted:
        for name in ("texts", "exact", "holes", "filled", "sure", "right", "size", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rows", nargs="+", default=[""], help="rows whose names begin so")
    parser.add_argument("--texts", type=int, default=100, help="most texts taken of all files")
    parser.add_argument("--length", type=int, default=200, help="characters of a text, about")
    parser.add_argument("--misses", action="store_true", help="print every text that is not exact")
    options = parser.parse_args()
    texts = [t for path in options.paths for t in cut(read(path), options.length)]
    rows = [row for row in ROWS if row.name.startswith(tuple(options.rows))]
    sys.stdout.write(LINE.format(*HEAD))
    total = Counted()
    for row in rows:
        counted = measured(row, spread([t for t in texts if fits(row, t)], options.texts))
        total += counted
        write(row.name, f"{row.ask:.0%}", counted, misses=options.misses)
    write("all", "", total, misses=False)


def read(path: Path) -> list[str]:
    """Return the paragraphs of a file."""
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").splitlines()


def cut(lines: Sequence[str], length: int) -> Iterator[str]:
    """Yield texts of about ``length`` characters, cut between sentences where it can be."""
    text = ""
    for line in lines:
        text = f"{text}\n{line}" if text else line
        while len(text) > length + length // 2:
            stops = (text.rfind(stop, length // 2, length + length // 4) for stop in "。！？\n")
            at = max(stops) + 1 or length
            yield text[:at].rstrip("\n")
            text = text[at:].lstrip("\n")
        if len(text) >= length:
            yield text
            text = ""


def fits(row: Row, text: str) -> bool:
    """Say whether the damage can befall the text and leaves it another."""
    if row.traditional and not _is_traditional(text):
        return False
    try:
        return row.damage(text) != text
    except UnicodeError:
        return False


def _is_traditional(text: str) -> bool:
    return len(only_traditional() & set(text)) > 3 and not only_simplified() & set(text)


def spread(texts: Sequence[str], count: int) -> list[str]:
    """Return ``count`` of the texts, from all places alike."""
    if len(texts) <= count:
        return list(texts)
    return [texts[number * len(texts) // count] for number in range(count)]


def measured(row: Row, texts: Sequence[str]) -> Counted:
    """Repair what the row makes of each text, and count."""
    counted = Counted()
    for text in texts:
        damaged = row.damage(text)
        start = time.perf_counter()
        repaired = repair(damaged)
        counted.seconds += time.perf_counter() - start
        counted.size += len(damaged.encode("utf-8", "surrogatepass"))
        counted += _judged(row, repaired, text)
        if not is_exact(row, repaired.text, text):
            counted.misses.append((damaged, repaired.text, text))
    return counted


def is_exact(row: Row, text: str, truth: str) -> bool:
    """Say whether all is right; a □ is right for an ASCII character that left no trace."""
    if row.eaten and len(text) == len(truth):
        return all(_agree(a, b) for a, b in zip(text, truth, strict=True))
    return text == truth


def _agree(shown: str, true: str) -> bool:
    return shown == true or (shown == LOST and true.isascii())


def _judged(row: Row, repaired: Repaired, truth: str) -> Counted:
    right = agreement(repaired.text, truth, eaten=row.eaten)
    sure = [edit for edit in repaired.edits if edit.confidence > SURE and edit.after]
    holes = [at for at, c in enumerate(truth) if row.lost & set(c.encode("utf-8"))]
    filled = set(right.values())
    return Counted(
        texts=1,
        exact=is_exact(row, repaired.text, truth),
        holes=len(holes),
        filled=sum(at in filled for at in holes),
        sure=len(sure),
        right=sum(all(at in right for at in range(e.start, e.end)) for e in sure),
    )


def agreement(text: str, truth: str, *, eaten: bool) -> dict[int, int]:
    """Return where the characters of ``text`` that are right stand in ``truth``."""
    if len(text) == len(truth):
        pairs = enumerate(zip(text, truth, strict=True))
        return {at: at for at, (a, b) in pairs if (_agree(a, b) if eaten else a == b)}
    blocks = SequenceMatcher(None, text, truth, autojunk=False).get_matching_blocks()
    return {block.a + at: block.b + at for block in blocks for at in range(block.size)}


def write(name: str, ask: str, counted: Counted, *, misses: bool) -> None:
    """Write one row of the table."""
    for damaged, text, truth in counted.misses if misses else ():
        sys.stdout.write(f"- {name}\n  {damaged!r}\n  {text!r}\n  {truth!r}\n")
    exact = f"{counted.exact}/{counted.texts}"
    speed = f"{counted.size / counted.seconds / 1000:.0f}" if counted.seconds else ""
    shares = (
        _share(counted.exact, counted.texts),
        ask,
        _share(counted.filled, counted.holes),
        speed,
        str(counted.sure),
        _share(counted.right, counted.sure),
    )
    sys.stdout.write(LINE.format(name, exact, *shares))
    sys.stdout.flush()


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""


if __name__ == "__main__":
    main()
