"""Words that exclude each other, in English and Chinese: opposites here, the words of one field in `fields`.

A group has classes that exclude each other (east, west); every class has a pattern per language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligner.text.fields import FIELDS

_GROUPS: dict[str, dict[str, tuple[str, str]]] = {
    "direction": {
        "east": (r"east(?:ern|wards?|erly)?", r"(?<![股房广山作做])东(?![西家道京莞亚]|北)|东西部"),
        "west": (r"west(?:ern|wards?|erly)?", r"(?<![东广山陕江])西(?![方装班亚雅安瓜红服餐南]|北)"),
        "north": (r"north(?:ern|wards?|erly)?", r"(?<![河湖东西])北(?![京约海美欧方风]|欧)"),
        "south": (r"south(?:ern|wards?|erly)?", r"(?<![河湖云海东西越])南(?![京非方美韩]|极)"),
    },
    "side": {
        "left": (r"left(?=[- ](?:back|wing(?:er)?|hand(?:ed)?|side|bank|foot|arm|eye|leg|turn))|(?<=the )left(?= (?:of|side))", r"左(?!右)"),
        "right": (r"right(?=[- ](?:back|wing(?:er)?|hand(?:ed)?|side|bank|foot|arm|eye|leg|turn))", r"(?<!左)右(?!手边?都)"),
    },
    "change": {
        "up": (r"grew|grows?|grown|growth|rose|risen|rising|rises?|increas(?:e|es|ed|ing)|doubled|climbed", r"增长|增加|增多|上升|上涨|提高|提升|成长|攀升|扩大|增至|升至|涨"),
        "down": (
            r"fell(?! in love)|fallen|falls?(?! in love)|shrank|shrunk|shrinks?|declin(?:e|es|ed|ing)|dropped|drops?|decreas(?:e|es|ed|ing)",
            r"下降|减少|下跌|降低|缩减|萎缩|下滑|跌|收缩|缩水|降至|锐减|骤减",
        ),
    },
    "gender": {
        "she": (r"she|her|hers|herself|she['’](?:s|d|ll)", r"她(?!们)"),
        "he": (r"he|him|his|himself|he['’](?:s|d|ll)", r"(?<!其)他(?![们人日国乡])"),
    },
    "sex": {
        "female": (
            r"she|her|hers|herself|wom[ae]n|girls?|lad(?:y|ies)|female|mothers?|wi(?:fe|ves)|daughters?|sisters?|ms|mrs|miss|dame",
            r"女(?![儿婿])",
        ),
        "male": (
            r"he|him|his|himself|m[ae]n|boys?|male|fathers?|husbands?|sons?|brothers?|mr|sir|lord|gentlem[ae]n",
            r"(?<!子)男(?!爵)",
        ),
    },
    "parent": {
        "mother": (r"mothers?|mums?|moms?", r"母亲|妈妈|妈(?!咪)"),
        "father": (r"fathers?|dads?", r"父亲(?!母)|爸爸|爸"),
    },
    "child": {
        "son": (r"sons?", r"儿子"),
        "daughter": (r"daughters?", r"女儿"),
    },
    "sibling": {
        "brother": (r"brothers?", r"兄弟(?!姐妹)|哥哥|弟弟"),
        "sister": (r"sisters?", r"(?<!兄弟)姐妹|姐姐|妹妹"),
    },
    "spouse": {
        "wife": (r"wife", r"妻子|太太|老婆"),
        "husband": (r"husband", r"丈夫|先生(?=和我|与我)|老公"),
    },
    "day": {
        "yesterday": (r"yesterday", r"昨天|昨日|昨晚"),
        "tomorrow": (r"tomorrow", r"明天|明日|明晚"),
    },
    "year": {
        "last": (r"last year", r"去年"),
        "next": (r"next year", r"明年"),
    },
    "daytime": {
        "morning": (r"(?<!good )mornings?(?! star)|a\.?m\.?(?=\W|$)", r"早上|早晨|上午|清晨|今早|凌晨"),
        "evening": (r"(?<!good )evenings?|tonight|p\.?m\.?(?=\W|$)|afternoons?", r"晚上|傍晚|今晚|晚间|夜里|下午|午后"),
    },
    "trade": {
        "buy": (r"buy|buys|bought|buying|purchas(?:e|ed|es|ing)|acquir(?:e|ed|es|ing)", r"购买|买下|买入|购入|收购|购得|买(?!卖)"),
        "sell": (r"sell|sells|sold|selling", r"出售|卖出|售出|卖掉|变卖|转让|(?<!买)卖"),
    },
    "outcome": {
        "win": (r"won|wins?|winning|victor(?:y|ies)", r"获胜|胜利|赢得|赢(?!利)|取胜|击败"),
        "lose": (r"los(?:e|es|t|ing)(?= (?:the|to|a|by|against|\d)\b.{0,20}(?:match|game|final|election|vote|case|war))|defeated", r"输(?![入出送给血液])|落败|战败|败诉|落选"),
    },
    "consent": {
        "agree": (r"agree[sd]?|agreeing|in favou?r", r"同意|赞成|赞同|支持"),
        "disagree": (r"disagree[sd]?|disagreeing|opposed?|object(?:ed|s)? to", r"不同意|反对|异议|不赞成"),
    },
    "bound": {
        "least": (r"at least(?= [a-z ]{0,12}(?:\d|half|third|quarter|fifth|tenth|one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million))|no (?:less|fewer) than|not (?:less|fewer) than", r"至少|起码|不少于|不低于|不得(?:少|低)于"),
        "most": (r"at most|(?:no|not) more than|not exceed(?:ing)?", r"至多|最多|顶多|不超过|不多于|不高于|不得(?:多|高|超)[于过]"),
    },
    "then": {
        "still": (r"still(?= the | a | an | my | our | his | her | their )", r"仍|还是|依然|依旧|始终|一直"),
        "once": (r"used to be|once (?:the|a|my|our)|formerly|had been", r"曾经|曾是|昔日"),
    },
    "door": {
        "open": (r"opens?|opened|opening", r"开放|打开|开业|开启|开门|重开"),
        "close": (r"closes?d?|closing|shut(?:s|ting)?", r"关闭|关上|停业|关门|封闭|歇业|关停|关张"),
    },
    "often": {
        "daily": (r"every day|each day|daily|a day(?=[.,;]| (?:for|in))", r"每一?天|每日|天天"),
        "weekly": (r"every week|each week|weekly", r"每一?个?(?:周|星期|礼拜)"),
        "monthly": (r"every month|each month|monthly", r"每一?个?月"),
        "yearly": (r"every year|each year|yearly|annually|per year", r"每一?年"),
    },
    "rank": {
        "first": (r"the first(?= (?:time|of|to|day|person|man|woman|in))", r"第一|首"),
        "last": (r"the last(?= (?:time|of|to|day|person|man|woman|in))", r"最后|末"),
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """A word of class `name` of a group of opposites at `[start, end)`."""

    start: int
    end: int
    name: str


GROUPS = {
    group: {name: (re.compile(rf"\b(?:{en})\b" if not en.endswith("$)") else rf"\b(?:{en})", re.I), re.compile(zh))
            for name, (en, zh) in classes.items()}
    for group, classes in {**_GROUPS, **FIELDS}.items()
}  # fmt: skip


def sides(text: str, group: str, *, chinese: bool) -> tuple[Side, ...]:
    """The words of a group in order, no two at one place; Chinese is to be given in Simplified characters."""
    found = [
        Side(match.start(), match.end(), name)
        for name, patterns in GROUPS[group].items()
        for match in patterns[1 if chinese else 0].finditer(text)
    ]
    out: list[Side] = []
    for side in sorted(found, key=lambda s: (s.start, s.start - s.end)):
        if not out or side.start >= out[-1].end:
            out.append(side)
    return tuple(out)
