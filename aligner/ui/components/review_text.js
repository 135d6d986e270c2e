// The sentence in hand with its neighbours and its renderings; every stretch can be marked, and its text is the document's.

function rvName(page, names) {
  return names[page.data.language.slice(0, 2)] || names.en || "";
}

// A severity; one of another typology, in which the error was marked, by its id.
function rvGrade(page, id) {
  return page.view.typology.severities.find((each) => each.id === id) || { id, names: { en: id }, form: "info" };
}

function rvForm(page, id) {
  return rvGrade(page, id).form;
}

function rvCategory(page, mark) {
  const known = page.view.typology.categories.find((each) => each.id === mark.category);
  return known ? rvName(page, known.names) : category(page.say, mark.parts || mark.category.split("/").map((part) => part.trim().replace(/ /g, "_")));
}

// A stretch of a document from `start` on. `side` is "source" or "target"; a click on marked words opens them.
function rvStretch(page, side, rendering, stretch, language, cls) {
  const node = attrs(el("p", `la-rt-text ${side === "source" ? "la-en" : "la-zh"} ${cls || ""}`), {
    lang: language, tabindex: 0, role: "textbox", "aria-readonly": "true", "aria-multiline": "true",
    "data-cell": `${side}.${rendering}.${stretch.start}`, "data-side": side, "data-rendering": rendering, "data-start": stretch.start,
    "aria-label": side === "source" ? page.say("review.english") : page.say("review.rendering", { name: page.column(rendering).chip }),
  });
  const end = stretch.start + POINTS(stretch.text);
  const marks = [];
  if (stretch.lead) marks.push({ start: 0, end: stretch.lead, cls: "la-carrier" });
  const add = (span, more) => {
    if (span[0] < end && stretch.start < span[1]) marks.push({ start: Math.max(0, span[0] - stretch.start), end: Math.min(end, span[1]) - stretch.start, ...more });
  };
  page.marksHere().forEach((mark, i) => {
    if (side === "target" && mark.rendering !== rendering) return;
    if (page.draft && page.draft.id && page.draft.id === mark.id) return;
    const form = rvForm(page, mark.severity);
    const title = `${i + 1} ${rvCategory(page, mark)}, ${rvName(page, rvGrade(page, mark.severity).names)}`;
    for (const span of mark[side]) add(span, { cls: `la-fx la-fx-${form} la-rk-${form}`, last: `la-fx-end la-fe-${form}`, tag: `${GLYPHS[form]}${i + 1}`, title, findings: [mark.id] });
  });
  for (const found of page.openSuggestions()) {
    if (side === "target" ? found.rendering !== rendering : found.rendering !== page.active) continue;
    if (found[side]) add(found[side], { cls: `la-rk-sug${page.suggestion === page.keyOf(found) ? " la-lit" : ""}`, places: [page.keyOf(found)] });
  }
  if (page.draft) for (const span of page.draft[side]) if (side === "source" || page.draft.rendering === rendering) add(span, { cls: "la-rk-draft" });
  addMarked(node, stretch.text, marks);
  return node;
}

function rvNeighbour(page, n) {
  const row = page.view.rows[n - 1];
  if (!row) return "";
  const done = page.isDone(n);
  const state = el("span", done ? "la-ok" : "la-muted", done ? `✓ ${page.say("review.done")}` : page.say("review.open"));
  const text = attrs(el("span", "la-en la-rw-nbt", row.text.replace(/\s+/g, " ")), { lang: page.view.letter.language });
  const node = button("la-rw-nb", page.say("review.go", { n }), () => page.select(n), el("b", "la-rw-no", String(n)), text, state);
  return attrs(node, { "data-key": `sentence.${n}` });
}

function rvSource(page) {
  const { say } = page;
  const n = page.n;
  const row = page.view.rows[n - 1];
  const text = rvStretch(page, "source", page.active, row, page.view.letter.language, "la-rw-en");
  const notes = el("ul", "la-rw-notes", ...page.marksHere().map((mark, i) => (mark.source.length && !mark.target.length ? rvMarkLine(page, mark, i, true) : "")));
  const copy = rvCopy(page, say("review.copy_is"), { sentence: n }, "copy.sentence");
  const now = el("div", "la-rw-now", el("b", "la-rw-no", String(n)), el("div", "", text, notes), copy);
  return attrs(el("section", "la-rw-src", rvNeighbour(page, n - 1), now, rvNeighbour(page, n + 1)), { "aria-label": say("review.english") });
}

