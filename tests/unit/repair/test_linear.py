"""Double the text, double the work: counted in calls, which no other load changes."""

from __future__ import annotations

import sys

import pytest

from meipi.repair import repair

LENGTH = 1200
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
    repair(long[: LENGTH // 4])  # tables are made once
    assert work(long) < 2.6 * work(short) + 5000
