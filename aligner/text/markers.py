"""Small words that turn or bend a statement: negation, modality, quantity; in English and Chinese.

A marker is a place in a text with its class. Words that only look like markers (不仅, 未来, 特别,
`not only`) are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Bend(StrEnum):
    """What a marker does to the statement it stands in."""

    NEGATION = "negation"
    NOBODY = "nobody"  # nobody, nothing, none: a negated quantity
    HEDGE = "hedge"
    NECESSITY = "necessity"
    MUST = "must"  # necessity without a way out
    PERMISSION = "permission"
    CERTAINTY = "certainty"
    ALL = "all"
    MOST = "most"
    FEW = "few"
    ONLY = "only"
    NEARLY = "nearly"
    PERHAPS = "perhaps"  # outright doubt: 可能, 或许
    SURE = "sure"  # outright assurance: 肯定, 必然
    EXEMPT = "exempt"  # need not: 不必
    FORBIDDEN = "forbidden"  # must not: 不得
    SOME = "some"
    MANY = "many"
    EVERY = "every"  # outright all: 全部, 所有
    EXCEPT = "except"
    INCLUDING = "including"


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at `[start, end)`."""

    start: int
    end: int
    bend: Bend


_ENGLISH = {
    Bend.NOBODY: r"nobody|no[ -]one|nothing|none|nowhere|not (?:one|a single|a|any)\b",
    Bend.NEGATION: (
        r"not(?! (?:only|just|merely|simply|least|to mention))|\w+n['’]t(?! (?:only|just|merely|simply))|never|cannot"
        r"|neither|nor|no longer|without|no(?= \w)"
    ),
    Bend.HEDGE: (
        r"(?-i:may)(?! \d)|might|perhaps|maybe|probably|possibly|presumably|apparently|supposedly|allegedly|seems?"
        r"|likely|i (?:think(?! of| about)|believe|suspect|guess|suppose|expect|hope)|should be(?! \w+(?:ed|en)\b| (?:made|done|paid|held|run|told|kept|put|sold|sent|left|met|cut)\b)|could be|cautiously|in part|partly"
        r"|roughly|so far"
    ),
    Bend.NECESSITY: r"must|(?<!should not )ha(?:ve|s|d) to|need(?:s|ed)? to|(?-i:should)(?! be| feel free)|ought to|obliged to|required to",
    Bend.MUST: r"must|ha(?:ve|s|d) to|required to|obliged to",
    Bend.PERMISSION: r"can(?!not)|could|(?-i:may)(?! \d)|(?:be|is|are|was|were) (?:able|allowed|free) to",
    Bend.CERTAINTY: r"certainly|surely|definitely|undoubtedly|absolutely|inevitably|of course|indeed|without (?:a )?doubt",
    Bend.MOST: r"(?<!the )(?<!and )(?<!ly )most(?= (?:of|things|people|\w+s\b))|mostly|mainly|usually|generally|largely|majority",
    Bend.ALL: r"all(?! (?:at once|right|hands|along))|every(?:one|body|thing|where)?|both|whole|entire(?:ly)?|always|each|fully|completely",
    Bend.FEW: r"(?<!a )few|little (?=more|else)|next to nothing|hardly any|rarely|seldom|scarcely",
    Bend.ONLY: r"only|merely|solely|nothing but",
    Bend.NEARLY: r"nearly|almost|barely|hardly|not quite|just about",
    Bend.EXEMPT: (
        r"(?:do|does|did|will|would)(?: not|n['’]t) (?:have|need) to|need(?: not|n['’]t)|not (?:required|obliged|necessary)"
        r"|no (?:need|obligation|duty)|optional"
    ),
    Bend.FORBIDDEN: r"must(?: not|n['’]t|(?: \w+)? never)|may not|can(?:not|['’]t)|not (?:allowed|permitted)|forbid\w*|prohibit\w*|ban(?:s|ned)?",
    Bend.SOME: r"several|some(?= \w+s\b| of)|a few|a handful|a number of",
    Bend.EXCEPT: r"except(?:ing|ion of)?|apart from|excluding|other than|save for|but not",
    Bend.INCLUDING: r"includ(?:e|es|ed|ing)|along with|together with|as well as",
    Bend.MANY: r"many|lots|much|numerous|countless|plenty|a great (?:many|deal|number)|dozens|hundreds|thousands",
    # Whatever in English can be rendered by the plain words of doubt and assurance below.
    Bend.PERHAPS: (
        r"may(?:be)?|might|perhaps|probab\w+|likely|unlikely|possib\w+|potential\w*|can(?:not)?|can['’]t|could(?:n['’]t)?"
        r"|should|seem\w*|appear\w*|apparent\w*|risk\w*|chances?|guess\w*|suppos\w+|suspect\w*|alleg\w+|threat\w*"
        r"|fear\w*|afraid|if|whether|think|believe|expect\w*|able|prone|tend\w*|uncertain|unsure|doubt\w*|almost"
    ),
    Bend.SURE: (
        r"certain\w*|sure\w*|definite\w*|absolute\w*|inevitab\w*|undoubted\w*|no doubt|without doubt|bound to|guarant\w+"
        r"|must|always|promis\w+|of course|never|clear\w*|obvious\w*|confiden\w+|convinced|know|doomed|destined|fate\w*"
        r"|ha(?:ve|s|d) to|need\w*|ensure\w*|affirm\w*|positive\w*|firm\w*|assure\w*|indeed|every"
    ),
}  # fmt: skip
_CHINESE = {
    Bend.NEGATION: (
        r"从未|从不|绝不|决不|并不|并非|毫无|没有|不再|不是|不能|不会|不要|不可|不得|无法|无需|无须|无从|未能|未曾|尚未|未经"
        r"|不(?![仅但过断同少错久久只管论妨由禁]|得不|可避免|知不觉|言而喻)|没(?!关系|事|错)|未(?![来必婚免知])|无(?!论|非|疑|数|比|线|辜|限|穷|私|处不在)"
        r"|非(?![常洲凡得要])|勿|(?<![特分差个告级类识区性派送辞离鉴辨])别(?![人的墅处扭名具有])|拒绝|免于|缺乏|难以|谢绝"
    ),
    Bend.NOBODY: r"没有?(?:任何)?(?:一个)?人|没有谁|谁(?:都|也)(?:没|不)|无人|没有任何|什么(?:都|也)(?:没|不)|毫无|一无所|从来没|没有一|没有什么|没什么|任何人都(?:没|不)",
    Bend.HEDGE: (
        r"可能|或许|也许|大概|大约|恐怕|似乎|好像|看来|看起来|看似|未必|说不定|估计|应该|应当|想必|多半|料想|预计|有望|或将|或会|也?许是"
        r"|我想|我认为|我觉得|我相信|我希望|我期待|希望|但愿|指望|相信|认为|觉得|谨慎|据称|据说|差不多|左右|上下|部分|某种程度|目前|迄今|至今|约(?!定|会|束)"
        r"|不一定|难免|有时|一来|二来|一则|其一|一方面|如果|若是?|要是|准备|打算|考虑|想要|能否|会不会|没准(?!备|时|许|则|点|头)|兴许|怕是|疑似"
    ),
    Bend.NECESSITY: r"必须|必需|不能不|不可不|应当|应该|应(?!对|用|答|变|邀|聘)|务必|不得不|需要?|得(?=[去来把给有让做])|要(?!求|点|素|是|么|闻|塞)|非得|有责任|有义务|只好|只能|理应|该(?!公司|校|院|行|机构|报|组织)",
    Bend.MUST: r"必须|必需|务必|不得不|一定要|非得",
    Bend.PERMISSION: r"(?<!不)可以|(?<![不被能会])允许|获准|(?<!不)准许|得以|能够?(?!源|力|量|干|见度)|不妨|有权|可(?=[由在按供用]|从(?![没未不来]))",
    Bend.CERTAINTY: r"一定|肯定|必然|必定|必将|绝对|毫无疑问|无疑|显然|当然|的确|确实|确定|势必|注定|保证",
    Bend.MOST: r"大多数?|多半|泰半|多数|大部分|大半|绝大多数|绝大部分|主要(?=[是由在用依靠来从])|通常|往往|基本上?|一般|几乎",
    Bend.ALL: r"所有|全部|全都|全体|一切|每一?(?![小时天年月周分秒日晚季])|都(?!市|会区|城)|皆|均|凡|任何|整个?|始终|一直|总是|永远|总(?!算|统|裁|部|监|经理|之|额|计|共|的来说)|各(?![自位国地界种类项])|全(?![球国文家身力面新职天程年体])|两[个者边人]?都|双方|彻底|完全",
    Bend.FEW: r"很少|极少数?|少数|鲜有|几乎没|寥寥|难得|罕见",
    Bend.ONLY: r"只(?![好要有])|仅仅?|唯一|唯有|才|光是|单单|不过是|无非|只有",
    Bend.NEARLY: r"几乎|差点|险些|勉强|将近|接近|近乎|差不多|快要?",
    Bend.EXEMPT: r"不必|不用|无需|不需|无须|毋须|毋需|不一定|可以不|没有义务|没有责任|没必要|没有必要|不非得|免于|免去|自愿|大可不",
    Bend.FORBIDDEN: r"不可以|不可(?![能避思一])|不(?:会|能)?(?:被)?(?:允许|容许|准许)|绝不|决不|不容|不得(?![不已])|不许|不准|禁止|严禁|不能(?!不)|不应|不该|切勿|勿",
    Bend.SOME: r"个别|几(?![乎率何])|若干|一些|有些|部分|数(?=[家个位名所间座场次天周月年])|少数|有的|多家|好些",
    Bend.EVERY: r"全都|全部|所有|全体|一律|统统|无一例外",
    Bend.EXCEPT: r"除(?![非名夕])|例外|不包括|不包含|不含|不算|不在内|另当别论",
    Bend.INCLUDING: r"连同|(?<!不)包括|(?<!不)包含|(?<!不)在内",
    Bend.MANY: r"许多|很多|众多|大量|无数|诸多|不少|大批|不计其数",
    Bend.PERHAPS: r"(?<![不尽])可能(?!性)|或许|也许|恐怕|说不定|(?<!还)没准(?!备|时|许|则|点|头)",
    Bend.SURE: r"绝不(?=会)|(?<!不)肯定(?!的)|必然|必定|必将|势必|铁定|注定|绝对|(?<!不)一定(?!程度|的|是要)",
}  # fmt: skip
_EN = {bend: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for bend, pattern in _ENGLISH.items()}
_ZH = {bend: re.compile(pattern) for bend, pattern in _CHINESE.items()}


def markers(text: str, *, chinese: bool) -> tuple[Marker, ...]:
    """The markers of `text` in order; Chinese is to be given in Simplified characters.

    One word can have several classes (`nobody` is also a negation, 几乎 nearly and mostly).
    """
    table = _ZH if chinese else _EN
    found = [Marker(m.start(), m.end(), bend) for bend, pattern in table.items() for m in pattern.finditer(text)]
    return tuple(sorted(found, key=lambda m: (m.start, m.end, m.bend)))
