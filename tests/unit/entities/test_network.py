"""Meipi's own network: names whole among the words, batches, what the file holds."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core.resources import resource_path
from meipi.entities.cutting import cut
from meipi.entities.draft import Token
from meipi.entities.folding import fold_text
from meipi.entities.network import NetworkTagger, merged

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


@pytest.mark.parametrize(
    ("words", "names", "expected"),
    [
        (["ab", "cd"], [(1, 3)], ["a", "bc", "d"]),
        (["abcd"], [(1, 2), (2, 3)], ["a", "b", "c", "d"]),
        (["ab", "cd"], [(0, 4)], ["abcd"]),
        (["ab", "cd"], [], ["ab", "cd"]),
    ],
)
def test_names_cut_the_words_they_cross(
    words: list[str], names: list[tuple[int, int]], expected: list[str]
) -> None:
    text, tokens = "".join(words), []
    for word in words:
        start = tokens[-1].end if tokens else 0
        tokens.append(Token(start, start + len(word), "n"))
    found = merged(tokens, [Token(*name, "ORG") for name in names])
    assert [text[token.start : token.end] for token in found] == expected


def test_a_name_only_the_words_head_sees_is_none() -> None:
    assert list(merged([Token(0, 2, "LOC")], [])) == [Token(0, 2, "nz")]


def test_the_packaged_network_is_small() -> None:
    assert resource_path("entities", "tagger.onnx").stat().st_size < 3_000_000
