"""What headings, bylines and the furniture of pages look like, in text folded by core.fold."""

from __future__ import annotations

import re

from meipi.structure.vocabulary import KIND_OF_FIELD

HAN = r"[\u3400-\u9fff〇]"
SENTENCE_END = re.compile(r"[。;]")
SENTENCE_MARKS = re.compile(r"[。;!?…]")
SEPARATOR = re.compile(r"^[\W_]{3,}$")

# An application asks for something: a verb, then what to do it with, and nothing else.
PROMPT_VERB = re.compile(
    r"^(?:请|立即|马上|赶快|欢迎|长按|右上角)?"
    r"(?:打开|点击|点开|轻触|查看|下载|扫码|扫描|扫一扫|长按|识别|关注|订阅|转发|分享|收藏|点个|点亮|给个|展开|收起|登录|注册|加入|添加|进入|返回|阅读|观看|收听|浏览|点赞|在看|戳)"
)
PROMPT_OBJECT = re.compile(
    r"图片|大图|原图|高清|客户端|全文|原文|app|应用|二维码|公众号|小程序|新闻|头条|微信|微博|朋友圈|蓝字"
    r"|上方|下方|左下角|右上角|更多人看到|更多人|更多|详情|链接|视频|音频|我们|在看|首页|顶部|评论|收藏|好友|星标|往期|精彩|体验|剩余|当前页|本页|手机"
)
PROMPT_LENGTH = 40

NAVIGATION = re.compile(
    r"^(?:(?:您?(?:的)?当前(?:的)?位置|您(?:现在)?(?:的位置|所在位置|在这里)|位置)\s*[:]"
    r"|首页\s*[>›»/|-]|[^>\s]{1,12}(?:\s*[>›»]\s*[^>›»\s]{1,16}){2,6}$"
    r"|(?:上|下)一[篇条页]\s*[::]|字[号体]\s*[:]|分享(?:到|至)\s*[:])"
)
RELATED = re.compile(
    r"^[\W_]{0,3}(?:相关(?:阅读|新闻|报道|链接|文章|推荐|专题|稿件|资讯)|延伸阅读|推荐阅读|推荐文章|热门推荐|热点推荐|猜你喜欢|为您推荐"
    r"|精彩推荐|往期(?:回顾|推荐|精选|文章)|更多(?:新闻|精彩|阅读|文章|推荐)|大家都在看|编辑推荐|热门文章|最新文章|热点新闻|友情链接"
    r"|related (?:articles|stories|posts|links)|read more|more from)[\W_]{0,3}$"
)
COPYRIGHT = re.compile(
    r"^[\W_]{0,4}(?:本文|本网|本站|网站|著作|.{0,12}网)?(?:版权|著作权)(?:声明|说明|保护|所有|与|及|归|申明|信息)"
    r"|^[\W_]{0,4}(?:免责|转载|版权|侵权)(?:声明|申明|说明|须知|及)"
    r"|^[\W_]{0,4}(?:郑重|特别|法律|重要)?(?:声明|提示)[\W_]{1,3}.{0,60}(?:转载|版权|侵权|投资建议|本网|本站|来源)"
    r"|^本(?:网站?|站|报|刊|社|公众号|平台).{0,40}(?:版权|著作权|授权|转载)"
    r"|^(?:copyright\b|©|\(c\) ?\d{4})|\ball rights reserved\b"
    r"|^凡?(?:本网|本站|注明).{0,30}(?:来源|作品|稿件)"
    r"|^.{0,20}icp[备证].{0,20}号|^.{0,12}公网安备|^(?:违法和不良信息|网上有害信息)"
    r"|^(?:增值电信业务|互联网新闻信息服务|信息网络传播视听|广播电视节目制作)"
)
# The same matters said in passing: only where a document ends.
RIGHTS = re.compile(
    r"版权|著作权|侵权|侵删|转载|未经.{0,16}(?:授权|许可|同意|允许)|联系.{0,8}删除|本站|本网|投稿|责任编辑|举报电话"
    r"|客服热线|联系我们|提意见|仅代表作者|不构成投资|网站(?:地图|声明)"
)

_NAMES = "|".join(sorted(map(re.escape, KIND_OF_FIELD), key=len, reverse=True))
FIELD = re.compile(rf"(?:^|(?<=[\s|【\[(,;/、]))({_NAMES})\s*[:/|]\s*")
BARE_FIELD = re.compile(
    r"^[【\[(]?(?:(?:以下文章来源于|本文来源于?|发表于|发布于|编辑于)\s*(?=\S)"
    r"|(?:posted on|updated on|published on|by)\s+(?=\S))"
)
MEDIUM = re.compile(
    rf"(?<!{HAN})({HAN}{{2,14}}(?:网|报|社|新闻|台|客户端|在线|杂志|周刊|频道|公众号|发布))(?!{HAN})"
)
DOCUMENT_NUMBER = re.compile(rf"^{HAN}{{1,14}}[〔\[(【]\d{{4}}[〕\])】]第?\d{{1,5}}号$")

