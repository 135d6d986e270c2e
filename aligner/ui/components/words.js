// Lights what corresponds to the word pointed at, by the CSS Custom Highlight API: ranges, and no change of the text.
// A cell is any element with data-side, data-rendering and data-start; its text is the document's from there on.

const WAIT = 60; // milliseconds that a pointer rests before anything is asked for
const EARLY = 500;
const LATER = 700; // until it asks again for what the server was not ready for
const LOST = 4000; // until an answer that did not come is asked for again
const CELLS = "[data-side][data-start]";

class Lights {
  constructor() {
    Object.assign(this, { known: new Map(), asked: new Set(), lit: "" });
    this.can = typeof Highlight === "function" && Boolean(CSS.highlights);
    this.onMove = (event) => this.pointed(event);
    this.onSelect = () => this.selected();
    this.onLeave = () => this.clear();
    if (!this.can) return;
    document.addEventListener("pointermove", this.onMove, { passive: true });
    document.addEventListener("pointerdown", this.onMove, { passive: true });
    document.addEventListener("selectionchange", this.onSelect);
    document.documentElement.addEventListener("pointerleave", this.onLeave);
  }

  show(data, ask) {
    const fresh = this.key !== `${data.letter} ${data.version}`;
    Object.assign(this, { data, ask, key: `${data.letter} ${data.version}` });
    if (fresh) {
      this.known.clear();
      this.asked.clear();
      this.clear();
    }
    // Before anybody points: the words of what is seen first.
    if (fresh && this.can) this.early = setTimeout(() => this.words(Number((document.querySelector(".la-sel[data-n], [data-n]") || { dataset: { n: 1 } }).dataset.n)), EARLY);
    if (data.batch === undefined) return;
    clearTimeout(this.later);
    if (data.words === null) {
      this.later = setTimeout(() => this.want(data.batch, data.turn + 1), LATER);
      return;
    }
    this.known.set(data.batch, data.words);
    if (this.again) this.again();
  }

  // The words of the sentences around sentence n; asked for, when they are not here yet.
  words(n) {
    const batch = Math.floor((n - 1) / this.data.size);
    const found = this.known.get(batch);
    if (!found && !this.asked.has(batch)) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.want(batch, 0), WAIT);
    }
    return found || [];
  }

  want(batch, turn) {
    this.asked.add(batch);
    this.ask({ letter: this.data.letter, batch, turn });
    // What one run of the script says when another interrupts it can be lost.
    clearTimeout(this.later);
    this.later = setTimeout(() => this.known.has(batch) || this.want(batch, turn + 1), LOST);
  }

  pointed(event) {
    if (event.buttons && event.type === "pointermove") return; // dragging is selecting
    this.again = null;
    const cell = event.target instanceof Element ? event.target.closest(CELLS) : null;
    const at = cell ? pointAt(cell, event.clientX, event.clientY) : -1;
    if (at < 0) return this.clear();
    return this.light(cell, at);
  }

  // The word where the selection begins: what a cursor moved by keys stands on.
  selected() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const node = range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer;
    const cell = node instanceof Element ? node.closest(CELLS) : null;
    if (cell) this.light(cell, pointsBefore(cell, range.startContainer, range.startOffset));
  }

  light(cell, at) {
    const place = cell.closest("[data-n]");
    if (!place) return this.clear();
    const [side, rendering, point] = [cell.dataset.side, cell.dataset.rendering, Number(cell.dataset.start) + at];
    const on = (start, end) => start <= point && point < end;
    const words = this.words(Number(place.dataset.n));
    const found = words.filter((word) => (side === "source" ? on(word[0], word[1]) : word[2].some((other) => other[0] === rendering && on(other[1], other[2]))));
    this.again = () => cell.isConnected && this.light(cell, at);
    if (!found.length) return this.clear(true);
    const own = side === "source" ? found.map((word) => ["", word[0], word[1]]) : found.flatMap((word) => word[2].filter((other) => other[0] === rendering && on(other[1], other[2])));
    const others = [...found.map((word) => ["", word[0], word[1]]), ...found.flatMap((word) => word[2])].filter((one) => !own.some((each) => each.join() === one.join()));
    return this.paint(cell.closest(".la-root"), own, others);
  }

  paint(root, own, others) {
    const lit = JSON.stringify([own, others]);
    if (lit === this.lit) return;
    this.lit = lit;
    CSS.highlights.set("la-word", new Highlight(...own.flatMap((span) => rangesOf(root, span))));
    CSS.highlights.set("la-partner", new Highlight(...others.flatMap((span) => rangesOf(root, span))));
  }

  clear(keep) {
    if (!keep) this.again = null;
    if (!this.lit) return;
    this.lit = "";
    CSS.highlights.delete("la-word");
    CSS.highlights.delete("la-partner");
  }

  // Sentence n word by word, by keys; gives what was lit, to be said.
  step(row, by) {
    const cell = row && row.querySelector('[data-side="source"]');
    if (!cell || !this.can) return null;
    const n = Number(row.dataset.n);
    const start = Number(cell.dataset.start);
    const end = start + [...cell.textContent].length;
    const here = this.words(n).filter((word) => start <= word[0] && word[1] <= end);
    const last = this.walk && this.walk.n === n ? this.walk.at : by > 0 ? -1 : here.length;
    if (!here.length) {
      this.again = () => row.isConnected && this.step(row, by);
      return null;
    }
    const at = Math.max(0, Math.min(here.length - 1, last + by));
    this.walk = { n, at };
    const word = here[at];
    this.paint(row.closest(".la-root"), [["", word[0], word[1]]], word[2]);
    return { text: pointsOf(cell, word[0] - start, word[1] - start), places: word[2].map((place) => [place[0], textOf(row.closest(".la-root"), place)]) };
  }

  destroy() {
    this.clear();
    clearTimeout(this.timer);
    clearTimeout(this.early);
    clearTimeout(this.later);
    document.removeEventListener("pointermove", this.onMove);
    document.removeEventListener("pointerdown", this.onMove);
    document.removeEventListener("selectionchange", this.onSelect);
    document.documentElement.removeEventListener("pointerleave", this.onLeave);
  }
}

