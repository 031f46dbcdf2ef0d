"""Floors for repair, on sentences of our own that nothing was built from or tuned on."""

from __future__ import annotations

import re

import pytest
from tests.eval.repair_damage import annotated

from meipi.repair import repair
from meipi.repair.channels import ALL
from meipi.repair.codepages import REPLACEMENT, read_as_gbk, read_as_latin

pytestmark = pytest.mark.eval

SIMPLIFIED = """\
昨天傍晚下了一场大雨，河水涨得很快，村里人连夜把粮食搬到高处。
她在图书馆工作了二十年，认得每一位常来的读者。
新修的铁路穿过三座大山，从省城到海边只要两个小时。
老师说：“做学问要耐得住寂寞，也要经得起批评。”
这家工厂去年更换了全部设备，用水量减少了一半。
孩子们在操场上放风筝，笑声传得很远。
医生建议他多喝水、少熬夜，每天走六千步。
博物馆展出了一批新出土的青铜器，观众排起了长队。
会议决定成立一个小组，专门研究农产品价格的变化。
秋天的山谷里到处是红叶，游客比往年多了三成。
如果明天不下雨，我们就按原来的计划去爬山。
这篇论文分析了方言与移民之间的关系，资料十分丰富。"""

TRADITIONAL = """\
昨天傍晚下了一場大雨，河水漲得很快，村裡人連夜把糧食搬到高處。
她在圖書館工作了二十年，認得每一位常來的讀者。
新修的鐵路穿過三座大山，從省城到海邊只要兩個小時。
老師說：“做學問要耐得住寂寞，也要經得起批評。”
這家工廠去年更換了全部設備，用水量減少了一半。
孩子們在操場上放風箏，笑聲傳得很遠。
醫生建議他多喝水、少熬夜，每天走六千步。
博物館展出了一批新出土的青銅器，觀眾排起了長隊。
會議決定成立一個小組，專門研究農產品價格的變化。
秋天的山谷裡到處是紅葉，遊客比往年多了三成。
如果明天不下雨，我們就按原來的計劃去爬山。
這篇論文分析了方言與移民之間的關係，資料十分豐富。"""


def share_exact(pairs: list[tuple[str, str]]) -> float:
    return sum(repair(damaged).text == clean for damaged, clean in pairs) / len(pairs)


def _without_private(text: str) -> str:
    return re.sub("[\ue000-\uf8ff]", "", text)


def windows(text: str, lines: int = 3) -> list[str]:
    """Return short documents of some lines each."""
    rows = text.split("\n")
    return ["\n".join(rows[at : at + lines]) for at in range(len(rows) - lines + 1)]


@pytest.mark.parametrize("dropped", [False, True], ids=["whole", "private use dropped"])
@pytest.mark.parametrize(("every", "floor"), [(3, 0.98), (2, 0.98), (1, 1.0)])
def test_pages_with_readings_put_in(every: int, floor: float, *, dropped: bool) -> None:
    pairs = [
        (
            _without_private(annotated(text, every, first))
            if dropped
            else annotated(text, every, first),
            text,
        )
        for text in windows(TRADITIONAL, 6)
        for first in range(every)
    ]
    assert share_exact(pairs) >= floor


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL], ids=["simplified", "traditional"])
def test_utf8_as_gbk_with_replacement_characters(text: str) -> None:
    pairs = [(read_as_gbk(t.encode(), lost=REPLACEMENT), t) for t in windows(text)]
    assert share_exact(pairs) >= 0.8


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL], ids=["simplified", "traditional"])
def test_utf8_as_gbk_as_windows_shows_it(text: str) -> None:
    pairs = [(read_as_gbk(t.encode()), t) for t in windows(text)]
    assert share_exact(pairs) >= 0.7


@pytest.mark.parametrize("rounds", [1, 2])
def test_utf8_as_a_western_encoding_loses_nothing(rounds: int) -> None:
    pairs = []
    for clean in windows(SIMPLIFIED):
        damaged = clean
        for _ in range(rounds):
            damaged = read_as_latin(damaged.encode(), windows=True)
        pairs.append((damaged, clean))
    assert share_exact(pairs) == 1.0


def test_gbk_as_a_western_encoding_loses_nothing() -> None:
    pairs = [(read_as_latin(t.encode("gbk"), windows=True), t) for t in windows(TRADITIONAL)]
    assert share_exact(pairs) >= 0.9


@pytest.mark.parametrize(
    ("name", "text", "floor"),
    [
        ("gbk-as-big5", SIMPLIFIED, 0.9),
        ("gbk-as-shift-jis", SIMPLIFIED, 0.6),
        ("gbk-as-euc-kr", SIMPLIFIED, 0.8),
        ("big5-as-gbk", TRADITIONAL.replace("“", "「").replace("”", "」"), 1.0),
        ("utf16-as-latin", SIMPLIFIED, 1.0),
    ],
)
def test_one_encoding_of_two_bytes_read_as_another(name: str, text: str, floor: float) -> None:
    (channel,) = (channel for channel in ALL if channel.name == name)
    assert channel.damage is not None
    pairs = [(channel.damage(window), window) for window in windows(text)]
    assert share_exact(pairs) >= floor


@pytest.mark.parametrize("lost", ["?", REPLACEMENT])
def test_edits_of_high_confidence_are_right(lost: str) -> None:
    sure = [
        (edit.after, text)
        for text in windows(SIMPLIFIED) + windows(TRADITIONAL)
        for edit in repair(read_as_gbk(text.encode(), lost=lost)).edits
        if edit.confidence > 0.95
    ]
    assert sure
    assert all(after in text for after, text in sure)


def test_clean_sentences_are_left_alone() -> None:
    assert all(not repair(text).edits for text in windows(SIMPLIFIED) + windows(TRADITIONAL))
