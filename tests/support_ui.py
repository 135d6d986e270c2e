"""A made-up corpus for tests of the interface: invented letters, with every state a page can be in.

`bridge` has two witnesses and five renderings: whole with commentary, partial and moved, a few words,
Traditional in two pieces, and one that is not built. `note` has one witness and one rendering;
`plain` has nothing built.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from aligner.corpus import Corpus
from aligner.formats import alignment_json
from aligner.model import (
    Absence,
    AbsenceKind,
    Alignment,
    Document,
    Finding,
    Letter,
    Link,
    Mode,
    Place,
    Quoted,
    Residue,
    ResidueKind,
    Segment,
    Severity,
    Side,
    Signature,
    Span,
)

BODY = """Dear neighbours,

I write about the old bridge. After much thought, I have made the diffcult decision to close it on 3 May.

It is eighty years old, and most importantly it is not safe. The workshop will repair it in six months.
Until then the ferry is free.

Thank you for your patience and for the friendship of so many years.

With kind regards.

"""
NOTE = "To the crew,\n\nThe ferry sails at six. Bring a lamp.\n\nThe harbour master.\n"

GLOSSES = (
    "各位邻居：",
    "我写信谈谈这座老桥。",
    "经过深思熟虑，我做出了艰难的决定：五月三日关闭它。",
    "它已有八十年历史，最重要的是，它不安全。",
    "工坊将用六个月修好它。",
    "在此之前，渡船免费。",
    "感谢你们的耐心，以及多年的友谊。",
    "谨致问候。",
)

MANIFEST = """
[[letter]]
id = "bridge"
title = "The mayor's letter about the bridge"
author = "Ada Brook"
date = "2024-05-01"
language = "en"

[[letter.witnesses]]
id = "A"
document = "bridge-a.txt"
from = "Dearest neighbours,"
to = "With kindest regards."
base = true
[[letter.witnesses]]
id = "B"
document = "bridge-b.txt"
from = "Dearest neighbours,"
to = "With kindest regards."

[[letter.renderings]]
id = "bridge-001"
document = "bridge-001.txt"
outlet = "晨报"
date = "2024-05-02"
language = "zh-Hans"
[[letter.renderings]]
id = "bridge-002"
document = "bridge-002.txt"
language = "zh-Hans"
[[letter.renderings]]
id = "bridge-003"
document = "bridge-003.txt"
outlet = "River & Sea <Weekly>"
language = "zh-Hans"
[[letter.renderings]]
id = "bridge-004"
document = "bridge-004.txt"
language = "zh-Hant"
[[letter.renderings]]
id = "bridge-005"
document = "bridge-004.txt"
language = "zh-Hant"

[[letter]]
id = "note"
title = "A note to the crew"
author = ""
language = "en"
[[letter.witnesses]]
id = "N"
document = "note.txt"
from = "To the crew,"
to = "The harbour master."
base = true
[[letter.renderings]]
id = "note-zh"
document = "note-zh.txt"
language = "zh-Hans"

