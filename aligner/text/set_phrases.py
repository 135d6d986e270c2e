"""Adverbs and set phrases of English with the Chinese words that render them.

For these a dropped adverbial can be told by rule: if none of the Chinese words of its row stands in a
sentence's rendering, nothing renders it. Rows are wide on purpose (every way a translator is likely to take);
adverbs that good Chinese drops without loss (really, just, actually) have no row. A row that begins with `?`
is weak: its adverbs are often left out of good Chinese too, or melt into the verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROWS = """
most importantly|more importantly|most of all|above all = 重要|要紧|关键|首要|尤其|首先|最主要|根本
among other things = 其中|之外|等等|等(?=[，。、”的])|除|其他|别的|之一|诸如|包括|还有|方面
by my estimate|by our estimate|i estimate|by my count = 估|据我|按我|算来|我看
in my view|in my opinion|in my judgment|to my mind = 看来|认为|觉得|以为|我看|在我看|之见|依我|判断
in our view|in our opinion = 看来|认为|觉得|以为|我们看|之见|判断
as far as (?:i|we) (?:know|can tell|are aware)|to (?:my|our) knowledge|to the best of (?:my|our) knowledge = 据我|所知|就我|了解
?of course|naturally = 当然|自然|固然|不用说|诚然|理所|显然
in particular|particularly|especially|notably = 尤|特别|特意|格外|其中|重点|突出|更是|专门
for example|for instance = 例|比如|譬如|诸如|好比|像|举
in other words|that is to say = 换句话|换言|也就是|即|就是说|亦即|等于
at least = 至少|最少|起码|不少于|不低于|不下|以上|最起码|总算|好歹|少说
at most = 至多|最多|顶多|不超过|以内|充其量
at once|immediately|right away|straight away|instantly = 立|马上|即|赶紧|同时|一次|一下|一齐|一举|直接|当场|当下|当时|当即|一并|一起|一块
at last|finally|eventually|in the end|ultimately = 终|最后|到头来|最后|总算|结果|末了|才|究竟|归根|最终
for the first time = 首|第一次|头一|初次|第一|从未
for now|for the time being|temporarily = 暂|目前|眼下|先|临时|现在|一时|当前|姑且
for good|permanently|forever = 永|从此|彻底|一劳永逸|再也|一直|长久|终身|恒久|持久
so far|to date|as yet = 至今|迄今|目前|到现在|到目前|为止|尚|还|截至|已经|如今|此前|一路
in full|fully|completely|entirely|wholly|totally|altogether = 全|完|彻底|整|通|一切|尽|充分|统统|绝对|十足|一概|一律|悉|都|丝毫|根本|足|毫
in part|partly|partially = 一来|二来|一则|其一|一是|部分|一半|局部|某种程度|多少|一定程度|有几分|一方面
in person = 亲|本人|当面|面对面|个人|当着|自己|到场|现场|见面|露面
personally = 亲|本人|当面|个人|私人|自己|面对面|我
in public|publicly|openly = 公开|当众|公然|公众|明|面向|对外|坦|当着|大家的面|人前|众人|公诸|公之
in private|privately|behind closed doors = 私|底下|悄悄|关起门|背后|暗|闭门|紧闭|门后|关着|关上
in advance|beforehand|ahead of time = 事前|提前|预|事先|先|早
in return = 回报|报答|换|作为|反过来|还
in vain = 白|徒|枉|无果|没用|无济|落空|白费
written(?= (?:consent|notice|permission|approval|agreement|statement|assurance|apology|reply|confirmation|evidence|advice)) = 书面|写|白纸黑字|文字|信|函|文
prior(?= (?:consent|approval|notice|permission|written|agreement)) = 事先|事前|预先|提前|先
unanimous = 一致|全票|全体|无异议|没有异议
independent(?= (?:review|inquiry|investigation|experts?|advis[eo]rs?|auditors?|directors?|panel|commission)) = 独立|第三方|外部|中立
confidential = 保密|机密|秘密|不公开|隐|密
?permanent = 永久|永远|长期|常|正式|固定|永|终身
temporary = 临时|暂|短期
voluntary = 自愿|主动|志愿|自行
anonymous = 匿名|不具名|隐|不署名|不留名
at the latest|no later than = 迟|晚|前|截至|之内|以内
under no circumstances = 绝|任何情况|无论如何|不得|决不|万万|不[准许可能]
in writing = 书面|写|白纸黑字|文字|信
on purpose|deliberately|intentionally = 故意|有意|蓄意|特意|存心|刻意|精心|专门|成心
by accident|accidentally|by mistake|inadvertently = 意外|误|不小心|无意|偶|碰巧|错|失手|不慎|疏忽
without delay|without hesitation = 二话|没说|爽快|痛快|立|马上|毫不|不加|没有|无|尽快|不再|毫无|不带|即刻
without reservation|unreservedly = 保留|无条件|毫无|完全|坦率|全心|彻底|衷心|由衷|毫不
without exception = 例外|一律|无一|全部|都|一概
no questions asked = 不问|理由|追问|二话|无条件|不必解释|不需|不用|问
around the clock|day and night|night and day = 昼夜|日夜|全天|二十四|24|不分|日以继夜|夜以继日|通宵|整天
again and again|over and over|time and again|repeatedly = 反复|一再|再三|屡|多次|一次又一次|一遍|不断|不停|三番|再次|频
once again|once more|again = 再|两度|两次|二度|先后|又|重|次|复|依旧|还是
from time to time|occasionally|now and then = 时|偶|间或|不时|有时|时不时
sooner or later = 迟早|早晚|总有|终
little by little|step by step|gradually|bit by bit = 渐|逐|一步|一点|慢慢|步步|循序
as soon as possible = 尽快|尽早|尽速|早日|赶|越快|从速|及早
twice = 两|二|再|双|倍|俩|又
?together = 一起|共|一同|一道|同|携手|并肩|联|合|一块|聚|团结|加起来|协
alone = 独|单|一个人|一人|只|仅|孤|光是|自己|唯|全在|全怪|本人|身上
perhaps|maybe|possibly = 或许|也许|可能|兴许|大概|说不定|恐怕|没准|或|不定|似乎
probably|presumably|in all likelihood = 可能|大概|或许|多半|想必|估计|恐怕|应该|八成|也许|怕是|大约|十有八九
tomorrow = 明天|明日|明晚|明早|翌日|次日|隔天|第二天|明儿
yesterday = 昨|前一天
tonight = 今晚|今夜|晚上|当晚
?soon|shortly|before long = 快|不久|即|近|马上|就要|将|早|尽|立|眼看|日内|短期
overnight = 一夜|隔夜|夜|连夜|突然|骤然|瞬间|朝夕
abroad|overseas = 国外|海外|外国|出国|境外|外|不在国内
everywhere = 到处|处处|各地|无处不|四处|随处|遍|所有|每个|全国|全世界|哪里都|任何
afterwards|later on|subsequently = 后|之后|随后|事后|其后|然后|接着|继|再|接下来|接下去|下来
meanwhile|in the meantime = 同时|此时|其间|期间|这时|与此|这段时间|而
?instead = 而|反而|却|改|转|代替|取代|取而代之|相反|换|宁|不是|倒|哪|而不|不是
?quickly|rapidly|swiftly|fast = 快|迅|速|急|飞|疾|很短|短期|赶|立
?slowly = 慢|缓|徐|渐|迟
quietly|silently = 静|悄|默|不声不响|低调|安|无声|暗|不动声色|轻
carefully|with care|cautiously = 仔细|小心|认真|谨|细|慎|精心|周密|好好|审|稳妥
wrongly|mistakenly|incorrectly|falsely = 错|误|不当|不该|不实|冤|谎|虚|假|不对|不正确
rightly = 正确|一针见血|中肯|公道|公允|对|有理|应|理应|恰当|得当|没错|合理|有道理|合情
honestly|frankly|candidly = 坦|诚|老实|实话|直言|直说|说真的|真心|如实|良心|心里话|真话|实在话|说句|平心
seriously|gravely = 认真|严|当真|重|郑重
?deeply|profoundly = 深|极|十分|非常|由衷|衷心|万分|无比|沉|发自|切
warmly = 热|温|衷心|诚|亲切|暖
sincerely = 诚|真|衷|由衷|此致|敬|谨|恳
amicably = 友|和|善|平|好聚
abruptly|suddenly|all at once = 突|忽|骤|猛|一下|陡|仓促|顿|冷不|急|同时|一次|一并|一起|齐|戛然
independently of (?:each other|one another) = 独立|互不|不相|无关|不约而同|没有商量|未经商量|并未商量
(?:could|can)(?:n['’]t|not| not) be more|could(?:n['’]t| not) have been more = 最|无比|再|不能更|极|万分|至极|不过|超级|莫大|十二分|透顶|之至
both(?! [^,.;]* and ) = 都|两|兩|俩|双|均|皆|一起|共同|一同|二人|各|互相|彼此|同时|二者
three times|thrice = 三|3|数次|多次|屡|再三
at (?:my|our|his|her|their) request = 请|要求|求|提出|主动
someday|some day = 有朝一日|一天|某天|某日|将来|未来|日后|终|迟早|早晚|他日|改天|以后|来日|今后|往后|届时|什么时候
?hugely|enormously|immensely|tremendously|incredibly|extremely|exceedingly = 极|巨|非常|十分|大|很|无比|万分|相当|至关|特别|尤|格外|难以置信|不可思议|惊人|异常|深|超|莫大|至为|甚
of (?:my|his|her|its|our|their|your) own accord = 主动|自愿|自己|本人|自行|自发|的意思|自请
one by one = 一个|逐|一一|挨|依次|轮流|陆续|接连|相继|先后|一本|一家|一位|一名|一间
independently|separately = 独立|各自|分别|单独|分开|自主|自行|彼此|互不|另
jointly = 联合|共同|一起|合|一道
directly = 直接|直|当面|亲|径
strictly = 严|仅限|只|绝对
formally|officially = 正式|官方|形式
obviously|evidently = 显|明|当然|自然|分明|看得出|无疑|不用说|一目了然|可见|毫无疑问|众所周知
?clearly|plainly = 清|明|显|楚|分明|看得出|一目了然|直白|坦|昭
briefly = 简|短|片刻|一会|略|稍|一度
?constantly|continually|continuously = 不断|持续|一直|不停|时刻|经常|始终|总|连续|老|无时
?always = 总|一直|始终|向来|永远|从来|历来|都|每|老是|一向|一贯|时刻|无论何时|随时
?often|frequently|regularly = 常|往往|频|多次|不时|时|定期|屡|老|总|动辄|固定
?sometimes = 有时|时而|偶|间或|有些时候|不时|时
?usually|normally|generally|as a rule = 通常|一般|往往|平时|平常|常|多半|惯|大多|照例|大体|总体|向来|正常|普遍
rarely|seldom|hardly ever = 很少|难得|少|罕|不常|不多|几乎|不怎么|偶
voluntarily = 自愿|主动|志愿|自行|自发|甘
unanimously = 一致|全票|全体|无异议
willingly|gladly|happily|with pleasure = 愿|乐|高兴|欣然|甘|开心|心甘|愉快|喜
reluctantly|unwillingly = 勉强|不情|不愿|无奈|迫|不得已|舍不得|硬着头皮|不甘
unfortunately|sadly|regrettably|alas = 遗憾|不幸|可惜|可悲|惜|难过|无奈|可叹|令人|唉|很抱歉
fortunately|luckily|happily = 幸|好在|还好|所幸|万幸|庆|可喜|运气
surprisingly|to my surprise|unexpectedly = 意外|惊|没想到|不料|竟|出乎|居然|想不到|意想不到
proudly = 自豪|骄傲|傲|荣
respectfully = 敬|恭|尊|谨
eagerly = 热切|迫|急|渴|热心|盼|兴
?equally = 同样|同等|平等|一样|也|均|平均|同
?increasingly|more and more = 越来越|日益|愈|日渐|更|渐|不断|与日俱增
?significantly|substantially|considerably|greatly = 大|显|重|深|可观|相当|极|非常|明显|巨|很|远
?slightly = 略|稍|轻|一点|些|微|小|有点
exactly|precisely = 正|恰|刚好|确|精|准|究竟|整|分毫|就是|不多不少|一模一样|到底|完全|一点不|没错|一分不差|不差|如数|要什么
?currently|at present|at the moment|at this time = 目前|现|眼下|当前|如今|此刻|正|这时|时下|当下|现阶段|此时
?recently|lately = 最近|近|不久前|日前|前不久|新|刚
?originally|initially|at first = 最初|原|本|起初|开始|当初|一开始|先|初|早先|开头
free of charge|for free|at no (?:extra )?(?:cost|charge) = 免费|无偿|免|白送|不收|不要钱|分文|义务|不花|白
knowingly|wittingly = 明知|故意|有意|知情|蓄意|知道|存心
unknowingly|unwittingly = 不知|无意|不自觉|不经意|懵|误
exclusive|exclusively|solely = 独|专|仅|只|唯|排他|光|垄断
consecutive|consecutively|in a row|in succession = 连|接连|相继|不间断
?simultaneously|at the same time = 同时|同步|一并|一边|同期|一起|并|又|既
unconditionally = 无条件|保留|不附|任何条件
indefinitely = 无限期|不定期|无期|没有期限|长期|永远|一直
confidentially|in confidence|in secret|secretly|in strict confidence = 秘|私下|私底下|悄|暗|保密|偷|背地|机密
in detail|at length = 详|细|具体|长篇|逐一|深入|一五一十|长
in principle = 原则|理论上|大体|基本
in theory = 理论|按理|照理|道理上
in good faith = 诚|善意|真心|好意
in cash = 现金|现钱|现款|现
by hand|manually = 手|人工
verbally|orally = 口头|嘴上|口述|口
at short notice = 仓促|临时|匆|短时间|突然|紧急|一接到|说走就走|临
until further notice = 另行|进一步通知|后续通知|另有通知|再通知
in the long run|in the long term|over the long term = 长远|长期|长久|从长|终究|最终|久
in the short term = 短期|眼前|眼下|短时间|暂|近期
with (?:great |deep |profound )?regret = 遗憾|痛心|惋惜|抱歉|歉|难过|惜|痛
with (?:great |deep |profound )?gratitude|gratefully = 感激|感谢|谢|感恩|感念
with (?:great |immense )?pride = 自豪|骄傲|荣|傲
?wholeheartedly = 全心|衷心|完全|由衷|一心|保留|竭诚|鼎力|全力|真心
tirelessly = 不懈|不知疲倦|孜孜|辛勤|不辞|日夜|夜以继日|勤|不遗余力|不倦|不停|辛苦
relentlessly = 不懈|不停|无情|坚持|不断|持续|执着|毫不|始终|穷追|一味
bravely|courageously = 勇|敢|大胆|胆
generously = 慷慨|大方|无私|宽厚|大度|宽|厚
(?<!yours )(?:faithfully|loyally) = 忠|尽职|如实|恪|兢兢业业
patiently = 耐心|耐|不厌其烦
?flawlessly|perfectly = 完美|无懈|毫无|完全|丝毫|十全|非常|极|很|再
lawfully|legally = 合法|依法|法
illegally|unlawfully = 非法|违法|违规|不法|法
retroactively|retrospectively = 追溯|事后|回溯|倒|补
automatically = 自动|自行|当然|自然
randomly|at random = 随机|随意|任意|抽|随便
ahead of schedule = 提前|早于|超前|提早
behind schedule = 落后|延误|滞后|推迟|晚|拖|超期
on schedule|as planned|as scheduled = 计划|如期|按期|按时|照常|预定|准时|照旧
as promised = 承诺|答应|说好|兑现|如约|守诺|信守|许诺|说到做到|保证|约|诺
?as usual|as always = 照常|一如|往常|照例|如常|老样子|依旧|照旧|向来|平常
?in any case|in any event|either way = 无论|不管|反正|总之|不论|横竖|怎么|都
if necessary|if need be|where necessary = 必要|需|必须|不得已|万不得已
if possible|where possible|wherever possible = 可能|尽量|能|条件|可以
to a large extent|to a great extent = 很大程度|大体|主要|多半|大部分|大致|基本|大多
to some extent = 某种程度|一定程度|多少|有些
at (?:my|our|his|her|its|their) own expense = 自费|自掏|费用|自己|承担|自付|掏腰包|腰包|出钱
under oath = 宣誓|誓
with immediate effect|effective immediately = 立|即|马上|当即|从今
solemnly = 郑重|庄严|严肃|庄重
humbly = 谦|恭|卑|诚恳|虚心|低头
nationwide|across the country = 全国|各地|举国|全境|国内
worldwide|around the world|across the world|globally = 全球|世界|各国|环球|国际|各地|天下
locally = 当地|本地|就地|地方|在地
internally|in-house = 内
online = 网|线上|在线|云
anonymously = 匿名|不具名|隐|不署名|不留名|没有署名
unofficially|informally|off the record = 非正式|私下|非官方|不公开|口头|随意|随口
?previously|formerly|once before = 以前|此前|先前|之前|曾|原|前|过去|从前|早先|早
""".strip()


@dataclass(frozen=True, slots=True)
class SetPhrase:
    """A set phrase at `[start, end)` of an English text; `chinese` finds any word that renders it;
    `weak` says that good Chinese often does without."""

    start: int
    end: int
    chinese: re.Pattern[str]
    weak: bool


def _rows() -> tuple[tuple[re.Pattern[str], re.Pattern[str], bool], ...]:
    out = []
    for line in _ROWS.splitlines():
        english, _, chinese = line.partition(" = ")
        pattern = re.compile(rf"(?<![\w-])(?:{english.removeprefix('?')})(?![\w-])", re.IGNORECASE)
        out.append((pattern, re.compile(chinese), english.startswith("?")))
    return tuple(out)


ROWS = _rows()


def set_phrases(text: str) -> tuple[SetPhrase, ...]:
    """The set phrases of an English text in order; of two that overlap the longer one."""
    found = [
        SetPhrase(match.start(), match.end(), chinese, weak)
        for english, chinese, weak in ROWS
        for match in english.finditer(text)
    ]  # fmt: skip
    out: list[SetPhrase] = []
    for phrase in sorted(found, key=lambda p: p.start - p.end):
        if not any(p.start < phrase.end and phrase.start < p.end for p in out):
            out.append(phrase)
    return tuple(sorted(out, key=lambda p: p.start))
