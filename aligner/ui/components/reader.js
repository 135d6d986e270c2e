// Read: holds what the reader has chosen, draws the parts, listens to keys. Selection never leaves the browser but as
// a number for the address.

class Reader extends FindingChoice {
  constructor(parent) {
    super();
    this.parent = parent;
    this.hidden = new Set();
    Object.assign(this, { selected: null, filter: "all", query: "", search: null, turn: 0, shown: [], finding: null, info: true });
    this.face = remember("face") === "sans" ? "sans" : "serif";
    const zoom = remember("zoom");
    this.zoom = Number.isInteger(zoom) && ZOOMS[zoom] ? zoom : 2;
    this.tour = new Tour(this);
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
    this.onPrint = () => this.print(true);
    this.onPrinted = () => this.print(false);
    window.addEventListener("beforeprint", this.onPrint);
    window.addEventListener("afterprint", this.onPrinted);
  }

  // New data: another letter starts afresh, another language keeps everything but the words.
  show(data, report, go) {
    const before = this.data && this.data.view;
    const { start: _, ...drawn } = data;
    const text = JSON.stringify(drawn);
    const same = text === this.drawnOf && this.root && this.parent.contains(this.root);
    this.drawnOf = text;
    Object.assign(this, { data, report, go, view: data.view, say: speaker(data.messages) });
    this.say.language = data.language;
    const fresh = !before || before.letter.id !== data.view.letter.id;
    if (fresh) {
      Object.assign(this, { selected: null, filter: "all", query: "", search: null, finding: null, info: !data.view.hide_info });
      this.hidden.clear();
    }
    this.columns = data.view.columns.filter((column) => !this.hidden.has(column.id));
    const anchor = fresh ? 0 : this.anchor();
    const { sentence = before ? 0 : this.kept(), turn = 0, finding } = data.start || {};
    const jump = sentence && (fresh || turn !== this.turn) && sentence <= data.view.rows.length;
    this.turn = turn;
    if (jump) this.selected = sentence;
    // Another build may have other findings; a sentence that is opened shows its gravest.
    if (jump || !this.visible([this.finding]).length) this.finding = jump ? this.named(finding, sentence) ?? this.gravest(sentence) : null;
    this.keep();
    // A click that has begun on a row must not find it replaced: what is the same is not drawn again.
    if (!same || jump) this.draw();
    if (anchor && !same) this.scrollTo(anchor, "start");
    if (fresh && !before) this.tour.begin();
    if (!jump) return;
    this.scrollTo(this.selected, "center");
    if (this.finding === null) return;
    this.showFinding(this.finding);
    this.toWords(this.finding);
  }

  // Streamlit takes a component down and puts it up again when one run interrupts another; the server may not have
  // heard of the sentence by then.
  keep() {
    window.letterAligner = { letter: this.view.letter.id, sentence: this.selected };
  }

  kept() {
    const { letter, sentence } = window.letterAligner || {};
    return letter === this.view.letter.id && sentence ? sentence : 0;
  }

  draw() {
    if (this.list) this.list.destroy();
    this.columns = this.view.columns.filter((column) => !this.hidden.has(column.id));
    const root = attrs(el("div", "la-root la-reader"), { lang: this.data.language, "data-face": this.face });
    root.style.setProperty("--zoom", ZOOMS[this.zoom]);
    this.pane = attrs(el("div", "la-grid la-pane"), { role: "grid", "aria-label": this.say("grid.label"), "aria-rowcount": this.view.rows.length + 1 });
    this.pane.addEventListener("click", (event) => this.click(event));
    this.aside = inspector(this);
    root.append(card(this), bar(this), el("div", "la-main", this.pane, this.aside), legend(this));
    this.root = place(this.parent, this.root, root);
    followTheme(root);
    this.rows();
    this.tour.redraw();
  }

