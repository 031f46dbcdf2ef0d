"""WORK, EVENT and POLICY: by title marks, by suffixes and by the verbs that carry a policy out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType
from meipi.entities.draft import Draft
from meipi.entities.scanning import matches, places

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORK = re.compile(r"《(?=[^》])[^《》\n]{0,60}(?:《[^《》\n]{1,40}》[^《》\n]{0,40})?》")

_EVENT_SUFFIXES = """
大会 论坛 博览会 交易会 展览会 展销会 交流会 洽谈会 投洽会 推介会 峰会 年会 运动会 锦标赛 联赛
挑战赛 公开赛 邀请赛 冠军赛 巡回赛 大奖赛 大师赛 精英赛 争霸赛 选拔赛 对抗赛 排位赛 资格赛 预选赛
大赛 竞赛 总决赛 电影节 艺术节 文化节 音乐节 军乐节 美食节 啤酒节 旅游节 服装节 戏剧节 读书节 购物节
灯会 庙会 马拉松 半程马拉松 世界杯 欧洲杯 亚洲杯 美洲杯 非洲杯 奥运会 冬奥会 残奥会 亚运会 冬残奥会
亚残运会 全运会 残运会 大运会 青奥会 世乒赛 世锦赛 亚锦赛 双年展 三年展 车展 书展 书市 画展
进博会 服贸会 广交会 消博会 链博会 世博会 园博会 花博会 文博会 糖酒会 双选会 招聘会 音乐会 晚会
对话会 研讨会 座谈会 世界互联网大会 巡展 联展 颁奖典礼 颁奖礼 开发者大会 嘉年华 邀请展
"""
_SUFFIX = "|".join(sorted(set(_EVENT_SUFFIXES.split()), key=lambda word: (-len(word), word)))
_BODY = r"[^\s,。、;:!?“”《》()\d的在于]"
# What follows makes the name a place, a body or a time: 奥运会组委会, 世博会博物馆.
_NOT_PART = (
    r"(?!中心|组委|会场|新闻发|筹委|执委|公园|路|站|馆|村|大道|秘书处|理事会|主席|永久|会址|期间的)"
)
_STAGE = r"(?:[一-龥]{2,3}站(?!点|台|着|在))?"
_PART_AFTER = re.compile(_NOT_PART.replace("(?!", "(?:", 1))

_GAMES = "奥运会|冬奥会|残奥会|亚运会|亚冬会|全运会|世运会|世界杯"

_EVENTS = (
    # 第N届…大会, with the year before it.
    rf"(?:[12]\d{{3}}年?)?(?:第(?:\d{{1,4}}|[一二三四五六七八九十百]{{1,5}})(?:届|次|回)|首届)"
    rf"(?:{_BODY}|\([^()\n]{{1,8}}\)|[A-Z]\d{{1,3}}){{0,22}}?(?:{_SUFFIX}){_NOT_PART}{_STAGE}",
    # 十四届全国人大三次会议.
    (
        r"(?:第?[一二三四五六七八九十\d]{1,3}届)(?:[一-龥]{0,6}?)(?:人大|政协|人民代表大会)"
        r"(?:常委会|常务委员会)?第?[一二三四五六七八九十\d]{1,3}次(?:全体)?会议"
    ),
    (
        r"(?:[十一二三四五六七八九\d]{1,3}届[^\s,。、;:\d的]{0,8}?)?(?:[一二三四五六七八九十\d]{1,3}[届次])?[一二三四五六七八九十\d]{1,3}(?:届"
        r"|次)[一二三四五六七八九十]{1,3}(?:中全会|次(?:全体)?会议)"
    ),
    (
        r"(?:党的)?(?:十[六七八九]|二十|二十一)(?:大(?!道|家|学|地|人|小|多|量|会堂)"
        r"|届[一二三四五六七]中全会)"
    ),
    rf"(?<!\d)[12]\d{{3}}(?!\d)(?:年)?(?!年)(?:[^\s,。、;:!?“”《》()\d的在于]{{0,22}}?)(?:{_SUFFIX}){_NOT_PART}",
    (
        rf"(?:中国|国际|世界|亚洲|全国|全球|全英|欧洲"
        rf"|东盟)[^\s,。、;:!?“”《》()\d的在于和与及]{{0,14}}?(?:{_SUFFIX}|(?<![男女][足篮排乒])(?<!热身)赛(?!事|场|后|前"
        rf"|季|况|道|程|区|段|车|马|跑|点|制)){_NOT_PART}{_STAGE}"
    ),
    (
        r"(?:超强|强)?台风“[^“”\n]{1,8}”|“[^“”\n]{1,8}”(?=(?:超强|强)?台风)|(?:超强"
        r"|强)?台风[一-龥]{2,4}(?=来袭|登陆|逼近|过境|影响|肆虐|生成|带来|减弱)"
    ),
    (
        rf"(?:[一-龥]{{2}})?(?:夏季|冬季)?(?:{_GAMES})"
        r"(?!组委|冠军|中心|村|场馆|会场|博物|公园|金牌|火炬|新闻)"
    ),
    (
        r"“[^“”\n]{2,24}(?:大会|论坛|峰会|杯|大赛|挑战赛|邀请赛|文化节|艺术节|音乐节"
        r"|行动周|活动周|宣传周)”(?:[^\s,。、;:!?“”《》()\d的在于]{0,10}?(?:大赛|挑战赛"
        r"|邀请赛|联赛|锦标赛|赛(?!事|场|区|季|后|前)))?"
    ),
)
_EVENT = re.compile("|".join(f"(?:{pattern})" for pattern in _EVENTS))
_BEGINNING = re.compile(r"[\d“第首一二三四五六七八九十党中国世亚全欧东超强台]")
"""What an event begins with, but for the games, which any two characters may precede."""

_GAME = re.compile(_GAMES)
_BEFORE_GAME = 4
"""Characters before the games' own name: two, and 夏季 or 冬季."""

