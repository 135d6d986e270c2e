// Align: holds what is selected, draws the lanes, listens to keys and the mouse. Corrections go out through the outbox.

class Align extends AlignActions {
  constructor(parent) {
    super();
    Object.assign(this, { parent, laneId: null, at: null, row: 0, linking: 0, cut: null, turn: 0, filter: null, merged: new Set() });
    Object.assign(this, { hidden: null, held: new Held() });
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
  }

  show(data, send, report, ask) {
    const { view, rows } = this.held.take(data.view, ask);
    if (!view) return;
    const before = this.view;
    Object.assign(this, { data, report, view, say: speaker(data.messages) });
    this.say.signed = data.signed;
    this.say.language = data.language;
    const fresh = !before || before.letter.id !== view.letter.id;
    if (fresh) this.open(view, send);
    const faults = this.outbox.receive(data.answer);
    if (!this.outbox.pending.length) this.merged.clear();
    this.lanes = this.shown();
    if (!this.lane) this.choose(this.lanes[0] && this.lanes[0].id);
    const { sentence = 0, turn = 0 } = data.start || {};
    const jump = sentence && (fresh || turn !== this.turn) && sentence <= view.letter.rows.length;
    this.turn = turn;
    if (jump) Object.assign(this, { row: sentence, at: this.firstAt(sentence) });
    if (fresh || this.drawn !== data.language) this.draw();
    else this.refill(rows);
    if (jump) this.reveal("center");
    if (faults.length) this.tell([...new Set(faults.map((each) => each.said))].join(" "));
  }

  open(view, send) {
    if (this.outbox) this.outbox.close();
    const { id } = view.letter;
    this.outbox = new Outbox(ownBox(`align.${id}`, this.data.signed), (value) => send({ ...value, letter: id }), () => this.saved());
    const wide = view.lanes.filter((lane) => !lane.problem).slice(this.room());
    Object.assign(this, { laneId: null, at: null, row: 0, linking: 0, cut: null, hidden: new Set(wide.map((lane) => lane.id)) });
  }

  shown() {
    return this.view.lanes.filter((lane) => !lane.problem && !this.hidden.has(lane.id));
  }

  room() {
    return window.innerWidth < 900 ? 1 : window.innerWidth < 1340 ? 2 : window.innerWidth < 1700 ? 3 : 4;
  }

  draw() {
    this.drawn = this.data.language;
    if (this.list) this.list.destroy();
    if (this.ribbons) this.ribbons.destroy();
    const root = attrs(el("div", "la-root la-align"), { lang: this.data.language });
    this.pane = attrs(el("div", "la-pane la-al-pane"), { role: "grid", "aria-label": this.say("align.label") });
    this.pane.addEventListener("click", (event) => this.click(event));
    dragging(this);
    this.aside = attrs(el("aside", "la-al-side la-pane"), { "aria-label": this.say("align.panel") });
    this.toast = attrs(el("div", "la-al-toast"), { role: "status", hidden: true });
    this.barNode = alignBar(this);
    root.append(this.barNode, el("div", "la-al-wrap", this.pane, this.aside), this.toast);
    this.root = place(this.parent, this.root, root);
    followTheme(root);
    this.saved();
    this.rows();
  }

  // The lanes anew: another choice of renderings, or the first time.
  rows() {
    if (this.list) this.list.destroy();
    if (this.ribbons) this.ribbons.destroy();
    this.lanes = this.shown();
    if (!this.lane) this.choose(this.lanes[0] && this.lanes[0].id);
    const gutters = [54, 70, 84, 84];
    const columns = this.lanes.map((_, i) => `${gutters[i] || 84}px minmax(150px, 1fr)`).join(" ");
    this.root.style.setProperty("--al-cols", `minmax(190px, 1.06fr) ${columns}`);
    this.head = attrs(el("div", "la-al-head"), { role: "row" });
    this.pane.replaceChildren(this.head);
    if (!this.lanes.length) this.pane.append(nothing(this));
    this.list = new Chunks(this.pane, (n) => this.made(n), 110);
    this.ribbons = new Ribbons(this);
    this.list.show(this.lanes.length ? this.view.letter.rows.map((_, i) => i + 1) : []);
    this.ribbons.on(this.pane, this.list.body);
    this.refill(new Set());
  }

  // What changed in the state: the `rows` of it that are there are filled anew, and nothing moves.
  refill(rows) {
    const focused = this.pane.contains(document.activeElement);
    const top = this.pane.scrollTop;
    for (const chunk of this.list.chunks.filter((each) => each.filled)) {
      for (const [i, n] of chunk.items.entries()) if (rows.has(n)) chunk.node.children[i].replaceWith(...alignRow(this, n));
    }
    this.head.replaceChildren(el("div", "la-al-hd", el("b", "", this.say("align.letter"))), ...this.lanes.map((lane) => laneHead(lane, this)));
    for (const cell of this.head.children) attrs(cell, { role: "columnheader" });
    this.pane.scrollTop = top;
    this.cut = null;
    this.select();
    if (focused) this.focusBox();
    fillBar(this);
    this.ribbons.soon();
  }

  // A row that scrolling brings back shows what is selected, as those around it do.
  made(n) {
    if (!this.marking) {
      this.marking = true;
      queueMicrotask(() => {
        this.marking = false;
        this.light();
      });
    }
    return alignRow(this, n);
  }

