"""Words of page furniture and bylines, folded as core.fold does."""

from __future__ import annotations

_SHARE = """
回复 引用 只看该作者 倒序浏览 使用道具 小字号 中字号 大字号 -end- —end— end the_end
分享 分享到 分享至 分享到: 分享至: 分享到微信 分享到微博 分享给好友 转发 转发到 收藏 点赞 在看
打印 打印本页 打印本文 评论 我要评论 发表评论 举报 纠错 反馈 关闭 关闭窗口 【关闭窗口】
【打印】 【关闭】 返回 返回顶部 回到顶部 返回首页 返回列表 微信 微博 新浪微博 腾讯微博 qq空间
qq 朋友圈 微信好友 微信扫一扫 扫一扫 复制链接 字号 字体 大 中 小 大中小 [大中小] 【大中小】
字号:大中小 字体:大中小 放大 缩小 默认 听新闻 语音播报 广告 更多 更多>> 更多> 展开 展开全文
收起 阅读全文 阅读原文 查看原文 上一篇 下一篇 上一页 下一页 首页 末页 登录 注册 搜索 share
tweet print email facebook twitter reply like comments advertisement 加载中 加载中...
无障碍浏览 繁体 简体 english
"""
SHARE_WORDS = frozenset(_SHARE.split())
"""A line made of these alone belongs to the page."""

# What a field of a byline holds; "other" makes a byline and nothing more.
_FIELDS = {
    "source": """
来源 稿源 稿件来源 文章来源 信息来源 新闻来源 内容来源 消息来源 来源网站 来源媒体 出处 转自
摘自 source
""",
    "publisher": """
发布机构 发布单位 发文机关 发文单位 发文部门 发布部门 制定机关 颁布单位 发布者
""",
    "author": """
作者 撰文 撰稿 文 文字 采写 记者 本报记者 本网记者 本刊记者 特约记者 首席记者 见习记者 通讯员
采访 author by writer
""",
    "date": """
发布日期 发布时间 发表时间 发表日期 发表于 发布于 发稿时间 更新时间 更新日期 时间 日期
成文日期 印发日期 公开日期 生成日期 发文日期 施行日期 生效日期 date published posted updated
""",
    "region": """
所属地区 地区 所在地区 地域 区域 所属区域 所在地 行政区划 省份 城市 region
""",
    "other": """
责任编辑 责编 编辑 本期编辑 执行编辑 实习编辑 值班编辑 校对 审核 复审 终审 监制 主编 编审 统筹
策划 制图 制作 摄影 图片 图 摄 供图 图片来源 视频 翻译 译者 编译 索引号 文号 发文字号 文件编号
字号 主题词 主题分类 关键词 关键字 标签 栏目 分类 阅读 阅读量 阅读数 浏览 浏览量 浏览次数 点击
点击数 点击量 评论 有效性 效力级别 时效性 doi 收稿日期 基金项目 作者单位 单位 通讯作者
中图分类号 文献标识码 文章编号 原标题 原题 副标题 专栏 版次 版面 第 级别 keywords editor
translator category tags
""",
}
KIND_OF_FIELD = {name: kind for kind, names in _FIELDS.items() for name in names.split()}
