// What stands in which rendering: names, terms, numbers, the places where meanings part, findings of all together.

const RANKED = 12;

function contrastPart(page) {
  const { say, view } = page;
  if (!view.contrast.length) return page.section("contrast", [], el("p", "la-nothing", say("compare.none_contrast")));
  const rows = page.whole.has("contrast") ? view.contrast : view.contrast.slice(0, RANKED);
  const list = el("ol", "la-con", ...rows.map((row) => contrastLine(page, row)));
  const more = view.contrast.length > RANKED ? page.more("contrast", view.contrast.length) : "";
  return page.section("contrast", [], page.cap(say("compare.contrast_is")), list, more);
}

function contrastLine(page, row) {
  const { say } = page;
  const forms = row.forms.map((form) => {
    const node = el("span", "la-form", el("span", "la-chip", page.chip(form.rendering)), " ");
    form.texts.forEach((text, i) => {
      const words = page.chinese(text, form.rendering);
      if (form.mark) words.classList.add("la-fx", `la-fx-${form.mark.severity}`);
      if (form.mark) words.title = page.told(form.mark);
      node.append(i ? " … " : "", words);
    });
    if (form.odd) node.append(el("span", "la-odd", say("compare.odd")));
    if (form.mark) node.append(el("span", "la-sr", page.told(form.mark)));
    return node;
  });
  return el("li", "", page.mark(row.mark), page.number(row.sentence, row.mark), page.english(row.text), el("span", "la-forms", ...forms));
}

function matrixPart(page, name) {
  const { say, view } = page;
  const rows = view.tables[name];
  if (!rows.length) return page.section(name, [], el("p", "la-nothing", say(`compare.none_${name}`)));
  const heads = view.columns.map((column) => attrs(el("th", "", el("span", "la-chip", column.chip)), { scope: "col", title: column.outlet || null }));
  const first = attrs(el("th", "", el("span", "la-sr", say("compare.in_letter"))), { scope: "col" });
  const body = el("tbody", "", ...rows.map((row) => matrixRow(page, row)));
  const table = attrs(el("table", "la-mx", el("thead", "", el("tr", "", first, ...heads)), body), { "aria-label": say(`compare.${name}`) });
  table.style.minWidth = `${150 + 96 * view.columns.length}px`;
  return page.section(name, [], el("div", "la-wide", table));
}

function matrixRow(page, row) {
  const times = row.count > 1 ? attrs(el("sub", "", String(row.count)), { title: page.say("compare.times", { n: row.count }) }) : "";
  const head = attrs(el("th", "", el("div", "la-src", el("span", "", page.english(row.text), times), page.number(row.sentence))), { scope: "row" });
  const cells = row.cells.map((cell, i) => matrixCell(page, row, cell, page.view.columns[i].id));
  return el("tr", "", head, ...cells);
}

function matrixCell(page, row, cell, rendering) {
  const { say } = page;
  const node = el("td", `${cell.absent === "left_out" ? "la-out" : ""} ${cell.mark ? "la-has" : ""}`.trim());
  if (cell.mark) node.append(page.mark(cell.mark));
  for (const form of cell.forms) {
    const label = say("compare.form", { text: form.text, n: form.count, sentence: form.sentence });
    const count = cell.forms.length > 1 || row.count > 1 || form.count > 1 ? el("sub", "", String(form.count)) : "";
    node.append(button("la-word", label, () => page.go(form.sentence, cell.mark), page.chinese(form.text, rendering), count), " ");
  }
  if (cell.forms.length) return node;
  const label = say(`compare.${cell.absent}`, { name: page.chip(rendering), n: row.sentence });
  node.append(button("la-word la-absent", label, () => page.go(row.sentence, cell.mark), say(`compare.${cell.absent}_sign`)));
  return node;
}

function togetherPart(page) {
  const { say, view } = page;
  const items = view.findings.map((finding) => {
    const line = el("li", "", page.mark(finding), finding.sentence ? page.number(finding.sentence) : el("span", ""));
    const words = el("div", "", el("p", "", page.told(finding)), finding.category.length ? el("p", "la-muted", category(say, finding.category)) : "");
    const places = el("p", "la-forms");
    for (const place of finding.places) {
      const source = place.side === "source";
      const text = source ? page.english(place.text) : page.chinese(place.text, place.rendering);
      const label = say("compare.form", { text: place.text, n: place.count, sentence: place.row });
      places.append(button("la-word", label, () => page.go(place.row), source ? "" : el("span", "la-chip", page.chip(place.rendering)), " ", text));
    }
    if (finding.places.length) words.append(places);
    const values = { letter: view.letter.id, finding: finding.id };
    const copy = attrs(button("la-copy", say("finding.copy_is"), () => copyLink(say, copy, values), say("finding.copy")), { "aria-live": "polite" });
    line.append(words, copy);
    return attrs(line, { "data-finding": finding.id, tabindex: -1 });
  });
  return page.section("findings", [], page.cap(say("compare.findings_is")), el("ol", "la-fall", ...items));
}
