"""Reading with the hand: keys, mouse, selections, notes, what the pointer rests on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QScroller

from meipi.core.document import Role
from meipi.core.entity import EntityType, Mention
from meipi.core.spans import Span
from meipi.ui.reader.layers import AnnotationMark

SHIFT, CTRL, ALT, NONE = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)
LEFT = Qt.MouseButton.LeftButton
Touch = QScroller.Input


def point_in(view, span: Span) -> QPoint:
    """The middle of the first character of ``span``."""
    return view.rect_of(Span(span.start, span.start + 1)).center()


def click(view, qtbot, span: Span, *, times: int = 1, modifiers=NONE) -> None:
    for _ in range(times):
        qtbot.mouseClick(view.viewport(), LEFT, modifiers, point_in(view, span))


def hover(view, point: QPoint) -> None:
    at = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, view.viewport().mapToGlobal(at), Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton, NONE,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def selected(view) -> str:
    return view.selection().slice(view.reading.sheet.text)


def keys(view, qtbot, *presses) -> None:
    for key, *modifiers in presses:
        qtbot.keyClick(view, key, *modifiers)


# Mouse.


def test_a_click_puts_the_caret_there(reader, qtbot, article):
    click(reader, qtbot, article.at("召开"))
    at = article.at("召开").start
    assert reader.selection() in (Span(at, at), Span(at + 1, at + 1))


def test_a_double_click_takes_a_word(reader, qtbot, article):
    click(reader, qtbot, article.at("坻区新闻"), times=2)
    assert selected(reader) == "宝坻区"


def test_a_double_click_with_alt_takes_a_character(reader, qtbot, article):
    click(reader, qtbot, article.at("坻区新闻"), times=2, modifiers=ALT)
    assert selected(reader) == "坻"


def test_a_triple_click_takes_a_sentence(reader, qtbot, article):
    click(reader, qtbot, article.at("区长回答"), times=3)
    assert selected(reader) == "区长回答提问。"


def test_a_fourth_click_takes_the_paragraph(reader, qtbot, article):
    click(reader, qtbot, article.at("区长回答"), times=4)
    assert selected(reader).startswith("天津市召开")
    assert selected(reader).endswith("区长回答提问。")


def test_dragging_selects(reader, qtbot, article):
    start, end = article.at("召开"), article.at("发布会")
    qtbot.mousePress(reader.viewport(), LEFT, NONE, reader.rect_of(start).center() - QPoint(12, 0))
    qtbot.mouseMove(reader.viewport(), reader.rect_of(end).center())
    with qtbot.waitSignal(reader.selection_finished) as finished:
        qtbot.mouseRelease(reader.viewport(), LEFT, NONE, reader.rect_of(end).center())
    assert finished.args == [reader.selection()]
    assert selected(reader).startswith("召开宝坻区新闻发")


def test_dragging_after_a_double_click_selects_by_words(reader, qtbot, article):
    click(reader, qtbot, article.at("召开"))
    point = point_in(reader, article.at("召开"))
    qtbot.mousePress(reader.viewport(), LEFT, NONE, point)
    qtbot.mouseMove(reader.viewport(), point_in(reader, article.at("布会")))
    qtbot.mouseRelease(reader.viewport(), LEFT, NONE, point_in(reader, article.at("布会")))
    assert selected(reader) == "召开宝坻区新闻发布会"


def test_a_click_with_shift_extends_the_selection(reader, qtbot, article):
    reader.set_selection(Span(article.at("召开").start, article.at("召开").start))
    click(reader, qtbot, article.at("介绍"), modifiers=SHIFT)
    assert selected(reader).startswith("召开宝坻区新闻发布会,")


def test_dragging_past_the_edge_scrolls(reader, qtbot, article):
    below = QPoint(200, reader.viewport().height() + 60)
    qtbot.mousePress(reader.viewport(), LEFT, NONE, point_in(reader, article.at("召开")))
    qtbot.mouseMove(reader.viewport(), below)
    qtbot.waitUntil(lambda: reader.top_offset() > 0)
    qtbot.mouseRelease(reader.viewport(), LEFT, NONE, below)
    assert len(reader.selection()) > 300


def test_a_click_on_a_fold_line_unfolds_it(reader, qtbot):
    placed = next(p for p in reader.reading.scroller.visible() if p.row.row.fold >= 0)
    point = QPoint(reader.reading.sheet.geometry.left + 40, round(placed.top + 12))
    qtbot.mouseClick(reader.viewport(), LEFT, NONE, point)
    assert reader.reading.sheet.table.is_open(0)


def wheel(view, delta: int, modifiers=NONE) -> None:
    at = QPointF(200, 200)
    event = QWheelEvent(
        at, view.viewport().mapToGlobal(at), QPoint(), QPoint(0, delta),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def test_the_wheel_scrolls(reader, qtbot):
    wheel(reader, -240)
    assert reader.top_offset() > 0
    wheel(reader, 480)
    qtbot.waitUntil(lambda: reader.top_offset() == 0)


def test_a_notch_of_the_wheel_runs_out_at_its_full_length(reader, qtbot):
    with qtbot.waitSignal(reader.position_changed):
        wheel(reader, -240)
    at_once = reader.reading.scroller.y
    qtbot.waitUntil(lambda: not reader.glide.is_under_way)
    place = reader.reading.scroller.index, reader.reading.scroller.y
    reader.scroll_pixels(-10_000)
    reader.scroll_pixels(6 * reader.reading.size * reader.reading.setup.leading / 100)
    assert place == pytest.approx((reader.reading.scroller.index, reader.reading.scroller.y))
    assert at_once != place[1]


def test_a_key_stops_what_runs_out(reader, qtbot):
    wheel(reader, -240)
    qtbot.keyClick(reader, Qt.Key.Key_Home, CTRL)
    assert not reader.glide.is_under_way
    assert reader.top_offset() == 0


def test_a_flick_of_a_finger_runs_on_and_stops_at_the_end(reader, qtbot):
    reader.glide.accept_touch()
    scroller = QScroller.scroller(reader.viewport())
    for kind, y, at in ((Touch.InputPress, 300, 0), (Touch.InputMove, 220, 16)):
        scroller.handleInput(kind, QPointF(100, y), at)
    scroller.handleInput(Touch.InputMove, QPointF(100, 100), 32)
    pushed = reader.top_offset()
    scroller.handleInput(Touch.InputRelease, QPointF(100, 60), 40)
    assert scroller.state() is QScroller.State.Scrolling
    qtbot.waitUntil(lambda: scroller.state() is QScroller.State.Inactive)
    assert reader.top_offset() > pushed


def test_the_wheel_with_ctrl_asks_for_another_size(reader, qtbot):
    with qtbot.waitSignal(reader.zoom_requested) as zoom:
        wheel(reader, 120, CTRL)
    assert zoom.args == [1]
    assert reader.top_offset() == 0


# Keyboard.


def caret(view) -> int:
    return view.reading.caret.position


def test_the_caret_moves_by_character(reader, qtbot, article):
    reader.set_selection(Span(3, 3))
    keys(reader, qtbot, (Qt.Key.Key_Right,), (Qt.Key.Key_Right,), (Qt.Key.Key_Left,))
    assert caret(reader) == 4


def test_the_caret_moves_by_word(reader, qtbot, article):
    at = article.at("召开").start
    reader.set_selection(Span(at, at))
    keys(reader, qtbot, (Qt.Key.Key_Right, CTRL))
    assert caret(reader) == article.at("宝坻区新闻").start
    keys(reader, qtbot, (Qt.Key.Key_Left, CTRL), (Qt.Key.Key_Left, CTRL))
    assert caret(reader) == article.at("天津市召开").start


def test_right_at_the_end_of_a_paragraph_goes_to_the_next(reader, qtbot):
    title = reader.reading.sheet.table.row(0).span
    reader.set_selection(Span(title.end, title.end))
    keys(reader, qtbot, (Qt.Key.Key_Right,))
    assert caret(reader) == title.end + 1
    keys(reader, qtbot, (Qt.Key.Key_Left,))
    assert caret(reader) == title.end


def test_the_caret_passes_a_whole_document_both_ways(view, qtbot, make_article):
    article = make_article(
        ("天津\u0301𠮷野", Role.TITLE),
        ("分享", Role.BOILERPLATE),
        ("社区网\n格化", Role.PARAGRAPH),
        hidden=(Span(12, 13),),
    )
    assert article.content.text[12] == "\n"
    view.set_document(article.content)
    forwards = [caret(view)]
    for _ in range(20):
        keys(view, qtbot, (Qt.Key.Key_Right,))
        forwards.append(caret(view))
    backwards = [caret(view)]
    for _ in range(20):
        keys(view, qtbot, (Qt.Key.Key_Left,))
        backwards.append(caret(view))
    assert sorted(set(forwards)) == [0, 1, 3, 4, 5, 6, 9, 10, 11, 13, 14, 15]
    assert sorted(set(backwards)) == sorted(set(forwards))


def test_up_and_down_keep_the_column(reader, qtbot, article):
    at = article.at("高质量").start
    reader.set_selection(Span(at, at))
    x = reader.rect_of(Span(at, at)).left()
    keys(reader, qtbot, (Qt.Key.Key_Down,), (Qt.Key.Key_Up,))
    assert caret(reader) == at
    keys(reader, qtbot, (Qt.Key.Key_Down,))
    assert reader.rect_of(reader.selection()).left() == pytest.approx(x, abs=10)


def test_home_and_end_go_to_the_ends_of_the_line(reader, qtbot, article):
    line = reader.reading.sheet.row(2).lines[1]
    start = article.at("天津市召开").start
    reader.set_selection(Span(start + line.start + 3, start + line.start + 3))
    keys(reader, qtbot, (Qt.Key.Key_Home,))
    assert caret(reader) == start + line.start
    keys(reader, qtbot, (Qt.Key.Key_End,))
    assert caret(reader) == start + line.stop
    assert reader.rect_of(reader.selection()).left() > reader.reading.sheet.geometry.width


def test_shift_extends_and_an_arrow_collapses(reader, qtbot):
    reader.set_selection(Span(2, 2))
    keys(reader, qtbot, *[(Qt.Key.Key_Right, SHIFT)] * 3)
    assert reader.selection() == Span(2, 5)
    keys(reader, qtbot, (Qt.Key.Key_Left,))
    assert reader.selection() == Span(2, 2)


def test_a_selection_by_keyboard_is_finished_after_a_pause(reader, qtbot):
    with qtbot.waitSignal(reader.selection_finished) as finished:
        keys(reader, qtbot, (Qt.Key.Key_Right, SHIFT))
    assert finished.args == [Span(0, 1)]


def test_page_down_turns_the_page_and_page_up_turns_it_back(reader, qtbot):
    keys(reader, qtbot, (Qt.Key.Key_PageDown,))
    assert reader.top_offset() > 0
    assert reader.rect_of(reader.selection()).isValid()
    keys(reader, qtbot, (Qt.Key.Key_PageUp,))
    assert reader.top_offset() == 0


def test_ctrl_end_and_ctrl_home_go_to_the_ends_of_the_text(reader, qtbot):
    keys(reader, qtbot, (Qt.Key.Key_End, CTRL))
    assert caret(reader) == len(reader.reading.sheet.text) - 1
    assert reader.rect_of(reader.selection()).isValid()
    keys(reader, qtbot, (Qt.Key.Key_Home, CTRL))
    assert (caret(reader), reader.top_offset()) == (0, 0)


def test_enter_on_a_fold_line_unfolds_it(reader, qtbot, article):
    at = article.at("分享").start
    reader.set_selection(Span(at, at))
    keys(reader, qtbot, (Qt.Key.Key_Return,))
    assert reader.reading.sheet.table.is_open(0)


def test_enter_opens_what_the_caret_stands_on(reader, qtbot, article):
    reader.set_entities([Mention(article.at("天津市"), EntityType.LOC, "", "", "model")])
    at = article.at("天津市").start
    reader.set_selection(Span(at, at))
    with qtbot.waitSignal(reader.clicked_target) as clicked:
        keys(reader, qtbot, (Qt.Key.Key_Return,))
    assert clicked.args[0].kind == "entity"


def test_keys_of_no_use_here_are_passed_on(reader, qtbot):
    passed = []
    reader.key_unhandled.connect(lambda event: passed.append(event.key()))
    keys(reader, qtbot, (Qt.Key.Key_3,), (Qt.Key.Key_Right,), (Qt.Key.Key_N,))
    assert passed == [Qt.Key.Key_3, Qt.Key.Key_N]


# Copying.


def test_copying_takes_the_text_as_it_is_shown(view, qtbot, make_article):
    article = make_article(
        ("社区网\n格化", Role.PARAGRAPH), ("版权", Role.BOILERPLATE), ("第二段", Role.PARAGRAPH),
        hidden=(Span(3, 4),),
    )  # fmt: skip
    view.set_document(article.content)
    keys(view, qtbot, (Qt.Key.Key_A, CTRL), (Qt.Key.Key_C, CTRL))
    assert QGuiApplication.clipboard().text() == "社区网格化\n第二段"


def test_selecting_across_a_hidden_break_gives_exact_offsets(view, make_article, qtbot):
    article = make_article(("社区网\n格化", Role.PARAGRAPH), hidden=(Span(3, 4),))
    view.set_document(article.content)
    view.set_selection(Span(0, 0))
    keys(view, qtbot, *[(Qt.Key.Key_Right, SHIFT)] * 3)
    assert view.selection() == Span(0, 3)
    keys(view, qtbot, (Qt.Key.Key_Right, SHIFT))
    assert view.selection() == Span(0, 5)


# Notes and targets.


def test_a_note_stands_at_the_line_of_its_words(reader, article):
    words = article.at("介绍")
    reader.set_annotations([AnnotationMark("a", words, 0, "招商", "1", "一条批注")])
    (card,) = reader.margin.cards
    assert card.rect.top() < reader.rect_of(words).center().y() < card.rect.bottom()
    assert card.rect.left() > reader.reading.sheet.geometry.right
    assert card.notes[0].lines == ("一条批注",)


def test_notes_of_one_line_stand_below_each_other(reader, article):
    words = article.at("介绍")
    reader.set_annotations([AnnotationMark(str(n), words, n, "标签", note="注") for n in range(4)])
    rects = [card.rect for card in reader.margin.cards]
    assert all(not a.intersects(b) for a in rects for b in rects if a is not b)


def test_a_long_note_is_cut_until_it_is_in_focus(reader, article):
    note = "很长的批注" * 40
    reader.set_annotations([AnnotationMark("a", article.at("介绍"), 0, "招商", note=note)])
    assert len(reader.margin.cards[0].notes[0].lines) == 3
    assert reader.margin.cards[0].notes[0].lines[-1].endswith("…")
    reader.set_focus_annotation("a")
    assert "".join(reader.margin.cards[0].notes[0].lines) == note


def test_a_note_keeps_its_place_when_its_line_leaves_the_window(reader, article):
    words = article.at("介绍")
    reader.set_annotations([AnnotationMark(str(n), words, n, "标签", note="注") for n in range(5)])
    before = reader.margin.cards[-1].rect.top()
    reader.scroll_pixels(160)
    assert reader.margin.cards[-1].rect.top() == pytest.approx(before - 160, abs=1)


def test_a_click_on_a_note_activates_its_annotation(reader, qtbot, article):
    reader.set_annotations([AnnotationMark("a", article.at("介绍"), 0, "招商")])
    point = reader.margin.cards[0].rect.center().toPoint()
    with qtbot.waitSignal(reader.annotation_activated) as activated:
        qtbot.mouseClick(reader.viewport(), LEFT, NONE, point)
    assert activated.args == ["a"]


def test_in_a_narrow_window_a_mark_stands_for_the_note(reader, qtbot, article):
    reader.resize(600, 700)
    reader.set_annotations([AnnotationMark("a", article.at("介绍"), 0, "招商")])
    assert reader.margin.folded
    point = reader.margin.cards[0].rect.center().toPoint()
    with qtbot.waitSignal(reader.annotation_activated):
        qtbot.mouseClick(reader.viewport(), LEFT, NONE, point)


def test_the_caret_in_tagged_words_brings_their_note_forward(reader, article):
    words = article.at("介绍高质量")
    reader.set_annotations([AnnotationMark("a", words, 0, "招商")])
    reader.set_selection(Span(words.start + 1, words.start + 1))
    assert reader.margin.focus == "a"
    reader.set_selection(Span(0, 0))
    assert reader.margin.focus is None


def test_a_click_on_tagged_words_activates_their_annotation(reader, qtbot, article):
    words = article.at("介绍高质量")
    reader.set_annotations([AnnotationMark("a", words, 0, "招商")])
    with qtbot.waitSignal(reader.annotation_activated) as activated:
        click(reader, qtbot, words)
    assert activated.args == ["a"]


def test_resting_on_an_entity_reports_it_once(reader, qtbot, article):
    words = article.at("宝坻区新闻")
    reader.set_entities([Mention(words, EntityType.LOC, "", "", "model")])
    with qtbot.waitSignal(reader.hovered) as hovered:
        hover(reader, point_in(reader, words))
    target = hovered.args[0]
    assert (target.kind, target.index, target.span) == ("entity", 0, words)
    assert target.rect.contains(point_in(reader, words))


def test_leaving_what_was_reported_reports_nothing(reader, qtbot, article):
    words = article.at("宝坻区新闻")
    reader.set_entities([Mention(words, EntityType.LOC, "", "", "model")])
    with qtbot.waitSignal(reader.hovered):
        hover(reader, point_in(reader, words))
    with qtbot.waitSignal(reader.hovered) as left:
        hover(reader, QPoint(3, 3))
    assert left.args == [None]


def test_passing_over_an_entity_reports_nothing(reader, qtbot, article):
    words = article.at("宝坻区新闻")
    reader.set_entities([Mention(words, EntityType.LOC, "", "", "model")])
    with qtbot.assertNotEmitted(reader.hovered, wait=400):
        hover(reader, point_in(reader, words))
        hover(reader, QPoint(3, 3))


def test_the_keyboard_in_the_text_shows_a_caret(reader):
    with_caret = reader.viewport().grab().toImage()
    reader.clearFocus()
    assert reader.viewport().grab().toImage() != with_caret


def test_before_the_dictionary_is_read_words_are_characters(qtbot):
    from meipi.ui.reader.wordcut import WordCutter

    assert list(WordCutter()("天津市GDP")) == ["天", "津", "市", "GDP"]


def test_the_dictionary_cuts_both_scripts(qtbot):
    from meipi.ui.reader.wordcut import WordCutter

    cutter = WordCutter()
    cutter.wait()
    assert list(cutter("新闻发布会")) in (
        ["新闻", "发布会"],
        ["新闻", "发布", "会"],
        ["新闻发布会"],
    )
    assert [len(w) for w in cutter("新聞發布會")] == [len(w) for w in cutter("新闻发布会")]
