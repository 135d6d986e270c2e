// Collation: emendations, variants, and the witnesses sentence by sentence.

const VIEWS = ["emendations", "variants", "side"];
const SIGN = { rule: "evidence.rule" };

// White space that differs has to be seen.
function shownBlank(space) {
  return space === "\n" ? "¶" : "␣";
}

class Collation {
  constructor(parent) {
    Object.assign(this, { parent, chosen: null });
  }

  show(data, go) {
    const before = this.data && this.data.view.letter.id;
    Object.assign(this, { data, go, view: data.view, say: speaker(data.messages) });
    const offered = this.view.witnesses.length > 1 ? VIEWS : ["emendations"];
    if (before !== this.view.letter.id || !offered.includes(this.chosen)) this.chosen = offered[0];
    const root = attrs(el("div", "la-root la-coll"), { lang: data.language });
    root.append(this.head(offered), (this.pane = el("div", "la-pane la-sheet")));
    this.root = place(this.parent, this.root, root);
    followTheme(root);
    this.draw();
  }

  head(offered) {
    const { say, view } = this;
    const node = el("section", "la-colhead", attrs(el("h2", "", view.letter.author || view.letter.title), { lang: view.letter.language }));
    for (const witness of view.witnesses) {
      const line = el("p", "la-wit", el("b", "", say("collation.witness", { name: witness.id })), el("span", "la-muted", say("collation.place", witness)));
      if (witness.base && view.witnesses.length > 1) line.append(el("span", "la-muted", say("collation.base")));
      node.append(line);
    }
    if (view.witnesses.length === 1) {
      const key = view.emendations.length ? "collation.single" : "collation.single_none";
      node.append(el("p", "la-plainly", say(key, { name: view.witnesses[0].id })));
    }
    const bar = attrs(el("div", "la-bar"), { role: "toolbar", "aria-label": say("collation.views") });
    for (const name of offered) {
      const count = { emendations: view.emendations.length, variants: view.variants.length, side: view.sentences.length }[name];
      const tab = button("la-btn la-plain", null, () => this.choose(name), say(`collation.${name}`), el("b", "", String(count)));
      bar.append(attrs(tab, { "data-view": name }));
    }
    return el("div", "", node, bar);
  }

  choose(name) {
    this.chosen = name;
    this.draw();
  }

  draw() {
    if (this.list) this.list.destroy();
    for (const tab of this.root.querySelectorAll("[data-view]")) {
      attrs(tab, { "aria-pressed": String(tab.dataset.view === this.chosen) }).classList.toggle("la-on", tab.dataset.view === this.chosen);
    }
    this.pane.replaceChildren();
    this.pane.scrollTop = 0;
    this[this.chosen]();
  }

  table(cls, heads, items, make, empty) {
    if (!items.length) return this.pane.append(el("p", "la-empty", empty));
    const head = attrs(el("div", `la-tr la-th ${cls}`, ...heads.map((text) => attrs(el("div", "", text), { role: "columnheader" }))), { role: "row" });
    const table = attrs(el("div", "", head), { role: "table", "aria-label": this.say("collation.label"), "aria-rowcount": items.length + 1 });
    this.pane.append(table);
    this.list = new Chunks(this.pane, (item) => {
      const row = attrs(el("div", `la-tr ${cls}`, ...make(item)), { role: "row" });
      for (const cellNode of row.children) attrs(cellNode, { role: "cell" });
      return [row];
    }, 60, table);
    this.list.show(items);
    return undefined;
  }

  emendations() {
    const { say } = this;
    const heads = ["sentence", "reading", "emended", "evidence", "context", "status", "id"].map((key) => say(`collation.${key}`));
    this.table("la-t-em", heads, this.view.emendations, (e) => [
      this.sentence(e.sentence),
      el("div", "", this.english("b", e.text), this.offsets(e.start, e.end)),
      el("div", e.rejected ? "la-struck" : "", this.english("b", e.replacement)),
      el("div", "", this.evidence(e)),
      this.context(e, e.text),
      el("div", e.rejected ? "la-muted" : "", say(e.rejected ? "collation.rejected" : "collation.applied")),
      el("div", "", el("code", "la-code", e.id)),
    ], say("collation.no_emendations"));
    if (this.view.emendations.length) this.pane.append(this.howTo());
  }

