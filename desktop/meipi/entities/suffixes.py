"""What organisations, facilities and divisions end in."""

from __future__ import annotations

import re
from functools import lru_cache

_ORGANISATION = """
人民政府 政府 县政府 党委 党组 党工委 工委 管委会 管理委员会 委员会 常委会 人大常委会 人大 政协
纪委监委 纪委 监委 监察委 宣传部 组织部 统战部 政法委 网信办 外事办 发改委 卫健委 住建委 住建局
国资委 教委 农委 经信委 总局 分局 支队 大队 总队 派出所 司法所 税务所 法院 检察院 海关 医院
卫生院 卫生服务中心 疾控中心 疾病预防控制中心 急救中心 血液中心 大学 学院 中学 小学 附中 附小
高中 高级中学 幼儿园 学校 党校 研究院 研究所 研究中心 实验室 科学院 工程院 社科院 设计院 规划院
博物院 剧团 歌舞团 歌舞剧院 交响乐团 乐团 京剧院 话剧院 出版社 报社 通讯社 日报 晚报 早报 晨报
时报 商报 都市报 周刊 杂志社 电视台 广播电台 广播电视台 电台 融媒体中心 新闻网 银行 分行 支行
证券 证券公司 基金公司 保险公司 信托 交易所 证券交易所 集团 有限公司 有限责任公司 股份公司
总公司 分公司 合作社 联盟 协会 学会 商会 总会 基金会 联合会 工会 总工会 妇联 团委 共青团 残联
文联 作协 科协 侨联 工商联 红十字会 慈善会 俱乐部 足球队 篮球队 排球队 乒乓球队 羽毛球队 国家队
代表队 救援队 消防队 男篮 女篮 男足 女足 男排 女排 女乒 男乒 国足 国青 国奥 消防救援站 记者站
律师事务所 会计师事务所 事务所 养老院 福利院 敬老院 指挥部 领导小组 党支部 军区 战区 国会 议会
市议会 参议院 众议院 立法院 立法会 最高法院 法庭 外交部 国防部 财政部 商务部 卫生部 教育部
农业部 内政部 能源部 司法部 经济部 交通部 央行 中央银行 大使馆 总领事馆 领事馆 秘书处 理事会
组委会 筹委会 供电公司 公交公司 地铁公司 航空公司 铁路公司 保险 控股 股份 实业 重工 航空 传媒
药业 汽车集团 气象台 气象局 应急局 公安局 交警支队 公安厅 教育厅 财政厅 旅游厅 监狱 海事局
中心小学 中心医院 人民医院 中医院 附属医院 联社 信用社 农商行 农商银行 大数据中心 创新联合体
产教联合体 融合共同体 联络处 办事处 代表处 驻京办
"""
_FACILITY = """
科技城 科技谷 医药谷 智谷 光谷 硅谷 药谷 云谷 交易中心 创新园 创新城 生态园 农业园
文化园 艺术园 医药园 体育公园 科学城 大学城 新城
生态城 动漫城 影视城 产业园 产业园区 科技园 科技园区 工业园 工业园区 软件园 软件园区 创业园
科创园 孵化园 物流园 物流园区 双创园 开发区 经济开发区 经济技术开发区 高新区 高新技术产业开发区
高新技术产业示范区 经开区 保税区 综合保税区 自贸区 自由贸易区 自贸试验区 自由贸易试验区 试验区
示范区 示范园 综保区 合作区 功能区 商务区 中央商务区 度假区 风景区 风景名胜区 景区 旅游景区
旅游区 保护区 自然保护区 园区 机场 国际机场 航站楼 高铁站 火车站 客运站 汽车站 地铁站 东站 西站
南站 北站 高铁 铁路 城际 城际铁路 地铁 轻轨 高速 高速公路 公路 大桥 特大桥 立交桥 跨海大桥 隧道
码头 港口 港区 水库 水电站 核电站 电站 变电站 变电所 发电厂 电厂 热电厂 污水处理厂 水厂 公园
湿地公园 森林公园 国家公园 湿地 植物园 动物园 乐园 度假村 古镇 古城 小镇 特色小镇 老街 大街
步行街 商业街 大道 中路 东路 西路 南路 北路 胡同 广场 会展中心 国际会展中心 展览中心 会议中心
体育中心 奥体中心 文化中心 艺术中心 论坛中心 购物中心 金融中心 服务中心大厅 展览馆 博物馆 纪念馆
美术馆 图书馆 体育馆 体育场 文化馆 科技馆 大会堂 音乐厅 歌剧院 大剧院 剧院 影城 大厦 大楼 酒店
宾馆 饭店 商场 公寓 家园 小区 花园 校区 寺 塔 陵园 遗址 故居 旧址 书院 城墙 发射场 发射中心
看守所 口岸 浴场 滑雪场 牧场 林场 茶园 渔港 运河 灌区 风电场 油田 气田 煤矿 体育园 游乐园 海洋馆
会展馆 菜市场 批发市场 农贸市场 商贸城 国际商贸城 奥特莱斯 名人堂 档案馆 别墅 山庄 庄园 收费站
服务区 枢纽 综合体 产业新城 工厂 空港 航空港 物流港 陆港 文创园 创意园 创意街区 历史文化街区
文化街区 数据中心 超算中心 智算中心 算力中心 集结中心 临空区 临空经济区 临港经济区 临港新片区
孵化器 加速器 科创走廊 创新走廊 总部基地 创新港 科创港 科学岛 智慧岛 冰雪基地
"""
_WEAK_FACILITY = "站 港 路 街 桥 河 湖 山 岛 线 厂 寺 塔 村"

