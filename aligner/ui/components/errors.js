// Errors and scores of the renderings: the reviewers' with intervals, and the program's open findings, which are no judgement.

const DRAWN = 14; // marks of one severity that are drawn one by one

function errorsPart(page) {
  const { say } = page;
  const name = "errors";
  const state = page.state("scores");
  if (!state) return page.section(name, [], attrs(el("p", "la-nothing", say("errors.waits")), { role: "status" }));
  const lines = state.lines;
  const options = [...lines.map((line) => line.whose ? say(`errors.${line.whose}`) : line.of), say("errors.program")];
  const chosen = page.chosen(name, options.length, 0);
  const part = page.section(name, lines.length ? [whoseChoice(page, options, chosen)] : []);
  if (state.problem) part.append(el("p", "la-nothing", state.problem));
  if (!lines.length) part.append(nobodyYet(page));
  const line = lines[chosen];
  if (line) part.append(page.cap(line.whose ? say(`errors.${line.whose}_is`) : say("errors.reviewer_is", { name: line.of })), errorTable(page, line.columns, say("errors.table", { name: options[chosen] }), line), rates(page, line));
  else part.append(el("h3", "la-er-h", say("errors.program_title")), page.cap(say("errors.program_is")), errorTable(page, state.program, say("errors.program_title"), null));
  return part;
}

function whoseChoice(page, options, chosen) {
  const list = attrs(el("select", "la-pick"), { "data-choice": "errors", "aria-label": page.say("errors.whose") });
  options.forEach((text, i) => list.append(attrs(el("option", "", text), { value: i, selected: i === chosen })));
  list.addEventListener("change", () => page.choose("errors", Number(list.value), "select"));
  return list;
}

function nobodyYet(page) {
  const { say } = page;
  const go = button("la-btn", null, () => page.review(), say("errors.to_review"));
  return attrs(el("div", "la-er-none", el("b", "", say("errors.none")), el("p", "", say("errors.none_hint")), go), { role: "status" });
}

// Rows are categories, columns renderings; every mark is an error. `line` adds the scores below.
function errorTable(page, columns, label, line) {
  const { say, view } = page;
  const shown = view.columns;
  const rows = new Map();
  for (const column of shown) {
    for (const item of (columns[column.id] || { profile: [] }).profile) {
      const row = rows.get(item.category) || { item, total: 0, cells: {} };
      row.total += item.count;
      const cell = (row.cells[column.id] = row.cells[column.id] || {});
      cell[item.severity] = (cell[item.severity] || 0) + item.count;
      rows.set(item.category, row);
    }
  }
  const head = el("tr", "", el("th", "", el("span", "la-sr", say("errors.category"))), ...shown.map((column) => attrs(el("th", "", el("span", "la-chip", column.chip)), { scope: "col", title: column.outlet || null })));
  const body = el("tbody");
  for (const row of [...rows.values()].sort((a, b) => b.total - a.total)) {
    const full = row.item.names[page.data.language.slice(0, 2)] || category(say, row.item.parts.slice(-1));
    const cells = shown.map((column) => errorCell(page, row.cells[column.id], columns[column.id]));
    body.append(el("tr", "", attrs(el("th", "", full), { scope: "row", title: category(say, row.item.parts) }), ...cells));
  }
  if (!rows.size) body.append(el("tr", "", attrs(el("td", "la-muted", line ? say("errors.no_errors") : say("errors.no_findings")), { colspan: shown.length + 1 })));
  if (line) body.append(...scoreRows(page, line, shown));
  const table = attrs(el("table", "la-er", el("thead", "", head), body), { "aria-label": label });
  table.style.minWidth = `${110 + 96 * shown.length}px`;
  const notes = line ? [say("errors.formula")] : [];
  if (line && shown.some((column) => line.columns[column.id] && line.columns[column.id].rate && line.columns[column.id].rate.low === undefined)) notes.push(say("errors.no_interval"));
  return el("div", "", el("div", "la-wide", table), notes.length ? page.cap(notes.join(say("compare.space"))) : "");
}

