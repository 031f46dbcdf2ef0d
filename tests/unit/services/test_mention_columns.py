"""Mentions put into columns come out as they were."""

from __future__ import annotations

from dataclasses import replace

from meipi.core.document import Structure
from meipi.services.mention_columns import columns
from meipi.services.pipeline import find_mentions

TEXT = "记者李明在天津市宝坻区报道:2025年2月,🙂清华大学投资81.7亿元,增长62.8%。清华表示欢迎。"


def test_mentions_come_out_of_columns_as_they_went_in() -> None:
    found = find_mentions(TEXT, Structure(()))
    assert len({mention.type for mention in found}) > 4
    assert tuple(columns(found).mentions(TEXT)) == found


def test_mentions_of_a_part_are_shifted_to_their_place_in_the_whole() -> None:
    found = find_mentions(TEXT, Structure(()))
    moved = tuple(columns(found).mentions("第一行。\n" + TEXT, shift=5))
    assert moved == tuple(replace(m, span=m.span.shift(5)) for m in found)