DIVISION = re.compile(
    r"[一-龥](?:特别行政区|自治区|自治州|自治县|自治旗|省|市|区|县|州|旗|盟|镇|乡|街道"
    r"|苏木|村|新区|地区)$"
)
"""The end of an administrative division's full name."""

_NO_DIVISION = re.compile(
    r"(?:园区|景区|开发区|高新区|经开区|保税区|示范区|试验区|自贸区|商务区|功能区"
    r"|度假区|保护区|旅游区"
    r"|合作区|港区|校区|小区|社区|城区|灌区|战区|军区|度假村|大都市|古镇|小镇|超市|股市|楼市)$"
)


_KEPT = 16_384
"""Names whose answer is kept: a text asks for the same ones again and again."""


class _Endings:
    """Words that end others, the longest first."""

    def __init__(self, words: str) -> None:
        self._words = frozenset(words.split())
        self._lengths = sorted({len(word) for word in self._words}, reverse=True)

    def of(self, name: str) -> str:
        """Return the longest of the words that ends ``name``; empty where none does."""
        tails = (name[-length:] for length in self._lengths)
        return next((tail for tail in tails if tail in self._words), "")


_ORGANISATION_ENDS = _Endings(_ORGANISATION)
# 局 ends 公安局 and 格局; 队 ends 国家队 and 排队.
_ORGANISATION_CHARACTER = re.compile(
    r"(?:(?<![格布结大全当困僵对棋饭牌败危政战开时])局|(?<![客餐大门舞歌展正候])厅"
    r"|(?<![部军乐车团梯排一分纵卫整])队|(?<![一-龥])[省市区县州镇乡]委|[省市区县州旗]委|管委)$"
)
_FACILITY_ENDS = _Endings(_FACILITY)
_WEAK_ENDS = _Endings(_WEAK_FACILITY)


def ends_organisation(name: str) -> bool:
    """Say whether ``name`` ends as organisations do.

    >>> ends_organisation("某市公安局"), ends_organisation("发展格局")
    (True, False)
    """
    return bool(organisation_suffix(name))


def ends_street(name: str) -> bool:
    """Say whether ``name`` is a street's, a bridge's or a temple's by its last character.

    >>> ends_street("青年路"), ends_street("思路")
    (True, False)
    """
    return len(name) > 2 and name[-1] in "路街巷桥寺"


_SHOP_END = re.compile(
    r"[一-龥]{2}(?:超市|书店|药房|大药房|药店|会员店|旅行社|家庭农场|合作社|快递|便利店)$"
)


def ends_shop(name: str) -> bool:
    """Say whether ``name`` ends as shops and farms do, which are bodies though they are places.

    >>> ends_shop("新世纪超市"), ends_shop("超市")
    (True, False)
    """
    return bool(_SHOP_END.search(name))


def ends_facility(name: str) -> bool:
    """Say whether ``name`` ends as parks, zones, stations, roads and venues do.

    >>> ends_facility("东湖高新区"), ends_facility("东湖")
    (True, False)
    """
    return bool(facility_suffix(name))


def ends_weakly(name: str) -> bool:
    """Say whether ``name`` ends in one character that makes a facility right after a place."""
    return bool(_WEAK_ENDS.of(name))


@lru_cache(_KEPT)
def facility_suffix(name: str) -> str:
    """Return the longest facility suffix of ``name``; empty where it has none."""
    return _FACILITY_ENDS.of(name)


@lru_cache(_KEPT)
def organisation_suffix(name: str) -> str:
    """Return the longest organisation suffix of ``name``; empty where it has none."""
    if known := _ORGANISATION_ENDS.of(name):
        return known
    match = _ORGANISATION_CHARACTER.search(name)
    return match[0] if match else ""


@lru_cache(_KEPT)
def is_division(name: str) -> bool:
    """Say whether ``name`` is formed as the full name of a division.

    >>> is_division("永嘉县"), is_division("工业园区"), is_division("杭州")
    (True, False, False)
    """
    return len(name) > 2 and bool(DIVISION.search(name)) and not _NO_DIVISION.search(name)


TRADES = frozenset([
    "科技", "股份", "实业", "控股", "生物", "医药", "电子", "传媒", "药业", "重工", "能源",
    "智能", "精密", "半导体", "新材", "资本", "网络", "软件", "通信", "汽车", "地产", "置业",
    "物流", "航空", "旅游", "通讯", "资讯", "养老", "数据", "金融", "保险", "证券", "基金",
    "银行", "乳业", "食品", "文旅", "影业", "医疗", "环保", "光电", "材料", "集团", "动力",
    "化工", "钢铁", "矿业", "水泥", "快药", "教育", "文化", "机器人", "娱乐", "游戏", "音乐",
])  # fmt: skip
"""What a brand is often called with: its trade."""

CORPORATE = re.compile(
    r"(?:[建城交旅水产农科能铁文航国]投|控股|炼化|石化|重工|重装|药业|乳业|酒业|农商银?行)(?:集团)?(?![资产入放])"
)
"""What only firms are called by, right behind a short place: 山西|建投."""
