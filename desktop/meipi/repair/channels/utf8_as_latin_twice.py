"""UTF-8 read as cp1252, written as UTF-8 and read so again, with losses: Ã¥Å¸Â·Ã¨Â¡Å’ for 執行.

Without losses two rounds undo it. With them the first round alone gives nothing to judge, so both
are undone at once, and what was lost between is a hole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.utf8 import count_hanzi, share_chinese
from meipi.repair.channels.utf8_as_latin_lossy import DROPPED, UNDEFINED, find_lossy, shows
from meipi.repair.codepages import (
    REPLACEMENT,
    as_latin_bytes,
    latin_bytes,
    latin_class,
    read_as_latin,
)
from meipi.repair.plan import Change, apply_changes, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONFIDENCE = 0.85
_LEAST_FORMS = 4
_LATIN = re.compile("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")
"""Bytes for which cp1252 has a character of its own."""
_RUN = re.compile(f"[{latin_class(0x80, 0x100)}]+")
_FIRST = re.compile("[\u00c2-\u00df\u00e2]")
"""What the first byte of such a form is shown as."""
_HANZI_LEAD = re.compile("Ã[£-©°]")
"""What the first byte of a Chinese character becomes."""


def find_twice(text: str, start: int = 0, end: int | None = None) -> list[Change]:
    """Propose the repair of paragraphs that were encoded twice with losses.

    >>> [c.after for c in find_twice("Ã¥Å¸Â·Ã¨Â¡Å’Ã¦Â¨Â¡Ã¥Â¼Â")]
    ['執行模式']
    """
    end = len(text) if end is None else end
    if text.find("Ã", start, end) < 0:
        return []
    return [c for run in _runs(text, start, end) if (c := _repair(text, *run))]


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of such forms; asked of likely beginnings only, which is ten times as fast."""
    if not _HANZI_LEAD.search(text, start, end):
        return
    done = start
    for first in _FIRST.finditer(text, start, end):
        if first.start() >= done and (run := _run().match(text, first.start(), end)):
            done = run.end()
            yield run.span()


def _repair(text: str, start: int, end: int) -> Change | None:
    shown = text[start:end]
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    if _LATIN.search(text, first, last if last >= 0 else len(text)):
        return None  # read as Latin-1, which has a character for each byte
    forms, pattern = _forms()
    between = pattern.sub(lambda match: forms.get(match[0], match[0]), shown)
    if REPLACEMENT not in between and not _is_shortened(shown, between):
        return None  # nothing is lost: two rounds do better
    letters = [at for at, c in enumerate(between) if "\xc2" <= c <= "\xf4"]
    result = apply_changes(between, tidy(between, find_lossy(between, letters)))
    result = _RUN.sub(lambda match: _read(match[0]), result)
    if count_hanzi(result) < 2 or share_chinese(result) < 1.0:
        return None
    if not shows(read_as_latin(result.encode(), windows=True), shown):
        return None
    return Change(start, end, result, _CONFIDENCE, Proof.INFERRED)


def _read(shown: str) -> str:
    """Read one run in which nothing is lost."""
    try:
        return as_latin_bytes(shown).decode("utf-8")
    except UnicodeDecodeError:
        return shown


def _is_shortened(shown: str, between: str) -> bool:
    return read_as_latin(between.encode(), windows=True) != shown


@lru_cache(maxsize=1)
def _forms() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return what is shown for each character of the first reading, and the pattern of all."""
    forms: dict[str, str] = {}
    for character in latin_bytes():
        for form in _shown(character, UNDEFINED):
            forms[form] = REPLACEMENT if form in forms else character
    for character in latin_bytes():
        for form in _shown(character, DROPPED):
            forms.setdefault(form, character)
    longest = sorted(map(re.escape, forms), key=len, reverse=True)
    return forms, re.compile("|".join((*longest, ".")), re.DOTALL)


def _shown(character: str, dropped: tuple[int, ...]) -> set[str]:
    whole = read_as_latin(character.encode(), windows=True)
    kept = "".join(c for c in whole if latin_bytes()[c] not in dropped)
    return {whole, kept, whole.replace("\xa0", " ")}


@lru_cache(maxsize=1)
def _run() -> re.Pattern[str]:
    """Return the pattern of some such forms in a row, ASCII between them."""
    one = "|".join(sorted(map(re.escape, _forms()[0]), key=len, reverse=True))
    return re.compile(f"(?:(?:{one})[\\x00-\\x09\\x0b-\\x7f]{{0,40}}?){{{_LEAST_FORMS},}}(?:{one})")
