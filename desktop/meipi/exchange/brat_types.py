"""Names of types that brat can hold, and the words they stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from meipi.core.entity import EntityType
from meipi.exchange.tag_paths import escape, shown, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNTAGGED = "Untagged"
"""The type of annotations without a tag."""

_UNFIT = re.compile(r"[^A-Za-z0-9_-]+")
_RESERVED = re.compile(r"[%|\x00-\x1f\x7f]|\A\s|\s\Z")


def type_names(labels: Iterable[str]) -> dict[str, str]:
    """Return a type name for every label: ASCII, each its own.

    >>> type_names(["区域 > 协同", "协同", "PER"])
    {'区域 > 协同': 'XieTong', '协同': 'XieTong_2', 'PER': 'PER', '': 'Untagged'}
    """
    taken = {UNTAGGED, *EntityType}
    made: dict[str, str] = {}
    for label in labels:
        made[label] = label if label in set(EntityType) else _free(_ascii(label), taken)
    return {**made, "": UNTAGGED}


def _ascii(label: str) -> str:
    from pypinyin import Style, lazy_pinyin

    names = split(label)
    name = shown(names[-1]) if names else ""
    words = lazy_pinyin(name, style=Style.NORMAL)
    return _UNFIT.sub("_", "".join(word[:1].upper() + word[1:] for word in words)).strip("_")


def ascii_name(words: str) -> str:
    """Return words as brat can hold a name: in pinyin, without blanks.

    >>> ascii_name("导致 A"), ascii_name("→")
    ('DaoZhi_A', 'Tag')
    """
    return _ascii(escape(words)) or "Tag"


def _free(name: str, taken: set[str]) -> str:
    stem, number = name or "Tag", 2
    made = stem
    while made in taken:
        made, number = f"{stem}_{number}", number + 1
    taken.add(made)
    return made


def visual_conf(types: Mapping[str, str]) -> str:
    """Return the file that says what the types stand for."""
    lines = "\n".join(f"{name} | {_written(label)}" for label, name in types.items())
    return f"# Meipi\n[labels]\n{lines}\n\n[drawing]\n"


def _written(label: str) -> str:
    return _RESERVED.sub(lambda m: f"%{ord(m[0]):02X}", label) or "-"


def labels_in(conf: str) -> dict[str, str]:
    """Return what the types of a visual.conf stand for; of one that is not ours, nothing.

    >>> labels_in(visual_conf({"区域 > 协同": "XieTong"}))
    {'XieTong': '区域 > 协同'}
    """
    if not conf.startswith("# Meipi"):
        return {}
    found: dict[str, str] = {}
    inside = False
    for line in conf.split("\n"):
        if line.startswith("["):
            inside = line.strip() == "[labels]"
        elif inside and " | " in line:
            name, _, label = line.partition(" | ")
            found[name] = unquote(label)
    return found
