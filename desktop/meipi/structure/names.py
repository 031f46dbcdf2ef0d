"""The shape of names in bylines: people, and the places a dispatch is sent from."""

from __future__ import annotations

import re

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛"
    "奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康"
    "伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵"
    "席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁"
    "宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲家封芮储靳汲松井段富巫乌焦巴弓牧山谷"
    "车侯班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司韶郜黎溥印宿白怀蒲从鄂索咸籍赖卓蔺屠蒙池"
    "乔阴胥能苍双闻莘党翟谭贡劳姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀尚农温别庄晏柴瞿阎充慕连茹"
    "习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越隆师巩聂晁勾敖融冷辛阚"
    "那简饶空曾沙养鞠丰巢关蒯相查后荆红游竺权盖益桓公岳肖仝佟闫覃付代冼帅邸隋昝续战丘区岩揭楚"
    "芦苑原门但亓么兰初郇乜朴信"
)
_DOUBLE_SURNAMES = """
欧阳 司马 上官 诸葛 司徒 东方 独孤 南宫 夏侯 皇甫 尉迟 公孙 慕容 长孙 宇文 司空 令狐 端木 百里
呼延 轩辕 闻人
"""
_PLACES = """
北京 天津 上海 重庆 石家庄 太原 呼和浩特 沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南 郑州
武汉 长沙 广州 南宁 海口 成都 贵阳 昆明 拉萨 西安 兰州 西宁 银川 乌鲁木齐 深圳 厦门 青岛 大连
宁波 苏州 香港 澳门 台北 新北 桃园 新竹 苗栗 台中 彰化 南投 云林 嘉义 台南 高雄 屏东 宜兰 花莲
台东 澎湖 金门 马祖 基隆 华盛顿 纽约 伦敦 巴黎 柏林 东京 首尔 莫斯科 新加坡 曼谷 日内瓦
布鲁塞尔 悉尼 联合国 洛杉矶 旧金山 河内 吉隆坡 雅加达 马尼拉 新德里 耶路撒冷 开罗 罗马 综合
"""
_NO_NAMES = """
东北 东南 云南 公司 公安 关于 关键 养老 单位 古代 向上 和谐 国家 国际 宁夏 安全 安徽 容易 山东
山西 平台 平安 广东 广告 广西 成都 文化 文字 文学 文章 方面 时代 时报 时间 江苏 江西 海外 相关
石油 管委 管理 经济 经理 能源 贵州 连续 那么 都会 都市 都是 金融 高清
"""
DOUBLE_SURNAMES = frozenset(_DOUBLE_SURNAMES.split())
PLACES = tuple(_PLACES.split())
"""Where dispatches come from: in 记者王小明台北17日电 name and place are written together."""
NO_NAMES = frozenset(_NO_NAMES.split())
"""Words that look like a name."""

_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}$")
_FOREIGN_NAME = re.compile(r"[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8}){1,3}$")
_LATIN_NAME = re.compile(r"[a-z][a-z'.-]*(?: [a-z][a-z'.-]*){0,3}$")


def is_person(key: str) -> bool:
    """Say whether the folded ``key`` has the shape of a person's name.

    >>> [is_person(name) for name in ("杨成", "欧阳修", "阿卜杜拉·买买提", "john smith")]
    [True, True, True, True]
    >>> [is_person(name) for name in ("时间", "市政府")]
    [False, False]
    """
    if _FOREIGN_NAME.match(key) or _LATIN_NAME.match(key):
        return True
    if not _HAN_NAME.match(key) or key in NO_NAMES:
        return False
    return (key[0] in SURNAMES and len(key) <= 3) or (key[:2] in DOUBLE_SURNAMES and len(key) >= 3)


def split_place(key: str) -> int:
    """Return how many characters of a name and a place written together are the name.

    >>> split_place("王小明台北"), split_place("李明华盛顿"), split_place("张三")
    (3, 2, 2)
    """
    for place in PLACES:
        if key.endswith(place) and len(key) - len(place) in (2, 3, 4):
            return len(key) - len(place)
    return len(key) if len(key) <= 3 else 3
