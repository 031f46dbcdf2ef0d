"""Damaged texts to start from, and damage put together at random."""

from __future__ import annotations

import re
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple

from meipi.core.spans import Span
from meipi.repair.channels import ALL
from meipi.repair.channels.crossing_kinds import CROSSINGS
from meipi.repair.channels.crossings import _again
from meipi.repair.channels.gbk_as_latin_lines import decoders, shown_central
from meipi.repair.codepages import REPLACEMENT, read_as_gbk, read_as_latin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SENTENCES = (
    "市政府昨日召开会议，研究部署今年冬天的供暖工作，确保居民室内温度达标。",
    "協同發展，實現創新；開會動員，佔總人口的比重為17.9%。",
    "她说：“没事，每天走六千步。”\n第二行也没有什么。",
    "시청은 어제 회의를 열었습니다. 市役所は昨日、会議を開いた。",
    "주민들은 공원에서 노래를 부르고 아이들은 운동장에서 놀았습니다.",
)
PROSE = (
    "在区人民代表大会第三次全体会议上，代表们认真讨论了政府工作报告。大家说，过去一年全区经济稳步"
    "增长，居民收入有所增加；今年还要修建两条道路，改造三十个小区，让群众的生活更加方便。这些工作"
    "很不容易，需要大家一起努力，也需要时间。会议最后决定，每季度向社会公布一次进展情况。"
)
OTHERS = (
    "二OO八年全年，水质达到Ш类标准。",
    "門前麵是一條河，河對麵的麵館佔地麵積不大，後麵種了樹。",
    "今天下雨,、刮風,,明天放晴,。後天再說,、不要着急",
    "??今天下雨。\n??明天晴。\n??后天有风。",
    "q=%E4%BD%A0%E5%A5%BD%E6%9C%8B%E5%8F%8B%E4%BD…",
)
"""Damage that none of the programs makes."""


class Mixture(NamedTuple):
    """A text of damaged and sound parts; ``sound`` says where the sound ones stand."""

    text: str
    sound: tuple[Span, ...]


def mixture(pick: Callable[[int], int]) -> Mixture:
    """Put damaged and sound lines together; ``pick`` chooses a number below the one it is given."""
    parts: list[str] = []
    sound: list[Span] = []
    at = 0
    for _ in range(1 + pick(4)):
        is_sound = pick(3) == 0
        part = SENTENCES[pick(len(SENTENCES))] if is_sound else _damaged_part(pick)
        if is_sound:
            sound.append(Span(at, at + len(part)))
        parts += (part, "\n")
        at += len(part) + 1
    return Mixture("".join(parts), tuple(sound))


def _damaged_part(pick: Callable[[int], int]) -> str:
    """Damage some prose, one time in three twice, and cut it anywhere."""
    start = pick(len(PROSE))
    text = PROSE[start : start + 4 + pick(140)]
    for _ in range(1 + (pick(3) == 0)):
        try:
            text = WAYS[pick(len(WAYS))](text)
        except UnicodeError:
            continue
    hole = pick(len(text) + 1)
    text = text[:hole] + text[hole + pick(3) :]
    return text[pick(4) : len(text) - pick(4)]


def damaged() -> Iterator[str]:
    """Yield the sentences through every channel, once and for the commonest twice."""
    for text in (*SENTENCES, PROSE):
        for way in WAYS:
            try:
                yield way(text)
            except UnicodeError:
                continue
    yield from OTHERS
    yield from ("锟斤拷锟街凤拷", "烫烫烫屯屯屯", "\ud800\udfff", "é\xad", "ä¸?", "&#20013", "%E4")


def _twice(way: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: way(way(text))


def _with_five_lost(text: str) -> str:
    shown = read_as_latin(text.encode(), windows=True)
    return "".join("?" if "\x80" <= c < "\xa0" else c for c in shown)


def _stripped(text: str) -> str:
    return "".join(c for c in text.encode().decode("latin-1") if not "\x80" <= c < "\xa0")


def _with_rare_pairs(text: str) -> str:
    pairs = cycle(("趔纛", "黻卺", "豳旃", "鼗羼", "彳亍"))
    return re.sub("[，。；：]", lambda mark: next(pairs) + mark[0], text)


def _as_western(text: str, *, windows: bool) -> str:
    return read_as_latin(text.encode("utf-8"), windows=windows)


def _as_gbk(text: str, *, lost: str) -> str:
    return read_as_gbk(text.encode("utf-8"), lost=lost)


PROGRAMS: tuple[Callable[[str], str], ...] = (
    partial(_as_western, windows=True),
    partial(_as_western, windows=False),
    *(partial(_as_gbk, lost=lost) for lost in ("?", REPLACEMENT, REPLACEMENT + "?")),
    *(partial(_again, crossing=crossing) for crossing in CROSSINGS),
    lambda text: text.encode("utf-16-le").decode("latin-1"),
    lambda text: text.encode("utf-16-be").decode("latin-1"),
    lambda text: read_as_latin(text.encode("utf-16-le"), windows=True),
    lambda text: read_as_latin(text.encode("utf-16-be"), windows=True),
    lambda text: text.encode("utf-16-le").decode("utf-16-be"),
    shown_central,
)
WAYS = (
    *(channel.damage for channel in ALL if channel.damage),
    *PROGRAMS,
    _twice(PROGRAMS[0]),
    _with_five_lost,
    _stripped,
    _with_rare_pairs,
    decoders("")[2],
)
