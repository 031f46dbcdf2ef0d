"""Text of others, such as the name of a file, made fit to stand in one line of ours."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"[\t-\r\x1c-\x1e\x85\u2028\u2029]+")
# Controls drive a terminal, marks of direction turn a line round, half a surrogate is no character.
_UNFIT = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def one_line(text: str) -> str:
    r"""Return ``text`` without line breaks and without anything that is no character to be shown.

    >>> one_line("新闻\n稿\x1b[31m\udcff.txt") == "新闻 稿\ufffd[31m\ufffd.txt"
    True
    """
    return _UNFIT.sub("\ufffd", _BREAKS.sub(" ", text))
