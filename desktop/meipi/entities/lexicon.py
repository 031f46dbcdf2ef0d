"""What is an ordinary word: jieba's dictionary, read for its parts of speech alone."""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from functools import cache, lru_cache
from io import StringIO
from pathlib import Path

_NAMES = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz"})
# The dictionary calls them names because places are called so; in prose they are the word.
_ALSO = frozenset(
    [
        "和平",
        "平安",
        "文明",
        "幸福",
        "团结",
        "友谊",
        "和谐",
        "光明",
        "胜利",
        "长征",
        "先锋",
        "东风",
        "朝阳",
        "中华",
        "中山",
        "民主",
        "富强",
        "自由",
        "创新",
    ]
)
_LONGEST = 6
_KEPT = 65_536
"""Words whose entry is kept: a text asks for the same ones again and again."""
_RARE = 3
_COMMON = 300


@cache
def _entries() -> dict[str, str]:
    """Read first character → lines of ``word count tag``; nothing without a dictionary.

    As text the third of a million words take a tenth of the memory they take as objects; without
    them the rules only lose precision.
    """
    spec = importlib.util.find_spec("jieba")
    folders = spec.submodule_search_locations if spec else None
    path = Path(folders[0]) / "dict.txt" if folders else None
    if path is None or not path.is_file():
        return {}
    lines: dict[str, StringIO] = defaultdict(lambda: StringIO("\n"))
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.find(" ") <= _LONGEST:
                lines[line[0]].write(f"\n{line.rstrip()}")
    return {first: those.getvalue() + "\n" for first, those in lines.items()}


@lru_cache(_KEPT)
def _entry(word: str) -> tuple[int, str] | None:
    """Return count and tag of ``word``; of two entries the later one."""
    those = _entries().get(word[:1], "")
    at = those.rfind(f"\n{word} ")
    if at < 0:
        return None
    fields = those[at + len(word) + 2 : those.index("\n", at + 1)].split(" ")
    return (int(fields[0]), fields[1]) if len(fields) == 2 else None


def is_ordinary(word: str, *, least: int = _RARE) -> bool:
    """Say whether ``word`` stands in a general dictionary as something other than a name.

    ``least`` is the count in the dictionary's corpus from which it does.

    >>> is_ordinary("居民"), is_ordinary("杭州")
    (True, False)
    """
    if word in _ALSO:
        return True
    count, tag = _entry(word) or (0, "nz")
    return count >= least and tag not in _NAMES


def is_slogan(word: str) -> bool:
    """Say whether ``word`` is a place's name far less often than what it means."""
    return word in _ALSO


def is_common(word: str) -> bool:
    """Say whether ``word`` is so common that the tagger is not believed when it calls it a name.

    Measured on a training set: below this count half of such names are names.
    """
    return is_ordinary(word, least=_COMMON) and word_class(word) != "j"


def is_known_name(word: str) -> bool:
    """Say whether the general dictionary has ``word`` as a place, a body or another name."""
    return word_class(word) in {"ns", "nt", "nz"}


def word_class(word: str) -> str:
    """Return the dictionary's part of speech of ``word``; empty where it has none."""
    return (_entry(word) or (0, ""))[1]
