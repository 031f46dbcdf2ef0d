"""Lines that say where a text comes from: fields, dates, reporters, editors, numbers."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from meipi.structure.dates import find_date
from meipi.structure.names import is_person
from meipi.structure.patterns import (
    BARE_FIELD,
    CLOCK,
    DOCUMENT_NUMBER,
    FIELD,
    HAN,
    MEDIUM,
)
from meipi.structure.vocabulary import KIND_OF_FIELD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST = 120
_BRACKETED = re.compile(r"^[(〔【\[]([^()〔〕【】\[\]]{1,60})[)〕】\]]$")
_ROLE = re.compile(
    r"记者|通讯员|特派员|评论员|报道员|编辑|责编|作者|撰文|采写|供稿|翻译|编译|校对|审核|监制|摄影|摄$|报道$|报导$|[社网报台]|完$|文/|图/"
)
_ROLES_BEFORE_NAMES = re.compile(
    r"^[□■◎○●◇◆\s]*(?:(?:本报|本网|本刊|本台|首席|见习|实习|特约|特派|驻.{2,6})*"
    r"(?:记者|通讯员|特派员|评论员|作者|撰文|文)\s*[:/ ]?\s*|by )"
)
# What may stand around the date in a line of date, time and source.
_AROUND_DATE = re.compile(
    rf"^[\s|,·/()\[\]【】~—:-]*(?:{HAN}{{0,12}}|[a-z. ]{{0,30}})[\s|,·/()\[\]【】~—:-]*$"
)
_DYNASTY = re.compile(
    rf"^[(〔\[【]?(?:先秦|两?汉|东汉|西汉|三国|魏|晋|南北朝|隋|唐|五代|南唐|北?南?宋|辽|金|元|明|清|近代|现代|当代)[)〕\]】·:]\s*({HAN}{{2,4}})$"
)
_FLOOR = re.compile(r"^(?:\d{1,5}楼|\d{1,5}#|#\d{1,5}|楼主|沙发|板凳|地板)(?:[\s:]|$)")
_OFFICE = re.compile(r"(?:[长记任席授士]|代表|委员|总理|总裁|经理|顾问|研究员|评论员|工程师)$")
_POSTED = re.compile(r"(?:发表|发布|回复|编辑|更新)于|posted|replied")
_ENACTED = re.compile(r"^[(].{6,200}(?:通过|修订|修正|公布|发布|施行|印发|批准|修改).{0,6}[)]$")
_AFFILIATION = re.compile(
    r"^[(\d.*\s]{0,4}[^。;!?:]{2,60}(?:大学|学院|研究[所院]|实验室|医院|univ|institut|department|school)[^。;!?:]{0,60}$"
)
_BY = re.compile(r"^by ([a-z][a-z .,'-]{2,60})$")


class Field(NamedTuple):
    """A named field in a byline; offsets are within the line's key."""

    name: str
    kind: str
    start: int
    end: int


def fields(key: str) -> Iterator[Field]:
    """Yield the fields of a folded byline.

    >>> key = "来源:中国日报网    2025-03-01 作者:张三"
    >>> [(field.kind, key[field.start : field.end]) for field in fields(key)]
    [('source', '中国日报网    2025-03-01'), ('author', '张三')]
    """
    found = list(FIELD.finditer(key))
    for at, field in enumerate(found):
        stop = found[at + 1].start() if at + 1 < len(found) else len(key)
        value = key[field.end() : stop].rstrip(" |,;/()[]【】、")
        yield Field(field[1], KIND_OF_FIELD[field[1]], field.end(), field.end() + len(value))


class Place(Enum):
    """Where a line stands; the nearer to a title, the more is believed to be a byline."""

    ANYWHERE = 0
    TAIL = 1
    HEAD = 2
    UNDER_TITLE = 3


def is_byline(key: str, place: Place) -> bool:
    """Say whether a folded line at ``place`` of a text is a byline.

    >>> is_byline("来源:人民网", Place.HEAD), is_byline("2025-03-01 13:56", Place.TAIL)
    (True, True)
    >>> is_byline("时间:已是深夜。", Place.ANYWHERE), is_byline("林小满", Place.HEAD)
    (False, False)
    >>> is_byline("(日报社江城记者站 王川)", Place.ANYWHERE)
    True
    >>> is_byline("林小满", Place.UNDER_TITLE)
    True
    """
    if len(key) > LONGEST:
        return False
    return any(test(key) for test in _TESTS_AT[place])


def _is_bracketed_credit(key: str) -> bool:
    found = _BRACKETED.match(key) if key[0] in "(〔【[" else None
    if not found or "。" in key:
        return False
    inside = found[1].strip()
    return inside in ("完", "全文完") or (_ROLE.search(inside) is not None and _has_credit(inside))


def _has_credit(inside: str) -> bool:
    last = re.split(r"[\s:/、,]+", inside)[-1]
    return (
        FIELD.search(inside) is not None
        or is_person(last)
        or last.endswith(("电", "报道", "报导", "摄"))
    )


def _is_editor(key: str) -> bool:
    found = FIELD.search(key[:_EDITOR_WITHIN])
    return found is not None and _EDITOR.match(found[1]) is not None


