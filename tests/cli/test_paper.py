"""`meipi export --to pdf`, read back by another program."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from meipi.cli import main
from meipi.cli.console import Console
from meipi.core.spans import Span
from meipi.services.workspace import Workspace
from meipi.ui.printing.command import write_pdf

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {"a.txt": "天津宝坻\n\n今天召开新闻发布会。\n", "b.txt": "北京\n\n另一篇文章。\n"}


@pytest.fixture
def filled(library: Path, tmp_path: Path) -> Path:
    with Workspace.open(library, in_process=True) as workspace:
        for name, text in TEXTS.items():
            path = tmp_path / name
            path.write_text(text, encoding="utf-8")
            added = workspace.documents.add_file(path).result()
            if name == "a.txt":
                where = workspace.documents.reading(added.document).repaired.text.index("新闻")
                place = Span(where, where + 2)
                workspace.annotating.add(added.document, place, note="要核对").result()
    return library


def printed(*words: object) -> tuple[int, str, str]:
    out, errors = io.StringIO(), io.StringIO()
    console = Console(out, errors, io.BytesIO(), "zh")
    code = main([str(word) for word in words], console, write_pdf=write_pdf)
    return code, out.getvalue(), errors.getvalue()


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as read:
        return "".join(page.get_textpage().get_text_range() for page in read)


def test_a_document_is_printed_with_its_notes(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    code, out, _ = printed("export", "--to", "pdf", "a.txt", "--out", path, "--library", filled)
    assert (code, out) == (0, f"{path}\n")
    assert "新闻发布会" in text_of(path)
    assert "要核对" in text_of(path)


def test_several_documents_go_into_a_folder(filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    code, out, _ = printed("export", "--to", "pdf", "--out", folder, "--library", filled)
    assert code == 0
    assert sorted(out.splitlines()) == sorted(str(path) for path in folder.iterdir())
    assert len(out.splitlines()) == 2


def test_a_place_that_cannot_be_written_is_one_line(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "none" / "one.pdf"
    code, _, errors = printed("export", "--to", "pdf", "a.txt", "--out", path, "--library", filled)
    assert code == 1
    assert errors.count("\n") == 1
    assert str(path) in errors
    assert not os.path.lexists(path)