// Copies the address of what is shown.
function rvCopy(page, label, values, key) {
  const copy = attrs(button("la-copy la-rw-copy", label, () => copyLink(page.say, copy, { letter: page.view.letter.id, ...values }), page.say("finding.copy")), { "aria-live": "polite", "data-key": key });
  return copy;
}

function rvColumn(page, column) {
  const { say } = page;
  const n = page.n;
  const cell = column.cells[n - 1];
  const done = page.doneIn(column.id, n);
  const head = el("header", "", el("b", "la-rw-name", column.chip));
  const name = column.outlet;
  if (name) head.append(attrs(el("span", "la-muted la-rw-outlet", name), { lang: column.outlet ? column.language : null }));
  head.append(el("span", "la-badge", mode(cell.kind), ...term(say, cell.kind)));
  if (cell.missing) head.append(el("span", "la-part", el("i", "la-half"), say("review.partial", { n: cell.missing })));
  head.append(el("span", "la-spring"), el("span", done ? "la-ok" : "la-muted", done ? `✓ ${say("review.done")}` : say("review.open")));
  const part = attrs(el("section", `la-rw-col${page.active === column.id ? " la-on" : ""}`, head), { "data-column": column.id, tabindex: -1, "aria-label": say("review.rendering", { name: column.chip }) });
  if (cell.with) part.append(el("p", "la-rw-with", say("review.with", { n: cell.with.length, names: cell.with.join(say("review.comma")) })));
  part.append(rvBeside(page, column, n - 1, say("review.before", { n: n - 1 })));
  cell.texts.forEach((stretch) => part.append(rvStretch(page, "target", column.id, stretch, column.language, "la-rw-zh")));
  if (!cell.texts.length) part.append(el("p", "la-rw-none", rvNothing(page, column, cell)));
  for (const stretch of column.injected[n] || []) part.append(el("div", "la-rw-inj", el("span", "la-muted", say("review.injected")), rvStretch(page, "target", column.id, stretch, column.language, "la-rw-zh")));
  part.append(rvBeside(page, column, n + 1, say("review.after", { n: n + 1 })), rvLow(page, column), cell.kind === "outside" ? "" : rvScore(page, column));
  part.addEventListener("focusin", () => page.activate(column.id));
  part.addEventListener("mousedown", () => page.activate(column.id));
  return part;
}

// Why there is nothing: one may still say that it is left out, and where a check says so one is asked.
function rvNothing(page, column, cell) {
  if (cell.kind !== "outside" || page.marksHere().some((mark) => mark.rendering === column.id)) return page.say("review.nothing");
  return page.suggestionsOf(column.id).some((each) => !page.verdictOf(each)) ? page.say("review.outside_asked") : page.say("review.outside");
}

// What the rendering has for the sentence before or after, with that sentence's number: it is not the one in hand.
function rvBeside(page, column, n, label) {
  const cell = column.cells[n - 1];
  if (!cell) return "";
  const text = cell.texts.map((each) => each.text.replace(/\s*\n\s*/g, "")).join(" … ");
  const words = text ? attrs(el("span", "la-zh", text), { lang: column.language }) : el("span", "", mode(cell.kind), " ", ...term(page.say, cell.kind));
  return el("p", `la-rw-nz${text ? "" : " la-rw-nzabs"}`, el("span", "la-rw-nzn", label), words);
}

// An annotation in a line: number, glyph, category, words; a click opens it.
function rvMarkLine(page, mark, i, named) {
  const form = rvForm(page, mark.severity);
  const words = [...mark.target, ...mark.source].map((span) => span[2].replace(/\s+/g, " ")).join(" … ");
  const side = mark.target.length ? "la-zh" : "la-en";
  const column = page.column(mark.rendering);
  const text = attrs(el("span", `la-rw-words ${side}`, words), { lang: mark.target.length ? column.language : page.view.letter.language });
  const grade = rvName(page, rvGrade(page, mark.severity).names);
  const saved = page.isPending(mark.id) ? el("span", "la-muted", page.say("saved.saving")) : "";
  const open = button("la-rw-mark", page.say("review.edit", { n: i + 1 }), () => page.openMark(mark.id), el("span", "la-rw-nn", String(i + 1)), severityMark(form), el("b", "", rvCategory(page, mark)), el("span", "la-muted", grade), named ? el("span", "la-chip", column.chip) : "", mark.finding ? el("span", "la-ok", "✓") : "", text, saved);
  attrs(open, { "data-key": `mark.${mark.id}`, "aria-pressed": String(Boolean(page.draft && page.draft.id === mark.id)) });
  return el("li", "", open, mark.comment ? el("p", "la-rw-said", mark.comment) : "", mark.correction ? el("p", "la-rw-said", `→ ${mark.correction}`) : "");
}
