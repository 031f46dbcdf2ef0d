"""What holds of the repair of any text at all, and damaged texts to start from."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof, apply_edits
from meipi.repair import repair
from meipi.repair.channels import ALL
from meipi.repair.channels.crossing_kinds import CROSSINGS
from meipi.repair.channels.crossings import _again
from meipi.repair.channels.gbk_as_latin_lines import decoders, shown_central
from meipi.repair.codepages import REPLACEMENT, read_as_gbk, read_as_latin
from meipi.repair.plan import apply_changes, tidy
from meipi.repair.scan import Scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from meipi.core.repairs import Repaired

SENTENCES = (
    "市政府昨日召开会议，研究部署今年冬天的供暖工作，确保居民室内温度达标。",
    "協同發展，實現創新；開會動員，佔總人口的比重為17.9%。",
    "她说：“没事，每天走六千步。”\n第二行也没有什么。",
    "시청은 어제 회의를 열었습니다. 市役所は昨日、会議を開いた。",
)
_DEEP = 3


def damaged() -> Iterator[str]:
    """Yield the sentences through every channel, once and for the commonest twice."""
    for text in SENTENCES:
        for way in _WAYS:
            try:
                yield way(text)
            except UnicodeError:
                continue
    yield from ("锟斤拷锟街凤拷", "烫烫烫屯屯屯", "\ud800\udfff", "é\xad", "ä¸?", "&#20013", "%E4")


def check(text: str) -> None:
    """Assert that ``text`` is repaired as every text must be."""
    result = repair(text)
    assert apply_edits(text, result.edits) == (result.text, result.map), "the plan replays"
    assert repair(result.text).text == result.text, "repairing twice is repairing once"
    assert result.map.invert().invert() == result.map, "the map inverts"
    assert result.map.source_length == len(text)
    _check_places(result)
    for channel, before, after in _replayed(text):
        assert before in set(_shown(after, before)), (channel, before, after)


def _check_places(result: Repaired) -> None:
    assert all(edit.span.slice(result.text) == edit.after for edit in result.edits)
    assert all(0 < edit.confidence <= 1 for edit in result.edits)
    assert all(a.span.end <= b.span.start for a, b in pairwise(result.lost))


def _replayed(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield what each channel says is proven by damaging it again, round by round."""
    scan = Scan(ALL)
    for _ in range(_DEEP):
        for channel in ALL:
            places = scan.suspected(text).places(channel)
            changes = [] if places is None else tidy(text, channel.find(text, places))
            for change in changes:
                # Readings are put in at places that the text alone does not tell.
                if change.proof is Proof.REPLAYED and channel.name != "pinyin":
                    yield channel.name, text[change.start : change.end], change.after
            text = apply_changes(text, changes)


def _shown(after: str, before: str) -> Iterator[str]:
    texts = {after}
    for _ in range(_DEEP):
        texts = {shown for text in texts for shown in _forwards(text, before)}
        yield from texts


def _forwards(text: str, before: str) -> Iterator[str]:
    for way in (*_PROGRAMS, *decoders(before)):
        try:
            yield way(text)
        except UnicodeError:
            continue


def _twice(way: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: way(way(text))


def _with_five_lost(text: str) -> str:
    shown = read_as_latin(text.encode(), windows=True)
    return "".join("?" if "\x80" <= c < "\xa0" else c for c in shown)


def _as_western(text: str, *, windows: bool) -> str:
    return read_as_latin(text.encode("utf-8"), windows=windows)


def _as_gbk(text: str, *, lost: str) -> str:
    return read_as_gbk(text.encode("utf-8"), lost=lost)


_PROGRAMS: tuple[Callable[[str], str], ...] = (
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
_WAYS = (
    *(channel.damage for channel in ALL if channel.damage),
    *_PROGRAMS,
    _twice(_PROGRAMS[0]),
    _with_five_lost,
    decoders("")[2],
)
