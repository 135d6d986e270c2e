"""Compile the marked letters of this folder into plain documents and gold.

Usage: compile.py [FOLDER ...] [--check] [--show]

Every folder with a `source.marked.txt` gives `source.txt`, `rN.txt` and `gold/*.json`; the marks are explained in
README.md. `--check` writes nothing and exits 1 when a written file differs; `--show` prints every English sentence
beside the Chinese that renders it. Offsets are Unicode code points of the plain text, end exclusive.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OPEN = {"⟦": "⟧", "⟪": "⟫", "⟨": "⟩"}
MARKS = set(OPEN) | set(OPEN.values())
KINDS = ("salutation", "body", "list item", "signoff", "signature")
MODES = ("direct", "indirect", "fragment")  # best first
RESIDUE = ("commentary", "narration", "heading", "translator_note", "addition", "injected", "echo", "source_quote",
           "furniture")  # fmt: skip
SEVERITIES = ("info", "minor", "major", "critical")
SCOPES = ("translation", "excerpting", "insertion", "injection", "narration")
DETECTABLE = ("auto", "lexicon", "model", "human")
CATEGORY = re.compile(r"(accuracy|terminology|linguistic conventions|style|locale conventions|audience appropriateness)"
                      r"(/[a-z][a-z -]+)?")  # fmt: skip
META = {
    "offsets": "[start,end) in Unicode code points of the file decoded as UTF-8 (no BOM, no CR)",
    "certainty": "firm = must be found; soft = loose mention, a scorer should neither require nor punish it",
    "carrier": "reporting words around a span, the span included",
    "region": "first to last firm span; [0, 0] where the article renders nothing of the letter",
    "residue": "text that renders nothing of the letter; disjoint from the spans; not exhaustive outside the region",
    "hard_negatives": "residue that resembles sentences of the letter (`tempting`) but does not render them",
    "generated": "by compile.py from the *.marked.txt files: edit those",
}

Json = dict[str, Any]


class CompileError(ValueError):
    """A fault in a marked file or in divergences.toml, with its place."""


@dataclass
class Node:
    """One mark: what opened it, the words before `|`, and its place in the plain text."""

    opener: str
    head: str
    start: int
    end: int = -1
    line: int = 0
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        for child in self.children:
            yield child
            yield from child.walk()


def parse(marked: str, where: str) -> tuple[str, Node]:
    """Strip the marks: the plain text and the tree of marks (the root spans everything)."""
    plain: list[str] = []
    root = Node("", "", 0)
    stack = [root]
    i, line = 0, 1
    while i < len(marked):
        c = marked[i]
        if c in OPEN:
            node = Node(c, "", len(plain), line=line)
            head = re.compile(r"[^|\n⟦⟧⟪⟫⟨⟩]*\|").match(marked, i + 1) if c == "⟦" else None
            if c == "⟦" and head is None:
                raise CompileError(f"{where}:{line}: ⟦ without `head|`")
            if head is not None:
                node.head, i = head.group()[:-1].strip(), head.end() - 1
            stack[-1].children.append(node)
            stack.append(node)
        elif c in MARKS:
            node = stack.pop()
            if not stack or OPEN[node.opener] != c:
                raise CompileError(f"{where}:{line}: {c} closes nothing that is open")
            node.end = len(plain)
            if node.end == node.start:
                raise CompileError(f"{where}:{line}: an empty mark")
        else:
            plain.append(c)
            line += c == "\n"
        i += 1
    if len(stack) > 1:
        raise CompileError(f"{where}:{stack[-1].line}: {stack[-1].opener}{stack[-1].head} is never closed")
    root.end = len(plain)
    return "".join(plain), root


def piece(text: str, start: int, end: int, **more: object) -> Json:
    return {"start": start, "end": end, "text": text[start:end], **more}


def check_edges(text: str, node: Node, where: str) -> None:
    found = text[node.start : node.end]
    if found != found.strip():
        raise CompileError(f"{where}:{node.line}: the mark {node.head!r} begins or ends with white space")


def compile_source(marked: str, where: str) -> tuple[str, Json]:
    """The plain page and the letter's sentences."""
    text, root = parse(marked, where)
    sentences: list[Json] = []
    para = 0
    for node in root.children:
        number, _, kind = node.head.partition(" ")
        expected = f"s{len(sentences) + 1:02d}"
        if number != expected or kind not in KINDS or node.children:
            raise CompileError(f"{where}:{node.line}: {node.head!r}, expected {expected} and one of {', '.join(KINDS)}")
        check_edges(text, node, where)
        para += bool(sentences) and "\n" in text[sentences[-1]["end"] : node.start]
        sentences.append({"id": number, "kind": kind, **piece(text, node.start, node.end), "para": para})
    if not sentences:
        raise CompileError(f"{where}: no sentence is marked")
    region = [sentences[0]["start"], sentences[-1]["end"]]
    return text, {"file": "source.txt", "region": region, "sentences": sentences}