  get lane() {
    return this.lanes && this.lanes.find((lane) => lane.id === this.laneId);
  }

  get item() {
    return this.at === null || !this.lane ? null : this.lane.items.find((item) => item.start <= this.at && this.at < item.end) || null;
  }

  // Where the selection stands: a box with the character it is named by, or a gap.
  get stop() {
    const { item } = this;
    if (item) return { row: item.row, at: this.at, item };
    return this.row ? { row: this.row } : null;
  }

  choose(id) {
    Object.assign(this, { laneId: id || null, at: null, row: 0 });
  }

  firstAt(row) {
    const item = this.lane && this.lane.items.find((each) => each.rows.some((share) => share[0] === row));
    return item ? item.start : null;
  }

  boxOf() {
    if (!this.lane || !this.stop) return null;
    const lane = `[data-lane="${CSS.escape(this.lane.id)}"]`;
    const { item } = this;
    return this.pane.querySelector(item ? `.la-al-it[data-at="${item.start}"]${lane}` : `.la-al-gap[data-gap="${this.row}"]${lane}`);
  }

  select() {
    const rows = this.light();
    this.side();
    clearTimeout(this.timer);
    if (rows.length && rows[0] !== this.told) this.timer = setTimeout(() => this.report((this.told = rows[0])), 400);
  }

  light() {
    const box = this.boxOf();
    const { stop } = this;
    const rows = stop && stop.item ? stop.item.rows.map((share) => share[0]) : stop ? [stop.row] : [];
    for (const each of this.pane.querySelectorAll(".la-sel")) each.classList.remove("la-sel");
    for (const each of this.pane.querySelectorAll('[tabindex="0"]')) each.tabIndex = -1;
    if (box) box.classList.add("la-sel");
    for (const fold of this.pane.querySelectorAll(".la-al-fold")) fold.classList.toggle("la-open", Boolean(box) && fold.contains(box));
    const first = box || this.pane.querySelector(".la-al-it");
    if (first) first.tabIndex = 0;
    for (const cell of this.pane.querySelectorAll(".la-al-src")) cell.classList.toggle("la-al-cur", rows.includes(Number(cell.dataset.n)));
    this.ribbons.soon();
    return rows;
  }

  reveal(block) {
    if (!this.stop) return;
    this.list.reveal(this.stop.row);
    this.select();
    const box = this.boxOf() || this.pane.querySelector(`.la-al-src[data-n="${this.stop.row}"]`);
    if (box) bringIn(this.pane, box, block);
  }

  focusBox() {
    const box = this.boxOf();
    if (box) box.focus({ preventScroll: true });
  }

  click(event) {
    const source = event.target.closest(".la-al-src");
    if (source) return this.clickSentence(Number(source.dataset.n));
    const box = event.target.closest(".la-al-it, .la-al-foldhead");
    if (!box) return undefined;
    const text = event.target.closest("p[data-start]");
    const found = text && document.getSelection().isCollapsed ? placeAt(event, text) : null;
    const held = box.classList.contains("la-sel");
    this.laneId = box.dataset.lane;
    const start = text ? Number(text.dataset.start) : Number(box.dataset.at);
    if (box.dataset.gap) Object.assign(this, { at: null, row: Number(box.dataset.gap) });
    else Object.assign(this, { at: start, row: Number(box.closest(".la-al-row").dataset.n) });
    this.select();
    this.focusBox();
    // The first click selects; one into the text of what is selected is a place to cut.
    const part = held && found && this.item && this.item.rows.length && this.item.texts.find((each) => each.start === start);
    const inside = part && found > 0 && found < [...part.text].length;
    return this.setCut(inside ? { part, place: found } : null);
  }

  clickSentence(n) {
    if (this.linking) return this.linkTo(n);
    Object.assign(this, { row: n, at: this.firstAt(n) });
    this.select();
    return this.focusBox();
  }

  key(event) {
    if (isHeld(event) || event.defaultPrevented || inTextField(event)) return;
    const name = mappedKey(this, keyOfEvent(event));
    const inPane = this.pane.contains(document.activeElement) || document.activeElement === document.body;
    const binding = this.data.keys.find((each) => each.keys.includes(name) || (inPane && each.local.includes(name)));
    if (!binding) return;
    event.preventDefault();
    if (binding.action === "mark_as") this.mark(Number(name));
    else this.act(binding.action);
  }

  side() {
    fillSide(this, this.aside);
  }

  help() {
    const keys = this.aside.querySelector(".la-al-keys");
    keys.open = !keys.open;
    if (keys.open) bringIn(this.aside, keys);
  }

  saved() {
    if (this.root) fillBar(this);
  }

  tell(words) {
    this.toast.textContent = words;
    this.toast.hidden = false;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => (this.toast.hidden = true), 7000);
  }

  destroy() {
    document.removeEventListener("keydown", this.onKey);
    this.outbox.close();
    this.ribbons.destroy();
    this.list.destroy();
    this.held.close();
    clearTimeout(this.timer);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const page = kept(parentElement, () => new Align(parentElement));
  page.show(data, (value) => setStateValue("outbox", value), (n) => setStateValue("sentence", n), () => setStateValue("whole", newId()));
  return () => left(parentElement, () => page.destroy());
}
