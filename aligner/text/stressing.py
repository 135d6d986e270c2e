"""Chinese words that say more than a plain sentence does, and the English words that entitle a translator to them.

更, 不断, 巨大 and their like are quickly added, and each changes what was said a little: more than before,
again and again, larger than life. For these an addition can be told by rule: the word stands in the
rendering, and nothing in the sentence of the letter is a reason for it. Rows are wide on the English side on purpose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_COMPARATIVES = (
    r"more|less|fewer|before|sooner|better|worse|further|farther|even|still|increasing\w*|than|rather|greater|improv\w*|enhanc\w*"
    r"|strengthen\w*|deepen\w*|(?:bigg|small|larg|high|low|strong|weak|fast|slow|smart|bright|clear|clean|cheap|near|deep"
    r"|wid|broad|narrow|long|short|old|young|new|hard|soft|easi|saf|simpl|bold|wis|tough|rough|tight|warm|cold|cool|hott"
    r"|dark|light|heavi|happi|healthi|busi|earli|lat|rich|poor|fair|kind|quiet|loud|clos|full|thick|thin|sharp|steep"
    r"|humbl|gentl|firm|fresh|lean|slimm|steadi|loveli|ugli|great)er"
)
_CHARGE = (
    r"charge|responsib\w*|head(?:s|ed|ing)?|lead\w*|led|runs?|running|ran|manag\w*|overs\w+|direct\w*|chief|chair\w*"
    r"|boss\w*|supervis\w*|handl\w*|officer|s?vp|c[eotfis]+o|president|look\w* after|tak\w+ (?:over|care)|account\w*"
    r"|presid\w*|answer\w*|dut(?:y|ies)|keeper|curator|minister|editor|captain|governor|commissioner|dean|principal"
)
_ROWS = {
    r"更加?(?![新换改正替名衣生迭不何])|更为": _COMPARATIVES,
    r"(?<!接连)不断(?!定)|持续(?![到至了时\d两三四五六七八九十几数多])": (
        r"continu\w*|constant\w*|ongoing|keep\w*|kept|always|ever|stead\w*|still|again|repeated\w*|persist\w*|sustain\w*"
        r"|increas\w*|more and more|endless\w*|without|perpetual\w*|on and on|never"
    ),
    r"非常|极其|极为|无比|万分|十分(?!之|钟)": (
        r"very|so|too|deep\w*|great\w*|extreme\w*|such|quite|most|high\w*|how|real\w*|particular\w*|huge\w*|hard|enorm\w*"
        r"|could(?:n['’]t| not) be more|sincere\w*|heart\w*|exceed\w*|extraordinar\w*|incredibl\w*|immense\w*|total\w*|abs\w+ly|never|no|not|\w+est"
    ),
    r"深深|深切|由衷|衷心": r"deep\w*|profound\w*|heart\w*|sincere\w*|warm\w*|truly|great\w*|humbl\w*|bottom|ever so|so|very",
    r"巨大|极大|莫大": (
        r"huge\w*|enorm\w*|great\w*|immense\w*|big\w*|large\w*|vast\w*|tremend\w*|massive\w*|giant\w*|gigant\w*|monument\w*"
        r"|major|mighty|colossal|so much|extraordin\w*|heav\w*|incredibl\w*|deep\w*|considerabl\w*|substantial\w*"
    ),
    r"宝贵|珍贵|可贵": r"precious|valu\w*|priceless|worth\w*|treasur\w*|dear\w*|price\w*|cherish\w*|invaluable|rare",
    r"大量": (
        r"many|much|lots?|mass\w*|large\w*|great\w*|numer\w*|plenty|heaps?|deal|number\w*|thousand\w*|hundred\w*|dozen\w*"
        r"|huge\w*|scores|so|vast\w*|volume\w*|enough|abundan\w*|extensive\w*"
    ),
    r"积极": r"activ\w*|positiv\w*|proactiv\w*|eager\w*|energ\w*|vigor\w*|keen\w*|optimis\w*",
    r"坚定|坚决": r"firm\w*|resol\w*|determin\w*|steadfast\w*|stead\w*|commit\w*|strong\w*|convi\w*|unwaver\w*|solid\w*|stand\w*|flat\w*",
    r"迅速|飞速": r"quick\w*|rapid\w*|swift\w*|fast\w*|soon\w*|prompt\w*|speed\w*|immediate\w*|instant\w*|short\w*|overnight|sudden\w*",
}  # fmt: skip
"""What stands in the rendering, and what in the letter is a reason for it."""
_COUNTED = {r"负责|主管|掌管|执掌|主持|牵头|统领|领导|总监|主任|经理|首席|管理者": (r"负责(?!任)", _CHARGE)}
"""Words for being in charge: there may be as many as the letter has; of more, those of the second pattern are too much."""


@dataclass(frozen=True, slots=True)
class Stressing:
    """A word at `[start, end)` of a Chinese text, and whether the English sentence has a reason for it."""

    start: int
    end: int
    entitled: bool


def _compiled(english: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{english})(?!\w)", re.IGNORECASE)


ROWS = tuple((re.compile(chinese), _compiled(english)) for chinese, english in _ROWS.items())
COUNTED = tuple(
    (re.compile(every), re.compile(much), _compiled(english)) for every, (much, english) in _COUNTED.items()
)


def stressing(english: str, chinese: str) -> tuple[Stressing, ...]:
    """The words of `chinese` (Simplified) that stress or enlarge, in order; `english` is the sentence they render."""
    found = []
    for pattern, reason in ROWS:
        entitled = bool(reason.search(english))
        found += [Stressing(*match.span(), entitled) for match in pattern.finditer(chinese)]
    for every, much, reason in COUNTED:
        entitled = len(every.findall(chinese)) <= len(reason.findall(english))
        found += [Stressing(*match.span(), entitled) for match in much.finditer(chinese)]
    return tuple(sorted(found, key=lambda s: s.start))
