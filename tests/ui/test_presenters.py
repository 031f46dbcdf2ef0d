"""What the window shows, worked out without Qt."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from meipi.core.anchors import Anchor, AnchorState
from meipi.core.annotation import Annotation, Tag
from meipi.core.document import Block, Role, Structure
from meipi.core.entity import EntityType, Mention
from meipi.core.fold import fold
from meipi.core.repairs import Lost, Proof, Repaired, RepairEdit
from meipi.core.spans import Span
from meipi.core.textmap import TextMap
from meipi.ui.presenters.annotations import (
    annotation_at,
    annotation_rows,
)
from meipi.ui.presenters.commands import CommandInfo, find_commands
from meipi.ui.presenters.credit import credit_line
from meipi.ui.presenters.ends import moved
from meipi.ui.presenters.entities import (
    EntityIndex,
    count_types,
    word_normal,
)
from meipi.ui.presenters.finding import Finds, find_all
from meipi.ui.presenters.hovering import (
    Elsewhere,
    entity_card,
    lost_card,
    opened_entity,
    opened_repair,
    repair_card,
)
from meipi.ui.presenters.matching import best, fits, score
from meipi.ui.presenters.outline import outline_rows
from meipi.ui.presenters.places import Walk
from meipi.ui.presenters.repairs import RepairGroup, RepairIndex, RepairRow, without_empty
from meipi.ui.presenters.searching import hit_rows
from meipi.ui.presenters.status import encoding_name, paragraph_at, paragraph_starts, word_path
from meipi.ui.presenters.tagging import ChoiceKind, choices, next_color, tag_of_key

if TYPE_CHECKING:
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.entities import EntityRow

LABELS = {"pinyin": ("拼音注入", "Pinyin"), "kangxi": ("康熙部首", "Radicals")}


def mention(text: str, start: int, kind: EntityType = EntityType.LOC, **more: str) -> Mention:
    span = Span(start, start + len(text))
    return Mention(span, kind, text, more.get("canonical", text), "model", more.get("normal"))


def edit(start: int, before: str, after: str, proof: Proof = Proof.REPLAYED) -> RepairEdit:
    end = start + len(after)
    return RepairEdit(start, end, start, start + len(before), before, after, "pinyin", 0.875, proof)


def entities(mentions: list[Mention]) -> tuple[EntityRow, ...]:
    return EntityIndex(mentions).rows


def repair_rows(found: Repaired, words: Words, query: str = "") -> list[RepairGroup | RepairRow]:
    rows = RepairIndex(found).rows(LABELS, words)
    return without_empty(
        [row for row in rows if isinstance(row, RepairGroup) or fits(query, row.text)]
    )


def repaired(*edits: RepairEdit, lost: tuple[Lost, ...] = ()) -> Repaired:
    return Repaired("", edits, TextMap.identity(0), lost)


def annotation(id_: str, start: int, end: int, **more: str) -> Annotation:
    state = AnchorState(more.get("state", "exact"))
    anchor = Anchor(Span(start, end), more.get("quote", "引文"), "", "", Span(start, end), state)
    tag = more.get("tag")
    return Annotation(id_, "d", anchor, tag, more.get("note", ""), "", "2026-01-01", "2026-01-01")


def test_presenters_import_no_qt() -> None:
    code = (
        "import sys, pkgutil, importlib, meipi.ui.presenters as p\n"
        "for module in pkgutil.iter_modules(p.__path__):\n"
        "    importlib.import_module(p.__name__ + '.' + module.name)\n"
        "heavy = {'PySide6', 'pypinyin', 'jieba', 'opencc', 'numpy', 'sqlite_utils'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# Matching


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("宝坻", "寶坻區"),
        ("寶坻", "宝坻区"),
        ("bdq", "宝坻区"),
        ("baodi", "宝坻区"),
        ("baod", "宝坻区"),
        ("zsfs", "招商方式"),
        ("zhsh", "招商方式"),
        ("zxm", "重点项目,专项目"),
        ("cq", "重庆"),
        ("chongqing", "重庆市"),
        ("gdp", "ＧＤＰ增速"),
        ("lv", "绿色"),
        ("区z", "区长"),
        ("", "什么都行"),
    ],
)
def test_a_name_is_found_by_characters_pinyin_and_initials(query: str, text: str) -> None:
    assert score(query, text) is not None


@pytest.mark.parametrize(
    ("query", "text"), [("xyz", "宝坻区"), ("zs", "承接北京"), ("宝山", "宝坻"), ("dib", "宝坻")]
)
def test_other_letters_find_nothing(query: str, text: str) -> None:
    assert score(query, text) is None


def test_what_begins_with_the_query_comes_first() -> None:
    found = best("zs", ["重点招商", "招商方式", "zs"], lambda text: text)
    assert found == ["zs", "招商方式", "重点招商"]


# Entities


def test_mentions_of_one_thing_become_one_row_with_its_other_names() -> None:
    rows = entities(
        [
            mention("寶坻區", 0),
            mention("宝坻", 9, canonical="寶坻區"),
            mention("宝坻区", 20),
        ]
    )
    assert [(row.name, row.variants, row.count) for row in rows] == [("寶坻區", ("宝坻",), 3)]


def test_names_come_before_figures_and_the_frequent_before_the_rare() -> None:
    rows = entities(
        [
            mention("8月17日", 0, EntityType.TIME),
            mention("8月17日", 9, EntityType.TIME),
            mention("陶建", 20, EntityType.PER),
            mention("天津", 30),
            mention("天津", 40),
        ]
    )
    assert [row.name for row in rows] == ["天津", "陶建", "8月17日"]


def test_types_are_counted_in_their_order() -> None:
    counted = count_types([mention("天津", 0), mention("陶建", 5, EntityType.PER)])
    assert list(counted.items()) == [(EntityType.PER, 1), (EntityType.LOC, 1)]


@pytest.mark.parametrize(
    ("text", "normal", "worded"),
    [
        ("81.7亿元", "8170000000 CNY", "8 170 000 000"),
        ("62.8%", "62.8 %", ""),
        ("2025年2月28日", "2025-02-28", "2025-02-28"),
        ("三成", "30 %", "30 %"),
        ("天津", "", ""),
    ],
)
def test_a_normal_form_is_worded_where_it_says_more(text: str, normal: str, worded: str) -> None:
    found = word_normal(mention(text, 0, EntityType.MONEY, normal=normal))
    assert found.replace("\u2009", " ") == worded


def test_each_click_walks_to_the_next_place_and_round() -> None:
    walk = Walk()
    (row,) = entities([mention("天津", at) for at in (1, 5, 9)])
    assert [walk.to(row).start for _ in range(4)] == [1, 5, 9, 1]


# Annotations


def test_annotations_are_listed_by_place_with_their_tag() -> None:
    tags = [Tag("t", "招商方式", color=2, shortcut="1")]
    rows = annotation_rows([annotation("b", 9, 12), annotation("a", 3, 5, tag="t")], tags)
    assert [(row.id, row.tag, row.color, row.shortcut) for row in rows] == [
        ("a", "招商方式", 2, "1"),
        ("b", "", None, ""),
    ]


def test_an_annotation_is_found_by_the_pinyin_of_its_tag_and_by_its_note() -> None:
    tags = [Tag("t", "招商方式")]
    rows = annotation_rows(
        [annotation("a", 3, 5, tag="t"), annotation("b", 9, 12, note="对照北辰稿")], tags
    )
    assert [row.id for row in rows if fits("zsfs", row.text)] == ["a"]
    assert [row.id for row in rows if fits("北辰", row.text)] == ["b"]


def test_the_innermost_annotation_is_the_one_at_the_caret() -> None:
    rows = annotation_rows([annotation("outer", 0, 20), annotation("inner", 5, 9)], [])
    found = [annotation_at(rows, offset) for offset in (6, 15, 30)]
    assert [row.id if row else None for row in found] == ["inner", "outer", None]


def test_ends_move_by_a_character_and_never_empty_a_span_or_leave_the_text() -> None:
    text = "天津市宝坻区的招商"
    for span, name, wanted in (
        (Span(5, 9), "start_left", Span(4, 9)),
        (Span(0, 9), "start_left", Span(0, 9)),
        (Span(8, 9), "start_right", Span(8, 9)),
        (Span(5, 9), "end_right", Span(5, 9)),
        (Span(5, 6), "end_left", Span(5, 6)),
    ):
        assert moved(text, span, name, list) == wanted


@pytest.mark.parametrize(
    ("span", "name", "wanted"),
    [
        (Span(2, 5), "start_left_word", "推进京津冀"),
        (Span(0, 5), "start_right_word", "京津冀"),
        (Span(0, 2), "end_right_word", "推进京津冀"),
        (Span(0, 5), "end_left_word", "推进"),
        (Span(2, 5), "start_left_sentence", "推进京津冀"),
        (Span(0, 2), "end_right_sentence", "推进京津冀。"),
        (Span(0, 9), "end_left_sentence", "推进京津冀。"),
        (Span(0, 12), "start_right_sentence", "走深走实。"),
        (Span(7, 9), "end_right_sentence", "走深走实。"),
    ],
)
def test_an_end_moves_by_words_and_sentences(span: Span, name: str, wanted: str) -> None:
    text = "推进京津冀。\n走深走实。"

    def cut(words: str) -> list[str]:
        return re.findall("推进|京津冀|走深|走实|.", words, re.DOTALL)

    assert moved(text, span, name, cut).slice(text) == wanted


def test_an_anchor_to_be_checked_is_marked() -> None:
    (row,) = annotation_rows([annotation("a", 3, 5, state="needs review")], [])
    assert row.needs_review


# Repairs


def test_equal_repairs_are_one_row_with_their_count(words: Words) -> None:
    rows = repair_rows(repaired(edit(0, "發(fā)", "發"), edit(9, "發(fā)", "發")), words)
    assert isinstance(rows[0], RepairGroup)
    assert rows[0].text == "拼音注入 2 处 · 全部证实"
    assert isinstance(rows[1], RepairRow)
    assert (rows[1].text, rows[1].count) == ("發(fā) → 發", 2)


def test_the_inferred_come_first_with_their_confidence(words: Words) -> None:
    proved, inferred = edit(0, "發(fā)", "發"), edit(9, "?qū)", "寶", Proof.INFERRED)
    rows = repair_rows(repaired(proved, inferred), words)
    first = rows[1]
    assert isinstance(first, RepairRow)
    assert (first.after, first.confidence) == ("寶", "87.5 %")
    assert rows[0].text.endswith("证实 1 · 推断 1")


def test_lost_characters_head_the_list(words: Words) -> None:
    lost = (Lost(Span(3, 4), Span(3, 4), "pinyin", ""),)
    rows = repair_rows(repaired(edit(0, "發(fā)", "發"), lost=lost), words)
    assert [row.text for row in rows[:2]] == ["缺字 1 处", " → □"]


def test_text_lost_where_it_stands_is_listed_as_it_stands(words: Words) -> None:
    lost = (Lost(Span(0, 3), Span(0, 3), "lost", "rewritten"),)
    found = Repaired("锟斤拷", (), TextMap.identity(3), lost)
    assert [row.text for row in RepairIndex(found).rows(LABELS, words)][1:] == [" → 锟斤拷"]


def test_what_cannot_be_seen_is_spelled_out(words: Words) -> None:
    rows = repair_rows(repaired(edit(0, "\u200b", "")), words)
    assert rows[1].text == "U+200B → 删去"


def test_repairs_filter_by_what_they_became(words: Words) -> None:
    both = repaired(edit(0, "發(fā)", "發"), edit(9, "區(qū)", "區"))
    assert [row.text for row in repair_rows(both, words, "区")][1:] == ["區(qū) → 區"]


# Hover


def test_a_hovered_repair_says_before_after_channel_and_proof(words: Words) -> None:
    card = repair_card(edit(0, "?qū)氎妫", "寶坻"), LABELS, words)
    assert card.headline == "?qū)氎妫 → 寶坻"
    assert card.kind == "拼音注入"
    assert "逐字一致" in card.lines[0]
    assert not card.doubtful


def test_an_inferred_repair_says_how_sure_it_is(words: Words) -> None:
    card = repair_card(edit(0, "?", "寶", Proof.INFERRED), LABELS, words)
    assert card.doubtful
    assert "87.5 %" in card.lines[0]


def test_a_hovered_entity_says_type_names_and_count(words: Words) -> None:
    places = [mention("宝坻区", 0), mention("宝坻", 9, canonical="宝坻区")]
    (entity,) = entities(places)
    card = entity_card(places[1], entity, words)
    assert (card.headline, card.kind) == ("宝坻区", "地点")
    assert card.lines == ("又作 宝坻", "本篇 2 次")


def test_an_entity_says_how_often_others_name_it_once_that_is_known(words: Words) -> None:
    place = mention("宝坻区", 0)
    (entity,) = entities([place])
    others = Elsewhere.of({"this": 1, "a": 5, "b": 2}, "this")
    assert entity_card(place, entity, words, others).lines == ("本篇 1 次 · 另见 2 篇 7 次",)
    alone = Elsewhere.of({"this": 1}, "this")
    assert entity_card(place, entity, words, alone).lines == ("本篇 1 次",)


def test_an_opened_entity_says_how_it_was_found(words: Words) -> None:
    place = mention("宝坻区", 0)
    (entity,) = entities([place])
    assert opened_entity(place, entity, words).lines == ("本篇 1 次", "由模型识别")


def test_an_opened_repair_says_how_sure_it_is_whatever_its_proof(words: Words) -> None:
    proved = opened_repair(edit(0, "發(fā)", "發"), LABELS, words)
    assert "把握 87.5 %" in proved.lines[1]
    inferred = opened_repair(edit(0, "?", "寶", Proof.INFERRED), LABELS, words)
    assert ["87.5 %" in line for line in inferred.lines] == [True]


def test_a_lost_character_says_so(words: Words) -> None:
    card = lost_card(Lost(Span(3, 4), Span(3, 4), "pinyin", ""), LABELS, words)
    assert (card.headline, card.doubtful) == ("□", True)


@pytest.mark.parametrize("reason", ["rewritten", "replaced", "fill", "dropped"])
def test_a_loss_says_what_took_the_text(words: Words, reason: str) -> None:
    card = lost_card(Lost(Span(3, 6), Span(3, 6), "lost", reason), LABELS, words)
    other = lost_card(Lost(Span(3, 6), Span(3, 6), "pinyin", "swallowed"), LABELS, words)
    assert card.lines != other.lines


# Outline, foot


def test_the_outline_has_title_and_headings_in_depth() -> None:
    text = "题目\n一、甲\n——小题。正文"
    structure = Structure(
        (
            Block(Span(0, 2), Role.TITLE),
            Block(Span(3, 6), Role.HEADING, 1),
            Block(Span(7, 12), Role.RUN_IN_HEADING, 0, (Span(7, 9),)),
            Block(Span(12, 14), Role.PARAGRAPH),
        )
    )
    rows = outline_rows(text, structure)
    assert [(row.text, row.depth) for row in rows] == [("题目", 0), ("一、甲", 1), ("小题。", 2)]


def test_the_path_of_the_bytes_is_worded(words: Words) -> None:
    both = repaired(edit(0, "發(fā)", "發"), edit(9, "?", "寶", Proof.INFERRED))
    assert word_path("UTF-8", both, LABELS, words) == "UTF-8 · 拼音注入 2 处，已证 1，推断 1"
    assert word_path("UTF-8", repaired(), LABELS, words) == "UTF-8 · 无需修复"


def test_the_place_is_counted_in_paragraphs() -> None:
    blocks = tuple(Block(Span(at, at + 5), Role.PARAGRAPH) for at in (10, 20, 30))
    assert paragraph_at(paragraph_starts(Structure(blocks)), 22) == (2, 3)
    assert paragraph_at([], 0) == (0, 0)


def test_an_unknown_encoding_is_named_by_its_codec(words: Words) -> None:
    assert encoding_name("gb18030", {"gb18030": ("国标", "GB")}, words) == "国标"
    assert encoding_name("koi8-r", {}, words) == "KOI8-R"


# Finding


def test_either_script_finds_the_other_and_hits_do_not_overlap() -> None:
    assert [span.start for span in find_all(fold("寶坻區與宝坻区"), "寶坻")] == [0, 4]
    assert [span.start for span in find_all("aaaa", "aa")] == [0, 2]
    assert find_all("甲乙", "") == ()


def test_stepping_goes_round_the_ends() -> None:
    finds = Finds.beginning_at([Span(1, 2), Span(5, 6), Span(9, 10)], 4)
    assert finds.current == 1
    assert [finds.step(by).current for by in (1, 2, -1, -2)] == [2, 0, 0, 2]
    assert Finds().step(1).place is None


def test_only_the_first_hit_of_a_document_has_its_title() -> None:
    from meipi.services.searching import SearchHit

    hits = [SearchHit(d, d, Span(0, 1), "前\n文", "词", "后") for d in ("a", "a", "b")]
    rows = hit_rows(hits)
    assert [row.first for row in rows] == [True, False, True]
    assert rows[0].before == "前 文"


# Tags and commands

TAGS = [
    Tag("a", "招商方式", color=0, shortcut="1", position=0),
    Tag("b", "重点项目 / 专属政策", color=1, position=1),
    Tag("c", "承接北京", color=2, position=2),
]


def test_the_picker_offers_fitting_tags_then_a_new_one() -> None:
    offered = choices("zs", TAGS)
    assert [(item.kind, item.name) for item in offered] == [
        (ChoiceKind.TAG, "招商方式"),
        (ChoiceKind.TAG, "重点项目 / 专属政策"),
        (ChoiceKind.NEW, "zs"),
    ]
    assert offered[0].hint == "zsfs · 1"


def test_a_name_that_there_is_makes_no_new_tag() -> None:
    assert [item.kind for item in choices("招商方式", TAGS)] == [ChoiceKind.TAG]


def test_while_nothing_is_typed_a_note_is_offered_and_recent_tags_come_first() -> None:
    offered = choices("", TAGS, recent=["c"])
    assert [item.tag for item in offered] == ["c", "a", "b", ""]
    assert offered[-1].kind is ChoiceKind.NOTE


def test_a_digit_is_the_tag_that_has_it() -> None:
    found = tag_of_key("1", TAGS)
    assert found is not None
    assert found.id == "a"
    assert tag_of_key("7", TAGS) is None


def test_a_new_tag_gets_the_colour_used_least() -> None:
    assert next_color(TAGS) == 3


def test_commands_are_found_by_pinyin_and_by_english() -> None:
    table = [
        CommandInfo("export", "导出…", "Export…", ("Ctrl+H",)),
        CommandInfo("theme_dark", "深色", "Dark colours", ()),
    ]
    assert [info.id for info in find_commands("dc", table)] == ["export"]
    assert [info.id for info in find_commands("dark", table)] == ["theme_dark"]
    assert [info.id for info in find_commands("", table)] == ["export", "theme_dark"]
    assert [info.id for info in find_commands("ctrl+h", table)] == ["export"]
    assert find_commands("zzz", table) == []


def test_a_text_with_a_byline_of_its_own_gets_no_line_under_its_title():
    blocks = (Block(Span(0, 2), Role.TITLE, 1), Block(Span(3, 5), Role.BYLINE))
    assert credit_line(Structure(blocks, source="人民网")) == ""
    assert credit_line(Structure(blocks[:1], source="人民网", region="天津")) == "人民网 · 天津"