// The profile in figures: errors of each category and severity per 1,000 words, with their intervals.
function rates(page, line) {
  const { say, view } = page;
  const shown = view.columns.filter((column) => line.columns[column.id]);
  const kinds = new Map();
  for (const column of shown) for (const item of line.columns[column.id].profile) kinds.set(`${item.category} ${item.severity}`, item);
  if (!kinds.size) return "";
  const head = el("tr", "", attrs(el("th", "", say("errors.category")), { scope: "col" }), ...shown.map((column) => attrs(el("th", "", el("span", "la-chip", column.chip)), { scope: "col" })));
  const body = el("tbody");
  for (const [key, kind] of kinds) {
    const name = kind.names[page.data.language.slice(0, 2)] || category(say, kind.parts.slice(-1));
    const cells = shown.map((column) => {
      const item = line.columns[column.id].profile.find((each) => `${each.category} ${each.severity}` === key);
      if (!item || !item.rate) return el("td", "", item ? String(item.count) : "0");
      const { value, low, high } = item.rate;
      return el("td", "", low === undefined ? value.toFixed(1) : `${value.toFixed(1)} (${low.toFixed(1)}–${high.toFixed(1)})`);
    });
    body.append(el("tr", "", attrs(el("th", "", severityMark(kind.severity), ` ${name}`, el("span", "la-sr", ` ${say(`severity.${kind.severity}`)}`)), { scope: "row" }), ...cells));
  }
  const table = attrs(el("table", "la-er", el("thead", "", head), body), { "aria-label": say("errors.rates") });
  return el("details", "la-df-fold la-er-rates", el("summary", "", say("errors.rates")), el("div", "la-wide", table));
}

function errorCell(page, counts, column) {
  const { say, view } = page;
  if (!column) return attrs(el("td", "la-muted", "—"), { title: say("errors.not_judged") });
  if (!counts) return el("td", "la-muted", el("span", "", attrs(el("span", "", "·"), { "aria-hidden": "true" }), el("span", "la-sr", "0")));
  const names = view.severities.filter((name) => counts[name]);
  const text = names.map((name) => say("errors.count", { n: counts[name], severity: say(`severity.${name}`) })).join(say("compare.comma"));
  const marks = attrs(el("span", "la-er-marks"), { "aria-hidden": "true" });
  for (const name of names) {
    for (let i = 0; i < Math.min(counts[name], DRAWN); i += 1) marks.append(severityMark(name));
    if (counts[name] > DRAWN) marks.append(`…${counts[name]}`);
  }
  const total = names.reduce((sum, name) => sum + counts[name], 0);
  return attrs(el("td", "", marks, attrs(el("b", "", String(total)), { "aria-hidden": "true" }), el("span", "la-sr", text)), { title: text });
}

// Penalty and direct score with their intervals on one scale for all renderings, and what they rest on.
function scoreRows(page, line, shown) {
  const { say } = page;
  const of = (name) => shown.map((column) => (line.columns[column.id] || {})[name] || null);
  const rates = of("rate");
  const top = Math.max(1, ...rates.filter(Boolean).map((each) => (each.high === undefined ? each.value : each.high)));
  const row = (name, figures, ceiling) => {
    const head = attrs(el("th", "", say(`errors.${name}`)), { scope: "row", title: say(`errors.${name}_is`) });
    return el("tr", "la-er-sum", head, ...figures.map((each) => el("td", "", each ? interval(page, each, ceiling) : attrs(el("span", "la-muted", "—"), { title: say("errors.no_figure") }))));
  };
  const judged = shown.map((column) => {
    const own = line.columns[column.id];
    return el("td", "", own ? el("span", "la-civ", say("errors.of", { n: own.judged, all: own.rendered })) : el("span", "la-muted", "—"));
  });
  return [row("rate", rates, top), row("esa", of("esa"), 100), el("tr", "", attrs(el("th", "", say("errors.judged")), { scope: "row" }), ...judged)];
}

function interval(page, value, top) {
  const { say } = page;
  const x = (at) => Math.max(0, Math.min(100, (at / top) * 100));
  const told = (at) => (at >= 100 ? String(Math.round(at)) : at.toFixed(1));
  const some = value.low !== undefined;
  const label = some ? say("errors.between", { value: told(value.value), low: told(value.low), high: told(value.high), n: value.n }) : say("errors.value", { value: told(value.value), n: value.n });
  const picture = svg("svg", { class: "la-ci", viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": label });
  picture.append(svg("line", { x1: 0, x2: 100, y1: 9, y2: 9, class: "la-ci-axis" }));
  if (some) picture.append(svg("rect", { x: x(value.low), width: Math.max(0.8, x(value.high) - x(value.low)), y: 4, height: 4, class: "la-ci-bar" }));
  picture.append(svg("rect", { x: Math.min(98.5, x(value.value)), width: 1.5, y: 1, height: 9, class: "la-ci-at" }));
  const words = el("span", "la-civ", el("b", "", told(value.value)), some ? ` ${told(value.low)}–${told(value.high)}` : "");
  return attrs(el("span", "", picture, words), { title: label });
}
