"""What is an ordinary word: jieba's dictionary, read for its parts of speech alone."""

from __future__ import annotations

import importlib.util
from functools import cache
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
_RARE = 3
_COMMON = 300


@cache
def _entries() -> dict[str, tuple[int, str]]:
    """Read word → (count, tag); nothing without a dictionary, which only costs precision."""
    spec = importlib.util.find_spec("jieba")
    folders = spec.submodule_search_locations if spec else None
    path = Path(folders[0]) / "dict.txt" if folders else None
    if path is None or not path.is_file():
        return {}
    rows = (line.split(" ") for line in path.read_text("utf-8").splitlines())
    return {
        row[0]: (int(row[1]), row[2]) for row in rows if len(row) == 3 and len(row[0]) <= _LONGEST
    }


def is_ordinary(word: str, *, least: int = _RARE) -> bool:
    """Say whether ``word`` stands in a general dictionary as something other than a name.

    ``least`` is the count in the dictionary's corpus from which it does.

    >>> is_ordinary("居民"), is_ordinary("杭州")
    (True, False)
    """
    if word in _ALSO:
        return True
    count, tag = _entries().get(word, (0, "nz"))
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
    return _entries().get(word, (0, ""))[1]
