"""Repair in MB of UTF-8 a second of one core, against ftfy's encoding fix alone; and its memory.

MEIPI_BENCH_TEXTS names folders or files of clean text, colon between them, to be measured too.
"""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING

import ftfy
from tests.bench.damages import DAMAGES, LOSSLESS, each_line
from tests.bench.measure import SEEDS, Row, processor_seconds, prose
from tests.bench.peak import measured

from meipi.repair import repair

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENOUGH_MEMORY = 1_500_000
_NAMES = (
    "安德烈·马尔罗(André Malraux)",
    "中島みゆき",
    "佐藤ひとみ",
    "François Hollande",
    "圀府寺司",
)


def run() -> Iterator[Row]:
    """Yield clean text, every damage, then memory."""
    news = prose(2_000_000)
    yield _row("clean news, 6 MB", news)
    yield _row("clean, like an encyclopaedia, 3 MB", _encyclopaedia(prose(1_000_000)))
    for path in _given():
        yield _row(f"clean, {path.name}", _read(path))
    yield Row("repair: clean news, 20 MB", processor_seconds(repair, prose(6_700_000)), None, "s")
    for name, (damage, characters) in DAMAGES.items():
        yield _row(name, each_line(damage, prose(characters)))
    for name, (damage, characters) in DAMAGES.items():
        if characters == LOSSLESS:
            yield _row(f"{name}, short lines", each_line(damage, _short_lines(prose(characters))))
    page = next(SEEDS.glob("001_*")).read_text(encoding="utf-8")
    yield _row("pinyin put in byte-wise, a page", page)
    yield from _memory(prose(_ENOUGH_MEMORY))


def _memory(clean: str) -> Iterator[Row]:
    yield _peak("clean news", clean)
    for name, (damage, characters) in DAMAGES.items():
        if characters == LOSSLESS:
            yield _peak(name, each_line(damage, clean))
            yield _peak(f"{name}, short lines", each_line(damage, _short_lines(clean)))


def _row(what: str, text: str) -> Row:
    # References are none of its encodings: it has another function for these.
    rival, name = (
        (ftfy.fixes.unescape_html, "ftfy.unescape_html")
        if text.isascii() and "&#" in text
        else (ftfy.fix_encoding, "ftfy.fix_encoding")
    )
    megabytes = len(text.encode("utf-8", "surrogatepass")) / 1e6
    ours = megabytes / processor_seconds(repair, text)
    return Row(f"repair: {what}", ours, megabytes / processor_seconds(rival, text), "MB/s", name)


def _peak(what: str, text: str) -> Row:
    size, peak = measured(text)
    return Row(f"repair: peak memory, {what}, {size / 1e6:.1f} MB", peak / size, None, "x text")


def _short_lines(text: str) -> str:
    """Put every sentence on a line of its own, as news of short lines stand."""
    return text.replace("。", "。\n")


def _encyclopaedia(text: str) -> str:
    """Put foreign and rare names into every fifth sentence."""
    chooser = random.Random(2)  # noqa: S311 - no secret, the same text every run
    sentences = text.split("。")
    for at in range(0, len(sentences), 5):
        sentences[at] += chooser.choice(_NAMES)
    return "。".join(sentences)


def _given() -> Iterator[Path]:
    for name in filter(None, os.environ.get("MEIPI_BENCH_TEXTS", "").split(":")):
        path = Path(name)
        yield from sorted(path.iterdir()) if path.is_dir() else [path]


def _read(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