_POLICY_SUFFIX = (
    r"(?:行动|工程|战略|规划|计划|计画|政策|倡议|方案|措施|机制|制度|新政|法案|条例"
    r"|办法|改革|目标|理念|方针|举措)"
)
_NAMED = (
    r"(?:行动计划|行动方案|三年行动|专项行动|攻坚行动|提升行动|振兴战略|发展战略"
    r"|强国战略|专项整治|整治行动|攻坚战|保卫战|工程|计划|计画|战略|倡议|规划纲要)"
)
_CARRY = (
    r"(?:实施|推进|开展|启动|落实|深化|出台|制定|推行|推出|发布|通过|编制|组织|打好"
    r"|部署|提出|执行|响应|按照?|根据|纳入|入选|列入|得到)(?:了|好|了新一轮)?"
)
_QUOTED_POLICY = re.compile(
    rf"“(?P<inner>[^“”\n,。;]{{1,18}}{_POLICY_SUFFIX})”"
    rf"|(?P<marked>“[^“”\n,。;]{{1,14}}”(?:[一-龥]{{0,8}}?)(?:行动(?!力)|工程(?!师)"
    rf"|战略|规划(?!建设|引领|设计)|计划|计画|政策|倡议|方案|新政|改革|发展理念))"
    r"|(?P<whole>“[^“”\n,。;]{1,10}”)(?=目标|总体布局|战略布局|攻坚)"
    r"|(?P<known>“?(?:双碳|双减|一带一路|一国两制|三农|五位一体|四个全面|十[一二三四五六七]五)”?)"
    r"(?!时期|期间|以来|末|初|开局|收官|沿线|国家)"
)
_CARRIED = re.compile(
    rf"{_CARRY}(?P<name>(?!“)[^\s,。、;:!?“”《》()的了和与及将被在对]{{2,14}}?{_NAMED})(?![师者书款局院部])"
)
_KNOWN = re.compile(
    r"乡村振兴战略|乡村全面振兴|科教兴国战略|人才强国战略|健康中国(?:战略|行动)?"
    r"|长江经济带发展战略|西部大开发|东北振兴|中部崛起"
    r"|创新驱动发展战略|可持续发展战略|区域协调发展战略|新型城镇化战略"
    r"|国家重点研发计划|国家自然科学基金"
    r"|(?:(?<=实施|开展|推进|深化|启动|落实|纳入)|(?<=[,、和与及了《“的]))(?!实施|开展|推进)[一-龥]{3,10}[一二三四五]年(?:提升|攻坚|整治|振兴)?行动(?:计划|方案)?"
    r"|供给侧结构性改革|改革开放(?!以来)|一国两制|全过程人民民主|新南向政策"
)


_SURE = re.compile(
    r"(?:论坛|博览会|交易会|峰会|运动会|锦标赛|联赛|挑战赛|公开赛|冠军赛|军乐节|邀请赛|巡回赛|大奖赛"
    r"|大师赛|总决赛|电影节|艺术节|文化节|音乐节|美食节|啤酒节"
    r"|旅游节|戏剧节|购物节|灯会|庙会|马拉松|世界杯|欧洲杯|亚洲杯|奥运会|冬奥会|残奥会"
    r"|亚运会|全运会|大运会|世锦赛|亚锦赛|双年展|车展|书展|球赛|嘉年华|展览会|洽谈会|展销会|冰雪节|风筝会"
    r"|(?<!代表)(?<!动员)(?<!表彰)(?<!总结)(?<!誓师)(?<!联合国)(?<!职工)(?<!村民)(?<!股东)大会)$"
)
_CALLED = re.compile(r"(?:推介会|招聘会|音乐会|(?<![季时细环礼礼音情关])节|锦标赛|大赛)$")
"""Ends of what the tagger calls a body or a place, and is an event all the same."""