function pointsOf(cell, start, end) {
  return [...cell.textContent].slice(start, end).join("");
}

// Code points of a cell before an offset in one of its nodes.
function pointsBefore(cell, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(cell);
  range.setEnd(node, offset);
  return [...range.toString()].length;
}

// The code point of a cell's text that lies under a point of the screen, -1 between words and lines.
function pointAt(cell, x, y) {
  const caret = document.caretPositionFromPoint ? document.caretPositionFromPoint(x, y) : document.caretRangeFromPoint(x, y);
  const node = caret && (caret.offsetNode || caret.startContainer);
  if (!node || node.nodeType !== Node.TEXT_NODE || !cell.contains(node)) return -1;
  const offset = caret.offsetNode ? caret.offset : caret.startOffset;
  for (const at of [offset, offset - 1]) {
    if (at < 0 || at >= node.data.length) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    if ([...range.getClientRects()].some((box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom)) return pointsBefore(cell, node, at);
  }
  return -1;
}

// The stretches of the page that show `[rendering, start, end]`; without a rendering, of the letter.
function rangesOf(root, [rendering, start, end]) {
  const side = rendering ? "target" : "source";
  return [...root.querySelectorAll(CELLS)]
    .filter((cell) => cell.dataset.side === side && (!rendering || cell.dataset.rendering === rendering))
    .map((cell) => rangeIn(cell, start - Number(cell.dataset.start), end - Number(cell.dataset.start)))
    .filter(Boolean);
}

function rangeIn(cell, start, end) {
  if (start < 0) return null;
  const range = document.createRange();
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  let at = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const points = [...node.data];
    const unit = (n) => points.slice(0, n).join("").length;
    if (!begun && start < at + points.length) {
      range.setStart(node, unit(start - at));
      begun = true;
    }
    if (begun && end <= at + points.length) {
      range.setEnd(node, unit(end - at));
      return range;
    }
    at += points.length;
  }
  return null;
}

function textOf(root, place) {
  const [range] = rangesOf(root, place);
  return range ? range.toString().replace(/\s+/g, "") : "";
}

export default function ({ data, parentElement, setStateValue }) {
  const lights = (window.letterAlignerLights = kept(parentElement, () => new Lights()));
  lights.show(data, (want) => setStateValue("want", want));
  return () => left(parentElement, () => {
    lights.destroy();
    if (window.letterAlignerLights === lights) delete window.letterAlignerLights;
  });
}
