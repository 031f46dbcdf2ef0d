"""The words of the window in Chinese and English: a plain table, switched without a restart."""

from __future__ import annotations

import tomllib
from functools import cache

from meipi.core.messages import Language
from meipi.core.resources import resource_path

__all__ = ["Language", "Words", "language_of", "number", "percent", "strings"]

_THIN_SPACE = "\u2009"


@cache
def strings() -> dict[str, tuple[str, ...]]:
    """Return every string by its key: Chinese, English, and English of one where it differs."""
    with resource_path("i18n", "window.toml").open("rb") as file:
        sections = tomllib.load(file)
    return {
        f"{section}.{name}": tuple(forms)
        for section, entries in sections.items()
        for name, forms in entries.items()
    }


class Words:
    """The window's language and its strings.

    >>> Words("zh")("foot.characters", count="2 431")
    '2 431 字'
    """

    def __init__(self, language: Language = "zh") -> None:
        self.language: Language = language

    def __call__(self, key: str, **fields: object) -> str:
        """Return the string ``key`` with its places filled; ``count`` chooses the form."""
        chinese, *english = strings()[key]
        form = english[-1] if str(fields.get("count")) == "1" else english[0]
        return self.pick(chinese, form).format(**fields)

    def pick(self, chinese: str, english: str) -> str:
        """Return the one of two strings that is in the window's language."""
        return chinese if self.language == "zh" else english


def language_of(locale: str) -> Language:
    """Return the window's language for a system locale; one that names no language means Chinese.

    >>> language_of("zh_CN"), language_of("de_DE"), language_of("C")
    ('zh', 'en', 'zh')
    """
    name = locale.replace("-", "_").split(".")[0].split("_")[0].lower()
    return "zh" if name in {"zh", "yue", "lzh", "c", "posix", ""} else "en"


def number(value: int) -> str:
    """Group the digits of ``value`` in threes with a thin space.

    >>> number(2431).split()
    ['2', '431']
    """
    return f"{value:,}".replace(",", _THIN_SPACE)


def percent(value: float) -> str:
    """Word a confidence in 0..1; what is not certain never rounds up to it.

    >>> percent(0.9996), percent(1.0), percent(0.5)
    ('99.9 %', '100 %', '50 %')
    """
    if value >= 1:
        return "100 %"
    shown = int(value * 1000) / 10
    return f"{shown:g} %"