def sentence_ids(words: str, known: list[str], where: str) -> list[str]:
    ids = [w.strip() for w in words.split(",") if w.strip()]
    for i in ids:
        if i not in known:
            raise CompileError(f"{where}: {i!r} is no sentence of the letter")
    return ids


def is_residue(node: Node) -> bool:
    return node.opener == "⟦" and node.head.startswith("!")


def is_span(node: Node) -> bool:
    return node.opener == "⟦" and not is_residue(node)


def span_of(text: str, node: Node, known: list[str], where: str) -> Json:
    at = f"{where}:{node.line}"
    words, _, mode = node.head.rpartition(" ")
    ids = sentence_ids(words.lstrip("~"), known, at)
    if mode not in MODES or not ids:
        raise CompileError(f"{at}: {node.head!r} should be `ids mode` or `~ids mode`, mode one of {', '.join(MODES)}")
    check_edges(text, node, where)
    for child in node.children:
        if child.opener != "⟨":
            raise CompileError(f"{at}: only insertions ⟨...⟩ may stand inside a span")
    certainty = "soft" if words.startswith("~") else "firm"
    out = piece(text, node.start, node.end, en=ids, mode=mode, certainty=certainty)
    if node.children:
        out["insertions"] = [piece(text, c.start, c.end) for c in node.children]
    return out


def carriers(text: str, root: Node, where: str) -> dict[int, Json]:
    """Reporting words by the start of the span they carry.

    Of several spans in one carrier each takes the words before it, the last also those after it, so that no span is
    excused for its neighbour's words.
    """
    found: dict[int, Json] = {}
    for node in root.walk():
        if node.opener != "⟪":
            continue
        inner = [n for n in node.walk() if is_span(n)]
        if not inner:
            raise CompileError(f"{where}:{node.line}: a carrier ⟪...⟫ without a span inside")
        start = node.start
        for span in inner:
            end = node.end if span is inner[-1] else span.end
            if re.search(r"\w", text[start : span.start] + text[span.end : end]):
                found[span.start] = piece(text, start, end)
            start = span.end
    return found


def residue_of(text: str, root: Node, known: list[str], where: str) -> tuple[list[Json], list[Json]]:
    """Residue in disjoint pieces, and the hard negatives among it.

    A mark inside another cuts it; the words of a carrier around its spans are narration.
    """
    residue: list[Json] = []
    negatives: list[Json] = []
    for node in root.walk():
        if node.opener != "⟪" and not is_residue(node):
            continue
        kind, _, words = node.head[1:].partition(" ") if is_residue(node) else ("narration", "", "")
        if kind not in RESIDUE:
            raise CompileError(f"{where}:{node.line}: {kind!r} is none of {', '.join(RESIDUE)}")
        ids = sentence_ids(words, known, f"{where}:{node.line}")
        edges = [node.start, *(e for c in node.children for e in (c.start, c.end)), node.end]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            run = text[start:end]
            if re.search(r"\w|[*#(\[]", run):
                start += len(run) - len(run.lstrip())
                out = piece(text, start, start + len(run.strip()), kind=kind)
                residue.append({**out, "en": ids} if ids and kind == "echo" else out)
        if ids and kind != "echo":
            negatives.append(piece(text, node.start, node.end, tempting=ids))
    return sorted(residue, key=lambda r: r["start"]), negatives


