"""What holds of the repair of any text at all."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tests.fuzz.damages import PROGRAMS

from meipi.core.repairs import Proof, apply_edits
from meipi.core.spans import Span
from meipi.repair import repair
from meipi.repair.channels import ALL
from meipi.repair.channels.gbk_as_latin_lines import decoders
from meipi.repair.plan import apply_changes, tidy
from meipi.repair.scan import Scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meipi.core.repairs import Repaired

_DEEP = 3


def check(text: str) -> None:
    """Assert that ``text`` is repaired as every text must be."""
    result = repair(text)
    assert apply_edits(text, result.edits) == (result.text, result.map), "the plan replays"
    assert repair(result.text).text == result.text, "repairing twice is repairing once"
    _check_map(text, result)
    _check_places(result)
    for channel, before, after in _replayed(text):
        assert before in set(_shown(after, before)), (channel, before, after)


def check_neighbours(text: str, sound: Iterable[Span]) -> None:
    """Assert that the ``sound`` parts of ``text`` come out as they went in."""
    result = repair(text)
    for span in sound:
        now = result.map.to_target_span(span).slice(result.text)
        assert now == span.slice(text), "no sound neighbour is touched"


def _check_map(text: str, result: Repaired) -> None:
    way, back = result.map, result.map.invert()
    assert back.invert() == way, "the map inverts"
    assert (way.source_length, way.target_length) == (len(text), len(result.text))
    for piece in way.pieces:
        source = Span(piece.source_start, piece.source_end)
        target = Span(piece.target_start, piece.target_end)
        if source and target:
            assert way.to_target_span(source) == target == back.to_source_span(source)
            assert way.to_source_span(target) == source == back.to_target_span(target)
        if piece.linear:
            assert source.slice(text) == target.slice(result.text)


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
    for way in (*PROGRAMS, *decoders(before)):
        try:
            yield way(text)
        except UnicodeError:
            continue