  variants() {
    const { say } = this;
    const heads = ["sentence", "reading", "second", "kind", "context", "emendations"].map((key) => say(`collation.${key}`));
    this.table("la-t-var", heads, this.view.variants, (v) => [
      this.sentence(v.sentence),
      this.reading(v.base),
      el("div", "", el("span", "la-chip", v.other.witness), " ", ...this.reading(v.other).childNodes),
      el("div", "", this.kind(v.kind)),
      this.context(v, v.base.text),
      el("div", "", ...v.emendations.map((id) => el("code", "la-code", id))),
    ], say("collation.no_variants"));
  }

  side() {
    const { say, view } = this;
    this.pane.style.setProperty("--cols", `46px repeat(${view.witnesses.length}, minmax(240px, 1fr))`);
    const heads = ["", ...view.witnesses.map((w) => say("collation.witness", { name: w.id }))];
    const numbered = view.sentences.map((sentence, i) => ({ ...sentence, n: i + 1 }));
    this.table("la-t-side", heads, numbered, (s) => [this.sentence(s.n), ...[s, ...s.others].map((part) => this.passage(part))], say("collation.no_variants"));
  }

  passage(part) {
    const text = this.english("p", "");
    const marks = part.marks.map(([start, end, kind]) => ({ start, end, cls: kind === "typography" ? "la-var la-quiet" : "la-var", title: this.kind(kind) }));
    addMarked(text, part.text, marks.filter((mark) => mark.start < mark.end));
    return el("div", part.marks.length ? "la-differs" : "", text);
  }

  sentence(n) {
    const label = this.say("collation.to_read", { n });
    return el("div", "", button("la-link", label, () => this.go(n), String(n)));
  }

  reading(reading) {
    const blank = !reading.text.trim();
    if (reading.text && blank) return el("div", "", el("span", "la-blank", [...reading.text].map(shownBlank).join("")), this.offsets(reading.start, reading.end));
    if (blank) return el("div", "", el("i", "la-muted", this.say("collation.gap")), this.offsets(reading.start, reading.end));
    return el("div", "", this.english("b", reading.text), this.offsets(reading.start, reading.end));
  }

  english(tag, text) {
    return attrs(el(tag, "la-en", text), { lang: this.view.letter.language });
  }

  offsets(start, end) {
    const key = start === end ? "collation.offset" : "collation.offsets";
    return el("div", "la-off", this.say(key, { start, end }));
  }

  context(item, text) {
    const node = this.english("div", "");
    node.classList.add("la-kwic");
    // A space at the edge stands where the letter goes on.
    const cut = [/^\s/.test(item.before) ? "…" : "", /\s$/.test(item.after) ? "\u00a0…" : ""];
    node.append(cut[0], item.before, el("mark", "", text), item.after.trimEnd() + cut[1]);
    return node;
  }

  kind(name) {
    const text = this.say(`collation.variant_kind.${name}`);
    return text.startsWith("collation.") ? this.say("collation.variant_kind.other", { name }) : text;
  }

  evidence(emendation) {
    if (emendation.evidence === "witness") return this.say("evidence.witness", { name: emendation.witness });
    const text = this.say(`evidence.${emendation.evidence}`);
    return text.startsWith("evidence.") ? this.say(SIGN.rule, { name: emendation.evidence }) : text;
  }

  howTo() {
    const sample = `[[letter]]\nid = "${this.view.letter.id}"\nrejected_emendations = ["${this.view.emendations[0].id}"]`;
    return el("section", "la-how", el("h3", "", this.say("collation.reject_title")), rich(el("p"), this.say("collation.reject")), el("pre", "la-code", sample));
  }

  destroy() {
    if (this.list) this.list.destroy();
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const page = kept(parentElement, () => new Collation(parentElement));
  page.show(data, (n) => setTriggerValue("sentence", n));
  return () => left(parentElement, () => page.destroy());
}