_EDITOR_WITHIN = 16
_EDITOR = re.compile(
    r"责|编|校|审|监制|主编|统筹|翻译|译|制图|editor|索引号|文号|发文字号|文章编号|doi|中图|文献|key|关键"
)


def _is_date_line(key: str) -> bool:
    found = find_date(key)
    if not found or len(key) > 60:
        return False
    rest = CLOCK.sub(" ", key[: found[1]] + " " + key[found[2] :])
    return _AROUND_DATE.match(re.sub(r"星期.|周.", " ", rest)) is not None and not key.endswith(
        "。"
    )


# Where a notice ends these tell when and where people meet.
_OF_AN_EVENT = frozenset({"时间", "日期", "地区", "城市", "级别", "单位"})


def _is_tail_fields(key: str) -> bool:
    return _is_fields(key, at_tail=True)


def _is_fields(key: str, *, at_tail: bool = False) -> bool:
    found = list(fields(key))
    if not found or found[0].start > 16 or key.endswith(("。", "!", "?")):
        return False
    if at_tail and found[0].name in _OF_AN_EVENT:
        return False
    if found[0].kind == "author":
        return _author_value(key[found[0].start : found[0].end])
    return found[0].end > found[0].start


def _author_value(value: str) -> bool:
    return 0 < len(value) <= 60 and not re.search(r"[。?!;“]", value)


def _is_poet(key: str) -> bool:
    return _DYNASTY.match(key) is not None or _BY.match(key) is not None


def _is_reporter(key: str) -> bool:
    return len(key) <= 40 and _ROLES_BEFORE_NAMES.match(key) is not None and bool(people(key))


def _is_names(key: str) -> bool:
    # Folded, any three English words could be a name.
    return len(key) <= 60 and not key.isascii() and bool(people(key))


def is_office_and_name(key: str) -> bool:
    """Say whether a folded line is an office and who holds it.

    >>> is_office_and_name("江州市市长 陆鸣"), is_office_and_name("开学第一课 同上")
    (True, False)
    """
    office, _, name = key.rpartition(" ")
    return len(key) <= 30 and _OFFICE.search(office) is not None and is_person(name)


def _is_medium(key: str) -> bool:
    return MEDIUM.fullmatch(key) is not None


def _is_post_head(key: str) -> bool:
    """Say whether a line tells who wrote a post, where in the thread and when."""
    if len(key) > 60 or key[-1] in "。!?;":
        return False
    if _FLOOR.match(key):
        return True
    return _POSTED.search(key) is not None and find_date(key) is not None


def _is_dated(key: str) -> bool:
    """Say whether a line of names and places holds a date with its year."""
    found = find_date(key)
    return (
        found is not None
        and len(key) <= 60
        and not found[0].startswith("--")
        and not re.search(r"[。,;!?“]", key)
        and re.search(r"[\s|/]", key) is not None
    )


def _is_enacted(key: str) -> bool:
    return _ENACTED.match(key) is not None and find_date(key) is not None


def people(key: str) -> list[tuple[int, int]]:
    """Return where the names stand in a folded ``key`` that holds names and roles alone.

    >>> key = "本报记者 王 浩 通讯员 李小明"
    >>> [key[start:end] for start, end in people(key)]
    ['王 浩', '李小明']
    """
    found: list[tuple[int, int]] = []
    for start, end in _tokens(_CREDIT_END.sub("", key)):
        role = _ROLES_BEFORE_NAMES.match(key[start:end])
        at = start + role.end() if role else start
        if at == end:
            continue
        name = key[at:end]
        if not is_person(name if name.isascii() else name.replace(" ", "")):
            return []
        found.append((at, end))
    return found


_CREDIT_END = re.compile(r"\s*(?:文/图|图/文|文并摄|摄影报道|报道|报导|摄影|摄)$")
# 王 浩 is one name of two characters set apart.
_TOKEN = re.compile(
    rf"(?<!{HAN}){HAN} {{1,2}}{HAN}(?!{HAN})"
    r"|[a-z][a-z.'-]*(?: [a-z][a-z.'-]*){0,3}|[^\s、,/;&|*\d]+"
)


def _tokens(key: str) -> list[tuple[int, int]]:
    return [found.span() for found in _TOKEN.finditer(key)]


_TESTS: tuple[tuple[Place, Callable[[str], bool]], ...] = (
    (Place.ANYWHERE, _is_bracketed_credit),
    (Place.ANYWHERE, _is_editor),
    (Place.ANYWHERE, _is_post_head),
    (Place.ANYWHERE, lambda key: BARE_FIELD.match(key) is not None),
    (Place.TAIL, _is_date_line),
    (Place.TAIL, _is_tail_fields),
    (Place.HEAD, _is_fields),
    (Place.TAIL, _is_reporter),
    (Place.HEAD, _is_poet),
    (Place.HEAD, lambda key: DOCUMENT_NUMBER.match(key) is not None),
    (Place.UNDER_TITLE, _is_dated),
    (Place.UNDER_TITLE, _is_names),
    (Place.UNDER_TITLE, is_office_and_name),
    (Place.UNDER_TITLE, _is_medium),
    (Place.UNDER_TITLE, _is_enacted),
    (Place.UNDER_TITLE, lambda key: _AFFILIATION.match(key) is not None),
)
_TESTS_AT = {
    place: tuple(test for least, test in _TESTS if place.value >= least.value) for place in Place
}
