// Inspector: where the chosen sentence stands in each article, with the text around it.

const CONTEXT = 200; // characters either side of a piece

function inspector(reader) {
  const { say } = reader;
  const node = attrs(el("aside", "la-insp la-pane"), { "aria-label": say("inspect.label"), tabindex: -1 });
  fillInspector(reader, node);
  return node;
}

function fillInspector(reader, node) {
  const { say, view } = reader;
  const n = reader.selected;
  node.classList.toggle("la-open", Boolean(n));
  node.scrollTop = 0;
  if (!n) return node.replaceChildren(el("p", "la-hint", say("inspect.hint")));
  const step = (by) => () => reader.move(by);
  const head = el("header", "", el("h3", "", say("inspect.sentence", { n })), el("span", "la-muted", say("inspect.of", { all: view.rows.length })));
  head.append(
    el("span", "la-spring"),
    button("la-btn la-plain", say("inspect.previous"), step(-1), "↑", cap(reader, "k")),
    button("la-btn la-plain", say("inspect.next"), step(1), "↓", cap(reader, "j")),
    button("la-btn la-plain la-close", say("inspect.close"), () => reader.close(), "×"),
  );
  const parts = [head, findingsPart(reader, n)];
  const missing = reader.columns.filter((column) => unnamed(reader, column, n).length);
  if (missing.length) parts.push(el("h4", "", say("inspect.partial")), missingList(reader, missing, n));
  if (reader.columns.length) parts.push(el("h4", "", say("inspect.article")), ...reader.columns.map((column) => context(reader, column, n)));
  if (reader.columns.some((column) => column.cells[n - 1].pieces)) parts.push(el("p", "la-foot", say("inspect.shown")));
  return node.replaceChildren(...parts);
}

// Words without rendering that no finding names.
function unnamed(reader, column, n) {
  return (column.cells[n - 1].missing || []).filter((words) => !foundMissing(reader, reader.view.rows[n - 1], words, column));
}

function missingList(reader, columns, n) {
  const list = el("ul", "la-miss");
  for (const column of columns) {
    for (const words of unnamed(reader, column, n)) {
      const text = attrs(el("span", "la-en"), { lang: reader.view.letter.language });
      addText(text, words.text);
      const place = el("span", "la-muted", reader.say("inspect.range", { start: words.start, end: words.end }));
      list.append(el("li", "", chip(column), text, place));
    }
  }
  return list;
}

function context(reader, column, n) {
  const { say } = reader;
  const content = column.cells[n - 1];
  const node = el("div", "la-ctx");
  if (!content.pieces) {
    node.append(el("div", "la-cth", chip(column), badge(say, content.kind)));
    node.append(el("p", "la-muted", say(`inspect.absent_${content.kind}`)));
    return node;
  }
  const places = content.pieces.flatMap((piece) => piece.texts.map((part) => [part.start, part.end])).sort((a, b) => a[0] - b[0]);
  const ranges = places.map(([start, end]) => say("inspect.range", { start, end })).join(say("card.comma"));
  node.append(el("div", "la-cth", chip(column), el("span", "la-muted", say("inspect.characters", { range: ranges })), badge(say, content.kind)));
  for (const group of together(places)) node.append(surrounding(reader, column, group));
  return node;
}

// Places whose contexts would overlap are shown in one.
function together(places) {
  const groups = [];
  for (const place of places) {
    const last = groups[groups.length - 1];
    if (last && place[0] - last[last.length - 1][1] < 2 * CONTEXT) last.push(place);
    else groups.push([place]);
  }
  return groups;
}

function surrounding(reader, column, places) {
  const article = column.article;
  if (!column.points) column.points = [...article.text];
  const last = article.start + column.points.length;
  const from = Math.max(article.start, places[0][0] - CONTEXT);
  const to = Math.min(last, places[places.length - 1][1] + CONTEXT);
  const edges = new Set([from, to]);
  const residue = article.residue.filter(([start, end]) => start < to && from < end);
  for (const [start, end] of [...places, ...residue]) edges.add(Math.max(from, start)).add(Math.min(to, end));
  const cuts = [...edges].sort((a, b) => a - b);
  const node = attrs(el("p", "la-zh"), { lang: column.language });
  if (from > article.start) node.append("…");
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const covers = ([start, end]) => start <= cuts[i] && cuts[i + 1] <= end;
    const target = places.some(covers) ? el("mark") : el("span", residue.some(covers) ? "la-rs" : "");
    onOneLine(reader, target, column.points.slice(cuts[i] - article.start, cuts[i + 1] - article.start).join(""));
    node.append(target);
  }
  if (to < last) node.append("…");
  return node;
}

// A line break is shown as a pilcrow, several as one.
function onOneLine(reader, parent, text) {
  text.split(/\s*\n\s*/).forEach((part, i) => {
    if (i) parent.append(attrs(el("span", "la-pl"), { role: "img", "aria-label": reader.say("inspect.line_break") }));
    if (part) parent.append(part);
  });
}
