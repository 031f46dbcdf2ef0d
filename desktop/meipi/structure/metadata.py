"""Title, date, source, authors and region, out of the head, the dateline and the signature."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.document import Role
from meipi.core.fold import fold
from meipi.structure.bylines import Field, fields
from meipi.structure.credits import DATELINES, Metadata, names_in, read_credits, read_datelines
from meipi.structure.dates import find_date
from meipi.structure.patterns import CLOCK, MEDIUM
from meipi.structure.vocabulary import KIND_OF_FIELD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meipi.structure.lines import Draft

_LONGEST_TITLE = 30
_NOT_SAYING = frozenset({Role.BOILERPLATE, Role.BYLINE, Role.CAPTION})
_SAYS = re.compile(r"[^\W\d_]")


def find_metadata(draft: Draft, declared: Mapping[str, str]) -> Metadata:
    """Return the metadata of a text whose lines have their roles."""
    found = Metadata(title=_title(draft))
    bylines = [at for at, role in enumerate(draft.roles) if role is Role.BYLINE]
    _read_fields(draft, bylines, found)
    body = next(filter(draft.is_body, range(len(draft))), len(draft))
    head = [at for at in bylines if at < body]
    found.date = found.date or _first_date(draft, head)
    found.source = found.source or _named_source(draft, head)
    read_datelines(draft, found)
    read_credits(draft, bylines, found)
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
            # 文/图 is one field's name, not an author called 图.
            if value and line.key[field.start : field.end] not in KIND_OF_FIELD:
                _take(found, field, value, line.key[field.start : field.end])


def _take(found: Metadata, field: Field, value: str, key: str) -> None:
    if field.kind == "source" or (field.kind == "publisher" and not found.source):
        # The date stands behind the source without a name of its own: 来源:人民网  2025-03-01.
        found.source = found.source or _without_date(value, key)
    elif field.kind == "region":
        found.region = found.region or value
    elif field.kind == "author" and not found.authors:
        found.authors = names_in(value, key) or (() if len(value) > 20 else (value,))
    if field.kind in ("date", "source") and not found.date:
        date = find_date(key)
        found.date = date[0] if date else None


def _without_date(value: str, key: str) -> str | None:
    date = find_date(key)
    if date:
        value = value[: date[1]]
    value = re.split(r"\s{2,}|[|｜]", CLOCK.sub("", value).strip())[0]
    return value.strip(" ,，;；-—(（") or None


def _named_source(draft: Draft, bylines: list[int]) -> str | None:
    """Return the medium that stands beside the date without being called the source."""
    for at in bylines:
        line = draft.lines[at]
        name = MEDIUM.search(line.key) if find_date(line.key) else None
        if name:
            return draft.text[line.start + name.start(1) : line.start + name.end(1)]
    return None


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
        found.authors = names_in(author, fold(author)) or (author,)


def derived_title(draft: Draft) -> str | None:
    """Return the beginning of the first paragraph where a text has no title of its own."""
    for at, role in enumerate(draft.roles):
        line = draft.lines[at]
        if role not in _NOT_SAYING and _SAYS.search(line.key):
            start = line.start
            for form in DATELINES:
                match = form.match(line.key)
                if match:
                    start += match.end()
                    break
            return clip(draft.text[start : min(line.end, start + 200)])
    return None


def clip(text: str) -> str | None:
    """Return the first sentence of ``text``, or as many of its clauses as fit a title.

    >>> clip("首次获评“园林模范城”,西岭新河水质达标,南桥渡口获评3A级景区,柳树湾入选名品。")
    '首次获评“园林模范城”,西岭新河水质达标'
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