def compile_rendering(marked: str, letter: str, name: str, known: list[str], where: str) -> tuple[str, Json]:
    """The plain article and its gold."""
    text, root = parse(marked, where)
    reporting = carriers(text, root, where)
    spans: list[Json] = []
    for node in filter(is_span, root.walk()):
        span = {"id": f"{letter}-{name}.s{len(spans) + 1:02d}", **span_of(text, node, known, where)}
        if node.start in reporting:
            span["carrier"] = reporting[node.start]
        spans.append(span)
    firm = [s for s in spans if s["certainty"] == "firm"]
    region = [firm[0]["start"], max(s["end"] for s in firm)] if firm else [0, 0]
    for span in spans:
        if span["start"] < region[0] or span["end"] > region[1]:
            span["outside_region"] = True
    modes = {i: [s["mode"] for s in firm if i in s["en"]] for i in known}
    linked = {i: min(m, key=MODES.index) for i, m in modes.items() if m}
    mentioned = {i for s in spans for i in s["en"]}
    residue, negatives = residue_of(text, root, known, where)
    return text, {
        "letter": letter, "file": f"{name}.txt", "region": region, "spans": spans, "partial": [],
        "omitted": [i for i in known if i not in mentioned],
        "soft_only": [i for i in known if i in mentioned and i not in linked],
        "sentence_mode": linked, "residue": residue, "hard_negatives": negatives,
    }  # fmt: skip


def place_zh(entry: Json, gold: Json, text: str, where: str) -> Json:
    """Offsets of the entry's Chinese words: inside the spans of its sentence, or anywhere for what is not the letter.

    Raises CompileError where they are not found, or where they stand outside the spans more than once.
    """
    words = entry.get("zh") or None
    if words is None:
        return {"zh_span": None, "zh_start": None, "zh_end": None}
    if entry["scope"] in ("injection", "insertion", "narration") and text.count(words) == 1:
        return {"zh_span": words, "zh_start": text.index(words), "zh_end": text.index(words) + len(words)}
    for span in sorted(gold["spans"], key=lambda s: s["certainty"] != "firm"):
        at = span["text"].find(words)
        if entry["en_id"] in span["en"] and at >= 0:
            start = span["start"] + at
            return {"zh_span": words, "zh_start": start, "zh_end": start + len(words), "span_id": span["id"]}
    raise CompileError(f"{where}: {words!r} is not in the spans of {entry['en_id']} in {entry['rendering']}")


def place_en(words: str | None, sentence: Json, where: str) -> Json:
    if not words:
        return {"en_span": None, "en_start": None, "en_end": None}
    at = sentence["text"].find(words)
    if at < 0:
        raise CompileError(f"{where}: {words!r} is not in {sentence['id']}: {sentence['text']!r}")
    start = sentence["start"] + at
    return {"en_span": words, "en_start": start, "en_end": start + len(words)}


def check_divergence(d: Json, where: str) -> None:
    wanted = {"rendering", "en_id", "en", "category", "severity", "is_error", "scope", "detectable_by", "explanation"}
    allowed = wanted | {"zh", "level", "group"}
    if wrong := (wanted - set(d)) | (set(d) - allowed):
        raise CompileError(f"{where}: missing or unknown keys: {', '.join(sorted(wrong))}")
    for key, values in (("severity", SEVERITIES), ("scope", SCOPES), ("detectable_by", DETECTABLE)):
        if d[key] not in values:
            raise CompileError(f"{where}: {key} {d[key]!r} is none of {', '.join(values)}")
    if not CATEGORY.fullmatch(d["category"]):
        raise CompileError(f"{where}: {d['category']!r} is no MQM category `dimension/type` in lower case")
    if not (d["en"] or d.get("zh")):
        raise CompileError(f"{where}: neither en nor zh words")


def compile_divergences(listed: Json, letter: str, source: Json, golds: Json, texts: dict[str, str], at: str) -> Json:
    """The planted divergences with offsets on both sides; fills `partial` of the renderings."""
    sentences = {s["id"]: s for s in source["sentences"]}
    out: list[Json] = []
    for n, d in enumerate(listed.get("d", []), 1):
        where = f"{at}: divergence {n}"
        check_divergence(d, where)
        name = f"{letter}-{d['rendering']}"
        if name not in golds or d["en_id"] not in sentences:
            raise CompileError(f"{where}: no rendering {d['rendering']!r} or no sentence {d['en_id']!r}")
        gold = golds[name]
        zh = place_zh(d, gold, texts[name], where)
        if d["category"] == "accuracy/omission" and d["en_id"] in gold["sentence_mode"] and d["en"]:
            level = d.get("level", "word")
            gold["partial"].append({"id": d["en_id"], "level": level, "missing": [d["en"]]})
        kept = {k: d[k] for k in ("category", "severity", "is_error", "scope", "detectable_by", "explanation")}
        group = {"group": d["group"]} if "group" in d else {}
        out.append({"id": f"{letter}-D{n:03d}", "rendering": name, "file": gold["file"], "en_id": d["en_id"],
                    **place_en(d["en"], sentences[d["en_id"]], where), **zh, **kept, **group})  # fmt: skip
    variants: list[Json] = []
    for n, v in enumerate(listed.get("variant", []), 1):
        where = f"{at}: variant {n}"
        places = []
        for rendering, words in v["zh"].items():
            entry = {"rendering": rendering, "en_id": v["en_id"], "zh": words, "scope": "translation"}
            if (name := f"{letter}-{rendering}") not in golds:
                raise CompileError(f"{where}: no rendering {rendering!r}")
            places.append({"rendering": name, **place_zh(entry, golds[name], texts[name], where)})
        english = place_en(v["en"], sentences[v["en_id"]], where)
        variants.append({"en_id": v["en_id"], **english, "is_error": False, "variants": places})
    return {"_meta": META, "divergences": out, "acceptable_variants": variants}


