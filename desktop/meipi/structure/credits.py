"""Datelines and the reporters they name: 人民网天津8月17日电 (记者陶建)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.document import Role
from meipi.structure.bylines import is_office_and_name, people
from meipi.structure.dates import find_date
from meipi.structure.names import is_person, split_place
from meipi.structure.patterns import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.structure.lines import Draft

_PARAGRAPHS = 3
"""Paragraphs in whose beginning a dateline is looked for."""
_DATELINE_LENGTH = 100

_AGENCY = (
    rf"(?P<agency>{HAN}{{1,8}}(?:社|网|报|台|新闻|客户端|在线)"
    rf"|{HAN}{{0,4}}本[报网台刊]|本[报网台刊])"
)
_PLACE = rf"(?P<place>{HAN}{{2,6}}?)"
_DAY = r"(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日)"
DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        # 人民网天津8月17日电 (记者陶建)
        rf"^[^\w]{{0,3}}{_AGENCY}[\s,·]?{_PLACE}[\s,]?{_DAY}[\s]?(?:电|讯|专电|消息)",
        # (中央社记者王小明台北17日电)
        rf"^[(〔【\[]{_AGENCY}?记者(?P<author>{HAN}{{4,8}}?)"
        r"(?P<date>(?:\d{1,2}月)?\d{1,2}日)(?:综合)?(?:外电报导|专?电)",
        # [记者王小明/台北报导]
        rf"^[(〔【\[]?(?:{_AGENCY})?记者(?P<author>{HAN}{{2,4}})[/ ]"
        rf"(?P<place>{HAN}{{2,6}})(?:综合)?报[导道]",
        # 津云新闻讯:
        rf"^[^\w]{{0,3}}(?P<agency>{HAN}{{2,10}}?)(?:讯|消息)[:\s(,]",
        rf"^[^\w]{{0,3}}(?:{_AGENCY})[\s]?{_DAY}(?:电|讯|消息)",
    )
)
_NOT_AN_AGENCY = re.compile(r"^据|本[报网台刊]$|^(?:综合|最新|重要|好)$")
_IN_BRACKETS = re.compile(r"[(〔【\[]([^()〔〕【】\[\]]{2,60})[)〕】\]]")
# [唐]李白, 唐·李白
_DYNASTY = re.compile(r"^[(〔\[【].{1,3}[)〕\]】]|^.{1,2}·")
_BY = re.compile(r"^by ([a-z][a-z.' -]{2,40}?)(?=\s*(?:[|,]| on |$))")
_REPORTER = re.compile(
    r"(?:记者|通讯员|特派员|评论员|作者|撰文|文)站?[\s:/]*(.+?)"
    r"(?:[/\s]*(?:摄影|摄|报道|报导|整理|综合))?$"
)


@dataclass
class Metadata:
    """What has been found so far; the first find of each stays."""

    title: str | None = None
    date: str | None = None
    source: str | None = None
    region: str | None = None
    authors: tuple[str, ...] = ()


def read_datelines(draft: Draft, found: Metadata) -> None:
    """Read the first dateline among the first paragraphs."""
    for at in _first_paragraphs(draft):
        line = draft.lines[at]
        head = line.key[:_DATELINE_LENGTH]
        for form in DATELINES:
            match = form.match(head)
            if match:
                _read_dateline(draft, line.start, match, found)
                return


def _first_paragraphs(draft: Draft) -> Iterator[int]:
    count = 0
    for at, role in enumerate(draft.roles):
        if role in (Role.PARAGRAPH, None) and at not in draft.joined:
            yield at
            count += 1
            if count == _PARAGRAPHS:
                return
        elif role is Role.BYLINE:
            yield at


def _read_dateline(draft: Draft, origin: int, match: re.Match[str], found: Metadata) -> None:
    groups = {name: span for name in match.re.groupindex if (span := match.span(name))[0] >= 0}

    def text(name: str) -> str:
        start, end = groups[name]
        return draft.text[origin + start : origin + end]

    if "agency" in groups and not _NOT_AN_AGENCY.search(match["agency"]):
        found.source = found.source or text("agency")
    if "date" in groups and not found.date:
        date = find_date(match["date"])
        found.date = date[0] if date else None
    if "author" in groups and not found.authors:
        name = split_place(match["author"]) if "place" not in groups else len(match["author"])
        found.authors = (text("author")[:name],)
        found.region = found.region or text("author")[name:] or None
    if "place" in groups:
        found.region = found.region or text("place")


def read_credits(draft: Draft, bylines: list[int], found: Metadata) -> None:
    """Find reporters in brackets, in bylines and at the beginning of the first paragraphs."""
    if found.authors:
        return
    for at in [*bylines, *_first_paragraphs(draft)]:
        line = draft.lines[at]
        names = _credited(draft, at, line.key[:_DATELINE_LENGTH])
        if names:
            found.authors = names
            return


def _credited(draft: Draft, at: int, key: str) -> tuple[str, ...]:
    start = draft.lines[at].start
    for bracket in _IN_BRACKETS.finditer(key):
        names = _reporters(draft, start + bracket.start(1), bracket[1])
        if names:
            return names
    if draft.roles[at] is not Role.BYLINE:
        return ()
    return _reporters(draft, start, key) or _unnamed(draft.text[start : start + len(key)], key)


def _unnamed(value: str, key: str) -> tuple[str, ...]:
    """Return the authors of a byline that does not say what they are."""
    by = _BY.match(key)
    if by:
        return (value[by.start(1) : by.end(1)],)
    if is_office_and_name(key):
        return (value[key.rindex(" ") + 1 :],)
    if find_date(key) or ":" in key:
        return ()
    bare = len(_DYNASTY.sub("", key))
    return names_in(value, key) or ((value[-bare:],) if is_person(key[-bare:]) else ())


def _reporters(draft: Draft, origin: int, key: str) -> tuple[str, ...]:
    found = _REPORTER.search(key)
    if not found:
        return ()
    first, last = found.span(1)
    return names_in(draft.text[origin + first : origin + last], key[first:last])


def names_in(value: str, key: str) -> tuple[str, ...]:
    """Return the names in ``value``, whose folded form is ``key``, without blanks inside."""
    return tuple(re.sub(rf"(?<={HAN}) +(?={HAN})", "", value[a:b]) for a, b in people(key))
