// Compare: the renderings of a letter held against one another.

class Compare {
  constructor(parent) {
    Object.assign(this, { parent, picks: {}, whole: new Set(), awaits: null });
    this.hub = window.letterAlignerCompare = window.letterAlignerCompare || { states: {} };
    this.taking = (name) => this.take(name);
    // Lines break anew with the width.
    this.sizes = new ResizeObserver(() => this.lines && this.lines());
  }

  // To a sentence on the Read page, and the finding that a mark there is about.
  go(n, mark) {
    this.send("sentence", { n, finding: (mark && mark.finding) || null });
  }

  review() {
    this.send("review", true);
  }

  // What came behind the page, of this letter.
  state(name) {
    const state = this.hub.states[name];
    return state && state.letter === this.view.letter.id ? state : null;
  }

  words() {
    const state = this.state("words");
    return state && !state.later ? state : null;
  }

  take(name) {
    if (!this.root || !this.view.built || !this.state(name)) return;
    if (name === "words" && this.askAgain()) return;
    if (name === "words") this.awaits = null;
    const focus = document.activeElement && this.root.contains(document.activeElement) ? document.activeElement.dataset : {};
    const kept = ["choice", "step"].filter((key) => focus[key]).map((key) => `[data-${key}="${focus[key]}"]`);
    this.redraw(name === "words" ? "differ" : "errors", kept[0] || "[data-none]");
    this.markSentence();
  }

  // Where the server was not ready for words, it is asked again; gives whether it was not.
  askAgain() {
    clearTimeout(this.again);
    const state = this.state("words");
    if (state && !state.later) return false;
    this.again = setTimeout(() => this.send("pick", { ...(this.awaits || this.picked()), letter: this.view.letter.id, turn: Date.now() }), state ? 500 : 5000);
    return true;
  }

  // Another sentence, other renderings, another base: the server answers with the words.
  pick(changes) {
    const now = this.awaits || this.picked();
    this.awaits = { ...now, ...changes, letter: this.view.letter.id };
    this.send("pick", this.awaits);
    this.markSentence();
    const part = this.root.querySelector("[data-part=differ]");
    if (part) attrs(part, { "aria-busy": "true" });
  }

  picked() {
    const state = this.state("words");
    if (!state || state.problem || state.later) return { sentence: state ? state.sentence : null, renderings: null, base: null };
    const some = state.renderings.length && state.renderings.length < state.all.length;
    return { sentence: state.sentence, renderings: some ? state.renderings : null, base: state.chosen };
  }

  markSentence() {
    const n = this.awaits ? this.awaits.sentence : (this.state("words") || {}).sentence;
    this.root.querySelectorAll(".la-vb button").forEach((node, i) => {
      node.classList.toggle("la-cur", i + 1 === n);
      attrs(node, { "aria-pressed": String(i + 1 === n) });
    });
  }

  show(data, send) {
    const before = this.data && this.data.view.letter.id;
    const seen = this.pane ? this.pane.scrollTop : 0;
    Object.assign(this, { data, send, view: data.view, say: speaker(data.messages) });
    if (before !== this.view.letter.id) Object.assign(this, { picks: {}, whole: new Set(), awaits: null });
    this.hub.take = this.taking;
    const root = attrs(el("div", "la-root la-vs"), { lang: data.language });
    this.pane = attrs(el("div", "la-pane la-panels"), { tabindex: -1 });
    this.root = place(this.parent, this.root, root);
    followTheme(root);
    if (!this.view.built) return root.append(this.missing());
    root.append(this.bar(), this.pane);
    this.fill();
    if (before === this.view.letter.id) this.pane.scrollTop = seen;
    if (data.finding !== this.named || before !== this.view.letter.id) {
      this.named = data.finding;
      this.showNamed();
    }
    return undefined;
  }

  parts() {
    return {
      variation: () => variationPart(this),
      differ: () => differPart(this),
      contrast: () => contrastPart(this),
      errors: () => errorsPart(this),
      sharing: () => sharingPart(this),
      findings: () => togetherPart(this),
      names: () => matrixPart(this, "names"),
      terms: () => matrixPart(this, "terms"),
      numbers: () => matrixPart(this, "numbers"),
    };
  }

  fill() {
    const { say, view } = this;
    const draw = this.parts();
    if (view.left_out.length) this.pane.append(el("p", "la-apart la-muted", say("compare.not_compared", { names: view.left_out.join(say("compare.comma")) })));
    const right = el("div", "", draw.errors(), draw.sharing());
    if (view.findings.length) right.append(draw.findings());
    this.pane.append(el("div", "la-two", el("div", "", draw.variation(), draw.differ(), draw.contrast()), right));
    const many = view.columns.length > 4 ? "la-stack" : "";
    const tables = el("div", `la-two la-tables ${many}`.trim(), el("div", "", draw.names()), el("div", "", draw.terms(), draw.numbers()));
    const signs = el("p", "la-vkey la-signs", el("span", "", el("i", "la-k la-hatch"), say("compare.key_left_out")), el("span", "", el("b", "", say("compare.unnamed_sign")), say("compare.key_unnamed")), el("span", "", say("compare.key_count")), el("span", "", say("compare.key_sentence")));
    this.pane.append(tables, signs);
    this.markSentence();
    this.settle();
    this.askAgain();
  }

