"""Spans, UTF-16 offsets, replayed edits, changes and the words for errors."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core.changes import Changes
from meipi.core.errors import ErrorCode, FileError, MeipiError
from meipi.core.messages import word
from meipi.core.offsets import Utf16Map
from meipi.core.repairs import Proof, RepairEdit, apply_edits
from meipi.core.spans import Span, merge_spans


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_utf16_offsets_agree_with_the_codec(text: str) -> None:
    units = Utf16Map(text)
    assert units.length == len(text.encode("utf-16-le")) // 2
    for offset in range(len(text) + 1):
        utf16 = len(text[:offset].encode("utf-16-le")) // 2
        assert units.to_utf16(offset) == utf16
        assert units.to_code_point(utf16) == offset


def test_an_offset_inside_a_surrogate_pair_is_that_of_the_pair() -> None:
    assert Utf16Map("在𠮷野家").to_code_point(2) == 1


def test_spans_that_touch_do_not_overlap() -> None:
    assert not Span(0, 2).overlaps(Span(2, 4))
    assert Span(0, 3).overlaps(Span(2, 4))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_merging_joins_what_overlaps_or_touches() -> None:
    merged = list(merge_spans([Span(5, 9), Span(0, 2), Span(2, 4), Span(6, 7)]))
    assert merged == [Span(0, 4), Span(5, 9)]


def edit(start: int, before: str, after: str) -> RepairEdit:
    end = start + len(before)
    return RepairEdit(start, start + len(after), start, end, before, after, "t", 1, Proof.TABLE)


def test_edits_replay_on_their_source() -> None:
    text, text_map = apply_edits("達到Ш類", [edit(2, "Ш", "Ⅲ")])
    assert text == "達到Ⅲ類"
    assert text_map.to_source_span(Span(2, 3)) == Span(2, 3)


def test_edits_of_another_text_are_refused() -> None:
    with pytest.raises(ValueError, match="another text"):
        apply_edits("達到三類", [edit(2, "Ш", "Ⅲ")])


def test_changes_add_up_under_the_first_label() -> None:
    both = Changes("add", tags=frozenset("a")) | Changes("more", tags=frozenset("b"))
    assert (both.label, both.tags) == ("add", frozenset("ab"))
    assert not Changes("nothing")


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_error_is_worded_in_both_languages_on_one_line(code: ErrorCode) -> None:
    error = MeipiError(code, path="甲\n乙")
    chinese, english = word(error, "zh"), word(error, "en")
    assert chinese != english
    assert "\n" not in chinese + english


def test_an_error_crosses_a_process_whole() -> None:
    copy = pickle.loads(pickle.dumps(FileError(ErrorCode.FILE_EMPTY, path="a")))  # noqa: S301 - our own bytes
    assert (type(copy), copy.code, copy.fields) == (FileError, ErrorCode.FILE_EMPTY, {"path": "a"})
