// The rows of Align: a sentence of the letter, and beside it what each rendering has there.

const STATUS = { confirmed: "✓", auto: "○", needs_review: "?", imported: "○" };

function laneHead(lane, page) {
  const { say } = page;
  const beads = lane.items.filter((item) => item.rows.length);
  const review = beads.filter((item) => item.status === "needs_review").length;
  const done = beads.filter((item) => item.status === "confirmed").length;
  const count = el("span", "la-al-count", el("span", "la-al-done", `✓ ${done}`), ` / ${beads.length}`);
  attrs(count, { title: say("align.confirmed_of", { n: done, all: beads.length }) });
  const wanted = review ? attrs(el("span", "la-al-rev", `? ${review}`), { title: say("align.to_review_n", { n: review }) }) : null;
  const unnamed = lane.chip === lane.id ? lane.id : say("card.unstated");
  const name = lane.outlet ? attrs(el("b", "", lane.outlet), { lang: lane.language, title: lane.outlet }) : attrs(el("b", "la-muted", unnamed), { title: lane.id });
  return el("div", "la-al-hd", el("span", "la-chip", lane.chip), name, count, wanted);
}

// One row: the sentence, then a gutter and a lane's cell for every lane shown.
function alignRow(page, n) {
  const sentence = page.view.letter.rows[n - 1];
  const row = attrs(el("div", "la-al-row"), { "data-n": n, role: "row", "aria-rowindex": n + 1 });
  const text = attrs(el("p", "la-en"), { lang: page.view.letter.language });
  addText(text, sentence.text);
  const cell = attrs(el("div", "la-al-src"), { role: "gridcell", "data-n": n });
  cell.append(el("b", "", String(n)), text);
  row.append(cell);
  for (const lane of page.lanes) {
    row.append(el("div", "la-al-gut"));
    const box = attrs(el("div", "la-al-lane"), { role: "gridcell", "data-lane": lane.id });
    for (const gap of lane.gaps) if (gap.row === n) box.append(gapBox(page, lane, gap));
    box.append(...folded(page, lane, beside(lane).placed.get(n) || []));
    row.append(box);
  }
  return [row];
}

// Boxes, and what lies between them: several stretches in a row are one chip until one of them is selected.
function folded(page, lane, items) {
  const nodes = [];
  let run = [];
  const close = () => {
    if (run.length > 1) nodes.push(foldBox(page, lane, run));
    else nodes.push(...run.map((item) => chipBox(page, lane, item)));
    run = [];
  };
  for (const item of items) {
    if (!item.rows.length) run.push(item);
    else {
      close();
      nodes.push(itemBox(page, lane, item));
    }
  }
  close();
  return nodes;
}

function foldBox(page, lane, run) {
  const { say } = page;
  const kinds = [...new Set(run.map((item) => chipName(say, item)))].join(" + ");
  const words = attrs(el("span", "la-al-words"), { lang: lane.language });
  addText(words, run.map((item) => item.texts[0].text).join(" "));
  const size = run.reduce((sum, item) => sum + item.end - item.start, 0);
  const head = el("div", "la-al-chip la-al-foldhead", el("span", "la-al-kind", kinds), el("span", "la-al-size", String(size)), words);
  attrs(head, { "data-at": run[0].start, "data-lane": lane.id, title: say("align.fold", { n: run.length }) });
  return attrs(el("div", "la-al-fold", head, ...run.map((item) => chipBox(page, lane, item))), { "data-lane": lane.id });
}

function chipName(say, item) {
  return item.kind === "loose" ? say("align.loose") : say(`residue.${item.kind}`);
}

function gapBox(page, lane, gap) {
  const { say } = page;
  const box = el("div", "la-al-gap la-al-it", el("b", gap.said ? "la-al-ok" : "", gap.said ? "✓" : "○"));
  box.append(el("i", `la-m la-m-${gap.kind}`), ...modeWords(say, gap.kind));
  return attrs(box, { tabindex: -1, "data-gap": gap.row, "data-lane": lane.id, "aria-label": `${gap.row}: ${say(`mode.${gap.kind}`)}` });
}

// The mode in the interface's language, in English with the Chinese term before it.
function modeWords(say, kind) {
  const term = say(`term.${kind}`);
  return [term ? attrs(el("span", "la-al-term", term), { lang: "zh-Hans" }) : null, el("span", "la-al-mode", say(`mode.${kind}`))].filter(Boolean);
}

