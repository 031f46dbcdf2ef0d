"""People the tagger missed or cut wrongly: surnames with titles, bylines, transliterations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType
from meipi.entities.draft import Draft
from meipi.entities.lexicon import is_ordinary
from meipi.entities.scanning import matches, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meipi.entities.words import Words

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段漕钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦"
    "申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司"
    "柏宁柯阮桂闵解强柴华车冉房边仝佟慕肖付代覃冀骆晏尚娄蒲连扈邬桑苟滕骈楼隗乌晁应仇冷敖佘匡裘郎岑卓屠荀虞栾麻荣臧寿楚储仲阙"
)
DOUBLE_SURNAMES = (
    "欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|东方|南宫|长孙|司徒|端木|轩辕"
    "|呼延|百里|独孤|闻人|鲜于|宇文|赫连|仲孙|钟离"
)
_SURNAME = rf"(?:{DOUBLE_SURNAMES}|[{SURNAMES}])"

_ADDRESS = (
    "女士|先生|小姐|太太|大爷|大妈|大娘|大叔|大伯|大婶|大姐|大哥|阿姨|阿婆|奶奶|爷爷"
    "|师傅|老伯|老汉|婆婆|叔叔|老师|经理|医生|同学|警官|律师|法官"
)
_ADDRESSED = re.compile(rf"(?<![一-龥]){_SURNAME}(?:{_ADDRESS})|{_SURNAME}(?:{_ADDRESS})")
_ANONYMOUS = re.compile(
    rf"{_SURNAME}某(?:某|(?![说称等因在和与])[一-龥](?=[,。、;:)(的与和因在将被系]))?|{_SURNAME}×{{1,2}}"
)
_NAMELESS = re.compile(r"[某×]")
_LONGEST_SURNAME = 2

_TITLE = (
    "记者|通讯员|编辑|责编|作者|摄影|主任|书记|局长|院长|校长|部长|市长|县长|区长"
    "|镇长|乡长|省长|厅长|处长|科长|所长|站长|会长|社长|台长|馆长"
    "|总经理|董事长|总裁|总监|教授|研究员|工程师|院士|专家|医生|医师|护士长|教练"
    "|主教练|队长|发言人|负责人|总统|总理|首相|主席|秘书长|议员|代表"
    "|经济学家|分析师|法官|检察官|律师|民警|村民|居民|市民|导演|演员|歌手|作家|画家"
    "|诗人|选手|队员|球员|策展人|被告人|嫌疑人|乘客|游客|业主|站长"
    "|班长|调度员|技术员|设计师|首席执行官|创始人|CEO|司令员|政委|大使|领事"
)
_SAYING = (
    "说|表示|介绍|告诉|认为|指出|称|坦言|透露|强调|提醒|解释|建议|感慨|回忆|谈到|宣布"
    "|回应|出席|主持|致辞|担任|当选"
)
_INTRODUCED = re.compile(
    rf"(?:{_TITLE}):?\s?(?P<name>(?:{DOUBLE_SURNAMES})[一-龥]{{1,2}}"
    rf"|[{SURNAMES}][一-龥]{{1,2}}?|[{SURNAMES}] [一-龥])"
    rf"(?=[,。、;)\s]|{_SAYING}|向|对|在(?![于内])|与|和)"
)
_FOREIGN_PARTS = frozenset({"PER", "nz", "LOC", "n", "nw"})

# Who made a work of old: 唐代张萱绘《捣练图》.
_AUTHOR = re.compile(
    rf"(?:[代朝]|时期|画家|诗人|作家|学者)(?P<name>{_SURNAME}[一-龥]{{1,2}}?)(?=[款绘撰著作书画题编]《)"
)

_CUT = frozenset("昨今日在说称表则也将已就又曾与和对向于前后告指")


def is_surname(character: str) -> bool:
    """Say whether ``character`` is a common surname."""
    return character in SURNAMES


def find_people(text: str, words: Words) -> Iterator[Draft]:
    """Yield surnames with an address, anonymous people, authors, people after a title.

    >>> from meipi.entities.words import Words
    >>> text = "陈女士与孙某到场,记者李晓明,散会"
    >>> [text[d.start : d.end] for d in find_people(text, words=Words([]))]
    ['陈女士', '孙某', '李晓明']
    """
    for match in (*_ADDRESSED.finditer(text), *_anonymous(text)):
        # 任何师傅 addresses nobody called 何.
        if not words.tokens or words.starts(match.start()):
            yield Draft(*match.span(), EntityType.PER, "pattern")
    for match in _AUTHOR.finditer(text):
        if not words.tokens or words.starts(match.start("name")):
            yield Draft(*match.span("name"), EntityType.PER, "pattern")
    for match in _INTRODUCED.finditer(text):
        name = match["name"]
        if not is_ordinary(name) and words.tag_at(match.start("name")) not in {"LOC", "ORG", "v"}:
            yield Draft(*match.span("name"), EntityType.PER, "pattern")


def _anonymous(text: str) -> Iterator[re.Match[str]]:
    beginnings = {
        at
        for mark in places(_NAMELESS, text)
        for at in range(max(0, mark - _LONGEST_SURNAME), mark)
    }
    return matches(_ANONYMOUS, sorted(beginnings), text)


def complete_people(text: str, words: Words, drafts: Iterable[Draft]) -> list[Draft]:
    """Give transliterated names their other half, and cut what the tagger took in behind a name."""
    return [
        _shortened(text, _completed(text, words, draft)) if draft.type is EntityType.PER else draft
        for draft in drafts
    ]


def _completed(text: str, words: Words, draft: Draft) -> Draft:
    """Join the parts of a name around a middle dot where the tagger left them apart."""
    end = draft.end
    while text.startswith("·", end):
        following = [token for token, _ in zip(words.following(end), range(2), strict=False)]
        if len(following) < 2 or following[1].tag not in _FOREIGN_PARTS:
            break
        end = following[1].end
    return draft._replace(end=end)


def _shortened(text: str, draft: Draft) -> Draft:
    """Cut 陈其迈昨 to 陈其迈: a name of one surname has at most three characters."""
    name = text[draft.start : draft.end]
    if (
        len(name) == 4
        and name[0] in SURNAMES
        and name[3] in _CUT
        and not re.match(DOUBLE_SURNAMES, name)
    ):
        return draft._replace(end=draft.end - 1)
    return draft
