"""What belongs to a name behind it: the parts of bodies, the land called by a place."""

from __future__ import annotations

import re

# A place's office in another: 滕州驻北京联络处.
POSTED = re.compile(
    r"驻[一-龥]{1,8}?(?:办事处|联络处|代表处|总领事馆|总领馆|大使馆|使馆|代表团|商会)"
)

# What belongs to a body's name behind it: an institute of an academy, what is 附属, a branch.
PARTS = (
    (
        re.compile(r"(?:中国科学院|中科院|中国社会科学院|中国社科院|中国农业科学院|中国农科院)$"),
        re.compile(r"[一-龥]{2,16}?(?:研究所|研究院|天文台|研究中心|分院|植物园)"),
    ),
    # Universities that were parted long ago: 中国石油大学(华东).
    (
        re.compile(r"大学$"),
        re.compile(r"\((?:华东|北京|武汉|徐州|威海|深圳|珠海|苏州|广州|香港|青岛|宁波)\)"),
    ),
    (
        re.compile(r"(?:大学|学院|中学)$"),
        re.compile(r"附属(?:第[一二三四五六])?[一-龥]{0,8}?(?:医院|中学|小学|学校|幼儿园)"),
    ),
    (
        re.compile(r"(?:医院|大学|学院|中学|小学|银行|公司|集团)$"),
        re.compile(
            r"(?:(?![将在建设与和的为到从])[一-龥]){0,4}?(?:院区|校区|分院|分校|分公司|分行|支行|营业部)"
        ),
    ),
    (
        re.compile(r"(?:电科|航天科技|航天科工|中船|兵器工业|中核|航空工业)(?:集团)?$"),
        re.compile(r"第?[一二三四五六七八九十〇\d]{1,4}(?:研究)?[所院]"),
    ),
    (re.compile(r"[省市区县州]委$"), re.compile(r"(?:第[一二三四五六七八九十]+)?巡[视察]组")),
)
LAND = re.compile(
    r"(?:草原|盆地|高原|平原|山脉|半岛|群岛|海峡|沙漠|雨林|三角洲|冰川|火山|大峡谷|峡谷)"
)
