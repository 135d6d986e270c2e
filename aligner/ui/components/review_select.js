// Selecting words by pointer and by keyboard. Offsets are code points of the document; a selection never cuts a
// character that is written with several of them.

const POINTS = (text) => [...text].length;

// Where each unit of `text` begins, in code points, and its end: "grapheme", "word".
function rvEdges(text, granularity, language) {
  const edges = [0];
  let at = 0;
  for (const { segment } of new Intl.Segmenter(language, { granularity }).segment(text)) edges.push((at += POINTS(segment)));
  return edges;
}

// The span without white space at its ends and with whole characters; null when nothing is left.
function rvSnap(text, start, end) {
  const points = [...text];
  let [from, to] = [start, end];
  while (from < to && /\s/.test(points[from])) from += 1;
  while (to > from && /\s/.test(points[to - 1])) to -= 1;
  if (from >= to) return null;
  const edges = rvEdges(text, "grapheme");
  from = edges.findLast((edge) => edge <= from);
  to = edges.find((edge) => edge >= to);
  return { start: from, end: to, text: points.slice(from, to).join("") };
}

// The words selected in the page, when they stand in one stretch: {cell, start, end, text}.
function rvSelected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const cell = rvCellOf(range.startContainer) || rvCellOf(range.commonAncestorContainer);
  if (!cell) return null;
  const inside = document.createRange();
  inside.selectNodeContents(cell);
  // A drag that leaves the stretch is one to its end.
  if (range.compareBoundaryPoints(Range.START_TO_START, inside) > 0) inside.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, inside) < 0) inside.setEnd(range.endContainer, range.endOffset);
  const before = document.createRange();
  before.selectNodeContents(cell);
  before.setEnd(inside.startContainer, inside.startOffset);
  const start = POINTS(before.toString());
  const found = rvSnap(cell.textContent, start, start + POINTS(inside.toString()));
  return found && { cell, ...found };
}

function rvCellOf(node) {
  const element = node instanceof Element ? node : node.parentElement;
  return element && element.closest("[data-cell]");
}

// Selects code points [start, end) of a cell, so that the browser shows them.
function rvShowSelection(cell, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const points = [...node.data];
    const unit = (n) => points.slice(0, n).join("").length;
    if (start >= at && start <= at + points.length) range.setStart(node, unit(start - at));
    if (end >= at && end <= at + points.length) {
      range.setEnd(node, unit(end - at));
      break;
    }
    at += points.length;
  }
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

// A cursor of one unit that arrows move and Shift+arrows extend: words in English, characters in Chinese; with Alt the
// other of the two.
class WordCursor {
  constructor() {
    this.cell = null;
  }

  // Whether the key was one of the cursor's.
  move(cell, by, extend, other) {
    const text = cell.textContent;
    const words = CJK.test(text) === Boolean(other);
    const edges = rvEdges(text, words ? "word" : "grapheme", cell.lang).filter((edge, i, all) => {
      const unit = i + 1 < all.length ? [...text].slice(edge, all[i + 1]).join("") : "x";
      return !words || /[\p{L}\p{N}]/u.test(unit) || i + 1 === all.length;
    });
    const same = this.cell === cell.dataset.cell && !document.getSelection().isCollapsed;
    if (!same) Object.assign(this, { cell: cell.dataset.cell, anchor: 0, focus: -1 });
    const starts = edges.slice(0, -1);
    const unitAt = (point) => Math.max(0, starts.filter((edge) => edge <= point).length - 1);
    const from = same ? unitAt(this.focus) : by > 0 ? -1 : 1;
    const to = Math.min(starts.length - 1, Math.max(0, from + by));
    this.focus = starts[to];
    if (!extend || !same) this.anchor = this.focus;
    const [first, last] = [Math.min(this.anchor, this.focus), Math.max(this.anchor, this.focus)];
    const all = rvEdges(text, words ? "word" : "grapheme", cell.lang);
    rvShowSelection(cell, first, all.find((edge) => edge > last));
  }
}