def is_event(name: str) -> bool:
    """Say whether a name that was taken for a body's or a place's is an event's.

    >>> is_event("北京马拉松"), is_event("全国人民代表大会")
    (True, False)
    """
    return bool(_SURE.search(name) or _CALLED.search(name))


def ends_event(text: str, start: int, end: int) -> bool:
    """Say whether the word ends a meeting's, fair's or competition's name that needs no ordinal."""
    return bool(_SURE.search(text, start, end)) and not _PART_AFTER.match(text, end)


def find_titles(text: str) -> Iterator[Draft]:
    """Yield works, events and policies of the folded ``text``; they may overlap.

    >>> text = "《人工智能法》通过,第七届数字中国建设峰会开幕,实施乡村振兴战略"
    >>> [(text[d.start : d.end], str(d.type)) for d in find_titles(text)]
    [('《人工智能法》', 'WORK'), ('第七届数字中国建设峰会', 'EVENT'), ('乡村振兴战略', 'POLICY')]
    """
    for match in _WORK.finditer(text):
        yield Draft(match.start(), match.end(), EntityType.WORK, "pattern")
    for match in matches(_EVENT, _event_beginnings(text), text):
        yield Draft(*_unquoted(text, *match.span()), EntityType.EVENT, "pattern")
    yield from _short_events(text)
    yield from _policies(text)


_FAIR = re.compile(
    r"[一-龥]博会|服贸会|广交会|高交会|糖酒会|投洽会|“618”(?:年中)?大促|(?<=“)618(?=”)"
    r"|双(?:十[一二]|1[12])(?![月日\d])"
)
_STORM = re.compile(r"台风“([^“”\n]{1,8})”")


def _short_events(text: str) -> Iterator[Draft]:
    """Yield fairs and sales by their short names, and storms by the name they were given before."""
    for match in _FAIR.finditer(text):
        if not _PART_AFTER.match(text, match.end()):
            yield Draft(*match.span(), EntityType.EVENT, "pattern")
    for name in set(_STORM.findall(text)):
        for match in re.finditer(f"“{re.escape(name)}”", text):
            yield Draft(match.start() + 1, match.end() - 1, EntityType.EVENT, "pattern")


def _event_beginnings(text: str) -> list[int]:
    games = {
        at for game in places(_GAME, text) for at in range(max(0, game - _BEFORE_GAME), game + 1)
    }
    found = places(_BEGINNING, text)
    return sorted(games.union(found)) if games else found


_GENERIC_POLICY = re.compile(
    r"(?:国家|重大|重点|区域|总体|发展|建设|民生|惠民|基础|系统|专项|有关|各项|这一"
    r"|相关|具体|长期|中长期|详细|整体|实施|工作|行动|改造|施工|保护|扶持|支持|激励"
    r"|优惠"
    r"|新|一系列|系列|多项|各类|年度|五年|三年|投资|生产|经营|采购|培训|学习|教学|训练"
    r"|还款|应急|设计|技术|民心|示范|配套|主体|\d+项|[一二三四五六七八九十]+[项大个])*"
    r"(?:行动计划|行动方案|三年行动|专项行动|工程|计划|计画|战略|倡议|规划纲要"
    r"|整治行动|攻坚战|保卫战|专项整治)"
)


def is_known_policy(name: str) -> bool:
    """Say whether ``name`` is a policy's that everybody knows."""
    return bool(_KNOWN.fullmatch(name))


def _policies(text: str) -> Iterator[Draft]:
    for match in _QUOTED_POLICY.finditer(text):
        group = match.lastgroup or "known"
        span = match.span(group)
        # “双碳”目标 keeps its marks, which part the name from the noun; “清风行动” does not.
        yield Draft(
            *(span if group == "whole" else _balanced(text, *span)), EntityType.POLICY, "pattern"
        )
    carried = {
        match.span("name")
        for match in _CARRIED.finditer(text)
        if not _GENERIC_POLICY.fullmatch(match["name"]) and not match["name"][0].isdigit()
    }
    known = {match.span() for match in _KNOWN.finditer(text)}
    for start, end in sorted(carried | known):
        yield Draft(start, end, EntityType.POLICY, "pattern")


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave the marks out where they enclose the whole name."""
    if text[start] == "“" and text[end - 1] == "”":
        return start + 1, end - 1
    return start, end


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave marks out that enclose the whole name, or one that has lost its other half."""
    inner = text[start:end]
    if inner.startswith("“") and inner.endswith("”"):
        return start + 1, end - 1
    if inner.startswith("“") and "”" not in inner:
        return start + 1, end
    if inner.endswith("”") and "“" not in inner:
        return start, end - 1
    return start, end
