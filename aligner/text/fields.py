"""Words of one field that exclude each other: offices, family, courts, vehicles, days, seasons, materials.

The same shape as the opposites: field -> class -> pattern in English, pattern in Simplified Chinese. Words whose
Chinese depends on the place (president) have no class.
"""

from __future__ import annotations

FIELDS: dict[str, dict[str, tuple[str, str]]] = {
    "officer": {
        "executive": (r"chief executive(?: officer)?|CEO", r"首席执行官|执行长|行政总裁|CEO"),
        "financial": (r"chief financial officer|CFO|finance director", r"首席财务官|财务长|财务总监|CFO"),
        "technology": (r"chief technology officer|CTO", r"首席技术官|技术长|技术总监|CTO"),
        "operating": (r"chief operating officer|COO", r"首席运营官|首席营运官|营运长|运营总监|COO"),
        "product": (r"chief product officer|CPO", r"首席产品官|产品长|产品总监|CPO"),
        "information": (r"chief information officer|CIO", r"首席信息官|资讯长|CIO"),
        "security": (r"chief (?:information )?security officer|CISO", r"首席(?:信息)?安全官|资安长|CISO"),
        "scientist": (r"chief scientist|chief science officer", r"首席科学家|首席科学官|科学长"),
        "research": (r"chief research officer", r"首席研究官|研究长"),
        "marketing": (r"chief marketing officer|CMO", r"首席营销官|首席市场官|行销长|营销总监"),
        "people": (r"chief people officer|CHRO", r"首席人力(?:资源)?官|首席人事官|人资长"),
        "legal": (r"general counsel|chief legal officer", r"总法律顾问|首席法务官|法务长|法律总顾问"),
        "commercial": (r"chief commercial officer|CCO", r"首席商务官|首席商业官|商务长|商务总监"),
        "communications": (r"chief communications? officer", r"首席传播官|首席沟通官|传播总监|传讯总监"),
        "strategy": (r"chief strategy officer|CSO", r"首席战略官|首席策略官|战略总监|策略长"),
        "risk": (r"chief risk officer|CRO", r"首席风险官|首席风控官|风控长|风控总监|风险总监"),
        "medical": (r"chief medical officer|CMO", r"首席医疗官|首席医务官|首席医学官|医疗总监|医疗长"),
        "data": (r"chief data officer|CDO", r"首席数据官|数据长|数据总监|首席资料官"),
        "engineer": (r"chief engineer", r"总工程师|首席工程师"),
    },
    "committee": {
        "treasurer": (r"treasurers?", r"司库|财务(?:长|主管|主任|委员|理事|干事)?|财政|出纳|掌柜"),
        "secretary": (r"(?<!press )secretar(?:y|ies)(?! of state|-general)", r"秘书长?|书记|干事"),
        "auditor": (r"auditors?", r"审计(?:长|师|员)?|监事|稽核|核数师"),
        "chair": (r"(?<!vice[- ])(?<!deputy )(?<!vice)chair(?:man|woman|person)?(?!s\b)", r"(?<!副)(?:主席|会长|理事长|董事长)"),
    },
    "vice": {
        "chair": (r"(?<!vice[- ])(?<!deputy )chair(?:man|woman|person)?(?= of|,|\.)", r"(?<!副)(?:董事长|主席)"),
        "vice chair": (r"(?:vice|deputy)[- ]chair(?:man|woman|person)?", r"副(?:董事长|主席)"),
        "vice president": (r"vice[- ]president|S?VP", r"副总裁|副总统|副会长|副校长"),
    },
    "instrument": {
        "flute": (r"flutes?|flautist", r"长笛"), "oboe": (r"oboes?|oboist", r"双簧管"),
        "clarinet": (r"clarinets?", r"单簧管|黑管"), "bassoon": (r"bassoons?", r"巴松|低音管"),
        "horn": (r"(?:french |principal )horns?", r"圆号|法国号"), "trumpet": (r"trumpets?", r"小号"),
        "trombone": (r"trombones?", r"长号"), "violin": (r"violins?|violinist", r"小提琴"),
        "viola": (r"violas?|violist", r"中提琴"), "cello": (r"cellos?|cellist", r"大提琴"),
        "piano": (r"pianos?|pianist", r"钢琴"), "harp": (r"harps?|harpist", r"竖琴"), "organ": (r"organist", r"管风琴"),
    },
    "this period": {
        "week": (r"this week", r"本周|这周|本星期|这星期|这个星期|这一周|本礼拜|这礼拜"),
        "month": (r"this month", r"本月|这个月|当月|月底"),
        "quarter": (r"this quarter", r"本季|这个季度|这一季"),
        "year": (r"this year", r"今年|本年|年底"),
    },
    "accused": {
        "charged": (r"(?<!in )charged(?! (?:with|by) (?:the )?task)(?! \D?\d)", r"起诉|指控|被控|检控|控告"),
        "convicted": (r"convict(?:ed|ion)|found guilty", r"定罪|判罪|有罪|判刑"),
        "acquitted": (r"acquitt(?:ed|al)|found not guilty|cleared of", r"无罪|脱罪"),
        "arrested": (r"arrest(?:ed|s)?|detained", r"逮捕|拘捕|被捕|拘留|扣押"),
        "suspected": (r"suspect(?:ed|s)?|under investigation", r"嫌疑|涉嫌|受调查"),
    },
    "court": {
        "judge": (r"judges?", r"法官|审判长"),
        "lawyer": (r"lawyers?|attorneys?|solicitors?|barristers?", r"律师|法律顾问"),
        "prosecutor": (r"prosecutors?", r"检察官|公诉人|检方"),
        "witness": (r"witness(?:es)?", r"证人|目击者"),
        "jury": (r"jury|jurors?", r"陪审"),
        "police": (r"police|constables?", r"警方|警察|警员|民警"),
    },
    "healer": {
        "doctor": (r"doctors?(?! of )|physicians?|surgeons?", r"医生|大夫|医师"),
        "nurse": (r"nurses?|matrons?", r"护士|护理师|护士长"),
        "pharmacist": (r"pharmacists?|chemist's", r"药剂师|药师"),
        "patient": (r"patients(?!\w)|patient(?= (?:was|died|had|is|in|on|of|who))", r"患者|病人|病患"),
        "dentist": (r"dentists?", r"牙医"),
    },
    "school": {
        "principal": (r"head ?teachers?|headmaster|headmistress|(?<!the )principal(?= of)|rector", r"校长"),
        "teacher": (r"(?<!head )(?<!head)teachers?", r"教师|老师|教员"),
        "caretaker": (r"caretakers?|janitors?", r"管理员|看门人|门房|校工|工友|看管人|看门"),
        "student": (r"students?|pupils?", r"学生|同学|弟子"),
        "parent": (r"parents?", r"家长|父母"),
        "librarian": (r"librarians?", r"图书管理员|图书馆员"),
        "dean": (r"deans?", r"院长|系主任"),
    },
    "press": {
        "editor": (r"editors?(?:-in-chief)?", r"编辑|主编|总编|编者"),
        "reporter": (r"reporters?|journalists?|correspondents?", r"记者|通讯员"),
        "publisher": (r"publishers?", r"出版商|出版人|发行人"),
        "photographer": (r"photographers?", r"摄影师|摄影记者"),
        "reader": (r"readers?(?= (?:who|of|will|have|can|may)|[,.;])", r"读者"),
    },
    "generation": {
        "grandchild": (r"grand(?:son|daughter|child(?:ren)?)s?", r"孙子|孙女|外孙|孙辈"),
        "grandparent": (r"grand(?:mother|father|parent|ma|pa)s?", r"祖父|祖母|爷爷|奶奶|外公|外婆|姥姥|姥爷"),
        "uncle": (r"uncles?", r"叔叔|叔父|伯伯|伯父|舅舅|舅父|姑父|姨父"),
        "aunt": (r"aunts?", r"姑姑|姑妈|阿姨|姨妈|舅妈|婶婶|伯母"),
        "cousin": (r"cousins?", r"表[兄弟姐妹哥]|堂[兄弟姐妹哥]"),
        "nephew": (r"nephews?", r"侄子|外甥(?!女)"),
        "niece": (r"nieces?", r"侄女|外甥女"),
    },
    "vehicle": {
        "bicycle": (r"bi(?:cycle|ke)s?|cyclists?", r"(?<!电动)自行车|单车|脚踏车"),
        "motorcycle": (r"motor(?:cycle|bike)s?", r"摩托|机车"),
        "car": (r"cars?", r"汽车|轿车|小车"),
        "bus": (r"bus(?:es)?|coach(?:es)?(?= (?:trip|driver|station))", r"公交车|巴士|公车|客车"),
        "tram": (r"trams?|streetcars?", r"电车"),
        "train": (r"trains(?!\w)|(?:the|a|by|night) train(?!\w)|railways?", r"火车|列车|铁路"),
        "lorry": (r"lorr(?:y|ies)|trucks?", r"卡车|货车"),
        "boat": (r"boats?|ships?|ferr(?:y|ies)|vessels?", r"船|渡轮|舰"),
        "plane": (r"planes?|airplanes?|aircraft|flights?", r"飞机|航班|客机"),
    },
    "season": {
        "spring": (r"(?:last|this|next|the|in|early|late|every|of) spring|springtime", r"春天|春季|今春|去春|开春"),
        "summer": (r"summers?", r"夏天|夏季|今夏|去夏|暑期|暑假"),
        "autumn": (r"autumns?|(?:this|last|next) fall", r"秋天|秋季|今秋|去秋|入秋"),
        "winter": (r"winters?", r"冬天|冬季|今冬|去冬|冬日|寒冬|入冬"),
    },
    "weekday": {
        "monday": (r"mondays?", r"(?:星期|周|礼拜)一(?!次)"),
        "tuesday": (r"tuesdays?", r"(?:星期|周|礼拜)二"),
        "wednesday": (r"wednesdays?", r"(?:星期|周|礼拜)三"),
        "thursday": (r"thursdays?", r"(?:星期|周|礼拜)四"),
        "friday": (r"fridays?", r"(?:星期|周|礼拜)五"),
        "saturday": (r"saturdays?", r"(?:星期|周|礼拜)六"),
        "sunday": (r"sundays?", r"(?:星期|周|礼拜)[日天]"),
    },
    "same day": {
        "same": (r"that (?:same )?day|the same day", r"当[日天](?![晚])|同[日天]"),
        "next": (r"(?:the )?(?:next|following) day|the day after", r"次日|翌日|第二天|隔天"),
        "eve": (r"the (?:previous day|day before)", r"前一天|前日"),
    },
    "leave": {
        "parental": (r"parental leave", r"育儿假|亲职假|父母假"),
        "maternity": (r"maternity leave", r"产假"),
        "sick": (r"sick(?:ness)? leave", r"病假"),
        "annual": (r"annual leave|holiday leave|vacation", r"年假|休假"),
        "paternity": (r"paternity leave", r"陪产假"),
    },
    "metal": {
        "gold": (r"gold(?:en)?(?= (?:medal|coin|bar|reserve|price|mine|ring))", r"金牌|金币|黄金|金条|金矿"),
        "silver": (r"silver(?:y)?", r"银牌|银币|白银|银器|银质"),
        "bronze": (r"bronzes?", r"铜牌|青铜"),
        "copper": (r"coppers?", r"(?<!青)铜(?!牌)"),
        "iron": (r"iron(?!ic|y)", r"(?<!地|高)铁(?!路)"),
        "steel": (r"steel", r"钢(?!琴)"),
    },
    "colour": {
        "red": (r"red", r"红色|红的|鲜红"),
        "blue": (r"blue", r"蓝色|蓝的"),
        "green": (r"green(?= (?:door|flag|paint|light|ink|coat|card|line|roof))", r"绿色|绿的"),
        "yellow": (r"yellow", r"黄色|黄的"),
        "black": (r"black", r"黑色|黑的"),
        "white": (r"white", r"白色|白的"),
    },
    "pay": {
        "salary": (r"salar(?:y|ies)|wages?", r"工资|薪水|薪资|薪酬|月薪|年薪"),
        "bonus": (r"bonus(?:es)?", r"奖金|花红|红利"),
        "pension": (r"pensions?", r"养老金|退休金|抚恤金"),
        "fee": (r"fees?", r"费用|学费|手续费|会费"),
        "tax": (r"tax(?:es)?", r"税"),
        "loan": (r"loans?|mortgages?", r"贷款|借款|房贷"),
        "grant": (r"grants?(?= (?:of|for|from|to))", r"拨款|补助|资助"),
    },
    "body": {
        "board": (r"(?:the|our|its) board(?! game)|board of directors", r"董事会|理事会|董事们"),
        "management": (r"(?:the|our|its|senior) management", r"管理层|经营层"),
        "union": (r"(?:the|our|trade|labou?r) unions?", r"工会"),
        "shareholders": (r"shareholders?|stockholders?", r"股东"),
        "staff": (r"employees|staff|workers", r"员工|雇员|职工|工人|职员"),
        "customers": (r"customers|clients", r"客户|顾客|用户"),
    },
    "left": {
        "resign": (r"resign(?:ed|s|ation|ing)?|stepp?(?:ed|ing)? down", r"辞职|辞去|请辞|辞任|卸任|离职"),
        "dismiss": (r"fired|sacked|dismissed", r"解雇|开除|免职|撤职|革职|解职|炒"),
        "retire": (r"retire[ds]?|retirement|retiring", r"退休|退役|荣休"),
        "promote": (r"promoted|promotion(?= (?:to|of))", r"升任|晋升|提拔|升职|擢升"),
    },
    "hurt": {
        "killed": (r"killed|dead|died|deaths?", r"死|遇难|丧生|身亡|去世|过世|逝世|亡|丧命"),
        "injured": (r"injured|wounded|injur(?:y|ies)", r"受伤|伤者|伤(?!心|害|感)"),
        "missing": (r"(?:went|are|were|is|still|reported) missing", r"失踪|下落不明"),
    },
    "size of place": {
        "village": (r"villages?", r"村"),
        "town": (r"towns?(?! hall)", r"镇|小城"),
        "city": (r"cit(?:y|ies)", r"城市|市区|全市"),
        "county": (r"count(?:y|ies)", r"县|郡"),
        "province": (r"provinces?", r"省(?!略|下|钱|力)"),
        "country": (r"(?:the|our|this|my|whole) country|nation(?:wide)?", r"国家|全国|我国|举国"),
    },
}  # fmt: skip