NUMERAL = "[一二三四五六七八九十百零〇两]"
# (pattern, depth, whether such a line is a heading even among its like)
NUMBERINGS: tuple[tuple[re.Pattern[str], int, bool], ...] = tuple(
    (re.compile(pattern), depth, always)
    for pattern, depth, always in (
        (rf"第(?:{NUMERAL}{{1,5}}|\d{{1,3}})[编部卷篇](?=\s|$|{HAN})", 1, True),
        (rf"第(?:{NUMERAL}{{1,5}}|\d{{1,4}})[章回集讲幕](?=\s|$|{HAN}|:)", 2, True),
        (r"(?:chapter|part|book|appendix) (?:\d{1,3}|[ivxlc]{1,7})\b", 2, True),
        (rf"第(?:{NUMERAL}{{1,5}}|\d{{1,3}})节(?=\s|$|{HAN})", 3, True),
        (r"[ivx]{1,4}[.、]\s*(?=\D)", 4, False),
        (rf"{NUMERAL}{{1,3}}[、.]\s*(?=\S)", 4, False),
        (rf"\({NUMERAL}{{1,3}}\)\s*(?=\S)", 5, False),
        (r"\d{1,2}\.\d{1,2}\.\d{1,2}[.、]?\s*(?=[^\d.%\s])", 8, False),
        (r"\d{1,2}\.\d{1,2}[.、]?\s+(?=[^\d.%\s])", 7, False),
        (r"\d{1,2}[、.]\s*(?=[^\d.\s])", 6, False),
        (rf"\d{{1,2}}\s+(?=[a-z]|{HAN})(?![年月日号时分个名位人项家只次天周岁])", 6, False),
        (r"\(\d{1,2}\)\s*(?=\S)", 9, False),
    )
)
NUMBER_STARTS = frozenset("第(0123456789一二三四五六七八九十百零〇两ivxcpba")
"""What a numbered line begins with; hardly any other does."""
BULLET = re.compile(r"(?:[-*+•·●○■□◆◇▪►▶➢➤✓★☆–—](?=\s)|[•●■◆◇▪►▶➢➤✓]) ?(?=\s*\S)")
ORDINAL = re.compile(
    r"(?:\([一二三四五六七八九十]{1,3}\)|\(?\d{1,3}\)|\d{1,3}[.、)]|[①-⑳]|[a-z][.)])\s*(?=\S)"
)
SPEAKER = re.compile(r"^(?:[^\s:,。]{1,12}|[a-z .]{1,24})\s*:\s*\S|^[问答qa]\d{0,3}\s*[:.、]")
CLOCK = re.compile(r"(?<!\d)[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d)")
CAPTION = re.compile(
    r"^(?:[▲△↑↓◎▼]|[\[(【]?(?:图|图片|资料图|图源|配图|题图|上图|下图|左图|右图|组图)\s*[:为/]"
    r"|(?:图|表|图表|附图|附表)\s*(?:\d{1,3}|[一二三四五六七八九十])"
    r"(?:[-.]\d{1,2})?[\s:.]|图为|这是.{2,40}(?:拍摄的|摄)"
    r"|(?:fig(?:ure|\.)|photo|table|image)\b ?[\d:.by])"
)
CAPTION_END = re.compile(
    r"(?:[\s/(。,](?:.{0,14}[\s/])?.{0,8}(?:摄|摄影|供图|制图|图源网络)[)】]?|[(【](?:资料图|图片来源[^)】]{0,20}|图源[^)】]{0,20}|.{0,10}供图)[)】]?)$"
)
RUN_IN = re.compile(
    r"^(?P<open>(?:-{2}|—{1,2}|[-•·])?\s*(?:\*\*|__))(?P<words>.+?)(?P<close>\*\*|__)$"
)
DASHED = re.compile(r"^(?:—{1,2}|-{2})\s*(?=[^\s—-])")
MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(?=\S)")
MARKDOWN_CLOSE = re.compile(r"\s+#+$")
SETEXT = re.compile(r"^(?:={3,}|-{3,})$")
QUOTE = re.compile(r"^(?:>\s?)+")
FENCE = re.compile(r"^(?:```|~~~)")
