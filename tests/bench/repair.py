"""Repair in MB of UTF-8 a second, against ftfy's encoding fix alone."""

from __future__ import annotations

import ftfy
from tests.bench.measure import SEEDS, Row, prose, seconds

from meipi.repair import repair


def run() -> list[Row]:
    clean = prose(2_000_000)
    pinyin = "\n".join([next(SEEDS.glob("001_*")).read_text(encoding="utf-8")] * 4)
    as_gbk = prose(100_000).encode().decode("gb18030", "replace")
    as_cp1252 = "".join(_as_sloppy_cp1252(prose(100_000)))
    return [
        _row("clean news, 6 MB", clean),
        _row("UTF-8 read as cp1252, lossless", as_cp1252),
        _row("UTF-8 read as GBK", as_gbk),
        _row("pinyin put in byte-wise", pinyin),
    ]


def _row(what: str, text: str) -> Row:
    megabytes = len(text.encode()) / 1e6
    repeat = 5 if len(text) < 500_000 else 3
    ours = megabytes / seconds(lambda: repair(text), repeat=repeat)
    rival = megabytes / seconds(lambda: ftfy.fix_encoding(text), repeat=repeat)
    return Row(f"repair: {what}", ours, rival, "MB/s", "ftfy.fix_encoding")


def _as_sloppy_cp1252(text: str) -> str:
    return "".join(
        byte.decode("cp1252") if byte[0] not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte[0])
        for byte in (bytes([b]) for b in text.encode())
    )
