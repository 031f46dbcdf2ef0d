"""Units and measure words, and what after them makes them part of another word."""

from __future__ import annotations

import re

UNITS = """
平方公里 平方千米 平方米 平方厘米 平方英尺 平方公尺 平方呎 方呎 呎 平米 立方米 立方公里
立方厘米 立方 公里 千米 米 厘米 毫米 微米 纳米 英里 英尺 英寸 海里 光年 公尺 公分 坪 公顷 亩
顷 吨 公吨 千克 公斤 克 毫克 微克 斤 市斤 升 毫升 公升 千瓦时 兆瓦时 吉瓦时 千瓦 兆瓦 吉瓦 瓦
度电 千伏 伏 千伏安 赫兹 兆赫 吉赫 摄氏度 华氏度 ℃ °C 度 兆帕 千帕 百帕 帕 焦耳 千卡 大卡
卡路里 标准箱 标箱 TEU 桶 加仑 盎司 克拉 分贝 像素 比特 km m cm mm kg g t kW MW GW kWh MWh GWh
TWh Mbps Gbps GB TB MB KB Hz kHz MHz GHz nm μm ml mL L m² km² ㎡ m³ mm² dB 小时 个小时
分钟 个月 秒 秒钟 毫秒 公里/小时 千米/小时 公里/时 米/秒 千米/秒 毫克/升 微克/立方米
毫克/立方米 吨/年 吨/日 千克/亩 公斤/亩 mmHg mmol/L mg/L
"""
"""Units proper: they measure also after 一 and 半."""

MEASURES = """
天 周 周岁 岁 年 周年 个 名 位 人 人次 人份 户 户次 家 家次 所 座 栋 幢 间 套 台 台套 台次 辆
辆次 架 架次 艘 艘次 列 节 条 根 支 枝 只 头 匹 尾 羽 株 棵 颗 粒 朵 束 片 块 张 幅 本 册 部 篇
份 封 页 卷 集 场 场次 次 项 件 件次 起 宗 桩 批 批次 组 种 类 款 门 道 处 例 笔 单 票 枚 发 轮
局 盘 跳 圈 层 步 字 词 段 行 排 箱 包 袋 瓶 杯 碗 盒 罐 筐 车次 班次 趟 对 双 副 串 把 顶 扇 口
剂 剂次 针 针次 张床位 席 分 球 金 银 铜 环 倍 股 手 课时 学分 学时 件套 首 曲 出 尊 盏 捆 盆 滴
招 餐 顿 桌 队 班 回合 个工作日 工作日 个交易日 交易日 站 里 英亩 胜 负 平 代 匹马力 马力 记
票次 篮板 架飞机 版 伙
"""
"""Measure words: they count after every number but 一 and 半, which mostly only introduce."""

_BEGINS_ANOTHER = {
    "年": "代级度初底末来间货轮",
    "人": "民均",
    "分": "之球",
    "天": "津空",
    "个": "百分点|基点",
    "门": "峡",
    "道": "路",
    "手": "机",
    "部": "门队分",
    "台": "湾风",
    "首": "都先次",
    "对": "外于比",
    "股": "份市",
    "发": "展生布改动",
    "处": "理于置",
    "代": "表码",
    "起": "来",
    "金": "融额",
    "银": "行",
    "负": "责于",
    "出": "现台生席",
    "平": "方米均台",
    "队": "伍员",
    "项": "目",
    "度": "假",
    "行": "业动政",
    "招": "商",
    "周": "期边末",
    "面": "积",
    "次": "级",
    "站": "点",
    "口": "岸",
    "位": "于",
    "场": "馆",
    "单": "位",
    "类": "似",
    "升": "级",
    "例": "如",
    "节": "能目约",
}  # fmt: skip
"""What after a measure word makes it another word: 80年代, 3部门, 两台风."""


def alternation(words: str) -> str:
    """Return a regular expression for ``words``, the longest first so that it wins."""
    chosen = sorted(set(words.split()), key=lambda word: (-len(word), word))
    return "|".join(_guarded(word) for word in chosen)


def _guarded(word: str) -> str:
    if word[-1].isascii() and word[-1].isalnum():
        return re.escape(word) + r"(?![A-Za-z\d])"
    guard = _BEGINS_ANOTHER.get(word)
    if guard and "|" in guard:
        return f"{re.escape(word)}(?!{guard})"
    return re.escape(word) + (f"(?![{guard}])" if guard else "")