function itemBox(page, lane, item) {
  if (!item.rows.length) return chipBox(page, lane, item);
  const { say } = page;
  const box = el("div", `la-al-it la-al-sg la-al-${item.status}`);
  for (const part of item.texts) box.append(segmentText(lane, part));
  const numbers = item.rows.map((each) => each[0]).join(", ");
  const meta = attrs(el("div", "la-al-meta"), { draggable: "true", title: say("align.drag") });
  meta.append( el("span", "la-al-st", STATUS[item.status]), el("i", `la-m la-m-${item.mode}`), ...modeWords(say, item.mode));
  meta.append(el("span", "la-al-no", numbers), el("span", "la-al-cf", item.status === "confirmed" ? "" : figure(item.confidence)));
  box.append(meta);
  const label = say("align.segment", { status: say(`align.is_${item.status}`), mode: say(`mode.${item.mode}`), rows: numbers });
  return attrs(box, { tabindex: -1, "data-at": item.start, "data-lane": lane.id, role: "group", "aria-label": label });
}

function segmentText(lane, part) {
  const text = attrs(el("p", lane.language.startsWith("zh") ? "la-zh" : "la-en"), { lang: lane.language, "data-start": part.start });
  const notes = (part.notes || []).map(([start, end]) => ({ start, end, cls: "la-inserted" }));
  addMarked(text, part.text, notes);
  return text;
}

function chipBox(page, lane, item) {
  const { say } = page;
  const name = chipName(say, item);
  const words = attrs(el("span", "la-al-words"), { lang: lane.language });
  addText(words, item.texts[0].text);
  const box = el("div", `la-al-it la-al-chip la-al-k-${item.kind}`, el("span", "la-al-kind", name), words);
  const label = say("align.chip", { kind: name, n: item.end - item.start });
  return attrs(box, { tabindex: -1, "data-at": item.start, "data-lane": lane.id, role: "group", "aria-label": label });
}

// What can be reached with the arrow keys in a lane, from top to bottom: {row, at} of boxes and {row, gap} of gaps.
function stopsOf(lane, count) {
  const byRow = new Map();
  for (const gap of lane.gaps) if (gap.row) byRow.set(gap.row, [{ row: gap.row, gap: gap.row }]);
  for (const item of lane.items) {
    if (!byRow.has(item.row)) byRow.set(item.row, []);
    byRow.get(item.row).push({ row: item.row, at: item.start, item });
  }
  const stops = [];
  for (let n = 1; n <= count; n += 1) stops.push(...(byRow.get(n) || []));
  return stops;
}

// The code point of a text at which the pointer stands, null outside of it.
function placeAt(event, text) {
  let node = null;
  let offset = 0;
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(event.clientX, event.clientY);
    if (found) [node, offset] = [found.offsetNode, found.offset];
  } else if (document.caretRangeFromPoint) {
    const found = document.caretRangeFromPoint(event.clientX, event.clientY);
    if (found) [node, offset] = [found.startContainer, found.startOffset];
  }
  return node && text.contains(node) ? pointsBefore(text, node, offset) : null;
}

function pointsBefore(text, node, offset) {
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(node, offset);
  return [...range.toString()].length;
}

// A stretch that was selected with the mouse inside one text: {start, end, text} in the document, else null.
function chosenStretch(pane) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const parent = (range.startContainer.parentElement || pane).closest("p[data-start]");
  if (!parent || !pane.contains(parent) || !parent.contains(range.endContainer)) return null;
  const start = pointsBefore(parent, range.startContainer, range.startOffset);
  const end = pointsBefore(parent, range.endContainer, range.endOffset);
  const text = [...parent.textContent].slice(start, end).join("");
  const lead = [...text].length - [...text.trimStart()].length;
  const words = text.trim();
  const first = Number(parent.dataset.start) + start + lead;
  return words ? { start: first, end: first + [...words].length, text: words } : null;
}

// Shows the place of a split without adding to the text.
function showCut(text, place) {
  for (const old of text.getRootNode().querySelectorAll(".la-al-cut")) old.remove();
  text.normalize();
  if (place === null) return;
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let left = place;
  while (walk.nextNode()) {
    const points = [...walk.currentNode.data];
    if (left <= points.length) {
      const after = walk.currentNode.splitText(points.slice(0, left).join("").length);
      after.before(el("i", "la-al-cut"));
      return;
    }
    left -= points.length;
  }
}
