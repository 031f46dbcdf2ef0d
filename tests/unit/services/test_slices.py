"""Long texts in slices: nothing lost, blocks counted from the slice's beginning."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core.document import Block, Role, Structure
from meipi.core.spans import Span
from meipi.services.slices import around, part, slices

TEXTS = st.text(alphabet="甲乙。\n", max_size=200)


def lines(text: str) -> Structure:
    """See a block in every line."""
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(Span(at, at + len(line)), Role.PARAGRAPH))
        at += len(line) + 1
    return Structure(tuple(blocks))


@given(TEXTS, st.booleans(), st.integers(5, 40))
def test_slices_cover_a_text_in_order_and_are_short(text: str, blocks: bool, size: int) -> None:
    found = list(slices(text, lines(text) if blocks else Structure(()), size=size))
    assert (found[0].start, found[-1].end) == (0, len(text))
    assert all(before.end == after.start for before, after in pairwise(found))
    assert all(len(span) <= size for span in found)


@given(TEXTS, st.integers(5, 40))
def test_parts_hold_every_character_of_every_block_once(text: str, size: int) -> None:
    structure = lines(text)
    shown = []
    for span in slices(text, structure, size=size):
        inside, own = part(text, structure, span)
        shown += [block.span.slice(inside) for block in own.blocks]
    assert "".join(shown) == text.replace("\n", "")


@given(TEXTS.filter(bool), st.integers(0, 199), st.booleans())
def test_what_lies_around_a_place_holds_it(text: str, offset: int, blocks: bool) -> None:
    at = offset % len(text)
    structure = lines(text) if blocks else Structure(())
    span = around(text, structure, at, before=6, after=20)
    assert span.start <= at < span.end <= len(text)


def test_a_slice_ends_between_paragraphs() -> None:
    text = "甲甲甲甲甲甲\n乙乙。乙乙\n丙丙丙丙丙"
    assert [span.slice(text) for span in slices(text, lines(text), size=14)] == [
        "甲甲甲甲甲甲\n乙乙。乙乙\n",
        "丙丙丙丙丙",
    ]


@pytest.mark.parametrize("end", ["。", "\n"])
def test_a_long_paragraph_is_cut_after_a_sentence(end: str) -> None:
    text = f"甲甲甲甲甲甲{end}乙乙乙乙乙"
    assert next(iter(slices(text, Structure(()), size=9))) == Span(0, 7)


def test_what_a_block_hides_is_hidden_in_its_part() -> None:
    text = "甲乙\n丙丁"
    block = Block(Span(0, 5), Role.PARAGRAPH, hidden=(Span(2, 3),))
    inside, own = part(text, Structure((block,), date="2025-03-01"), Span(1, 5))
    assert (inside, own.date) == ("乙\n丙丁", "2025-03-01")
    assert own.blocks == (Block(Span(0, 4), Role.PARAGRAPH, hidden=(Span(1, 2),)),)
