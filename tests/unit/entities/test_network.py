"""Meipi's own network: names whole among the words, batches, what the file holds."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core.resources import resource_path
from meipi.entities.cutting import cut
from meipi.entities.draft import Token
from meipi.entities.folding import fold_text
from meipi.entities.network import CarefulReader, NetworkTagger, QuickReader, clauses
from meipi.entities.tokens import TokenCutter

TEXT = fold_text(
    "清华大学教授李明在北京说，大会闭幕。记者从广州市教育局获悉！她笑了；昨天，上海下了一场大雨。"
)


@pytest.fixture
def tagger() -> NetworkTagger:
    return _network()


@cache
def _network() -> NetworkTagger:
    return NetworkTagger()


def test_names_are_whole_words_with_their_type(tagger: NetworkTagger) -> None:
    tokens = tagger.tag(TEXT, cut(TEXT))
    found = {(TEXT[t.start : t.end], t.tag) for t in tokens if t.tag in {"PER", "LOC", "ORG"}}
    assert found == {
        ("清华大学", "ORG"),
        ("李明", "PER"),
        ("北京", "LOC"),
        ("广州市教育局", "ORG"),
        ("上海", "LOC"),
    }


def test_a_batch_gives_what_its_pieces_give_alone(tagger: NetworkTagger) -> None:
    pieces = cut(TEXT)
    assert tagger.tag(TEXT, pieces) == [t for piece in pieces for t in tagger.tag(TEXT, [piece])]


def test_words_cover_every_piece_without_gap(tagger: NetworkTagger) -> None:
    tokens = tagger.tag(TEXT, [(0, len(TEXT))])
    assert "".join(TEXT[token.start : token.end] for token in tokens) == TEXT


def test_nothing_to_tag_gives_no_words(tagger: NetworkTagger) -> None:
    assert tagger.tag("", []) == []


@given(st.text(alphabet="北京李明说abc1,。𠮷😀", min_size=1, max_size=40))
def test_any_text_is_covered(text: str) -> None:
    tokens = _network().tag(text, [(0, len(text))])
    assert "".join(text[token.start : token.end] for token in tokens) == text


WORD_TAGS = [("n", "B"), ("n", "I"), ("LOC", "B"), ("LOC", "I")]
NAME_TAGS = [("O", ""), ("ORG", "B"), ("ORG", "I"), ("ORG", "E"), ("ORG", "S")]


@pytest.mark.parametrize(
    ("words", "names", "expected"),
    [
        ([0, 1, 0, 1], [0, 1, 3, 0], ["a", "bc", "d"]),
        ([0, 1, 1, 1], [0, 4, 4, 0], ["a", "b", "c", "d"]),
        ([0, 1, 0, 1], [1, 2, 2, 3], ["abcd"]),
        ([0, 1, 0, 1], [0, 0, 0, 0], ["ab", "cd"]),
        ([0, 1, 1, 1], [0, 0, 0, 4], ["abc", "d"]),
    ],
)
def test_names_cut_the_words_they_cross(
    words: list[int], names: list[int], expected: list[str]
) -> None:
    cutter = TokenCutter(WORD_TAGS, NAME_TAGS)
    found = cutter.cut(np.array([*words, 0]), np.array([*names, 0]), [(0, 4)])
    assert ["abcd"[token.start : token.end] for token in found] == expected


def test_what_a_name_leaves_of_a_word_keeps_the_words_tag() -> None:
    found = TokenCutter(WORD_TAGS, NAME_TAGS).cut(
        np.array([2, 3, 3, 0]), np.array([4, 0, 0, 0]), [(0, 3)]
    )
    assert found == [Token(0, 1, "ORG"), Token(1, 3, "nz")]


def test_a_name_only_the_words_head_sees_is_none() -> None:
    found = TokenCutter(WORD_TAGS, NAME_TAGS).cut(np.array([2, 3, 0]), np.zeros(3, int), [(0, 2)])
    assert found == [Token(0, 2, "nz")]


def test_what_lies_between_pieces_is_no_word() -> None:
    tags, none = np.array([0, 1, 1, 1, 0, 1, 0]), np.zeros(7, int)
    found = TokenCutter(WORD_TAGS, NAME_TAGS).cut(tags, none, [(0, 2), (4, 6)])
    assert found == [Token(0, 2, "n"), Token(4, 6, "n")]


@given(
    st.lists(st.integers(0, 40), max_size=3), st.text(alphabet="甲,;。", min_size=1, max_size=40)
)
def test_clauses_to_read_again_hold_every_doubt_and_do_not_meet(
    places: list[int], text: str
) -> None:
    unsure = sorted({place % len(text) for place in places})
    found = clauses(text, (0, len(text)), unsure)
    assert all(any(a <= at < b for a, b in found) for at in unsure)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    assert bool(found) == bool(unsure)


def test_a_sure_piece_is_not_read_again(
    tagger: NetworkTagger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meipi.entities.network._SURE", 0.0)
    monkeypatch.setattr(QuickReader, "_broken", lambda _self, names, _lengths: names < 0)
    monkeypatch.setattr(CarefulReader, "read", _refuse_pieces)
    assert tagger.tag(TEXT, cut(TEXT))


def _refuse_pieces(_self: object, _text: str, pieces: list[tuple[int, int]]) -> list[object]:
    assert not pieces
    return []


def test_the_second_reading_decides(tagger: NetworkTagger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meipi.entities.network._SURE", 2.0)
    pieces = cut(TEXT)
    whole = tagger.tag(TEXT, pieces)
    careful = {
        (piece[0] + at, number)
        for piece, _, row in CarefulReader().read(TEXT, pieces)
        for at, number in enumerate(row)
        if number
    }
    named = {at for t in whole if t.tag in {"PER", "LOC", "ORG"} for at in range(t.start, t.end)}
    assert named == {at for at, _ in careful}


def test_the_packaged_networks_are_small() -> None:
    sizes = [resource_path("entities", n).stat().st_size for n in ("quick.onnx", "tagger.onnx")]
    assert sum(sizes) < 5_000_000
