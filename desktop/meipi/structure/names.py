"""The shape of names in bylines: people, and the places a dispatch is sent from."""

from __future__ import annotations

import re

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭"
    "洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲家封芮储靳汲松井段富巫乌焦巴弓牧山谷车侯班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙"
    "叶幸司韶郜黎溥印宿白怀蒲从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀尚农温别庄晏柴"
    "瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越隆师巩聂晁勾敖融冷辛阚那简饶空曾沙养鞠丰巢关"
    "蒯相查后荆红游竺权盖益桓公岳肖仝佟闫覃付代冼帅邸隋昝续战丘区岩揭楚芦苑原门但亓么兰初郇乜朴信"
)
DOUBLE = frozenset(
    "欧阳 司马 上官 诸葛 司徒 东方 独孤 南宫 夏侯 皇甫 尉迟 公孙 慕容 长孙 宇文 司空 令狐 端木 百里 呼延 轩辕 闻人".split()
)
# Where a reporter's name and the place are written together: 记者王小明台北17日电.
PLACES = tuple(
    "北京 天津 上海 重庆 石家庄 太原 呼和浩特 沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南 郑州 武汉 长沙 广州 南宁 海口 成都 贵阳 昆明 "
    "拉萨 西安 兰州 西宁 银川 乌鲁木齐 深圳 厦门 青岛 大连 宁波 苏州 香港 澳门 台北 新北 桃园 新竹 苗栗 台中 彰化 南投 云林 嘉义 台南 高雄 "
    "屏东 宜兰 花莲 台东 澎湖 金门 马祖 基隆 华盛顿 纽约 伦敦 巴黎 柏林 东京 首尔 莫斯科 新加坡 曼谷 日内瓦 布鲁塞尔 悉尼 联合国 洛杉矶 "
    "旧金山 河内 吉隆坡 雅加达 马尼拉 新德里 耶路撒冷 开罗 罗马 综合".split()
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}$")
_FOREIGN_NAME = re.compile(r"[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8}){1,3}$")
_LATIN_NAME = re.compile(r"[a-z][a-z'.-]*(?: [a-z][a-z'.-]*){0,3}$")
_NO_NAMES = frozenset(
    "时间 时报 都市 都会 都是 文化 文字 文章 文学 国家 国际 经济 经理 方面 向上 广告 高清 平台 平安 和谐 单位 时代 安全 关于 "
    "金融 石油 公司 公安 管理 管委 容易 相关 那么 连续 养老 关键 古代 东北 东南 广东 广西 江苏 江西 安徽 宁夏 云南 贵州 山东 山西 海外 能源 成都".split()
)


def is_person(key: str) -> bool:
    """Say whether the folded ``key`` has the shape of a person's name.

    >>> [is_person(name) for name in ("杨成", "欧阳修", "阿卜杜拉·买买提", "时间", "市政府", "john smith")]
    [True, True, True, False, False, True]
    """
    if _FOREIGN_NAME.match(key) or _LATIN_NAME.match(key):
        return True
    if not _HAN_NAME.match(key) or key in _NO_NAMES:
        return False
    return (key[0] in SURNAMES and len(key) <= 3) or (key[:2] in DOUBLE and len(key) >= 3)


def split_place(key: str) -> int:
    """Return how many characters of a name and a place written together are the name.

    >>> split_place("王小明台北"), split_place("李明华盛顿"), split_place("张三")
    (3, 2, 2)
    """
    for place in PLACES:
        if key.endswith(place) and len(key) - len(place) in (2, 3, 4):
            return len(key) - len(place)
    return len(key) if len(key) <= 3 else 3
