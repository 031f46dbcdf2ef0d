"""A mark that lost a byte is told by the words of its clause when all else is read."""

from __future__ import annotations

import pytest

from meipi.repair.channels.crossing_marks import with_likelier_marks

ANY = tuple(bytes((0xA3, b)) for b in (0xA1, 0xAC, 0xBB, 0xBF))
"""What stands behind a mark whose second byte is lost."""


def tokens(text: str) -> list[tuple[bytes, ...]]:
    return [ANY if c in "，！？；" else (c.encode("gbk"),) for c in text]


@pytest.mark.parametrize("text", ["你们什么时候回来？", "如果明天下雨，我们就不去了。"])
def test_the_likeliest_mark_is_put_where_the_bytes_are_lost(text: str) -> None:
    for wrong in "！；":
        other = text.replace("？", wrong).replace("，", wrong)
        assert with_likelier_marks(other, tokens(text), "gbk") == text


def test_a_mark_whose_bytes_are_known_stays() -> None:
    text = "你们什么时候回来；"
    assert with_likelier_marks(text, [(text.encode("gbk"),)], "gbk") == text
