"""Entities in thousand characters a second, against jieba.posseg."""

from __future__ import annotations

from tests.bench.measure import Row, prose, seconds

from meipi.entities import find_mentions
from meipi.structure import analyse


def run() -> list[Row]:
    import jieba.posseg

    text = prose(20_000)
    structure = analyse(text)
    ours = len(text) / seconds(lambda: find_mentions(text, structure), repeat=3) / 1000
    rival = len(text) / seconds(lambda: list(jieba.posseg.cut(text)), repeat=3) / 1000
    return [Row("entities: news, 20,000 characters", ours, rival, "kchar/s", "jieba.posseg")]
