"""Drop what the tagger only took for a name."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType as T
from meipi.entities.gazetteer import load_gazetteer
from meipi.entities.grow import is_bare
from meipi.entities.institutions import load_institutions
from meipi.entities.lexicon import is_common, is_ordinary, is_slogan
from meipi.entities.people import is_surname
from meipi.entities.suffixes import is_division, organisation_suffix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from meipi.entities.draft import Draft
    from meipi.entities.words import Words

_BODIES = "院部局署会党社队军"
_NATURAL = "村镇乡河湖山"
_KNOWN = 50
_COMMON = 300
_OFTEN = 3
"""Times a string must be called the same to be believed against the dictionary."""

_NO_PLACE = re.compile(
    r"^(?:全国|全省|全市|全区|全县|全球|我国|我省|我市|各地|当地|外地|本地|境内|国内|海外|国外|中方|外方|两岸|沿线|一线|基层|现场|线上|线下|户外|城乡|乡村|农村|城市|社区|市区|城区|郊区|山区|灾区|景区|园区|校园|省内|市内|区内|世界|地球|月球|太空|家乡|故乡|老家|市中心|街头|海上|江上|内地|大陆|东部|西部|中部|南部|北部|南方|北方|东方|西方)$"
)
_ONE_CHARACTER = frozenset(
    "京津冀沪渝晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕甘陇青宁新港澳台中美英法德俄日韩印越泰欧葡朝"
)
_NOT_AFTER_ONE = re.compile(r"[指股深籍菜语人式剧币文系车元方军队裔企商胞民资共盟洲冠锦]")


def sift(text: str, words: Words, drafts: Iterable[Draft]) -> list[Draft]:
    """Return the names that survive what dictionary and grammar say against them.

    A string called the same at least three times is believed against the dictionary.
    """
    kept = list(drafts)
    counts = Counter((text[d.start : d.end], d.type) for d in kept)
    standing = frozenset(text[d.start : d.end] for d in kept if d.type is T.LOC)

    def holds(draft: Draft) -> bool:
        name = text[draft.start : draft.end]
        if _TESTS[draft.type](text, draft, name):
            return False
        often = counts[name, draft.type] >= _OFTEN
        if draft.by == "pattern" or name in load_institutions():
            return True
        return often or not _common(name, draft, standing)

    return [draft for draft in kept if holds(draft)]


def _common(name: str, draft: Draft, standing: frozenset[str]) -> bool:
    """Say whether the dictionary has ``name`` as an ordinary word and nothing speaks against it."""
    if draft.type is T.PER:
        return len(name) == 2 and is_ordinary(name) and not is_surname(name[0])
    if draft.type is T.LOC:
        return _common_place(name, draft, standing)
    if draft.type is not T.ORG or organisation_suffix(name):
        return False
    # Longer words of the dictionary were never names in the sets measured; of two characters, half.
    return is_common(name) or (is_ordinary(name) and len(name) > 2 and name[-1] not in _BODIES)


def _common_place(name: str, draft: Draft, standing: frozenset[str]) -> bool:
    if len(name) == 1:
        return False
    gazetteer = load_gazetteer()
    fulls = gazetteer.shorts.get(name, ())
    if is_slogan(name) or any(full in standing for full in fulls):
        return not any(full in standing for full in fulls)
    if draft.by == "gazetteer" or gazetteer.everybody_knows(name):
        return False
    if len(name) == 3 and name[-1] in _NATURAL and name not in gazetteer.full:
        return is_common(name[:2]) or is_slogan(name[:2])
    if len(name) > 3 and is_ordinary(name):
        return not is_division(name)
    return is_common(name) or (bool(fulls) and is_ordinary(name, least=_KNOWN))


def _wrong_person(text: str, draft: Draft, name: str) -> bool:
    return len(name) < 2 or any(c.isdigit() for c in name) or len(name) > 20


def _wrong_organisation(text: str, draft: Draft, name: str) -> bool:
    if draft.by != "model":
        return False
    return len(name) < 2 or (is_bare(name) and name not in load_institutions())


def _wrong_place(text: str, draft: Draft, name: str) -> bool:
    if len(name) == 1:
        after = text[draft.end : draft.end + 1]
        return name not in _ONE_CHARACTER or bool(_NOT_AFTER_ONE.match(after))
    if name == "中国" and text.startswith(("式", "特色"), draft.end):
        return True
    return bool(_NO_PLACE.match(name)) or is_bare(name)


def _wrong_facility(text: str, draft: Draft, name: str) -> bool:
    return is_bare(name)


_TESTS: dict[T, Callable[[str, Draft, str], bool]] = {
    T.PER: _wrong_person,
    T.ORG: _wrong_organisation,
    T.LOC: _wrong_place,
    T.FAC: _wrong_facility,
}
