"""The words for errors of the codebook and of attributes."""

from __future__ import annotations

from meipi.core.errors import ErrorCode

CODEBOOK: dict[ErrorCode, tuple[str, str]] = {
    ErrorCode.TAG_UNKNOWN: ("没有标签 {tag}。", "There is no tag {tag}."),
    ErrorCode.TAG_EXISTS: (
        "此处已有标签“{name}”。请换个名称，或把两个标签合并。",
        "There is a tag named {name} here already. Choose another name, or merge the two.",
    ),
    ErrorCode.TAG_NAMELESS: ("标签要有名称。", "A tag needs a name."),
    ErrorCode.TAG_CYCLE: (
        "标签“{name}”不能放在自己的下级里。",
        "The tag {name} cannot be placed under itself.",
    ),
    ErrorCode.TAG_ITSELF: (
        "“{name}”不能与自己合并，请另选一个标签。",
        "{name} cannot be merged with itself. Choose another tag.",
    ),
    ErrorCode.ATTRIBUTE_UNKNOWN: ("没有属性 {attribute}。", "There is no attribute {attribute}."),
    ErrorCode.ATTRIBUTE_EXISTS: (
        "已有名为“{name}”的属性。请换个名称。",
        "There is an attribute named {name} already. Choose another name.",
    ),
    ErrorCode.ATTRIBUTE_NAMELESS: ("属性要有名称。", "An attribute needs a name."),
    ErrorCode.ATTRIBUTE_OTHER_SUBJECT: (
        "属性“{name}”说的不是这类对象，未作改动。",
        "The attribute {name} is not one of these things; nothing was changed.",
    ),
    ErrorCode.ATTRIBUTE_VALUE_INVALID: (
        "“{value}”不能作“{name}”的值：{reason}。",
        "“{value}” is no value of {name}: {reason}.",
    ),
    ErrorCode.ATTRIBUTE_IN_USE: (
        "“{name}”已有 {count} 个值不合新的定义，如“{value}”。请先改这些值。",
        "{count} values of {name} do not fit the new definition, such as “{value}”. "
        "Change those first.",
    ),
    ErrorCode.ATTRIBUTE_CHOICES: (
        "选项“{value}”重复了或为空。",
        "The choice “{value}” stands twice or is empty.",
    ),
    ErrorCode.STATUS_UNKNOWN: (
        "没有状态 {status}。可用：{known}。",
        "No status is called {status}. Known: {known}.",
    ),
}
