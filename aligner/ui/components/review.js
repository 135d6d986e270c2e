// Review: one sentence in hand; what the reviewer does is shown at once and sent through the outbox.

class Review extends ReviewWork {
  constructor(parent) {
    super();
    this.parent = parent;
    this.blind = remember("reviewing-blind") === true;
    Object.assign(this, { n: 1, active: "", turn: 0, suggestion: null, dismissing: null, draft: null, faults: [], mine: null, who: "", deleted: null });
    this.single = remember("reviewing-single") === true;
    this.hints = remember("reviewing-hints") !== false;
    this.cursor = new WordCursor();
    this.onKey = (event) => this.key(event);
    this.onUp = (event) => this.up(event);
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("mouseup", this.onUp);
    // While a button of the mouse is down nothing is drawn anew: that would drop the selection, and the click.
    this.onDown = (event) => {
      this.pressed = true;
      this.from = [event.clientX, event.clientY];
    };
    this.onRelease = () => this.release();
    document.addEventListener("mousedown", this.onDown, true);
    for (const name of ["mouseup", "dragend", "pointercancel"]) document.addEventListener(name, this.onRelease, true);
    // By touch a selection grows after the finger is lifted; a button takes it.
    this.onSelect = () => this.offer(matchMedia("(pointer: coarse)").matches ? rvSelected() : null);
    document.addEventListener("selectionchange", this.onSelect);
    // What is not sent yet goes into the outbox, which the next page sends.
    this.onHide = () => {
      this.sendScore();
      this.saveText();
    };
    window.addEventListener("pagehide", this.onHide);
    this.hub = window.letterAlignerReview = window.letterAlignerReview || {};
    this.hub.take = this.taking = (state) => this.take(state);
    // Said once, a name can get lost in a server that has much to do; then the page would wait for its words for good.
    this.asking = setInterval(() => this.who && !this.mine && this.set && this.set("reviewer", this.who), 3000);
  }

  // The letter's texts.
  show(data, set) {
    const before = this.view;
    Object.assign(this, { data, set, say: speaker(data.messages) });
    Object.assign(this.say, { language: data.language, signed: data.signed });
    this.arrange();
    if (!this.outbox) this.outbox = new Outbox(ownBox("review", data.signed), (sent) => this.set("outbox", sent), () => this.parts && this.view && rvFillSaved(this));
    if (!before || before.letter.id !== data.view.letter.id) {
      Object.assign(this, { n: 1, draft: null, suggestion: null, mine: null, active: this.view.columns.length ? this.view.columns[0].id : "" });
      const kept = window.letterAlignerReviewAt;
      if (kept && kept.letter === data.view.letter.id) this.n = kept.n;
      this.restore();
    }
    const known = data.signed || remember("reviewer");
    if (known && known !== this.who) this.become(known, true);
    const state = this.hub.state;
    if (state && state.letter === data.view.letter.id) this.take(state, true);
    this.draw();
  }

  // What changes: the answer to what was sent, and the reviewer's own words.
  take(state, quiet) {
    if (!this.view || state.letter !== this.view.letter.id) return;
    this.faults.push(...this.outbox.receive(state.answer));
    if (state.mine && state.mine.reviewer === this.who) this.mine = state.mine;
    const { sentence = 0, turn = 0, finding } = state.start || {};
    const jump = turn !== this.turn && sentence && sentence <= this.view.rows.length;
    if (jump && sentence !== this.n) {
      this.draft = null;
      this.n = sentence;
      this.restore(sentence);
    }
    const named = jump && finding ? this.view.findings.findIndex((each) => findingName(each) === finding && each.rows.includes(sentence)) : -1;
    if (named >= 0) Object.assign(this, { suggestion: String(named), dismissing: null, active: this.view.findings[named].rendering });
    this.turn = turn;
    if (!quiet && this.root) this.refresh();
  }

