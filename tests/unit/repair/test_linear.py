"""Double the text, double the work: counted in calls, which no other load changes."""

from __future__ import annotations

import sys

import pytest

from meipi.repair import repair
from meipi.repair.channels import ALL, crossings
from meipi.repair.channels.gbk_as_latin_lines import decoders, shown_central
from meipi.repair.codepages import REPLACEMENT, read_as_gbk, read_as_latin

LENGTH = 1200
SENTENCES = (
    "市政府昨日召开会议，研究部署今年冬天的供暖工作。没事，每天走6千步。",
    "協同發展，實現創新；開會動員，佔總人口的比重為17.9%。",
)


def western(text: str) -> str:
    return read_as_latin(text.encode(), windows=True)


DAMAGES = {
    **{channel.name: channel.damage for channel in ALL if channel.damage},
    "UTF-8 as GBK, U+FFFD": lambda text: read_as_gbk(text.encode(), lost=REPLACEMENT),
    "UTF-8 as cp1252 twice": lambda text: western(western(text)),
    "UTF-8 as cp1252, five lost": lambda text: western(text).translate(
        dict.fromkeys((0x81, 0x8D, 0x8F, 0x90, 0x9D), "?")
    ),
    "UTF-8 as cp1252, five dropped": lambda text: western(text).translate(
        dict.fromkeys((0x81, 0x8D, 0x8F, 0x90, 0x9D))
    ),
    "GBK as cp1250": shown_central,
    "GBK by a mixed decoder": decoders("")[2],
}
HOSTILE = [
    *("a", "?", "é", "é\xad", "Ã", "Â ", "\x01", "\u0cff", "€", "\ufffd", "鐢", "鐢€", "鐢?"),
    *("櫓匡", "櫓\ufffd", "한櫓", "ｱ", "ä¸", "ä¸?", "ÖÐ", "Öa", "是ä", "⽀", "Ш类", "字\u200b"),
    *("&#", "&amp;", "&#20013", "%E4", "=?", "=E4", "=?a?b?", "+abcdef", "字(a)", "字(xié)", "?é)"),
    *("協(xié)?", "“é", "鐢ㄦ?", "\uffff", "\ud800"),
    *("锟", "锟a", "锟斤拷", "锟斤拷a", "锟街", "锟\ufffd", "嚙踝蕭", "閿熸枻鎷", "烫", "屯屯屯 "),
    *("\ufffd ", "\ufffdʽ", "ï¿½", "ä½", "ä½ ", "烫烫烫和", "“锟斤拷”", "编码锟斤拷"),
]


def work(text: str) -> int:
    """Count the calls that repairing ``text`` takes."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    crossings._search("", ())
    crossings._line.cache_clear()
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        repair(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("unit", HOSTILE, ids=ascii)
def test_double_the_text_takes_double_the_work(unit: str) -> None:
    short, long = ((unit * length)[:length] for length in (LENGTH, 2 * LENGTH))
    repair(long)  # tables are made once
    assert work(long) < 2.6 * work(short) + 5000


@pytest.mark.parametrize("end", ["", "\n"], ids=["one line", "many lines"])
@pytest.mark.parametrize("name", DAMAGES)
def test_double_the_damaged_text_takes_double_the_work(name: str, end: str) -> None:
    for sentence in SENTENCES:
        try:
            unit = DAMAGES[name](sentence + end)
        except UnicodeError:
            continue  # the encoding has not all of its characters
        short, long = unit * 16, unit * 32
        repair(long)  # tables are made once
        # Twice is linear and four times is not; what is remembered of like lines falls between.
        assert work(long) < 3 * work(short) + 5000
