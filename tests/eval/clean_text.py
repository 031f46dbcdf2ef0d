"""Print every edit that repair makes in texts: in clean ones there is to be none.

    python -m tests.eval.clean_text PATH… [--lines] [--limit N]

Reads text files (UTF-8, .gz too), JSON lines with a ``text`` or ``damaged`` in each, and folders.
``--lines`` repairs line by line, as of a collection of short texts; otherwise by pieces of some
pages. Ends with 1 if there was an edit.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from meipi.repair import repair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.core.repairs import RepairEdit

_PIECE = 20_000
"""Characters repaired at a time; a rule that asks for several signs sees so much at once."""
_AROUND = 20
_SUFFIXES = {".txt", ".gz", ".jsonl", ".md", ".py", ".json", ".js", ".csv", ".html"}


def main() -> int:
    """Read the arguments, print edits and counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--lines", action="store_true", help="repair each line by itself")
    parser.add_argument("--limit", type=int, default=20, help="edits shown of a file")
    options = parser.parse_args()
    counts, made = Counter[str](), 0
    for path in files(options.paths):
        made += _look(path, counts, lines=options.lines, limit=options.limit)
    total = sum(counts.values())
    sys.stdout.write(f"{total} characters read, {made} edits made\n")
    return 1 if made else 0


def files(paths: list[Path]) -> Iterator[Path]:
    """Yield the files of text among ``paths`` and in folders among them."""
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (p for p in inside if p.is_file() and p.suffix in _SUFFIXES)


def pieces(path: Path, *, lines: bool) -> Iterator[str]:
    """Yield the texts of a file: its lines, or pieces of whole lines."""
    piece: list[str] = []
    size = 0
    for line in _lines(path):
        if lines:
            yield line
            continue
        piece.append(line)
        size += len(line) + 1
        if size >= _PIECE:
            yield "\n".join(piece)
            piece, size = [], 0
    if piece:
        yield "\n".join(piece)


def _lines(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    name = path.name
    try:
        if name.endswith(".gz"):
            data, name = gzip.decompress(data), name.removesuffix(".gz")
        text = data.decode("utf-8")
    except (UnicodeDecodeError, gzip.BadGzipFile):
        return
    for line in text.split("\n"):
        if name.endswith(".jsonl"):
            row = json.loads(line) if line else {}
            yield str(row.get("text", row.get("damaged", "")))
        else:
            yield line


def _look(path: Path, counts: Counter[str], *, lines: bool, limit: int) -> int:
    made = 0
    for piece in pieces(path, lines=lines):
        counts[str(path)] += len(piece)
        edits = repair(piece).edits
        for edit in edits[: max(0, limit - made)]:
            sys.stdout.write(f"{path.name}\t{edit.channel}\t{_in_context(piece, edit)}\n")
        made += len(edits)
    if made:
        sys.stdout.write(f"{path.name}\t{counts[str(path)]} characters\t{made} edits\n")
    return made


def _in_context(text: str, edit: RepairEdit) -> str:
    before = text[max(0, edit.source_start - _AROUND) : edit.source_start]
    behind = text[edit.source_end : edit.source_end + _AROUND]
    return f"{before!r} [{edit.before!r} → {edit.after!r}] {behind!r}"


if __name__ == "__main__":
    sys.exit(main())
