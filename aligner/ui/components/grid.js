// Grid: the head, a row per sentence, and between rows what renders nothing of the letter.

const FOLD = 4; // pieces of one cell that are shown at once

function gridHead(reader) {
  const { say, view } = reader;
  const head = attrs(el("div", "la-head"), { role: "row" });
  const base = view.letter.witnesses.find((w) => w.base) || view.letter.witnesses[0];
  const key = view.letter.emendations ? "grid.emended" : "grid.source";
  head.append(el("div", "", el("span", "la-sr", say("grid.number"))));
  head.append(el("div", "", el("b", "", say("grid.english")), say(key, { name: base.id })));
  for (const column of reader.columns) {
    const unnamed = column.chip === column.id ? column.id : say("card.unstated");
    const title = attrs(el("b", column.outlet ? "" : "la-muted", column.outlet || unnamed), { lang: column.outlet ? column.language : null, title: column.outlet || column.id });
    const carried = attrs(el("span", "", `${column.rendered}/${view.rows.length}`), {
      title: say("grid.carried", { n: column.rendered, all: view.rows.length }),
    });
    const name = column.outlet || column.chip !== column.id ? [chip(column), title] : [title];
    const found = el("span", "la-sum", ...severityCounts(reader, { ...foundIn(reader, column), info: 0 }));
    head.append(el("div", "", ...name, carried, found));
  }
  for (const cell of head.children) attrs(cell, { role: "columnheader" });
  return head;
}

function columnWidths(columns) {
  const widths = columns.map((column) => `minmax(176px, ${(0.66 + 0.48 * column.share).toFixed(3)}fr)`);
  return ["minmax(220px, 1.2fr)", ...widths].join(" ");
}

// The nodes of sentence n (from 1): its row, and the residue before the first and after each.
function gridRow(reader, n) {
  const { view } = reader;
  const row = view.rows[n - 1];
  const selected = n === reader.selected;
  const node = attrs(el("div", `la-line${row.paragraph ? " la-para" : ""}${selected ? " la-sel" : ""}`), {
    role: "row", "data-n": n, "aria-rowindex": n + 1, tabindex: n === reader.stop() ? 0 : -1, "aria-selected": String(selected),
  });
  node.append(numberCell(reader, row, n), sourceCell(reader, row, n), ...reader.columns.map((column) => cell(reader, column, n)));
  if (reader.filter !== "all" || reader.search) return [node];
  return [n === 1 ? gap(reader, 0) : null, node, gap(reader, n)].filter(Boolean);
}

function numberCell(reader, row, n) {
  const cellNode = el("div", "la-num", el("b", "", String(n)), rowSum(reader, n));
  if (row.paragraph) cellNode.append(attrs(el("span", "", `¶${row.paragraph}`), { title: reader.say("grid.paragraph", { n: row.paragraph }) }));
  return attrs(cellNode, { role: "rowheader" });
}

function evidenceText(say, emendation) {
  if (emendation.evidence === "witness") return say("evidence.witness", { name: emendation.witness });
  const named = say(`evidence.${emendation.evidence}`);
  return named.startsWith("evidence.") ? say("evidence.rule", { name: emendation.evidence }) : named;
}

function sourceCell(reader, row, n) {
  const { say } = reader;
  const marks = (row.emended || []).map((e) => ({
    start: e.start, end: e.end, cls: "la-em", last: "la-em-end",
    title: say("grid.emendation", { text: e.text, replacement: e.replacement, evidence: evidenceText(say, e) }),
  }));
  for (const column of reader.columns) {
    for (const words of column.cells[n - 1].missing || []) {
      if (words.end - words.start >= row.end - row.start || foundMissing(reader, row, words, column)) continue;
      const title = say("grid.words_missing", { chip: column.chip });
      marks.push({ start: words.start - row.start, end: words.end - row.start, cls: "la-om", last: "la-om-end", tag: `−${column.chip}`, title });
    }
  }
  const text = attrs(el("p", "la-en"), { lang: reader.view.letter.language, ...addressOf("source", "", row.start) });
  addMarked(text, row.text, [...runMarks(reader, row, true), ...marks, ...hits(row.text, reader.search)]);
  const cellNode = attrs(el("div", "la-source", text), { role: "gridcell" });
  if (row.emended) {
    const notes = row.emended.map((e) => el("span", "", el("b", "", e.text), `] ${e.replacement} `, el("i", "", evidenceText(say, e))));
    cellNode.append(el("div", "la-app", ...notes));
  }
  return cellNode;
}

function cell(reader, column, n) {
  const { say } = reader;
  const content = column.cells[n - 1];
  const node = attrs(el("div", "la-cell"), { role: "gridcell" });
  if (!content.pieces) {
    node.classList.add(`la-${content.kind}`);
    node.append(attrs(el("span", "la-abs", mode(content.kind), ...term(say, content.kind)), { title: say(`explain.${content.kind}`) }));
    if (content.kind === "omitted") node.append(el("span", "la-keep", keptIn(reader, column, n)));
    return node;
  }
  const pieces = content.pieces.map((piece, i) => pieceNode(reader, column, n, piece, i === content.pieces.length - 1 ? content.missing : null));
  node.append(...pieces.slice(0, FOLD));
  const more = pieces.slice(FOLD);
  if (more.length) node.append(el("details", "la-more", el("summary", "", say("grid.more_places", { n: more.length })), ...more));
  return node;
}

