"""What a site puts around a text: prompts, share buttons, navigation, rights, lists of links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.document import Role
from meipi.structure.patterns import (
    COPYRIGHT,
    NAVIGATION,
    PROMPT_LENGTH,
    PROMPT_OBJECT,
    PROMPT_VERB,
    RELATED,
    RIGHTS,
)
from meipi.structure.vocabulary import SHARE_WORDS

if TYPE_CHECKING:
    from meipi.structure.lines import Draft, Line

_PHRASES = re.compile(r"[\s,，|/、·>»▼↓↑👇👆]+")
_STOPS = re.compile(r"[。;:?《》]")
_QUOTES = re.compile(r"[“”‘’\"']")
# 下载量突破百万的应用 tells of something, 下载某某应用 asks for it.
_TELLS = re.compile(r"[的了着过是量率]")
_LINK = re.compile(r"^(?:https?://|www\.)\S+$")
_BUTTONS = re.compile(r"[\s|/·、]+")
_LONGEST_LINK = 60
_LONGEST_SHARE = 60


def mark_chrome(draft: Draft) -> None:
    """Mark the lines that belong to the page and not to the text."""
    for at, line in draft.free():
        if is_chrome(line) or (line.length <= _LONGEST_SHARE and _is_share(line.key)):
            draft.give(at, Role.BOILERPLATE)
    _mark_related(draft)
    _mark_tail(draft)


def is_chrome(line: Line) -> bool:
    """Say whether a line is a prompt, navigation or a statement of rights."""
    if line.length <= PROMPT_LENGTH and is_prompt(line.key):
        return True
    if line.length <= 120 and NAVIGATION.search(line.key):
        return True
    return COPYRIGHT.search(line.key[:160]) is not None


def is_prompt(key: str) -> bool:
    """Say whether every phrase of a short line asks the reader to do something with the page.

    >>> is_prompt("点击上方蓝字关注我们"), is_prompt("下载客户端 查看全文")
    (True, True)
    >>> is_prompt("关注民生"), is_prompt("打开国门看世界"), is_prompt("下载量突破百万的应用")
    (False, False, False)
    """
    if _STOPS.search(key):
        return False
    phrases = [
        phrase for phrase in _PHRASES.split(_QUOTES.sub("", key).strip("【】[]()<>!~ ")) if phrase
    ]
    return bool(phrases) and all(map(_asks, phrases))


def _asks(phrase: str) -> bool:
    verb = PROMPT_VERB.match(phrase)
    if not verb:
        return False
    rest = phrase[verb.end() :]
    objects = list(PROMPT_OBJECT.finditer(rest))
    # The object ends the phrase, or only another request follows it: 识别二维码关注.
    if not objects or _TELLS.search(rest[: objects[0].start()]):
        return False
    return (
        len(rest) - objects[-1].end() <= 2
        or PROMPT_VERB.match(rest[objects[-1].end() :]) is not None
    )


def _is_share(key: str) -> bool:
    return key in SHARE_WORDS or all(map(SHARE_WORDS.__contains__, _BUTTONS.split(key)))


def _mark_related(draft: Draft) -> None:
    """Mark headings of related links, and the headlines under them up to the next prose."""
    last = -1
    for at, line in enumerate(draft.lines):
        if at <= last or line.length > 24 or not RELATED.match(line.key):
            continue
        last = at
        while last + 1 < len(draft) and _is_headline(draft, last + 1):
            last += 1
        if last > at:
            for item in range(at, last + 1):
                draft.give(item, Role.BOILERPLATE)


def _is_headline(draft: Draft, at: int) -> bool:
    line = draft.lines[at]
    if draft.roles[at] not in (None, Role.LIST_ITEM, Role.BOILERPLATE):
        return False
    return line.length <= _LONGEST_LINK and not line.key.endswith(("。", ";"))


def _mark_tail(draft: Draft) -> None:
    """Mark what follows the last statement of rights, where no prose comes after it."""
    first = _tail_start(draft)
    if first is None:
        return
    for at in range(first, len(draft)):
        if draft.roles[at] in (None, Role.LIST_ITEM):
            draft.give(at, Role.BOILERPLATE)


def _tail_start(draft: Draft) -> int | None:
    """Return the earliest chrome line from which on there is only chrome and headlines."""
    first = None
    for at in range(len(draft) - 1, -1, -1):
        line = draft.lines[at]
        if draft.roles[at] is Role.BOILERPLATE:
            if COPYRIGHT.search(line.key[:160]) or RELATED.match(line.key):
                first = at
        elif not (
            _is_headline(draft, at) or _LINK.match(line.key) or RIGHTS.search(line.key[:200])
        ):
            break
    return first if first else None
