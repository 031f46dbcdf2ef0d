"""The words of the query language: fields, operators and relations, each in both languages."""

from __future__ import annotations

from meipi.core.entity import EntityType
from meipi.core.query import Compare, Field, Relation, Unit

FIELDS: dict[Field, tuple[str, str]] = {
    Field.TAG: ("标签", "tag"),
    Field.ENTITY: ("实体", "entity"),
    Field.TYPE: ("类型", "type"),
    Field.WORDS: ("文字", "words"),
    Field.BODY: ("全文", "body"),
    Field.ATTRIBUTE: ("属性", "attribute"),
    Field.DATE: ("日期", "date"),
    Field.MADE: ("标注于", "made"),
    Field.CODER: ("编码者", "coder"),
    Field.NOTE: ("批语", "note"),
    Field.STATUS: ("状态", "status"),
    Field.DOCTAG: ("文档标签", "doctag"),
    Field.DOCUMENT: ("文档", "doc"),
    Field.SOURCE: ("来源", "source"),
    Field.REGION: ("地区", "region"),
    Field.AUTHOR: ("作者", "author"),
}
"""As they are typed before a colon; an attribute is `@name`, a tag `#name` for short."""

COMPARED = frozenset({Field.DATE, Field.MADE, Field.ATTRIBUTE})
"""The fields whose values have an order."""

JOINERS: dict[str, tuple[str, str]] = {
    "and": ("且", "AND"),
    "or": ("或", "OR"),
    "not": ("非", "NOT"),
}

RELATIONS: dict[Relation, tuple[str, str]] = {
    Relation.OVERLAP: ("重叠", "OVERLAP"),
    Relation.INSIDE: ("含于", "INSIDE"),
    Relation.CONTAINS: ("包含", "CONTAINS"),
    Relation.NEAR: ("邻近", "NEAR"),
    Relation.BEFORE: ("先于", "BEFORE"),
    Relation.PARAGRAPH: ("同段", "PARAGRAPH"),
    Relation.DOCUMENT: ("同篇", "DOCUMENT"),
    Relation.SAME: ("其中", "WHICH"),
}

UNITS: dict[Unit, tuple[str, str]] = {
    Unit.PASSAGES: ("批注", "passages"),
    Unit.PARAGRAPHS: ("段落", "paragraphs"),
    Unit.DOCUMENTS: ("文档", "documents"),
}
SHOW = ("显示", "show")

TYPES: dict[EntityType, str] = {
    EntityType.PER: "人物",
    EntityType.ORG: "机构",
    EntityType.LOC: "地点",
    EntityType.FAC: "设施",
    EntityType.TIME: "时间",
    EntityType.MONEY: "金额",
    EntityType.PERCENT: "百分比",
    EntityType.QUANTITY: "数量",
    EntityType.EVENT: "活动",
    EntityType.POLICY: "政策",
    EntityType.WORK: "作品文件",
}

ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "certainty": ("确定性", "确定程度"),
}
"""Other names of the attributes that every library has."""

VALUES: dict[str, tuple[str, ...]] = {
    "high": ("确定", "高", "certain"),
    "medium": ("较有把握", "中", "likely"),
    "low": ("存疑", "低", "doubtful"),
    "yes": ("是",),
    "no": ("否",),
    "review": ("待核对", "待复核", "to review"),
    "checked": ("已核对", "已复核", "Checked"),
    "disputed": ("有争议",),
}
"""Other words for values that are stored as a key, of attributes and states."""

COMPARISONS: dict[str, Compare] = {
    **{str(compare): compare for compare in Compare},
    "：": Compare.HAS,
    "＝": Compare.IS,
    "＜": Compare.UNDER,
    "＞": Compare.OVER,
    "≤": Compare.UPTO,
    "≥": Compare.FROM,
    "＜＝": Compare.UPTO,
    "＞＝": Compare.FROM,
}

FIELD_NAMES = {name: key for key, names in FIELDS.items() for name in names}
JOINER_NAMES = {
    **{name: key for key, names in JOINERS.items() for name in names},
    **{key: key for key in JOINERS},
    **{"&": "and", "|": "or"},
}
RELATION_NAMES = {name: key for key, names in RELATIONS.items() for name in names}
ATTRIBUTE_NAMES = {name: key for key, names in ATTRIBUTES.items() for name in names}
VALUE_NAMES = {name: key for key, names in VALUES.items() for name in names}
UNIT_NAMES = {name: key for key, names in UNITS.items() for name in names}


def type_named(word: str) -> EntityType | None:
    """Return the type of entity that ``word`` names.

    >>> type_named("loc"), type_named("人物")
    (<EntityType.LOC: 'LOC'>, <EntityType.PER: 'PER'>)
    """
    for kind, name in TYPES.items():
        if word in {name, kind.value, kind.value.lower()}:
            return kind
    return None