_LEADS = (
    r"(?:heads?|directors?|chiefs?|chairs?|managers?|leads?|[SE]?VP|(?:senior |executive )?vice[- ]presidents?|deans?|editors?"
    r"|(?:pro-|deputy )?vice[- ]chancellors?|provosts?|commissioners?|secretar(?:y|ies)) (?:of|for)(?: the| our)? (?:\w+ )?"
)
_LEADERS = r" (?-i:Director|Manager|Officer|Editor|Chief|Head|Lead|President|Secretary)s?"
_LED = (
    r"(?=(?:业务|工作|事务|规划|部门?|处|科|组|学?院|院系|运行)?的?(?:高级|资深|执行|常务|副|总|首席)*"
    r"(?:总裁|副总|主管|总监|负责人|主任|部长|处长|科长|组长|经理|总经理|院长|校长|编辑|主编|干事|专员|官(?!司|员)|长(?=[，。、；（(]|[^期久远大度成]))|监(?!管|督|控))"
)
_DEPARTMENTS = {
    "research": (r"research(?! (?:and|&) develop)", r"(?<!市场)研究|科研"),
    "research and development": (r"research (?:and|&) development|R ?& ?D", r"研发"),
    "engineering": (r"engineering", r"工程"),
    "product": (r"products?", r"产品"),
    "operations": (r"operations", r"运营|营运|运行|航务"),
    "finance": (r"financ(?:e|ial \w+)", r"财务|财政|金融"),
    "marketing": (r"marketing", r"营销|市场|行销"),
    "sales": (r"sales", r"销售"),
    "policy": (r"(?:public )?policy", r"政策"),
    "communications": (r"communications?|public relations|PR", r"传播|公关|沟通|通讯|公共关系|宣传"),
    "people": (r"people|HR|human resources|personnel|workforce(?: \\w+)?|staffing", r"人力资源|人力|人事|人才|人员"),
    "law": (r"legal|law", r"法务|法律|法学"),
    "strategy": (r"strategy", r"战略|策略"),
    "design": (r"design", r"设计"),
    "training": (r"training", r"培训|训练"),
    "maintenance": (r"maintenance", r"维护|维修|养护|机务"),
    "logistics": (r"logistics", r"物流|后勤"),
    "procurement": (r"procurement|purchasing", r"采购"),
    "quality": (r"quality(?: \w+)?", r"质量|品质|品管"),
    "medicine": (r"medic(?:al|ine)(?: \\w+)?", r"医疗|医务|医学"),
    "rehabilitation": (r"rehabilitation", r"康复"),
    "calibration": (r"(?:\\w+ )?calibration", r"标定|定标|校准"),
    "conservation": (r"conservation", r"保护|修复|保育"),
    "collections": (r"collections?", r"藏品|馆藏|典藏"),
    "education": (r"education", r"教育"),
    "security": (r"(?:information |cyber)?security|safety(?: \w+)?", r"安保|保安|保卫|安全"),
    "teaching": (r"teaching|learning|academic affairs", r"教学|教务"),
    "technology": (r"technology|IT", r"技术|科技"),
    "science": (r"sciences?", r"科学|理学"),
    "audit": (r"audit", r"审计|稽核"),
    "compliance": (r"compliance", r"合规"),
    "risk": (r"risk", r"风控|风险"),
    "commerce": (r"commercial|commerce", r"商务|商业"),
    "admissions": (r"admissions?", r"招生"),
    "nursing": (r"nursing", r"护理"),
    "customers": (r"customer \w+", r"客服|客户"),
    "investors": (r"investor relations", r"投资者关系|投资人关系"),
    "infrastructure": (r"infrastructure", r"基础设施|基础架构|基建"),
    "data": (r"data", r"数据|资料"),
    "news": (r"news", r"新闻"),
    "arts": (r"arts?", r"艺术|美术|文学"),
    "programmes": (r"program(?:me|ming)s?", r"节目|项目|选片"),
}
FIELDS["department"] = {
    name: (
        f"(?:{_LEADS}(?:{english})|(?<!Chief )(?-i:(?=[A-Z]))(?:{english}){_LEADERS})",
        f"(?<!首席)(?:{chinese}){_LED}",
    )
    for name, (english, chinese) in _DEPARTMENTS.items()
}
"""Whom a title puts at the head of what: head of research is not head of research and development."""