  // The finding across renderings that the address names.
  showNamed() {
    const node = this.named && this.root.querySelector(`[data-finding="${CSS.escape(this.named)}"]`);
    if (!node) return;
    node.classList.add("la-named");
    node.scrollIntoView({ block: "center" });
    node.focus({ preventScroll: true });
  }

  bar() {
    const { say, view } = this;
    const node = attrs(el("div", "la-bar"), { role: "toolbar", "aria-label": say("compare.parts") });
    const names = Object.keys(this.parts()).filter((name) => name !== "findings" || view.findings.length);
    for (const name of names) node.append(button("la-btn la-plain", null, () => this.jump(name), say(`compare.${name}`)));
    const legend = el("span", "la-key", ...[...view.severities].reverse().map((name) => attrs(el("span", "", severityMark(name), say(`severity.${name}`)), { title: say(`severity_is.${name}`) })));
    node.append(el("span", "la-spring"), legend);
    return node;
  }

  jump(name) {
    const part = this.root.querySelector(`[data-part="${name}"]`);
    part.scrollIntoView({ block: "start" });
    part.querySelector("h2").focus({ preventScroll: true });
  }

  missing() {
    const { say, view } = this;
    const state = view.problem ? [el("b", "", say("compare.problem")), el("span", "", view.problem)] : [el("b", "", say("compare.unbuilt")), rich(el("span"), say("compare.unbuilt_hint"))];
    return attrs(el("div", "la-empty", ...state), { role: "status" });
  }

  section(name, tools, ...children) {
    const title = attrs(el("h2", "", this.say(`compare.${name}`)), { tabindex: -1, id: `la-h-${name}` });
    const head = el("div", "la-ttl", title, el("span", "la-spring"), ...tools);
    return attrs(el("section", "", head, ...children), { "data-part": name, "aria-labelledby": `la-h-${name}` });
  }

  cap(...children) {
    return el("p", "la-cap", ...children);
  }

  // What can be laid out only once it is in the page.
  settle() {
    this.sizes.disconnect();
    const flow = this.root.querySelector(".la-df-flow");
    if (flow) this.sizes.observe(flow);
  }

  // Draws one part anew; the focus stays on what was pressed.
  redraw(name, focus) {
    this.root.querySelector(`[data-part="${name}"]`).replaceWith(this.parts()[name]());
    this.settle();
    const target = this.root.querySelector(focus);
    if (target) target.focus({ preventScroll: true });
  }

  chosen(name, count, standard) {
    const pick = this.picks[name];
    return pick === undefined || pick >= count ? standard : pick;
  }

  choose(name, i, kind) {
    this.picks[name] = i;
    this.whole.delete(name);
    this.redraw(name, `[data-choice="${kind ? name : `${name}${i}`}"]`);
  }

  more(name, n) {
    const open = this.whole.has(name);
    const act = () => {
      if (open) this.whole.delete(name);
      else this.whole.add(name);
      this.redraw(name, `[data-more="${name}"]`);
    };
    return attrs(button("la-btn la-plain la-all", null, act, this.say(open ? "compare.fewer" : "compare.more", { n })), { "data-more": name, "aria-expanded": String(open) });
  }

  column(id) {
    return this.view.columns.find((column) => column.id === id);
  }

  chip(id) {
    const column = this.column(id);
    return column ? column.chip : id;
  }

  number(n, mark) {
    return button("la-link", this.say("compare.sentence_link", { n }), () => this.go(n, mark), String(n));
  }

  english(text) {
    return attrs(el("span", "la-en", text), { lang: this.view.letter.language });
  }

  chinese(text, rendering) {
    const node = attrs(el("span", "la-zh"), { lang: this.column(rendering) ? this.column(rendering).language : "zh-Hans" });
    addText(node, text);
    return node;
  }

  told(mark) {
    const texts = mark.messages;
    return `${this.say(`severity.${mark.severity}`)}${this.say("compare.colon")}${texts[this.data.language.slice(0, 2)] || texts.en || Object.values(texts)[0] || ""}`;
  }

  // A severity's glyph with what was found, an empty place without.
  mark(mark, more = "") {
    if (!mark) return el("span", "la-mk");
    const text = [more, this.told(mark)].filter(Boolean).join(this.say("compare.stop"));
    return attrs(el("span", "la-mk", severityMark(mark.severity), el("span", "la-sr", text)), { title: text });
  }
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const page = kept(parentElement, () => new Compare(parentElement));
  page.show(data, (name, value) => (name === "pick" ? setStateValue : setTriggerValue)(name, value));
  return () => left(parentElement, () => {
    page.sizes.disconnect();
    clearTimeout(page.again);
    // Streamlit may have put up another in the meantime.
    if (page.hub.take === page.taking) page.hub.take = null;
  });
}