  // After the click that the release may be.
  release() {
    this.pressed = false;
    if (this.late) setTimeout(() => this.late && !this.pressed && this.refresh(this.late === "all"), 0);
  }

  become(name, quiet) {
    if (name !== this.who) this.mine = null;
    if (this.who && name !== this.who && this.draft && this.draft.id) this.draft = null;
    this.who = name;
    this.arrange();
    this.set("reviewer", name);
    if (!quiet && this.root) {
      this.refresh();
      if (this.draft) this.saveDraft();
    }
  }

  column(id) {
    return this.view.columns.find((each) => each.id === id) || this.view.columns[0];
  }

  draw() {
    const root = attrs(el("div", "la-root la-review"), { lang: this.data.language });
    if (!this.view.columns.length) {
      root.append(attrs(el("div", "la-empty", el("b", "", this.say("empty.unbuilt")), rich(el("span"), this.say("empty.unbuilt_hint"))), { role: "status" }));
    } else {
      this.work = el("div", "la-rw la-pane");
      this.aside = el("aside");
      root.append(rvBar(this), el("div", "la-rw-main", this.work, this.aside));
    }
    this.root = place(this.parent, this.root, root);
    followTheme(root);
    if (this.view.columns.length) this.refresh(true);
  }

  // Draws everything below the bar anew; what has the focus keeps it, and text that is being written is left alone.
  refresh(all) {
    if (!this.view.columns.length) return;
    this.words = this.overlay();
    if (this.pressed) {
      this.late = all || this.late === "all" ? "all" : "some";
      return;
    }
    this.late = null;
    if (!this.openSuggestions().some((each) => this.keyOf(each) === this.suggestion)) {
      this.dismissing = null;
      const first = this.openSuggestions().find((each) => each.rendering === this.active) || this.openSuggestions()[0];
      this.suggestion = first ? this.keyOf(first) : null;
    }
    const held = rvSelected();
    const focus = document.activeElement && this.root.contains(document.activeElement) ? document.activeElement : null;
    const name = focus && (focus.dataset.key || focus.dataset.cell);
    const writing = focus && this.aside.contains(focus) && focus.matches("textarea, input");
    const reason = focus && focus.matches(".la-rw-reason");
    const [top, left] = [this.work.scrollTop, this.aside.scrollTop];
    rvFillBar(this);
    if (!reason) {
      const cols = el("div", "la-rw-cols", ...this.view.columns.filter((each) => !this.single || each.id === this.active).map((each) => rvColumn(this, each)));
      cols.style.setProperty("--n", cols.childElementCount);
      cols.classList.toggle("la-many", cols.childElementCount > 3);
      this.work.dataset.n = this.n;
      this.work.replaceChildren(...[rvFaults(this), rvSource(this), cols].filter(Boolean));
      this.work.scrollTop = top;
    }
    if (!writing || all) {
      const panel = rvPanel(this);
      this.aside.replaceWith(panel);
      this.aside = panel;
      panel.scrollTop = left;
    }
    if (name && document.activeElement === document.body) {
      const again = [...this.root.querySelectorAll("[data-key], [data-cell]")].find((each) => (each.dataset.key || each.dataset.cell) === name);
      if (again) again.focus({ preventScroll: true });
    }
    const cell = held && this.work.querySelector(`[data-cell="${held.cell.dataset.cell}"]`);
    if (cell && cell !== held.cell) rvShowSelection(cell, held.start, held.end);
  }

  select(n) {
    if (n < 1 || n > this.view.rows.length || n === this.n) return;
    this.leaveDraft();
    this.sendScore();
    Object.assign(this, { n, suggestion: null, dismissing: null });
    this.restore(n);
    window.letterAlignerReviewAt = { letter: this.view.letter.id, n };
    this.work.scrollTop = 0;
    this.refresh(true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.set("sentence", n), 150);
  }

