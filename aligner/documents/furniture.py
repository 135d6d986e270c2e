"""The words by which article furniture is known, in English and in Simplified and Traditional Chinese.

General lists of what pages print around an article: by-lines, dates, links, sharing requests,
subscriptions, copyright. A phrase of one particular page does not belong here. Every pattern is
bounded (`{0,12}`), so that no line of a document makes matching slow.
"""

from __future__ import annotations

import re


def _any(*patterns: str) -> str:
    return "(?:" + "|".join(patterns) + ")"


_LABELS = """
作者 文章作者 文 撰文 文字 编辑 編輯 责编 责任编辑 責任編輯 校对 校對 审校 記者 记者 编译 編譯 译者 譯者 出品 设计 文案
来源 來源 文章来源 文章來源 素材来源 素材來源 数据来源 資料來源 原文 原文链接 原文連結 原文鏈接 阅读原文 閱讀原文
链接 連結 发布时间 發布時間 發佈時間 发布地 发布于 發布於 發佈於
更新时间 更新時間 更新于 更新於 出版
封面图链接 封面图 题图 題圖 首图 首圖 头图 标签 標籤 关键词 關鍵詞
分类 分類 栏目 公众号 公眾號 微信号 微信公众号
阅读量 閱讀量 浏览 瀏覽 点击 字数 字數 by author authors editor reporter published posted updated source link url tags
category categories share
"""
_PHRASE_LABELS = (
    r"written by|edited by|translated by|published on|posted on|last updated|original (?:link|article)",
    r"filed under|share this|follow us",
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = _any(
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?",
    rf"\d{{1,2}}\s+{_MONTH},?\s+\d{{4}}",
    rf"{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}",
)
_CLOCK = r"(?:[ \t,]{0,4}(?:星期|周|週|上午|下午|at )?\S?\s?\d{1,2}[:：]\d{2}(?::\d{2})?)"
_COUNTED = _any(
    "阅读|閱讀|浏览|瀏覽|评论|評論|留言|回复|回覆|收藏|点赞|點讚|转发|轉發|分享|在看|赞|讚|喜欢|喜歡|点击|點擊|檢舉|举报",
    "likes?|views?|comments?|shares?|replies|reads",
)

LABELLED = re.compile(rf"[（(【\[]?\s?{_any(*_LABELS.split(), *_PHRASE_LABELS)}\s*[:：/|｜]\s*\S", re.IGNORECASE)
"""A label at the start of a line with what it labels: `来源: ...`, `Updated: ...`."""

BARE = re.compile(
    r"\W{0,8}"
    + _any(
        "作者|编辑|編輯|来源|來源|分享到?|分享至|评论|評論|留言|收藏|点赞|點讚|关注|關注|登录|登入|注册|註冊|首页|首頁",
        "目录|目錄|广告|廣告|AD|查看更多|加载更多|点击展开|展开全文|返回顶部|全文完|本文完|完|END|The End|fin",
        "share|tweet|email|print|comments?|advertisement|sponsored|subscribe|sign in|log in|menu|home|search|save",
        "skip to (?:main )?content|read more|load more|back to top|follow us|copy link",
    )
    + r"\W{0,8}",
    re.IGNORECASE,
)
"""A whole line of page controls."""

BYLINE = re.compile(
    _any(
        r"by\s+(?-i:[A-Z][\w.’'\-]*)(?:\s+(?:(?:and|de|van|von|der|la|di|&)\s+)?(?-i:[A-Z])[\w.’'\-]*){0,5}(?:,\s.{0,40})?",
        r"(?:last )?(?:published|updated|posted)\b.{0,20}\d.{0,80}",
        r"\d+\s?-?min(?:ute)?s?\.? read\b.{0,60}|.{0,20}\d+\s?分[钟鐘](?:阅读|閱讀|读完|讀完)?",
        r"(?:阅读|閱讀|全文).{0,8}\d+\s?分[钟鐘]",
        r"\d[\d,.]*\s?(?:comments?|views?|shares?|likes?|条评论|則留言|次阅读|阅读|評論)\b.{0,60}",
        r"(?:文|撰文|編譯|编译|图|圖)\s?[|｜丨/／]\s?\S.{0,60}",
        r"(?:\S{1,16}\s+)?(?:\S{1,12}[电電]\s+)?\S{0,8}(?:记者|記者|特派员|特派員|撰稿人)\s+\S{2,12}(?:\s*\S{0,8})?",
        r"(?:本报|本報|本刊)\S{0,6}(?:记者|記者)\s*\S{2,8}(?:\s*(?:发自|發自|报道|報導)\s*\S{0,8})?",
        r"[（(]?(?:责任|責任)?(?:编辑|編輯|校对|校對|审校|責編)\s+\S{2,4}[)）]?",
        r"\S{2,12}\s*(?:发自|發自)\s*\S{2,12}|\S{2,12}[\s／/]+(?:报道|報導|編譯|编译)(?:[\s／/]+\S{0,12})?",
    ),
    re.IGNORECASE,
)
"""A whole line that says who, when, how long."""

DATE = re.compile(_DAY, re.IGNORECASE)
"""A calendar day with its year."""

DATELINE = re.compile(rf"{_DAY}{_CLOCK}?(?:[\s·•|｜/,，—–-][^。！!]{{0,60}})?", re.IGNORECASE)
"""A whole line that is a day, with its time or with place and outlet set off by a sign."""

COUNTERS = re.compile(rf"(?=.*{_COUNTED})(?=.*\d)(?:{_COUNTED}|\d|[万萬亿億kmw次条則]|\W)+", re.IGNORECASE)
"""A whole line of counters: `收藏 1406　点赞 3277`."""

ADVERT = re.compile(
    _any(
        "限[时時量]|[抢搶][购購]|[优優]惠|折扣|特[价價]|早[鸟鳥]|[领領]取|[报報]名|官[网網]|立即|下[单單]|秒[杀殺]|加微|私信",
        r"娱乐城|娛樂城|博彩|彩票|NT\$|\d\s?折|[满滿]\d+",
        r"\b(?:discount|coupon|promo|casino|betting|free trial|buy now|order now|limited time|click here)\b",
    ),
    re.IGNORECASE,
)
"""Words of advertising: a line with one is no heading, whatever it looks like."""

RELATED = re.compile(
    _any(
        "(?:往期|历史|精彩|热门|熱門|相关|相關|延伸|推荐|推薦|更多|近期|本周)?"
        "(?:回顾|回顧|推荐|推薦|阅读|閱讀|文章|新闻|新聞|报道|報導|精选|精選|热文|熱文|连结|链接)",
        "[您你]?可能(?:也|还|還)?(?:会|會)?(?:喜欢|喜歡|感兴趣|感興趣).{0,4}|猜你喜[欢歡]|[为為][您你]推[荐薦]",
        "(?:看了|读了).{0,8}(?:还|還)看.{0,4}",
        r"related(?: (?:stories|articles|news|posts|reading|links|content|topics))?",
        r"more (?:from|on|in|stories|news)\b.{0,40}|(?:read|see) (?:also|next|more)|further reading|in other news",
        r"recommended(?: for you| reading| stories)?|you (?:may|might) (?:also )?(?:like|enjoy).{0,10}",
        r"most (?:read|popular|viewed)|trending(?: now)?|editors['’]? picks?|what to read next|latest (?:news|stories)",
    ),
    re.IGNORECASE,
)
"""A whole heading above links to other articles."""

_NOTICE_STARTS = (
    r"sign up (?:for|to)|subscribe (?:to|for|now|today)|get (?:our|the) .{0,30}newsletter|follow us on",
    r"join our (?:newsletter|mailing)|download (?:our|the) app|©|\(c\)\s?\d{4}|copyright\b.{0,20}\d{4}",
    r"this (?:article|story|post|piece) (?:has been|was|is) (?:updated|originally|first)\b",
    r"this (?:article|story|post) (?:has been|was) (?:corrected|amended|(?:re)?published)",
    r"(?:correction|editor['’]s note|disclaimer|disclosure)\s?:|(?:cover|featured|header) (?:image|photo)\b",
    "(?:点击|點擊|点这里|點此|戳).{0,12}(?:关注|關注|订阅|訂閱|原文|查看|加入|下载|下載|领取)",
    "(?:欢迎|歡迎).{0,12}(?:关注|關注|订阅|訂閱|投稿|加入|转发|轉發|联系|聯繫|合作)",
    "[订訂][阅閱]我[们們]|[关關]注我[们們]|加入我[们們]|关注公众号|免[责責][声聲]明|版[权權][声聲]明|特别声明|[声聲]明[:：]",
    "商务合作|[广廣]告合作|投稿(?:邮箱|郵箱|请)|素材来源|素材來源",
    r"\\?-{1,2}\s?(?:end|完)\s?-{0,2}|[（(【]?\s?(?:完|全文完|本文完)\s?[）)】]?$",
    "本文(?:系|为|為|係|由|来自|來自|转载|轉載|经|經|首发|首發).{0,30}"
    "(?:原创|原創|授权|授權|转载|轉載|发布|發布|发表|發表|投稿)",
)
_NOTICE_ANYWHERE = (
    "all rights reserved|reproduction (?:without|in whole)|terms of (?:use|service)|privacy policy",
    "未[经經].{0,12}(?:不得|禁止|请勿|請勿|严禁|嚴禁|谢绝|謝絕).{0,6}(?:转载|轉載|使用|复制|複製)",
    "(?:谢绝|謝絕|禁止|严禁|嚴禁)(?:任何形式的?)?[转轉][载載]",
    "[转轉][载載](?:请|請|须|須|需).{0,12}(?:注明|註明|联系|聯繫|授权|授權|留言)|授[权權](?:事宜|合作|请|請)",
    "侵[犯害]了?版[权權]|侵[权權].{0,10}[删刪]除",
    "不代表[本我].{0,6}(?:立场|立場|观点|觀點)|版[权權][归歸].{0,12}所有|著作權",
    "(?:点赞|點讚|按讚|点个赞|在看).{0,20}(?:转发|轉發|收藏|关注|關注|分享|支持|订阅|訂閱|评论|評論|在看)",
    "(?:转发|轉發|分享).{0,12}(?:点赞|點讚|在看|朋友圈)|一键三连|评论区.{0,12}(?:留言|观点|看法|聊)",
    "[仅僅]代表(?:作者|个人|個人)|(?:作者|个人|個人)(?:观点|觀點|意见|意見)",
    "(?:关注|關注|后台|後台|私信|评论区).{0,6}(?:回复|回覆)|[欢歡]迎投稿",
    "扫码|掃碼|[扫掃]描.{0,6}(?:二[维維][码碼]|QR)|长按.{0,8}(?:识别|关注|二维码)",
    r"(?:添加|加|联系|負責人|负责人).{0,6}(?:微信|WeChat)|(?:微信|WeChat)\s?[:：]\s?\w",
)

NOTICE = re.compile(rf"^{_any(*_NOTICE_STARTS)}|{_any(*_NOTICE_ANYWHERE)}", re.IGNORECASE)
"""Somewhere in a short paragraph: sharing requests, subscriptions, rights, contacts."""

_CREDITED = (
    r"(?:photo(?:graph)?s?|images?|picture|credit|source|illustration)(?: by| credit| courtesy(?: of)?)?\s?[:：/]"
)

CAPTION = re.compile(
    r"[（(【\[]?"
    + _any(
        "[▲△▼▽◤◢↑↓]",
        r"(?:图片?|圖片?|相片|照片|摄影|攝影|截图|截圖)(?:来?源|來?源|自|说|說|注|註|\d{1,2})?\s?[:：/|｜]",
        "[图圖]片?[来來]?源",
        _CREDITED,
    ),
    re.IGNORECASE,
)
"""A caption by its first words."""

CREDIT = re.compile(
    _any(
        _CREDITED,
        r"getty images|/\s?(?:AFP|AP|Reuters)\b",
        "[图圖]片?(?:[来來]?源|自)[:：]|(?:[图圖]|摄影|攝影|供[图圖])[:：/|｜]|供[图圖][)）]?$",
    ),
    re.IGNORECASE,
)
"""A credit anywhere in a short line under an image."""