def compile_letter(folder: Path) -> tuple[dict[str, str], Json, Json]:
    """Everything that one folder gives: files by their names, the source's gold, the renderings' gold."""
    letter = folder.name
    source_text, source = compile_source(read(folder / "source.marked.txt"), f"{letter}/source.marked.txt")
    known = [s["id"] for s in source["sentences"]]
    files = {"source.txt": source_text}
    golds: Json = {}
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("r[0-9].marked.txt")):
        name = path.name.split(".")[0]
        text, gold = compile_rendering(read(path), letter, name, known, f"{letter}/{path.name}")
        files[f"{name}.txt"], golds[f"{letter}-{name}"], texts[f"{letter}-{name}"] = text, gold, text
    toml = folder / "divergences.toml"
    listed = tomllib.loads(read(toml)) if toml.exists() else {}
    divergences = compile_divergences(listed, letter, source, golds, texts, f"{letter}/divergences.toml")
    for name, text in files.items():
        if MARKS & set(text) or re.search(r"\|(direct|indirect|fragment)\|", text) or "\r" in text:
            raise CompileError(f"{letter}/{name}: a mark or a carriage return is left in the plain text")
    for name, value in (
        ("source_sentences", {"_meta": META, letter: source}),
        ("renderings", {"_meta": META, "renderings": golds}),
        ("divergences", divergences),
    ):
        files[f"gold/{name}.json"] = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return files, source, golds


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def show(source: Json, golds: Json) -> None:
    for name, gold in golds.items():
        print(f"\n##### {name} region {gold['region']} omitted {gold['omitted']} soft {gold['soft_only']}")
        for sentence in source["sentences"]:
            spans = [s for s in gold["spans"] if sentence["id"] in s["en"]]
            if spans:
                print(f"{sentence['id']} {sentence['text']}")
            for s in spans:
                carrier = f"   [{s['carrier']['text']}]" if "carrier" in s else ""
                print(f"    {','.join(s['en'])} {s['certainty']} {s['mode']}: {s['text']}{carrier}")
        for r in gold["residue"]:
            print(f"  - {r['kind']} {','.join(r.get('en', []))}: {r['text']!r}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", help="letters to compile (default: all)")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    found = sorted(p.parent for p in HERE.glob("*/source.marked.txt"))
    chosen = [p for p in found if not args.folders or p.name in {Path(f).name for f in args.folders}]
    if not chosen:
        print(f"no such letter; there are: {', '.join(p.name for p in found)}", file=sys.stderr)
        return 2
    stale = 0
    for folder in chosen:
        try:
            files, source, golds = compile_letter(folder)
        except (CompileError, tomllib.TOMLDecodeError) as fault:
            print(f"{folder.name}: {fault}", file=sys.stderr)
            return 2
        for name, text in files.items():
            path, data = folder / name, text.encode("utf-8")
            if path.exists() and path.read_bytes() == data:
                continue
            stale += 1
            if args.check:
                print(f"{folder.name}/{name} is not what the marked files give", file=sys.stderr)
            else:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
        if args.show:
            show(source, golds)
        planted = json.loads(files["gold/divergences.json"])["divergences"]
        print(
            f"{folder.name}: {len(source['sentences'])} sentences, {len(golds)} renderings, {len(planted)} divergences"
        )
    return int(args.check and stale > 0)


if __name__ == "__main__":
    sys.exit(main())