  activate(id) {
    if (id === this.active) return;
    this.active = id;
    for (const part of this.work.querySelectorAll("[data-column]")) part.classList.toggle("la-on", part.dataset.column === id);
    if (this.draft && !this.draft.id && !this.draft.target.length) this.changeDraft({ rendering: id });
  }

  // The rendering beside the active one gets the focus.
  beside(by) {
    const ids = this.view.columns.map((each) => each.id);
    const to = ids[Math.min(ids.length - 1, Math.max(0, ids.indexOf(this.active) + by))];
    this.active = to;
    const first = this.openSuggestions().find((each) => each.rendering === to);
    if (first) Object.assign(this, { suggestion: this.keyOf(first), dismissing: null });
    this.refresh();
    this.focusText("target");
  }

  focusText(side) {
    const cell = [...this.work.querySelectorAll("[data-cell]")].find((each) => each.dataset.side === side && (side === "source" || each.dataset.rendering === this.active));
    const column = [...this.work.querySelectorAll("[data-column]")].find((each) => each.dataset.column === this.active);
    if (cell || column) (cell || column).focus();
  }

  setSingle(single) {
    remember("reviewing-single", (this.single = single));
    this.refresh();
  }

  // To judge blind: letters in place of names, in an order that is each reviewer's own.
  arrange() {
    const { view } = this.data;
    const letters = this.say("review.letters").split(" ");
    const mixed = (column) => rvMix(`${this.who} ${view.letter.id} ${column.id}`);
    const columns = [...view.columns].sort((a, b) => mixed(a) - mixed(b)).map((column, i) => ({ ...column, chip: letters[i] || String(i + 1), outlet: "" }));
    this.view = this.blind ? { ...view, columns } : view;
  }

  setBlind(blind) {
    remember("reviewing-blind", (this.blind = blind));
    this.arrange();
    this.refresh(true);
  }

  setHints(hints) {
    remember("reviewing-hints", (this.hints = hints));
    this.refresh();
  }

  offer(words) {
    const old = this.root && this.root.querySelector(".la-rw-touch");
    if (old) old.remove();
    if (!words || !this.work || !this.work.contains(words.cell)) return;
    const take = button("la-btn la-pri la-rw-touch", this.say("review.mark"), () => this.takeWords(words, Boolean(this.draft && !this.draft.id)), this.say("review.mark"));
    take.addEventListener("pointerdown", (event) => event.preventDefault());
    this.root.append(take);
  }

  seen() {
    this.faults = [];
    this.outbox.state = this.outbox.pending.length ? "saving" : "saved";
    this.refresh();
  }

  help() {
    const open = this.root.querySelector(".la-rw-help");
    if (open) return open.remove();
    this.root.append(rvHelp(this));
    return this.root.querySelector(".la-rw-help").focus();
  }

  destroy() {
    this.onHide();
    window.removeEventListener("pagehide", this.onHide);
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("mouseup", this.onUp);
    document.removeEventListener("mousedown", this.onDown, true);
    for (const name of ["mouseup", "dragend", "pointercancel"]) document.removeEventListener(name, this.onRelease, true);
    document.removeEventListener("selectionchange", this.onSelect);
    clearTimeout(this.timer);
    clearInterval(this.asking);
    if (this.outbox) this.outbox.close();
    if (this.hub.take === this.taking) this.hub.take = null;
  }
}

// A number that depends on every character of a text (FNV-1a).
function rvMix(text) {
  let mix = 2166136261;
  for (const point of text) mix = Math.imul(mix ^ point.codePointAt(0), 16777619) >>> 0;
  // Texts that differ at their ends alone would lie side by side.
  mix = Math.imul(mix ^ (mix >>> 15), 2246822519) >>> 0;
  return (mix ^ (mix >>> 13)) >>> 0;
}

export default function ({ data, parentElement, setStateValue }) {
  const page = kept(parentElement, () => new Review(parentElement));
  page.show(data, (name, value) => setStateValue(name, value));
  return () => left(parentElement, () => page.destroy());
}
