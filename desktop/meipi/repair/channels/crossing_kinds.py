"""Which East Asian encodings are read as which."""

from __future__ import annotations

from dataclasses import dataclass

from meipi.repair.channels.crossing_tables import BIG5, EUC_KR, GBK, SHIFT_JIS, Encoding


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """What was written in one encoding and read in the other."""

    name: str
    label_zh: str
    label_en: str
    written: Encoding
    read: Encoding


CROSSINGS = (
    Crossing("gbk-as-big5", "GBK 误作 Big5", "GBK read as Big5", GBK, BIG5),
    Crossing("gbk-as-shift-jis", "GBK 误作 Shift-JIS", "GBK read as Shift-JIS", GBK, SHIFT_JIS),
    Crossing("gbk-as-euc-kr", "GBK 误作 EUC-KR", "GBK read as EUC-KR", GBK, EUC_KR),
    Crossing("big5-as-gbk", "Big5 误作 GBK", "Big5 read as GBK", BIG5, GBK),
    Crossing("shift-jis-as-gbk", "Shift-JIS 误作 GBK", "Shift-JIS read as GBK", SHIFT_JIS, GBK),
    Crossing("euc-kr-as-gbk", "EUC-KR 误作 GBK", "EUC-KR read as GBK", EUC_KR, GBK),
)
