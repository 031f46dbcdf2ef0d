"""Another encoding for a document: previewed, undoable, and no annotation is lost by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.anchors import AnchorState
from meipi.core.document import Decoded
from meipi.core.spans import Span
from meipi.services.encoding import ByteOffsets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace

TEXT = "GDP 2025 天津宝坻区推进,京津冀协同发展"


@pytest.fixture
def wrong(workspace: Workspace) -> str:
    """A document in UTF-8 that is read as GB18030, with an annotation on 宝坻区 and one on GDP."""
    added = workspace.documents.add_bytes(TEXT.encode(), name="a.txt", encoding="gb18030")
    document = added.result().document
    text = workspace.documents.reading(document).repaired.text
    at = text.index("瀹濆澔鍖")
    workspace.annotating.add(document, Span(at, at + 4), note="宝坻区").result()
    workspace.annotating.add(document, Span(0, 3), note="GDP").result()
    return document


def test_the_right_encoding_keeps_each_annotation_on_its_bytes(
    workspace: Workspace, wrong: str
) -> None:
    workspace.documents.change_encoding(wrong, "utf-8").result()
    text = workspace.documents.reading(wrong).repaired.text
    assert text == TEXT
    places = {item.note: item for item in workspace.annotating.of(wrong)}
    assert places["GDP"].anchor.state is AnchorState.EXACT
    assert places["宝坻区"].anchor.state is AnchorState.NEEDS_REVIEW
    assert places["宝坻区"].span.slice(text) == "宝坻区"


def test_a_preview_says_what_would_happen_and_changes_nothing(
    workspace: Workspace, wrong: str
) -> None:
    before = workspace.documents.reading(wrong)
    preview = workspace.documents.preview_encoding(wrong, "utf-8")
    assert (preview.text, preview.replaced) == (TEXT, 0)
    assert (preview.exact, preview.moved, preview.needs_review) == (1, 0, 1)
    assert workspace.documents.reading(wrong) == before


def test_words_that_come_again_are_found_at_their_new_place(
    workspace: Workspace, document: str
) -> None:
    text = workspace.documents.reading(document).repaired.text
    at = text.index("打造")
    workspace.annotating.add(document, Span(at, at + 2)).result()
    before = workspace.annotating.of(document)[0].anchor
    workspace.documents.change_encoding(document, "latin-1").result()
    assert workspace.annotating.of(document)[0].anchor.state is AnchorState.NEEDS_REVIEW
    workspace.documents.change_encoding(document, "utf-8").result()
    after = workspace.annotating.of(document)[0].anchor
    assert (after.span, after.quote, after.source) == (before.span, before.quote, before.source)
    assert after.state is not AnchorState.NEEDS_REVIEW


def test_one_undo_restores_text_metadata_and_anchors(
    workspace: Workspace,
    wrong: str,
    path: Path,
    dump: Callable[[Path], dict[str, list[tuple[object, ...]]]],
) -> None:
    rows, reading = dump(path), workspace.documents.reading(wrong)
    changes = workspace.documents.change_encoding(wrong, "utf-8").result()
    assert changes.documents == changes.entities == changes.annotated == {wrong}
    assert workspace.documents.get(wrong).encoding == "utf-8"
    workspace.history.undo().result()
    assert dump(path) == rows
    assert workspace.documents.reading(wrong) == reading


def test_search_and_entities_follow_the_reading(workspace: Workspace, wrong: str) -> None:
    assert workspace.search("协同发展") == []
    workspace.documents.change_encoding(wrong, "utf-8").result()
    assert len(workspace.search("协同发展")) == 1
    assert workspace.entities.stored(wrong) is None
    workspace.history.undo().result()
    assert workspace.search("协同发展") == []


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("gb18030", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b""),
    ],
)
def test_every_character_begins_at_its_bytes(encoding: str, bom: bytes) -> None:
    text = "天津\r\nGDP𠮷🙂é,宝坻" * 700
    data = bom + text.encode(encoding)
    offsets = ByteOffsets.of(data, Decoded(text, encoding, bom=bool(bom)))
    assert offsets is not None
    for at in (0, 1, 3, 7, 8, 4_000, len(text) - 1, len(text)):
        byte = len(bom) + len(text[:at].encode(encoding))
        assert offsets.to_byte(at) == byte
        assert offsets.to_character(byte) == at


def test_a_byte_inside_a_character_belongs_to_it() -> None:
    offsets = ByteOffsets.of("天津".encode(), Decoded("天津", "utf-8"))
    assert offsets is not None
    assert (offsets.to_character(4), offsets.to_character(4, up=True)) == (1, 2)


def test_bytes_that_fit_nowhere_keep_their_place() -> None:
    data = "天".encode() + b"\xff" + "津".encode()
    offsets = ByteOffsets.of(data, Decoded("天\ufffd津", "utf-8"))
    assert offsets is not None
    assert [offsets.to_byte(at) for at in range(4)] == [0, 3, 4, 7]


def test_a_text_that_is_not_just_the_bytes_decoded_has_no_offsets() -> None:
    assert ByteOffsets.of(b"<p>\xe5\xa4\xa9</p>", Decoded("天", "utf-8", format="html")) is None
