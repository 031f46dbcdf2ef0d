"""Full-text search: any length, either script, any width, whatever stands between the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.spans import Span
from meipi.library import search

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.services.workspace import Workspace

PAGES = {
    "a": "天津市宝坻区推进京津冀协同发展，存储DNA存储信息。",
    "b": "北京大學與清華大學簽約，GDP增長6.6%，2025年。",
    "c": "依托社区网\n\n格、街道三级响应，𠮷野家🙂开业",
}


@pytest.fixture
def library(workspace: Workspace) -> Workspace:
    for name, text in PAGES.items():
        workspace.documents.add_bytes(text.encode(), name=f"{name}.txt").result()
    return workspace


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("津", ["津", "津"]),
        ("天津", ["天津"]),
        ("协同发展", ["协同发展"]),
        ("協同發展", ["协同发展"]),
        ("北京大学", ["北京大學"]),
        ("社区网格", ["社区网\n\n格"]),
        ("存储，ＤＮＡ", ["存储DNA"]),
        ("gdp", ["GDP"]),
        ("gd", ["GD"]),
        ("2025年", ["2025年"]),
        ("𠮷野家", ["𠮷野家"]),
        ("宝坻 京津", ["宝坻", "京津"]),
        ("宝坻 清华", []),
        ("dp", []),
        ("展发", []),
        ("“宝坻区推进”", ["宝坻区推进"]),
        ("，。", []),
        ("", []),
        ('"', []),
        ("AND OR NOT * ( :", []),
    ],
)
def test_a_query_finds_its_places(library: Workspace, query: str, matches: list[str]) -> None:
    assert [hit.match for hit in library.search(query)] == matches


def test_a_hit_shows_where_it_is_and_what_is_around(library: Workspace) -> None:
    (hit,) = library.search("推进")
    text = library.documents.reading(hit.document).repaired.text
    assert hit.span == Span(6, 8)
    assert hit.before + hit.match + hit.after == text[:32]
    assert hit.title == text


def test_a_limit_is_kept(library: Workspace) -> None:
    assert len(library.search("津", limit=1)) == 1


def test_the_end_of_a_long_text_is_found_and_hits_are_not_doubled(workspace: Workspace) -> None:
    lines = "".join(f"第{n}段，说的是别的事情。\n" for n in range(20_000))
    text = lines + "末尾有宝坻二字"
    workspace.documents.add_bytes(text.encode(), name="long.txt").result()
    workspace.flush()
    (hit,) = workspace.search("宝坻")
    assert hit.span.slice(text) == "宝坻"


def test_a_text_without_lines_loses_no_phrase_where_it_is_cut(workspace: Workspace) -> None:
    text = "字" * (search.SLICE - 2) + "协同发展" + "字" * 50_000
    workspace.documents.add_bytes(text.encode(), name="wall.txt").result()
    workspace.flush()
    assert [hit.span.start for hit in workspace.search("协同发展")] == [search.SLICE - 2]


def test_an_index_left_unfinished_is_finished_at_the_next_opening(
    workspace: Workspace, open_library: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "index_next", lambda *_: False)
    monkeypatch.setattr(search, "waiting", lambda _: 0)
    text = "段落，无关的话。\n" * 30_000 + "宝坻"
    workspace.documents.add_bytes(text.encode(), name="long.txt").result()
    workspace.close()
    monkeypatch.undo()
    again = open_library()
    again.flush()
    assert len(again.search("宝坻")) == 1


def test_an_index_of_another_version_is_built_anew(
    library: Workspace, open_library: Callable[..., Workspace]
) -> None:
    def forget(transaction: object) -> None:
        transaction.connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
        transaction.connection.execute("UPDATE meta SET value = '0'")

    library.submit(forget).result()
    assert library.search("天津") == []
    library.close()
    again = open_library()
    again.flush()
    assert len(again.search("天津")) == 1


def test_a_phrase_that_goes_over_the_end_of_a_line_is_found_where_slices_meet(
    workspace: Workspace,
) -> None:
    text = "字" * (search.SLICE - 3) + "协同\n发展" + "字" * 50_000
    workspace.documents.add_bytes(text.encode(), name="wall.txt").result()
    workspace.flush()
    (hit,) = workspace.search("协同发展")
    assert hit.span == Span(search.SLICE - 3, search.SLICE + 2)


def test_a_phrase_longer_than_what_slices_share_is_found_where_they_meet(
    workspace: Workspace,
) -> None:
    phrase = "".join(chr(0x4E00 + n) for n in range(500))
    text = "字" * (search.SLICE - 250) + phrase + "字" * 50_000
    workspace.documents.add_bytes(text.encode(), name="wall.txt").result()
    workspace.flush()
    (hit,) = workspace.search(phrase)
    assert hit.span == Span(search.SLICE - 250, search.SLICE + 250)


def test_terms_in_different_slices_of_a_long_text_are_found_together(workspace: Workspace) -> None:
    text = "宝坻" + "段落，无关的话。\n" * 20_000 + "清华"
    workspace.documents.add_bytes(text.encode(), name="long.txt").result()
    workspace.flush()
    assert [hit.match for hit in workspace.search("清华 宝坻")] == ["宝坻", "清华"]


def test_the_document_read_last_comes_first_then_those_added_last(library: Workspace) -> None:
    def found() -> list[str]:
        titles = {card.id: card.name for card in library.documents.cards()}
        return list(dict.fromkeys(titles[hit.document] for hit in library.search("京 ")))

    assert found() == ["b.txt", "a.txt"]
    first = next(card.id for card in library.documents.cards() if card.name == "a.txt")
    library.documents.mark_opened(first)
    library.flush()
    assert found() == ["a.txt", "b.txt"]


def test_documents_are_counted(library: Workspace) -> None:
    assert library.count_documents("京") == 2
    assert library.count_documents("京 清华") == 1
    assert library.count_documents("，") == 0
