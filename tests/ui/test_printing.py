"""The reading text on paper, read back by another program: the text, the notes, the pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from meipi.core.document import Block, Role, Structure
from meipi.core.script import Script
from meipi.core.spans import Span
from meipi.ui.printing.job import PdfJob
from meipi.ui.printing.pages import Printed, PrintOptions
from meipi.ui.reader.content import ReaderContent
from meipi.ui.reader.layers import AnnotationIndex, AnnotationMark, Layers
from meipi.ui.reader.reading import convert_script
from meipi.ui.reader.setup import PageSetup
from meipi.ui.reader.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

WAIT = 60_000
BODY = (
    "据介绍，2024年全区PM2.5平均浓度为46微克，GDP增长6.8%；“十四五”时期，《规划纲要》（2021—2025年）"
    "——这是重点……山水金木土日月人口手足目耳，龍龟鼠齐黑鼓鼻见角言谷豆走身车里青非面革长。"
)
NOTE = "两种方式并用，可与武清的产业链招商对照。"


def document(paragraphs: int, note: str = NOTE, every: int = 3) -> tuple[ReaderContent, Layers]:
    parts, blocks, marks, at = ["京津冀协同发展"], [Block(Span(0, 7), Role.TITLE)], [], 8
    for number in range(paragraphs):
        text = f"第{number}段。{BODY}"
        blocks.append(Block(Span(at, at + len(text)), Role.PARAGRAPH))
        if every and number % every == 0:
            marks.append(
                AnnotationMark(str(number), Span(at + 4, at + 9), number, "招商", "", note)
            )
        parts.append(text)
        at += len(text) + 1
    content = ReaderContent("\n".join(parts), Structure(tuple(blocks)))
    return content, Layers(annotations=AnnotationIndex(marks))


def printed(content: ReaderContent, layers: Layers, **options: object) -> Printed:
    return Printed(
        content,
        layers,
        PrintOptions(**options),  # type: ignore[arg-type]
        setup=PageSetup(),
        script=Script.ORIGINAL,
        words=WORDS["zh"],
        convert=convert_script,
    )


def pdf(pages: Printed, path: Path, qtbot: QtBot) -> list[str]:
    """Print into ``path`` and return what another program reads on each page."""
    job = PdfJob(pages, path, "京津冀")
    with qtbot.waitSignal(job.finished, timeout=WAIT):
        job.start()
    with pypdfium2.PdfDocument(path) as read:
        return [page.get_textpage().get_text_range() for page in read]


def plain(texts: Sequence[str]) -> str:
    return re.sub(r"\s", "", "".join(texts))


def test_the_text_read_out_of_a_pdf_is_the_reading_text(tmp_path: Path, qtbot: QtBot) -> None:
    content, layers = document(12, every=0)
    read = pdf(printed(content, layers, notes=False), tmp_path / "a.pdf", qtbot)
    bodies = [re.sub(rf"\s+{at}\s*(京津冀)?\s*$", "", text) for at, text in enumerate(read, 1)]
    assert plain(bodies) == plain([content.text])


def test_every_note_is_on_the_page_with_its_number(tmp_path: Path, qtbot: QtBot) -> None:
    content, layers = document(12)
    read = plain(pdf(printed(content, layers), tmp_path / "a.pdf", qtbot))
    assert read.count(NOTE) == 4
    for number in range(1, 5):
        assert f"{number}招商" in read


def test_the_fonts_are_in_the_file_and_pages_have_numbers(tmp_path: Path, qtbot: QtBot) -> None:
    content, layers = document(30)
    read = pdf(printed(content, layers), tmp_path / "a.pdf", qtbot)
    assert len(read) > 2
    assert all(re.search(rf"(^|\s){at}(\s|$)", text) for at, text in enumerate(read, 1))
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.count(b"/FontFile") >= len(set(re.findall(rb"/BaseFont /(\S+)", data)))


def test_a_page_ends_where_the_next_begins() -> None:
    content, layers = document(40)
    pages = printed(content, layers)
    seen: list[tuple[int, int]] = []
    for page in pages.pages():
        for part in page.slices:
            seen += [(part.row, line) for line in range(part.first, part.stop)]
    wanted = [
        (row, line)
        for row in range(len(pages.reading.sheet))
        for line in range(len(pages.row(row).lines))
    ]
    assert seen == wanted


@pytest.mark.parametrize("paper", ["A4", "B5", "A5"])
@pytest.mark.parametrize("note", [NOTE, NOTE * 12, NOTE * 150])
def test_notes_lie_on_the_paper_and_never_on_one_another(paper: str, note: str) -> None:
    content, layers = document(14, note, every=1)
    pages = printed(content, layers, paper=paper)
    words: dict[int, str] = {}
    for page in pages.pages():
        bottom = -1.0
        for one in page.notes:
            assert one.top > bottom
            bottom = one.top + pages._head + pages._line * len(one.lines)
            assert bottom <= pages.paper.height + 1
            words[one.number] = words.get(one.number, "") + "".join(one.lines)
    assert words == dict.fromkeys(range(1, 15), note)


def test_a_line_at_the_edge_of_a_page_is_not_left_alone() -> None:
    content, layers = document(60, every=0)
    pages = printed(content, layers)
    for page in pages.pages():
        for part in page.slices:
            lines = len(pages.row(part.row).lines)
            if lines > 3:
                assert part.stop - part.first > 1


def test_a_print_that_is_left_leaves_no_file(tmp_path: Path) -> None:
    content, layers = document(400)
    job = PdfJob(printed(content, layers), tmp_path / "a.pdf", "")
    job.start()
    job._go_on()
    job.stop()
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_file_stays_until_the_new_one_is_whole(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"before")
    content, layers = document(40)
    job = PdfJob(printed(content, layers), path, "")
    job.start()
    assert path.read_bytes() == b"before"
    with qtbot.waitSignal(job.finished, timeout=WAIT):
        pass
    assert path.read_bytes().startswith(b"%PDF")


def test_a_place_that_cannot_be_written_is_said(opened: App, tmp_path: Path, qtbot: QtBot) -> None:
    opened.commands.run("print")
    dialog, acts = opened.dialogs.current, opened.dialogs.printing
    acts.write_pdf(dialog, opened.reading.document, dialog.options(), tmp_path / "no" / "a.pdf")
    qtbot.waitUntil(dialog.error.isVisible, timeout=WAIT)
    assert dialog.pdf.isEnabled()


def test_the_window_prints_what_it_shows(opened: App, tmp_path: Path, qtbot: QtBot) -> None:
    document_ = opened.reading.document
    opened.bridge.write(opened.workspace.annotating.add(document_.id, Span(0, 4), note="眉上之批"))
    qtbot.waitUntil(lambda: bool(opened.reading.document.rows), timeout=WAIT)
    opened.commands.run("print")
    dialog, acts = opened.dialogs.current, opened.dialogs.printing
    assert not dialog.following.isEnabled()
    path = tmp_path / "out.pdf"
    acts.write_pdf(dialog, opened.reading.document, dialog.options(), path)
    qtbot.waitUntil(path.exists, timeout=WAIT)
    with pypdfium2.PdfDocument(path) as read:
        text = plain([page.get_textpage().get_text_range() for page in read])
    assert "眉上之批" in text
    assert "积极引入中交等一批央企三级公司" in text
    qtbot.waitUntil(lambda: opened.dialogs.current is None, timeout=WAIT)


def test_choices_set_the_preview_anew(opened: App) -> None:
    opened.commands.run("print")
    dialog = opened.dialogs.current
    wide = dialog._printed.paper.width
    dialog.shown["notes"].click()
    assert dialog._printed.paper.width > wide
    dialog.paper._buttons["A5"].click()
    assert dialog._printed.options == PrintOptions("A5", notes=False)
