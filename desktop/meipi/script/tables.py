"""The dictionaries conversion goes by: OpenCC's, then our own words; read on first use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from meipi.script import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Table:
    """How one script becomes the other."""

    characters: Mapping[str, str]
    """By character, where no word decides."""
    phrases: Mapping[str, str]
    lengths: Mapping[str, tuple[int, ...]]
    """The lengths, longest first, of the phrases that begin with a character."""
    foreign: frozenset[str]
    """Characters that no writer of the target script uses."""
    own: frozenset[str]
    """Characters that only a writer of the target script uses."""


@cache
def to_simplified() -> Table:
    """Return the table from traditional characters."""
    entries = _read("TSCharacters")
    characters = _first(entries) | {"著": "着", "鍊": "链", "揹": "背", "幷": "并"}
    phrases = _first(_read("TSPhrases"))
    phrases |= {word: _zhu_kept(word, characters) for word in words.KEPT_ZHU.split()}
    phrases |= {verb + "著": characters.get(verb, verb) + "着" for verb in words.VERBS_BEFORE_ZHU}
    # 著稱 does not follow a verb's 著, and a noun may end like the verb: 以長跑著稱.
    phrases |= {v + "著稱": characters.get(v, v) + "著称" for v in words.VERBS_BEFORE_ZHU}
    phrases |= words.pairs(words.SIMPLIFIED_ZHU) | words.pairs(words.SIMPLIFIED)
    return _table(characters, phrases, entries, other=_read("STCharacters"))


@cache
def to_traditional(*, taiwan: bool = False) -> Table:
    """Return the table from simplified characters, with Taiwan's official glyphs or common ones."""
    entries = _read("STCharacters")
    own = words.pairs(words.TRADITIONAL)
    glyphs = _taiwan_glyphs() if taiwan else _common_glyphs()
    characters = {k: v.translate(glyphs) for k, v in _first(entries).items()}
    characters |= {word: became for word, became in own.items() if len(word) == 1}
    phrases = {k: v.translate(glyphs) for k, v in _first(_read("STPhrases")).items()}
    phrases |= {word: became.translate(glyphs) for word, became in own.items() if len(word) > 1}
    phrases |= {f"{n}天后": f"{characters.get(n, n)}天後" for n in words.NUMBERS_BEFORE_DAYS}
    if taiwan:
        characters |= {chr(k): v for k, v in glyphs.items()}
    return _table(characters, phrases, entries, other=_read("TSCharacters"))


def _table(
    characters: Mapping[str, str],
    phrases: Mapping[str, str],
    entries: Mapping[str, tuple[str, ...]],
    *,
    other: Mapping[str, tuple[str, ...]],
) -> Table:
    lengths = _lengths(phrases)
    return Table(characters, phrases, lengths, _only(entries, other), _only(other, entries))


def _only(
    entries: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]
) -> frozenset[str]:
    return frozenset(c for c, targets in entries.items() if c not in targets and c not in other)


def _lengths(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], set()).add(len(phrase))
    return {char: tuple(sorted(lengths, reverse=True)) for char, lengths in found.items()}


def _zhu_kept(word: str, characters: Mapping[str, str]) -> str:
    return "".join(char if char == "著" else characters.get(char, char) for char in word)


def _common_glyphs() -> dict[int, str]:
    glyphs = words.COMMON_GLYPHS
    return {ord(old): new for old, new in zip(glyphs[::2], glyphs[1::2], strict=True)}


def _taiwan_glyphs() -> dict[int, str]:
    return {ord(old): new[0] for old, new in _read("TWVariants").items()}


@cache
def _read(name: str) -> dict[str, tuple[str, ...]]:
    dictionary = files("opencc") / "dictionary" / f"{name}.txt"
    lines = dictionary.read_text(encoding="utf-8").splitlines()
    entries = (line.partition("\t") for line in lines)
    return {source: tuple(targets.split(" ")) for source, _, targets in entries}


def _first(entries: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {source: targets[0] for source, targets in entries.items()}
