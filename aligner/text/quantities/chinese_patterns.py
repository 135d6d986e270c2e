"""Patterns for quantities in Chinese (Simplified characters)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aligner.text.quantities.base import Scale

NUMERAL = "零〇○Ｏ一二三四五六七八九十百千万亿两廿卅"
DIGIT = "零〇○一二三四五六七八九"
DIGITS = r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?"
ONE = (
    rf"(?:{DIGITS}[万亿]{DIGITS}[十百千万]{{0,2}}|{DIGITS}\s?[十百千万亿]{{0,3}}"
    rf"|[{NUMERAL}]*十有[一二三四五六七八九](?=\W|岁|$)|[{NUMERAL}]+(?:点[{DIGIT}]+(?![{NUMERAL}分]))?)"
)
"""A number in digits (also 18万5千) or in words (also 八十有六)."""
VALUE = re.compile(rf"([数几]|好几|上)?({ONE})([多余几来])?")
TIME_UNITS = {
    "秒钟": "second", "秒": "second", "分钟": "minute", "个小时": "hour", "个钟头": "hour", "小时": "hour",
    "钟头": "hour", "天": "day", "昼夜": "day", "个星期": "week", "个礼拜": "week", "星期": "week",
    "礼拜": "week", "周": "week",     "个月": "month",
    "个季度": "quarter", "个年头": "year", "周年": "year", "年": "year", "个世纪": "century",
    "世纪": "century", "日": "day", "个工作日": "day", "晚": "day", "夜": "day",
}  # fmt: skip
MEASURES = {
    "公里": (Scale.LENGTH, 1000.0), "千米": (Scale.LENGTH, 1000.0), "英里": (Scale.LENGTH, 1609.344),
    "米": (Scale.LENGTH, 1.0), "公尺": (Scale.LENGTH, 1.0), "厘米": (Scale.LENGTH, 0.01), "公分": (Scale.LENGTH, 0.01),
    "英尺": (Scale.LENGTH, 0.3048), "英寸": (Scale.LENGTH, 0.0254), "里路": (Scale.LENGTH, 500.0),
    "里": (Scale.LENGTH, 500.0), "公斤": (Scale.WEIGHT, 1.0), "千克": (Scale.WEIGHT, 1.0), "斤": (Scale.WEIGHT, 0.5),
    "克": (Scale.WEIGHT, 0.001), "吨": (Scale.WEIGHT, 1000.0), "磅": (Scale.WEIGHT, 0.45359),
    "英亩": (Scale.AREA, 4046.86), "公顷": (Scale.AREA, 10000.0), "亩": (Scale.AREA, 666.67),
}  # fmt: skip
COINS = {
    "美元": "USD", "美金": "USD", "英镑": "GBP", "欧元": "EUR", "人民币": "CNY", "日元": "JPY", "日圆": "JPY",
    "港元": "HKD", "港币": "HKD", "新台币": "TWD", "台币": "TWD", "加元": "CAD", "澳元": "AUD", "卢比": "INR",
    "韩元": "KRW", "克朗": "crown", "卢布": "RUB", "比索": "peso", "里拉": "lira", "泰铢": "THB", "兹罗提": "PLN",
    "第纳尔": "dinar", "兰特": "ZAR", "弗罗林": "florin", "福林": "HUF", "林吉特": "MYR", "雷亚尔": "BRL", "法郎": "franc",
    "瑞士法郎": "CHF", "新加坡元": "SGD",
}  # fmt: skip
SIGNS = {"US$": "USD", "NT$": "TWD", "HK$": "HKD", "$": "USD", "£": "GBP", "€": "EUR"}


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, longer ones first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


AFTER_TIME = re.compile(rf"\s?({one_of(TIME_UNITS)})(半)?")
HALF_INSIDE = re.compile(r"个半(小时|钟头|月|星期|礼拜)")
HALVES = {"小时": "hour", "钟头": "hour", "月": "month", "星期": "week", "礼拜": "week"}
AFTER_MEASURE = re.compile(rf"\s?({one_of(MEASURES)})(?![程面边朗])")
AFTER_COIN = re.compile(rf"\s?({one_of(COINS)})")
SIGN = re.compile(rf"({one_of(SIGNS)})\s?$")
CLASSIFIER = re.compile(
    r"\s?(?:[个名位人条件只把份家间座次张项所台辆部篇本页层种句段步处遍道颗根块批支艘票股卷幅笔款倍集封成分岁轮扇盏户届排行"
    r"门栋幢口顶枚场双副套打组队代类级]|元)"
)
CLOCK = re.compile(
    r"(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜里|深夜|晚|早)?\s*(?:(\d{1,2})[:：](\d{2})"
    rf"|(\d{{1,2}}|[{NUMERAL}]{{1,3}})[点时](?!候|间|代|期|刻|常|而|不|儿)(?:钟|整|(半)|(一刻|三刻)|(\d{{1,2}}|[{NUMERAL}]{{1,3}})分?)?)"
)
NOON = re.compile(r"正午|中午|午夜|零点")
MONTH = re.compile(
    rf"(?<![个{NUMERAL}\d])(\d{{1,2}}|[{NUMERAL}]{{1,3}})月(?!球|亮|饼|光)(?:(\d{{1,2}}|[{NUMERAL}]{{1,3}})[日号])?"
)
DAY = re.compile(
    rf"(?<![{NUMERAL}\d])(\d{{1,2}}|[{NUMERAL}]{{1,3}})[日号](?![楼线室店院房机]|本|子|常|前|后|内|程|报|益|夜)"
)
YEAR = re.compile(
    r"(?<![\d.,])((?:1[5-9]|20)\d\d|[一二][零〇○一二三四五六七八九]{3})(?:年(?!来|间)|(?=\s*[-–—至到]\s*(?:\d{4}|[一二]))|(?<=[-–—至到]\d{4})(?![\d万亿千百]))"
)
WEEKDAY = re.compile(r"(?:星期|礼拜|周)([一二三四五六日天])(?!个|次|年)")
SHARE = re.compile(
    rf"百分之({ONE})|({DIGITS})\s?[%％]|({DIGITS})\s?个?百分点"
    rf"|(\d+|[{NUMERAL}]+)分之(\d+|[{NUMERAL}]+)|([{NUMERAL}\d])成([{NUMERAL}])?(?![为了立就长员功果本年交名分套熟都绩份语])"
)
HALF = re.compile(r"一半|(?<![{NUMERAL}个年月天小时])半数|(?<!多)大半")
TIMES = re.compile(rf"({ONE})倍|翻(?:了)?(一番|两番|倍)|(?:增长|增加|成长|上涨|提高|多)了?(?:整整)?一倍")
ORDINAL = re.compile(rf"第\s?(\d+|[{NUMERAL}]+)(?!一时间|手|方|线|者)")
PHONE = re.compile(r"(?<![A-Za-z\d.])\+?\d{2,5}(?:[ -]\d{2,5}){1,4}(?![\d%％])|(?<![\d.,])\d{8,11}(?![\d.,年])")
HALF_TIME = re.compile(r"半(?:个)?(小时|钟头|天|月|年|辈子|个世纪)")
IDIOM = re.compile(
    r"(?<!点)十分(?!钟|之)|万分(?!之)|千万(?=别|不|要|小心)|万一|百般|千方百计|千篇一律|三番五次|三番两次|乱七八糟|七嘴八舌|五花八门|独一无二"
    r"|唯一|统一|单一|(?<!分)之一|同一|某一|每一|逐一|万众一心|一一|一五一十|再三|两难|二手|三明治|十字|四处|四面八方|四周|不三不四|三三两两|接二连三|成千上万|成百上千|千千万万|千变万化|百姓|百科|百货"
    r"|十足|万能|万物|万岁|三思|三心二意|两败俱伤|一举两得|两全其美|七上八下|九死一生|一清二楚|四分五裂|五彩|百分百|一百八十度|两手空空"
    r"|数一数二|三言两语|说三道四|千言万语|千辛万苦|千载难逢|百感交集|百忙|一石二鸟|丢三落四|朝三暮四|一刀两断|一分为二|两口子|三角|四季"
    r"|五官|八卦|双十|二战|一战|三文鱼|二氧化碳|二维|三维|两岸|两侧|两边|两旁|两者|两端|两极|千古|百年大计|不管三七二十一|大千世界"
)
BOUNDS = (
    (
        "more",
        re.compile(
            r"(?:(?<!不)(?:超过|多于|高于|超)|逾|不少于|不低于|不止|至少|突破|以上)有?\s?(?:[^\s，。；：、！？,.;\d]{1,6}的)?$"
        ),
    ),
    (
        "less",
        re.compile(
            r"(?:不到|不足|(?<!不)(?:低于|少于)|未满|近|将近|接近|最多|至多|不超过|不多于|不高于|最高|仅仅|勉强|刚刚)有?\s?(?:[^\s，。；：、！？,.;\d]{1,6}的)?$"
        ),
    ),
    ("about", re.compile(r"(?:约|大约|大概|左右|差不多)\s?$")),
)
RANGE_GOES_ON = re.compile(rf"(?:到|至|-|–|~|～)(?:{ONE})")
BLANK = re.compile(r"(?<=[\d.%]) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=\d)")
BELOW = re.compile(rf"{DIGITS}\s?[千百]?万")
TO = re.compile(r"\s?(?:到|至|或|-|–|—|~|～|、)\s?")
AFTERNOON = re.compile("下午|傍晚|晚上|晚间|深夜|夜里|晚|中午")