  // Draws the grid anew for the filter, the search and the columns.
  rows() {
    if (this.list) this.list.destroy();
    this.columns = this.view.columns.filter((column) => !this.hidden.has(column.id));
    this.root.style.setProperty("--cols", columnWidths(this.columns));
    this.root.style.setProperty("--min", `${46 + 220 + 176 * this.columns.length}px`);
    this.shown = this.view.rows.map((_, i) => i + 1).filter((n) => this.passes(n, this.filter) && this.found(n));
    const empty = emptyState(this);
    this.pane.replaceChildren(gridHead(this), ...(empty ? [empty] : []));
    this.list = new Chunks(this.pane, (n) => gridRow(this, n), 110 * ZOOMS[this.zoom]);
    this.list.show(this.shown);
    markBar(this);
    this.mark();
  }

  passes(n, filter) {
    if (filter === "findings") return this.standing(this.findingsOf(n)).length > 0;
    return filter === "all" || this.columns.some((column) => (column.cells[n - 1].flags || []).includes(filter));
  }

  count(filter) {
    return this.view.rows.reduce((sum, _, i) => sum + this.passes(i + 1, filter), 0);
  }

  found(n) {
    if (!this.search) return true;
    const row = this.view.rows[n - 1];
    const texts = [row.text, row.reading || ""];
    for (const column of this.columns) for (const piece of column.cells[n - 1].pieces || []) texts.push(...piece.texts.map((part) => part.text));
    return texts.some((text) => text.search(this.search) >= 0);
  }

  set(changes) {
    const anchor = this.anchor();
    Object.assign(this, changes);
    if ("face" in changes) remember("face", (this.root.dataset.face = this.face));
    if ("zoom" in changes) remember("zoom", this.zoom), this.root.style.setProperty("--zoom", ZOOMS[this.zoom]);
    if ("face" in changes || "zoom" in changes) {
      if (anchor) this.scrollTo(anchor, "start");
      return markBar(this);
    }
    this.search = searcher(this.query);
    this.rows();
    this.pane.scrollTop = 0;
    if (this.selected && this.shown.includes(this.selected)) this.scrollTo(this.selected, "center");
    return undefined;
  }

  reset() {
    this.root.querySelector(".la-bar input").value = "";
    this.set({ filter: "all", query: "" });
  }

  toggle(id) {
    if (!this.hidden.delete(id)) this.hidden.add(id);
    const anchor = this.anchor();
    this.rows();
    if (anchor) this.scrollTo(anchor, "start");
    if (!this.visible([this.finding]).length) this.finding = null;
    fillInspector(this, this.aside);
  }

  // The first sentence that is seen whole, 0 at the top: what stays in place when everything is drawn anew.
  anchor() {
    if (!this.pane.scrollTop) return 0;
    const top = this.pane.firstChild.getBoundingClientRect().bottom;
    const row = [...this.pane.querySelectorAll(".la-line")].find((each) => each.getBoundingClientRect().top >= top - 1);
    return row ? Number(row.dataset.n) : 0;
  }

  // The row that Tab reaches.
  stop() {
    return this.selected && this.shown.includes(this.selected) ? this.selected : this.shown[0];
  }

  select(n, { jump = false, focus = false, finding = this.gravest(n) } = {}) {
    if (jump && !this.shown.includes(n)) this.reset();
    Object.assign(this, { selected: n, finding });
    lightFinding(this);
    this.keep();
    if (jump || focus) this.scrollTo(n, jump ? "center" : "nearest");
    this.mark();
    if (focus) this.focusGrid();
    fillInspector(this, this.aside);
    clearTimeout(this.timer);
    // A held key passes many sentences; the address gets the one it stops at.
    this.timer = setTimeout(() => this.report(n), 120);
  }

  mark() {
    const stop = this.stop();
    for (const row of this.pane.querySelectorAll(".la-line")) {
      const n = Number(row.dataset.n);
      row.classList.toggle("la-sel", n === this.selected);
      attrs(row, { "aria-selected": String(n === this.selected), tabindex: n === stop ? 0 : -1 });
    }
    for (const cellNode of this.root.querySelectorAll(".la-sq")) {
      cellNode.classList.toggle("la-cur", this.selected >= Number(cellNode.dataset.first) && this.selected <= Number(cellNode.dataset.last));
    }
  }

