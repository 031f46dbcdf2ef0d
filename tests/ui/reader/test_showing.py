"""What the view shows: place, folds, script, size, layers; always the same words on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage

from meipi.core.document import Role, ShownText, Structure
from meipi.core.entity import EntityType, Mention
from meipi.core.repairs import Lost, Proof, RepairEdit
from meipi.core.script import Script
from meipi.core.spans import Span
from meipi.core.textmap import TextMap
from meipi.ui.reader.content import ReaderContent
from meipi.ui.reader.layers import AnnotationMark
from meipi.ui.reader.layout import Typesetter
from meipi.ui.reader.view import ReaderView
from meipi.ui.theme import Theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def colors(view: ReaderView) -> set[str]:
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {f"#{pixel & 0xFFFFFF:06X}" for pixel in set(memoryview(image.constBits()).cast("I"))}


def show(view: ReaderView, qtbot: QtBot) -> None:
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    qtbot.waitExposed(view)


def on_screen(view: ReaderView) -> str:
    return "\n".join(placed.row.shown.text for placed in view.reading.scroller.visible())


def test_without_a_document_the_page_is_paper(view):
    assert colors(view) == {Theme.load("light").paper.name().upper()}


def test_a_document_begins_at_its_top(reader, article):
    assert reader.top_offset() == 0
    assert on_screen(reader).startswith("天津宝坻:聚焦四个“圈”\n人民网 8月17日\n天津市召开")


def test_a_document_opens_where_reading_stopped(view, article):
    there = article.at("第9段").start
    view.set_document(ReaderContent(article.content.text, article.content.structure, there))
    assert view.top_offset() == there


def test_clearing_the_view_leaves_paper(reader):
    reader.set_document(None)
    assert on_screen(reader) == ""
    assert reader.selection() == Span(0, 0)


def test_boilerplate_is_one_line_until_it_is_unfolded(reader):
    assert "版权所有" not in on_screen(reader)
    assert "折叠的版权与推广信息 · 2 段 14 字" in on_screen(reader)
    reader.expand_fold(0)
    assert "分享到微信\n版权所有,不得转载" in on_screen(reader)


def test_unfolding_leaves_the_page_where_it_is(reader):
    reader.scroll_pixels(60)
    top = reader.top_offset()
    reader.expand_fold(0)
    assert reader.top_offset() == top


def test_fold_lines_speak_the_language_of_the_window(reader):
    reader.set_language("en")
    assert "2 paragraphs, 14 characters" in on_screen(reader)


def test_going_to_words_in_a_fold_unfolds_it(reader, article):
    reader.scroll_to(article.at("版权所有").start)
    assert "版权所有" in on_screen(reader)


def test_going_to_words_far_away_brings_them_into_the_window(reader, article):
    words = article.at("第25段")
    reader.scroll_to(words.start, select=words)
    rect = reader.rect_of(words)
    assert 0 < rect.top() < reader.viewport().height() / 2
    assert reader.selection() == words


def test_going_to_words_in_the_window_does_not_move_it(reader, article):
    reader.scroll_to(article.at("聚焦产业圈").start)
    assert reader.top_offset() == 0


def test_scrolling_stops_at_both_ends(reader):
    reader.scroll_pixels(-500)
    assert reader.top_offset() == 0
    reader.scroll_pixels(1e6)
    last = list(reader.reading.scroller.visible())[-1]
    assert last.row.row.span.end == len(reader.reading.sheet.text) - 1
    assert last.top + last.row.height < reader.viewport().height()


def test_scrolling_reports_the_place(reader, qtbot):
    with qtbot.waitSignal(reader.position_changed) as moved:
        reader.scroll_pixels(400)
    assert moved.args == [reader.top_offset()]


def test_the_scroll_bar_reaches_from_the_beginning_to_the_end(reader):
    bar = reader.verticalScrollBar()
    assert bar.value() == 0
    reader.scroll_pixels(1e6)
    assert bar.value() == bar.maximum() > 0


def test_dragging_the_scroll_bar_goes_there(reader):
    bar = reader.verticalScrollBar()
    bar.setSliderPosition(bar.maximum() // 2)
    assert reader.top_offset() == pytest.approx(len(reader.reading.sheet.text) / 2, rel=0.15)


@pytest.mark.parametrize("change", ["size", "width", "script", "language"])
def test_the_top_line_stays_whatever_changes(reader, article, change):
    reader.scroll_to(article.at("第12段").start)
    reader.scroll_pixels(30)
    top = reader.top_offset()
    changes = {
        "size": lambda: reader.set_reading_size(27),
        "width": lambda: reader.resize(640, 700),
        "script": lambda: reader.set_script(Script.TRADITIONAL),
        "language": lambda: reader.set_language("en"),
    }
    changes[change]()
    assert reader.top_offset() == top


def test_growing_and_shrinking_again_comes_back_to_the_same_place(reader, article):
    reader.scroll_to(article.at("第12段").start)
    top = reader.top_offset()
    for size in (20, 24, 31, 38, 25, 19):
        reader.set_reading_size(size)
    assert reader.top_offset() == top


def test_the_script_changes_what_is_shown_and_not_the_selection(qtbot, make_article):
    def convert(text: str, script: Script) -> ShownText:
        shown = text.replace("宝", "寶") if script is Script.TRADITIONAL else text
        return ShownText(shown, TextMap.identity(len(text)))

    view = ReaderView(cut=list, convert=convert)
    show(view, qtbot)
    article = make_article(("天津宝坻", Role.TITLE), ("宝坻区召开会议。", Role.PARAGRAPH))
    view.set_document(article.content)
    view.set_selection(article.at("宝坻区"))
    view.set_script(Script.TRADITIONAL)
    assert on_screen(view) == "天津寶坻\n寶坻区召开会议。"
    assert view.selection() == article.at("宝坻区")
    assert view.copy_text() == "寶坻区"


def test_the_real_converter_shows_traditional_text(qtbot, make_article):
    view = ReaderView(cut=list)
    show(view, qtbot)
    view.set_document(make_article(("天津宝坻", Role.TITLE)).content)
    view.set_script(Script.TRADITIONAL)
    assert on_screen(view) == "天津寶坻"


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_every_theme_paints_its_paper_and_ink(reader, name):
    theme = Theme.load(name)
    reader.set_theme(theme)
    assert {theme.paper.name().upper(), theme.ink.name().upper()} <= colors(reader)


def shows(view: ReaderView, color: QColor) -> bool:
    return color.name().upper() in colors(view)


def test_entities_are_underlined_in_the_colour_of_their_type(reader, article):
    mark = Theme.load("light").entities[EntityType.LOC].color
    reader.set_entities([Mention(article.at("天津市"), EntityType.LOC, "", "", "model")])
    assert shows(reader, mark)
    reader.set_hidden_types(frozenset({EntityType.LOC}))
    assert not shows(reader, mark)
    reader.set_hidden_types(frozenset())
    reader.set_layer_visible("entities", False)
    assert not shows(reader, mark)


@pytest.mark.parametrize("kind", list(EntityType))
def test_every_type_has_its_underline(reader, article, kind):
    before = reader.viewport().grab().toImage()
    reader.set_entities([Mention(article.at("天津市"), kind, "", "", "model")])
    assert reader.viewport().grab().toImage() != before


def test_tags_colour_the_ground_of_their_words(reader, article):
    reader.set_annotations([AnnotationMark("a", article.at("新闻发布会"), 2, "会议")])
    assert shows(reader, Theme.load("light").tags[2])
    reader.set_layer_visible("annotations", False)
    assert not shows(reader, Theme.load("light").tags[2])


def test_overlapping_tags_are_both_seen(reader, article):
    words = article.at("新闻发布会")
    reader.set_annotations(
        [AnnotationMark("a", words, 1, "一"), AnnotationMark("b", words, 2, "二")]
    )
    assert shows(reader, Theme.load("light").tags[1])
    assert shows(reader, Theme.load("light").tags[2])


def test_a_tag_shows_under_the_selection_of_its_words(reader, article):
    words = article.at("新闻发布会")
    reader.resize(700, 700)
    reader.set_annotations([AnnotationMark("a", words, 2, "")])
    reader.set_selection(words)
    assert shows(reader, Theme.load("light").selection)
    assert shows(reader, Theme.load("light").tags[2])


def test_finds_are_lit_until_their_layer_is_hidden_and_the_current_one_stays_framed(
    reader, article
):
    reader.clearFocus()
    theme, place = Theme.load("light"), article.at("天津市")
    reader.set_finds([place], 0)
    assert shows(reader, theme.find)
    reader.set_layer_visible("finds", False)
    assert not shows(reader, theme.find)
    assert shows(reader, theme.accent)
    reader.set_finds([place])
    assert not shows(reader, theme.accent)
    reader.set_layer_visible("finds", True)
    assert shows(reader, theme.find)


def test_the_ground_of_the_selection_can_be_hidden(reader, article):
    words = article.at("新闻发布会")
    reader.set_annotations([AnnotationMark("a", words, 2, "")])
    reader.set_selection(words)
    reader.set_layer_visible("selection", False)
    assert not shows(reader, Theme.load("light").selection)
    assert reader.selection() == words
    reader.set_layer_visible("selection", True)
    assert shows(reader, Theme.load("light").selection)


def test_repairs_and_losses_are_marked(reader, article):
    reader.clearFocus()  # the caret has the same colour
    inferred, place = Theme.load("light").repairs["inferred"].color, article.at("天津市")
    edit = RepairEdit(*(place.start, place.end) * 2, "x", "天津市", "pinyin", 0.6, Proof.INFERRED)
    reader.set_repairs([edit], [])
    assert shows(reader, inferred)
    reader.set_repairs([], [])
    assert not shows(reader, inferred)
    reader.set_repairs([], [Lost(place, place, "utf-8", "")])
    assert shows(reader, inferred)


def test_search_results_are_lit_and_the_current_one_outlined(reader, article):
    theme = Theme.load("light")
    reader.set_finds([article.at("召开")], 0)
    assert shows(reader, theme.find)
    assert shows(reader, theme.accent)
    reader.set_finds([], -1)
    assert not shows(reader, theme.find)


def test_work_going_on_shows_as_a_hairline(reader):
    reader.set_busy(True)
    top = reader.viewport().grab().toImage().pixelColor(5, 0)
    assert top == Theme.load("light").accent


def test_a_megabyte_without_a_line_break_is_shown(view):
    text = "天津市宝坻区" * 60_000
    view.set_document(ReaderContent(text, Structure(())))
    view.scroll_to(len(text))
    assert view.rect_of(Span(len(text) - 2, len(text) - 1)).isValid()


def test_rows_that_are_missing_follow_in_idle_time(view, qtbot):
    text = "天津市宝坻区\n" * 40_000
    view.set_document(ReaderContent(text, Structure(())))
    assert not view.reading.sheet.table.complete
    qtbot.waitUntil(lambda: view.reading.sheet.table.complete)


def test_no_line_begins_with_closing_punctuation(view, make_article):
    text = "“加快建设”,宝坻区、武清区(天津市),推进高质量发展。《规划》说:“好!”" * 40
    view.set_document(make_article((text, Role.PARAGRAPH)).content)
    for width in range(480, 900, 60):
        view.resize(width, 700)
        row = view.reading.sheet.row(0)
        begins = {row.shown.text[line.start] for line in row.lines}
        assert not begins & set("”,、)。》:!")


def test_lines_of_a_paragraph_end_at_the_same_edge(reader):
    row = reader.reading.sheet.row(2)
    ends = [line.x(line.stop) for line in row.lines[:-1]]
    assert ends == pytest.approx([reader.reading.sheet.geometry.width] * len(ends), abs=1)


def test_notes_and_finds_leave_a_tick_beside_the_scroll_bar(reader, article):
    reader.clearFocus()
    edge = QRect(reader.viewport().width() - 5, 0, 5, reader.viewport().height())
    blank = reader.viewport().grab(edge).toImage()
    reader.set_finds([article.at("第25段")], -1)
    ticked = reader.viewport().grab(edge).toImage()
    assert ticked != blank
    reader.set_finds([], -1)
    reader.set_annotations([AnnotationMark("a", article.at("第25段"), 2, "远")])
    assert reader.viewport().grab(edge).toImage() not in (blank, ticked)


def test_focus_that_came_by_tab_shows_a_frame(reader):
    reader.clearFocus()
    reader.setFocus(Qt.FocusReason.TabFocusReason)
    corner = reader.viewport().grab().toImage().pixelColor(0, 0)
    assert corner == Theme.load("light").accent


def test_whence_a_text_comes_stands_under_its_title(view, article):
    heights = []
    for credit in ("", "人民网 · 8月17日"):
        content = ReaderContent(article.content.text, article.content.structure, credit=credit)
        view.set_document(content)
        title = view.reading.sheet.row(0)
        assert title.credit == credit
        heights.append(title.height)
    assert heights[1] > heights[0]


def test_adding_changing_and_removing_an_annotation_lays_no_paragraph_out(
    reader, article, monkeypatch
):
    reader.viewport().repaint()
    laid_out = []
    real = Typesetter.set

    def counted(self, row, *rest, **named):
        laid_out.append(row)
        return real(self, row, *rest, **named)

    monkeypatch.setattr(Typesetter, "set", counted)
    span = article.at("新闻")
    longer = Span(span.start, span.end + 3)
    for marks in ([AnnotationMark("1", span, 0, "标签")], [AnnotationMark("1", longer, 2, "")], []):
        reader.set_annotations(marks)
        reader.viewport().repaint()
    assert laid_out == []
    reader.set_reading_size(reader.reading.size + 2)
    reader.viewport().repaint()
    assert laid_out
