"""Title, date, source, authors and region, out of the head, the dateline and the signature."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.document import Role
from meipi.core.fold import fold
from meipi.structure.bylines import Field, fields, people
from meipi.structure.dates import find_date
from meipi.structure.names import is_person, split_place
from meipi.structure.patterns import CLOCK, HAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meipi.structure.lines import Draft

_LONGEST_TITLE = 30
_DATELINES = 3
"""Paragraphs in whose beginning a dateline is looked for."""
_DATELINE_LENGTH = 100

_AGENCY = rf"(?P<agency>{HAN}{{1,8}}(?:社|网|报|台|新闻|客户端|在线)|{HAN}{{0,4}}本[报网台刊]|本[报网台刊])"
_PLACE = rf"(?P<place>{HAN}{{2,6}}?)"
_DAY = r"(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日)"
_DATELINES_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # 人民网天津8月17日电 (记者陶建)
        rf"^[^\w]{{0,3}}{_AGENCY}[\s,·]?{_PLACE}[\s,]?{_DAY}[\s]?(?:电|讯|专电|消息)",
        # (中央社记者王小明台北17日电)
        rf"^[(〔【\[]{_AGENCY}?记者(?P<author>{HAN}{{4,8}}?)(?P<date>(?:\d{{1,2}}月)?\d{{1,2}}日)(?:综合)?(?:外电报导|专?电|电)",
        # [记者王小明/台北报导]
        rf"^[(〔【\[]?(?:{_AGENCY})?记者(?P<author>{HAN}{{2,4}})[/ ](?P<place>{HAN}{{2,6}})(?:综合)?报[导道]",
        # 津云新闻讯:
        rf"^[^\w]{{0,3}}(?P<agency>{HAN}{{2,10}}?)(?:讯|消息)[:\s(,]",
        rf"^[^\w]{{0,3}}(?:{_AGENCY})[\s]?{_DAY}(?:电|讯|消息)",
    )
)
_NOT_AN_AGENCY = re.compile(r"^据|本[报网台刊]$|^(?:综合|最新|重要|好)$")
_IN_BRACKETS = re.compile(r"[(〔【\[]([^()〔〕【】\[\]]{2,60})[)〕】\]]")
_REPORTER = re.compile(
    r"(?:记者|通讯员|特派员|评论员|作者|撰文|文)站?[\s:/]*(.+?)(?:[/\s]*(?:摄影|摄|报道|报导|整理|综合))?$"
)
_LAST_ROLE = re.compile(r"(?:记者|通讯员|特约|见习|实习|本报|本网|首席)+[:\s]*")
_SOURCE_NAME = re.compile(
    rf"({HAN}{{2,14}}(?:网|报|社|新闻|台|客户端|在线|杂志|周刊|频道|公众号|发布))$"
)


@dataclass
class Metadata:
    """What has been found so far; the first find of each stays."""

    title: str | None = None
    date: str | None = None
    source: str | None = None
    region: str | None = None
    authors: tuple[str, ...] = ()


def find_metadata(draft: Draft, declared: Mapping[str, str]) -> Metadata:
    """Return the metadata of a text whose lines have their roles."""
    found = Metadata(title=_title(draft))
    bylines = [at for at, role in enumerate(draft.roles) if role is Role.BYLINE]
    _read_fields(draft, bylines, found)
    body = next(filter(draft.is_body, range(len(draft))), len(draft))
    head = [at for at in bylines if at < body]
    found.date = found.date or _first_date(draft, head)
    _read_datelines(draft, found)
    _read_credits(draft, bylines, found)
    found.date = found.date or _first_date(draft, bylines)
    _read_declared(declared, found)
    found.title = found.title or declared.get("title") or derived_title(draft)
    return found


def _title(draft: Draft) -> str | None:
    parts = []
    for at, role in enumerate(draft.roles):
        if role is Role.TITLE and draft.levels[at] == 1:
            line = draft.lines[at]
            hidden = draft.marks.get(at, ())
            start = hidden[0].end if hidden else line.start
            end = hidden[1].start if len(hidden) > 1 else line.end
            parts.append(draft.text[start:end].strip())
    return "".join(parts) or None


def _read_fields(draft: Draft, bylines: list[int], found: Metadata) -> None:
    for at in bylines:
        line = draft.lines[at]
        for field in fields(line.key):
            value = draft.text[line.start + field.start : line.start + field.end].strip()
            if value:
                _take(found, field, value, line.key[field.start : field.end])


def _take(found: Metadata, field: Field, value: str, key: str) -> None:
    if field.kind == "source" or (field.kind == "publisher" and not found.source):
        # The date stands behind the source without a name of its own: 来源:人民网  2025-03-01.
        found.source = found.source or _without_date(value, key)
    elif field.kind == "region":
        found.region = found.region or value
    elif field.kind == "author" and not found.authors:
        found.authors = _names(value, key) or (() if len(value) > 20 else (value,))
    if field.kind in ("date", "source") and not found.date:
        date = find_date(key)
        found.date = date[0] if date else None


def _without_date(value: str, key: str) -> str | None:
    date = find_date(key)
    if date:
        value = value[: date[1]]
    value = re.split(r"\s{2,}|[|｜]", CLOCK.sub("", value).strip())[0]
    return value.strip(" ,，;；-—(（") or None


def _names(value: str, key: str) -> tuple[str, ...]:
    return tuple(re.sub(rf"(?<={HAN}) +(?={HAN})", "", value[a:b]) for a, b in people(key))


def _read_datelines(draft: Draft, found: Metadata) -> None:
    for at in _first_paragraphs(draft):
        line = draft.lines[at]
        head = line.key[:_DATELINE_LENGTH]
        for form in _DATELINES_FORMS:
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
            if count == _DATELINES:
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


def _read_credits(draft: Draft, bylines: list[int], found: Metadata) -> None:
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
    if draft.roles[at] is Role.BYLINE:
        names = _reporters(draft, start, key)
        if names or find_date(key) or ":" in key:
            return names
        if listed := _names(draft.text[start : start + len(key)], key):
            return listed
        bare = re.sub(r"^[(〔\[【].{1,3}[)〕\]】]|^.{1,2}[·]|^by ", "", key)
        if is_person(bare):
            return (draft.text[start + len(key) - len(bare) : start + len(key)],)
    return ()


def _reporters(draft: Draft, origin: int, key: str) -> tuple[str, ...]:
    found = _REPORTER.search(key)
    if not found:
        return ()
    first, last = found.span(1)
    return _names(draft.text[origin + first : origin + last], key[first:last])


def _first_date(draft: Draft, bylines: list[int]) -> str | None:
    return next((d[0] for at in bylines if (d := find_date(draft.lines[at].key))), None)


def _read_declared(declared: Mapping[str, str], found: Metadata) -> None:
    found.source = found.source or declared.get("source")
    found.region = found.region or declared.get("region")
    date = find_date(fold(declared.get("date", "")))
    # What the file declares is as a rule more precise than a dateline without a year.
    if date and (found.date is None or found.date.startswith("--")):
        found.date = date[0]
    author = declared.get("author", "").strip()
    if author and not found.authors:
        found.authors = _names(author, fold(author)) or (author,)


def derived_title(draft: Draft) -> str | None:
    """Return the beginning of the first paragraph where a text has no title of its own."""
    for at, role in enumerate(draft.roles):
        if role not in (Role.BOILERPLATE, Role.BYLINE, Role.CAPTION):
            line = draft.lines[at]
            start = line.start
            for form in _DATELINES_FORMS:
                match = form.match(line.key)
                if match:
                    start += match.end()
                    break
            return clip(draft.text[start : min(line.end, start + 200)])
    return None


def clip(text: str) -> str | None:
    """Return the first sentence of ``text``, or as many of its clauses as fit a title.

    >>> clip("首次获评“双拥模范城”,潮白新河水质达标,小辛码头获评3A级景区,方家庄入选名品。")
    '首次获评“双拥模范城”,潮白新河水质达标'
    """
    sentence = re.split(
        r"(?<=[！？!?])|[。；;\n\r\u2028\u2029]", text.strip().lstrip(":：,，)）〕】 "), maxsplit=1
    )[0]
    if len(sentence) <= _LONGEST_TITLE:
        return sentence.strip() or text.strip()[:_LONGEST_TITLE] or None
    cuts = [found.start() for found in re.finditer(r"[,，:：、]", sentence[:_LONGEST_TITLE])]
    long_enough = [cut for cut in cuts if cut >= 8]
    if long_enough:
        return sentence[: long_enough[-1]]
    return sentence[: _LONGEST_TITLE - 2] + "……"