function keptIn(reader, column, n) {
  const others = reader.view.columns.filter((each) => each !== column && each.cells[n - 1].pieces).map((each) => each.chip);
  return others.length ? reader.say("grid.kept", { names: others.join(reader.say("card.comma")) }) : reader.say("grid.kept_nowhere");
}

function pieceNode(reader, column, n, piece, missing) {
  const { say } = reader;
  const text = attrs(el("p", "la-zh"), { lang: column.language });
  piece.texts.forEach((part, i) => {
    if (i) text.append(el("span", "la-between", " … "));
    if (part.carrier) addText(text.appendChild(el("span", "la-carrier")), part.carrier);
    const inserted = part.inserted.map(([start, end]) => ({ start, end, cls: "la-inserted" }));
    const words = text.appendChild(attrs(el("span"), addressOf("target", column.id, part.start)));
    addMarked(words, part.text, [...inserted, ...runMarks(reader, part, false), ...hits(part.text, reader.search)]);
  });
  const sure = () => attrs(el("span", "la-ok", `✓ ${say("grid.confirmed")}`), { title: say("grid.confirmed_long") });
  const meta = el("div", "la-meta", badge(say, piece.mode), piece.confirmed ? sure() : confidence(reader, piece.confidence));
  if (piece.after !== null) {
    const label = piece.after ? say("grid.after", { n: piece.after }) : say("grid.first");
    const title = piece.after ? say("grid.after_long", { n: piece.after }) : say("grid.first_long");
    meta.append(attrs(el("span", "la-mv", `⇅ ${label}`), { title }));
  }
  const others = piece.rows.filter((row) => row !== n);
  if (others.length) {
    const title = say("grid.shared_long", { names: piece.rows.join(say("card.comma")) });
    meta.append(attrs(el("span", "la-mv", say("grid.shared", { names: others.join(say("card.comma")) })), { title }));
  }
  if (missing) {
    const words = missing.map((m) => m.text).join(say("card.semicolon"));
    meta.append(attrs(el("span", "la-part", el("i", "la-half"), say("grid.partial")), { title: say("grid.partial_long", { words }) }));
  }
  return el("div", "la-piece", text, meta);
}

function badge(say, kind) {
  return attrs(el("span", "la-badge", mode(kind), ...term(say, kind)), { title: say(`explain.${kind}`) });
}

function confidence(reader, value) {
  const low = value < reader.view.low;
  const node = el("span", `la-conf${low ? " la-low" : ""}`, el("i"), figure(value));
  node.firstChild.style.setProperty("--v", value);
  const label = reader.say(low ? "grid.low" : "grid.confidence", { value: value.toFixed(2) });
  return attrs(node, { title: label, role: "img", "aria-label": label });
}

// What stands after the rendering of sentence n, column by column; null when nothing does.
function gap(reader, n) {
  const cells = reader.columns.map((column) => column.between[n] || []);
  if (!cells.some((items) => items.length)) return null;
  const node = attrs(el("div", "la-gap", el("div"), el("div")), { role: "row" });
  cells.forEach((items, i) => node.append(attrs(residueCell(reader, reader.columns[i], items), { role: "gridcell" })));
  for (const empty of [...node.children].slice(0, 2)) attrs(empty, { role: "gridcell" });
  return node;
}

function residueCell(reader, column, items) {
  const node = el("div", "la-res");
  const quiet = items.filter((item) => item.kind !== "injected");
  if (quiet.length) node.append(residueFold(reader, column, quiet));
  for (const item of items.filter((each) => each.kind === "injected")) {
    node.append(el("div", "la-inj", el("span", "la-rk", reader.say("residue.injected")), residueText(reader, column, item)));
  }
  return node;
}

function residueFold(reader, column, items) {
  const { say } = reader;
  const kinds = [...new Set(items.map((item) => say(`residue.${item.kind}`)))].join(" + ");
  const n = items.reduce((sum, item) => sum + item.end - item.start, 0);
  const preview = attrs(el("span", "la-rt la-zh", items.map((item) => item.text).join(" ").replace(/\s+/g, " ").slice(0, 80)), { lang: column.language });
  const summary = el("summary", "", el("span", "la-rk", kinds), el("span", "", String(n)), preview);
  attrs(summary, { title: say("residue.label", { kinds, n, chip: column.chip }) });
  return el("details", "", summary, ...items.map((item) => residueText(reader, column, item)));
}

function residueText(reader, column, item) {
  const english = item.kind === "source_quote";
  const node = attrs(el("p", `${english ? "la-en" : "la-zh"} la-k-${item.kind}`), { lang: english ? "en" : column.language });
  const before = [...item.text].length - [...item.text.trimStart()].length;
  const marks = runMarks(reader, item, false).map((mark) => ({ ...mark, start: mark.start - before, end: mark.end - before }));
  addMarked(node, item.text.trim(), marks);
  return node;
}
