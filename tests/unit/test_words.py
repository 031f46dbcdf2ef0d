"""jieba's words from its dictionary as text: what its own dict of half a million says, no dict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jieba
import pytest

from meipi.core.turns import Gate, going_first
from meipi.exchange import conll_tokens
from meipi.ui.reader.wordcut import WordCutter
from meipi.words import Frequencies, tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = (
    "他们在天津市宝坻区报道，新聞發布會說GDP增长62.8%；"
    "习近平总书记出席，蘧伯玉年五十而知四十九年非。"
)


@pytest.fixture(scope="module")
def compact() -> Any:
    return tokenizer()


@pytest.fixture(scope="module")
def own() -> Any:
    made = jieba.Tokenizer()
    with made.get_dict_file() as lines:
        made.FREQ, made.total = made.gen_pfdict(lines)
    made.initialized = True
    return made


def test_every_word_and_every_beginning_counts_what_it_does_in_jiebas_dict(
    compact: Any, own: Any
) -> None:
    different = [word for word, count in own.FREQ.items() if compact.FREQ.get(word) != count]
    assert different == []
    assert compact.total == own.total


def test_what_no_word_begins_with_is_unknown(compact: Any, own: Any) -> None:
    unknown = [text for text in (TEXT[a:b] for a in range(40) for b in (a, a + 1, a + 3)) if text]
    assert [text in compact.FREQ for text in unknown] == [text in own.FREQ for text in unknown]
    assert compact.FREQ.get("𠮷") is None
    assert compact.FREQ.get("\ud800", 7) == 7


@pytest.mark.parametrize("options", [{}, {"HMM": False}, {"cut_all": True}])
def test_texts_are_cut_as_jieba_cuts_them(compact: Any, own: Any, options: dict[str, bool]) -> None:
    assert list(compact.cut(TEXT, **options)) == list(own.cut(TEXT, **options))


def test_of_two_lines_for_a_word_the_later_one_counts() -> None:
    known = Frequencies("甲乙 3 n\n甲 2 n\n\n丙 1\r\n甲乙 5 v".encode())
    assert (known["甲乙"], known["甲"], known["丙"], known.total) == (5, 2, 1, 11)


def test_an_empty_dictionary_knows_nothing() -> None:
    assert (Frequencies(b"").total, "甲" in Frequencies(b"")) == (0, False)


class Counting(Gate):
    def __init__(self) -> None:
        super().__init__()
        self.passed = 0

    def pass_through(self) -> None:
        self.passed += 1


def test_reading_the_dictionary_gives_way_to_the_window_hundreds_of_times() -> None:
    with going_first(Counting()) as gate:
        tokenizer()
    assert gate.passed > 300


@pytest.fixture
def without_jiebas_dict(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let jieba fail wherever it begins to build its own dictionary."""

    def refuse(*_: object) -> None:
        raise AssertionError("half a million objects in the window's process")

    for name in ("gen_pfdict", "initialize"):
        monkeypatch.setattr(jieba.Tokenizer, name, refuse)
    conll_tokens._cutter.cache_clear()
    yield
    conll_tokens._cutter.cache_clear()


@pytest.mark.usefixtures("without_jiebas_dict")
def test_the_window_selects_words_without_jiebas_dict() -> None:
    cutter = WordCutter()
    cutter.wait()
    assert cutter.ready
    assert "宝坻区" in list(cutter(TEXT))
    assert "".join(cutter(TEXT)) == TEXT


@pytest.mark.usefixtures("without_jiebas_dict")
def test_an_export_by_words_does_without_jiebas_dict() -> None:
    assert "宝坻区" in [span.slice(TEXT) for span in conll_tokens.cut_words(TEXT)]