  scrollTo(n, block) {
    this.list.reveal(n);
    const row = this.pane.querySelector(`.la-line[data-n="${n}"]`);
    if (row) bringIn(this.pane, row, block);
  }

  move(by) {
    const at = this.shown.indexOf(this.selected);
    const next = at < 0 ? this.stop() : this.shown[Math.min(this.shown.length - 1, Math.max(0, at + by))];
    if (next) this.select(next, { focus: true });
  }

  focusGrid() {
    const row = this.pane.querySelector(`.la-line[data-n="${this.stop()}"]`);
    if (row) row.focus({ preventScroll: true });
  }

  close() {
    this.aside.classList.remove("la-open");
    this.focusGrid();
  }

  click(event) {
    const row = event.target.closest(".la-line");
    const here = event.target.closest("[data-f]");
    const marked = here ? this.visible(here.dataset.f.split(" ").map(Number)) : [];
    if (!row && marked.length) return this.select(this.view.findings[marked[0]].rows[0], { finding: marked[0] });
    if (!row || event.target.closest("summary, a, button")) return;
    // Dragging over text is selecting text.
    if (!document.getSelection().isCollapsed && document.getSelection().containsNode(event.target, true)) return;
    // Where several lie over one another, a further click opens the next.
    const finding = marked.length ? marked[(marked.indexOf(this.finding) + 1) % marked.length] : undefined;
    this.select(Number(row.dataset.n), { finding });
    if (finding !== undefined) this.showFinding(finding);
    row.focus({ preventScroll: true });
  }

  key(event) {
    if (isHeld(event) || event.defaultPrevented || inTextField(event)) return;
    const key = mappedKey(this, keyOfEvent(event));
    const inGrid = this.pane.contains(document.activeElement) || document.activeElement === document.body;
    const onRow = document.activeElement === document.body || document.activeElement.classList.contains("la-line");
    const binding = this.data.keys.find((b) => b.keys.includes(key) || (inGrid && b.local.includes(key)));
    if (!binding || ((key === "enter" || key === " ") && !onRow)) return;
    event.preventDefault();
    this.act(binding.action);
  }

  act(action) {
    const last = this.shown[this.shown.length - 1];
    const acts = {
      next: () => this.move(1),
      previous: () => this.move(-1),
      first: () => this.shown.length && this.select(this.shown[0], { focus: true }),
      last: () => last && this.select(last, { focus: true }),
      open: () => this.open(),
      word_before: () => stepWord(this, -1),
      word_after: () => stepWord(this, 1),
      back: () => (this.root.querySelector(".la-help") ? toggleHelp(this) : this.close()),
      search: () => this.root.querySelector(".la-bar input").focus(),
      help: () => toggleHelp(this),
    };
    acts[action]();
  }

  open() {
    const row = document.activeElement.closest && document.activeElement.closest(".la-line");
    const n = row ? Number(row.dataset.n) : this.stop();
    if (n && n !== this.selected) this.select(n);
    this.aside.classList.add("la-open");
    this.aside.focus({ preventScroll: true });
  }

  // Paper takes every row, and what is folded in a cell; afterwards both are as they were.
  print(now) {
    if (!this.list) return;
    if (now) this.list.fillAll();
    const folds = [...this.pane.querySelectorAll(".la-cell details")].filter((each) => (now ? !each.open : each.dataset.printed));
    for (const fold of folds) {
      fold.open = now;
      fold.dataset.printed = now ? "1" : "";
    }
    if (!now) this.list.watchAgain();
  }

  destroy() {
    document.removeEventListener("keydown", this.onKey);
    window.removeEventListener("beforeprint", this.onPrint);
    window.removeEventListener("afterprint", this.onPrinted);
    clearTimeout(this.timer);
    this.tour.stop();
    this.list.destroy();
  }
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const reader = kept(parentElement, () => new Reader(parentElement));
  reader.show(data, (n) => setStateValue("sentence", n), (page) => setTriggerValue("go", page));
  return () => left(parentElement, () => reader.destroy());
}
