"""How often the encoding of excerpts from text files is found, beside the rivals: row by row.

``python -m tests.eval.detection_files PATH… [--texts N] [--behind] [--wrong]``

A file is UTF-8, a paragraph a line, gzipped or JSON lines with a ``text``. Each excerpt is written
in the encodings of its script, whole, cut inside a character, and beside a line in UTF-8.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.eval.detection import _SUPERSETS, DETECTORS, Case, is_right

from meipi.repair.tables import only_simplified, only_traditional

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LENGTHS = (4, 8, 16, 50, 100, 400)
LINE = "{:12}{:24}{:>6}{:>8}  " + "{:>20}" * len(DETECTORS) + "\n"
ENCODINGS = {
    "simplified": ("gb18030", "utf-8", "utf-16-le", "utf-16-be", "hz"),
    "traditional": ("big5", "gb18030", "utf-8", "utf-16-le", "utf-16-be"),
}
Key = tuple[str, str, int, str]


@dataclass(frozen=True)
class Mixed(Case):
    """Lines in two encodings; a detector is right that reads one of them as it was written."""

    lines: tuple[str, ...] = ()


def main() -> int:
    """Print the table; 1 if a rival is ahead in a row in which ours is not perfect."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--texts", type=int, default=60, help="excerpts of each length")
    parser.add_argument("--behind", action="store_true", help="print only rows a rival leads")
    parser.add_argument("--wrong", action="store_true", help="print what ours finds wrongly")
    options = parser.parse_args()
    counted = count(excerpts(options.paths, options.texts), wrong=options.wrong)
    sys.stdout.write(LINE.format("script", "encoding", "chars", "texts", *DETECTORS))
    behind = [key for key in counted if is_behind(counted[key])]
    for key in sorted(behind if options.behind else counted):
        write_row(key, counted[key])
    sys.stdout.write(f"{len(counted)} rows, a rival ahead in {len(behind)}\n")
    return 1 if behind else 0


def excerpts(paths: Iterable[Path], number: int) -> Iterator[tuple[str, str]]:
    """Yield as many excerpts of each length and script as asked for, spread over the texts."""
    scripts: dict[str, list[str]] = {"simplified": [], "traditional": []}
    for path in paths:
        for line in lines(path):
            if script := script_of(line):
                scripts[script].append(line)
    for script, found in scripts.items():
        whole = "\n".join(found)
        for length in LENGTHS:
            step = max(1, (len(whole) - length) // number)
            for at in range(0, max(0, len(whole) - length), step):
                yield script, whole[at : at + length].strip()


def lines(path: Path) -> Iterator[str]:
    """Yield the paragraphs of a file."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    for line in text.split("\n"):
        yield json.loads(line)["text"] if line and ".jsonl" in path.name else line


def script_of(text: str) -> str:
    """Return the script that a Chinese text is in, if it tells."""
    if any("\u3040" <= character <= "\u30ff" for character in text):
        return ""
    simplified = sum(character in only_simplified() for character in text)
    traditional = sum(character in only_traditional() for character in text)
    if simplified == traditional:
        return ""
    return "simplified" if simplified > traditional else "traditional"


def cases(script: str, text: str) -> Iterator[Case]:
    """Yield an excerpt in each encoding and each state, as far as it can be written so."""
    length = next(size for size in LENGTHS if len(text) <= size)
    for encoding in ENCODINGS[script]:
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        if len(text) < 3 or text.isascii():
            continue
        yield Case(data, text, encoding, length)
        if encoding == "hz":
            continue
        unit = 2 if "16" in encoding else 1
        for damage, broken in (("cut at the end", data[:-1]), ("cut at the start", data[unit:])):
            yield Case(broken, broken.decode(encoding, "replace"), encoding, length, damage)
        if encoding in ("gb18030", "big5") and length >= 16:
            yield from mixed(text, encoding, length)


def mixed(text: str, encoding: str, length: int) -> Iterator[Mixed]:
    """Yield an excerpt whose halves are lines in two encodings, either way round."""
    halves = (text[: len(text) // 2], text[len(text) // 2 :])
    if any(half.isascii() for half in halves):
        return
    for codecs in ((encoding, "utf-8"), ("utf-8", encoding)):
        data = b"\n".join(h.encode(c) for h, c in zip(halves, codecs, strict=True))
        yield Mixed(data, "", encoding, length, "mixed with utf-8", halves)


def count(
    found: Iterable[tuple[str, str]], *, wrong: bool = False
) -> dict[Key, dict[str, list[bool]]]:
    """Return, row by row, which of the texts each detector was right about."""
    counted: dict[Key, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for script, text in found:
        for case in cases(script, text):
            key = (script, case.row, case.length, case.damage)
            for name, detector in DETECTORS.items():
                answer = detector(case.data)
                right = _is_right(case, answer)
                counted[key][name].append(right)
                if wrong and name == "ours" and not right:
                    sys.stdout.write(f"{key}\t{answer}\t{case.text or case.data!r}\n")
    return counted


def _is_right(case: Case, answer: str | None) -> bool:
    """Tell whether the answer reads the case; a cut shows each Big5 something else."""
    if isinstance(case, Mixed):
        return _reads_a_line(case, answer)
    if case.row == "big5" and case.damage != "whole":
        return (answer or "").lower().replace("-", "") in ("big5", "big5hkscs", "cp950")
    return is_right(case, answer)


def _reads_a_line(case: Mixed, encoding: str | None) -> bool:
    if encoding is None:
        return False
    text = case.data.decode(_SUPERSETS.get(encoding.lower(), encoding), "replace")
    return any(line in text for line in case.lines)


def is_behind(row: dict[str, list[bool]]) -> bool:
    """Say whether a rival was right more often."""
    ours = sum(row["ours"])
    return any(sum(right) > ours for name, right in row.items() if name != "ours")


def write_row(key: Key, row: dict[str, list[bool]]) -> None:
    """Write the shares of one row."""
    script, encoding, length, damage = key
    size = len(row["ours"])
    shares = [f"{100 * sum(right) / size:.1f} %" for right in row.values()]
    sys.stdout.write(LINE.format(script, f"{encoding}, {damage}", length, size, *shares))


if __name__ == "__main__":
    sys.exit(main())