[[letter]]
id = "plain"
title = "The same note, nothing built"
language = "en"
[[letter.witnesses]]
id = "N"
document = "note.txt"
from = "To the crew,"
to = "The harbour master."
base = true
[[letter.renderings]]
id = "plain-zh"
document = "note-zh.txt"
language = "zh-Hans"
"""


@dataclass
class Article:
    """An article being written, with what it renders; `link` and `rest` add text and note its place."""

    text: str = ""
    targets: list[Segment] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    residue: list[Residue] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, text: str) -> Article:
        self.text += text
        return self

    def link(self, sources: list[str], *texts: str, mode: Mode = Mode.DIRECT, confidence: float = 0.9) -> Article:
        names = []
        for text in texts:
            names.append(f"t{len(self.targets) + 1}")
            self.targets.append(Segment(names[-1], len(self.text), len(self.text) + len(text), text))
            self.text += text
        self.links.append(Link(f"l{len(self.links) + 1}", tuple(sources), tuple(names), mode, confidence))
        return self

    def rest(self, kind: ResidueKind, text: str) -> Article:
        self.residue.append(Residue(len(self.text), len(self.text) + len(text), text, kind))
        self.text += text
        return self

    def note(self, words: str) -> Article:
        """A translator's note that stands inside what was linked last."""
        at = self.text.rindex(words)
        self.residue.append(Residue(at, at + len(words), words, ResidueKind.TRANSLATOR_NOTE))
        return self

    def find(
        self,
        check: str,
        category: str,
        severity: Severity,
        source: Quoted | None,
        words: str = "",
        places: tuple[Place, ...] = (),
        **evidence: object,
    ) -> Article:
        """A finding about `source` of the letter and about `words` in what was written so far."""
        at = self.text.rindex(words) if words else 0
        target = Quoted(at, at + len(words), words) if words else None
        said = {"en": f"Look at “{words}”.", "zh": f"请看“{words}”（it’s）。"}
        number = f"f{len(self.findings) + 1}"
        self.findings.append(
            Finding(number, check, category, severity, source, target, 0.8, said, places, dict(evidence))
        )
        return self

    def alignment(self, letter: Letter, rendering: str, document: Document, language: str) -> Alignment:
        linked = {name for link in self.links for name in link.source} | {absence.source for absence in self.absences}
        rest = [segment.id for segment in letter.segments if segment.id not in linked]
        outside = [Absence(name, AbsenceKind.OUTSIDE, 0.8) for name in rest]
        base = letter.base.document
        region = Span(self.targets[0].start, self.targets[-1].end)
        return Alignment(
            letter=letter.id,
            rendering=rendering,
            source=Side(base.name, base.sha256, base.text_sha256, letter.language),
            target=Side(document.name, document.sha256, document.text_sha256, language, region),
            signature=Signature("test", "by hand", "none"),
            source_segments=letter.segments,
            target_segments=tuple(self.targets),
            links=tuple(self.links),
            absences=tuple(self.absences + outside),
            residue=tuple(sorted(self.residue, key=lambda item: item.start)),
            findings=tuple(self.findings),
        )


def articles(letter: Letter) -> dict[str, Article]:
    """The articles of `bridge`, whose letter may be its sentences several times over."""
    every = letter.segments
    whole, some, words, old = Article(), Article(), Article(), Article()
    whole.add("# 老桥关闭\n\n").rest(ResidueKind.HEADING, "### 第一段").add("\n\n")
    for first in range(0, len(every), len(GLOSSES)):
        part = every[first : first + len(GLOSSES)]
        s = [segment.id for segment in part]
        for name, gloss in zip(s, GLOSSES, strict=True):
            whole.link([name], gloss, confidence=0.42 if name == s[5] else 0.9)
            if name == s[2]:
                date, decision = words_of(part[2], "on 3 May"), words_of(part[2], "difficult decision to close it")
                whole.find("numbers", "accuracy/mistranslation", Severity.MAJOR, date, "五月三日")
                whole.find("meaning", "accuracy/mistranslation", Severity.MINOR, decision, "决定：五月三日关闭它")
                whole.add("\n\n").rest(ResidueKind.COMMENTARY, "**分析：** 市长的决定并不轻松。").add("\n\n")
            if name == s[4]:
                whole.rest(ResidueKind.INJECTED, "某某游戏官网")
                whole.find("insertion", "accuracy/addition", Severity.CRITICAL, None, "某某游戏官网")
        whole.add("\n\n")
        some.rest(ResidueKind.NARRATION, "市长表示，").link([s[5]], "渡船在此期间\n免费。", mode=Mode.INDIRECT)
        some.link([s[1], s[2]], "我写信谈这座桥，决定将它关闭。", mode=Mode.INDIRECT, confidence=0.7)
        some.link([s[3]], "桥已有八十年（译注：一九四四年建）历史。").note("（译注：一九四四年建）").add("\n")
        missing = "most importantly"
        at = part[3].start + part[3].text.index(missing)
        some.absences.append(Absence(s[3], AbsenceKind.PARTIAL, 0.7, at, at + len(missing), missing))
        some.absences.append(Absence(s[4], AbsenceKind.OMITTED, 0.9))
        dropped = words_of(part[3], missing)
        some.find("adverbial", "accuracy/omission", Severity.MINOR, dropped, kept_by=["bridge-001"], nearest=0.4)
        commas = [at for at, sign in enumerate(some.text) if sign == "，"][-2:]
        places = tuple(Place("bridge-002", "target", at, at + 1, "，") for at in commas)
        some.find("print", "linguistic conventions/punctuation", Severity.INFO, None, "桥已有", places)
        some.link([s[6]], "感谢大家的耐心。").add("\n")
        words.add("这封信说桥“").link([s[3]], "不安全", mode=Mode.FRAGMENT, confidence=0.8).add("”，并不意外。\n")
        old.link([s[2]], "經過深思，").rest(ResidueKind.NARRATION, "他又說：").link([s[2]], "我決定關閉它。").add("\n")
    whole.rest(ResidueKind.FURNITURE, "分享本文")
    return {"bridge-001": whole, "bridge-002": some, "bridge-003": words, "bridge-004": old}


def words_of(segment: Segment, words: str) -> Quoted:
    """Words of the letter; the misprint of its base witness is allowed for."""
    at = segment.text.find(words)
    words = words if at >= 0 else words.replace("difficult", "diffcult")
    at = segment.start + segment.text.index(words)
    return Quoted(at, at + len(words), words)


def build(folder: Path, repeat: int = 1) -> Path:
    """Write the corpus under `folder` and give the folder of its manifest."""
    corpus, documents = folder / "corpus", folder / "corpus" / "documents"
    documents.mkdir(parents=True)
    body = BODY * repeat
    # Words that stand once, so that they can pin the letter.
    body = body[: body.rindex("With kind")].replace("Dear ", "Dearest ", 1)
    body += "With kindest regards.\n\nPrinted by the town.\n"
    texts = {
        "bridge-a": "A letter from the mayor\n\n" + body,
        "bridge-b": "Copied from the board\n\n" + body.replace("diffcult", "difficult"),
        "note": NOTE,
        "note-zh": "致全体船员：\n\n渡船六点开航。带一盏灯。\n\n港务长\n",
        **{f"bridge-00{n}": "-" for n in range(1, 5)},
    }
    for name, text in texts.items():
        (documents / f"{name}.txt").write_text(text, encoding="utf-8")
    listed = "".join(f'[[document]]\nfile = "{name}.txt"\n' for name in texts)
    (corpus / "letters.toml").write_text(listed + MANIFEST, encoding="utf-8")
    opened = Corpus.open(corpus)
    made = {("bridge", name): article for name, article in articles(opened.letter("bridge")).items()}
    made["note", "note-zh"] = _note(opened.letter("note"))
    for (letter, name), article in made.items():
        _write(corpus, letter, name, article)
    return corpus


def _note(letter: Letter) -> Article:
    article = Article()
    for segment, gloss in zip(letter.segments, ("致全体船员：", "渡船六点开航。", "带一盏灯。", "港务长"), strict=True):
        article.link([segment.id], gloss).add("\n\n" if gloss[-1] not in "。" else "")
    return article


def _write(corpus: Path, letter: str, name: str, article: Article) -> None:
    (corpus / "documents" / f"{name}.txt").write_text(article.text, encoding="utf-8")
    opened = Corpus.open(corpus)
    entry = next(item for item in opened.entry(letter).renderings if item.id == name)
    alignment = article.alignment(opened.letter(letter), name, opened.document(entry.document), entry.language)
    (corpus / letter).mkdir(exist_ok=True)
    (corpus / letter / f"{name}.json").write_text(alignment_json.dumps(alignment), encoding="utf-8")
