// Bar: filters with counts, search, columns, type.

const FILTERS = ["all", "omitted", "partial", "moved", "low", "findings"];
const ZOOMS = [0.85, 0.925, 1, 1.125, 1.25, 1.4];

function bar(reader) {
  const { say } = reader;
  const node = attrs(el("div", "la-bar"), { role: "toolbar", "aria-label": say("bar.label") });
  node.append(...FILTERS.map((name) => filterButton(reader, name)), ...infoToggle(reader), el("span", "la-rulev"), searchField(reader));
  node.append(attrs(el("span", "la-hits"), { role: "status" }), el("span", "la-spring"), ...columnButtons(reader));
  if (reader.view.columns.length) node.append(el("span", "la-rulev"));
  for (const [face, sample] of [["serif", "宋"], ["sans", "黑"]]) {
    const choose = button("la-btn la-plain la-zh", say(`bar.${face}`), () => reader.set({ face }), sample);
    node.append(attrs(choose, { "data-face": face, lang: "zh-Hans" }));
    choose.style.fontFamily = `var(--${face}-zh)`;
  }
  for (const [key, step, sample] of [["smaller", -1, "A−"], ["larger", 1, "A+"]]) {
    const zoom = () => reader.set({ zoom: Math.min(ZOOMS.length - 1, Math.max(0, reader.zoom + step)) });
    node.append(attrs(button("la-btn la-plain", say(`bar.${key}`), zoom, sample), { "data-step": step }));
  }
  return node;
}

function filterButton(reader, name) {
  const node = button("la-btn la-plain", null, () => reader.set({ filter: name }), reader.say(`bar.${name}`), el("b"));
  return attrs(node, { "data-filter": name });
}

// Shows or hides findings that are differences and no errors.
function infoToggle(reader) {
  const { say, view } = reader;
  const n = view.findings.filter((finding) => finding.severity === "info").length;
  if (!n) return [];
  const node = button("la-btn la-plain", say("bar.info_long"), () => reader.setInfo(!reader.info), severityMark("info"), say("bar.info"), el("b", "", String(n)));
  return [el("span", "la-rulev"), attrs(node, { "data-info": "", "aria-label": null })];
}

function searchField(reader) {
  const { say } = reader;
  const field = attrs(el("input"), { type: "search", placeholder: say("bar.search"), "aria-label": say("bar.search"), spellcheck: "false" });
  field.value = reader.query;
  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => reader.set({ query: field.value }), 120);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field.value) {
      field.value = "";
      reader.set({ query: "" });
    } else if (event.key === "Escape" || event.key === "Enter") reader.focusGrid();
    event.stopPropagation();
  });
  return field;
}

function columnButtons(reader) {
  const { say, view } = reader;
  if (!view.columns.length) return [];
  const label = el("span", "la-muted la-narrow", say("bar.columns"));
  return [
    label,
    ...view.columns.map((column) => {
      const name = el("span", "la-name", column.chip);
      const node = button("la-btn la-plain", say("bar.column", { name: column.id }), () => reader.toggle(column.id), name);
      return attrs(node, { "data-column": column.id });
    }),
  ];
}

// Writes what is chosen onto the bar's buttons.
function markBar(reader) {
  const { say, root } = reader;
  const press = (node, on) => attrs(node, { "aria-pressed": String(on) }).classList.toggle("la-on", on);
  for (const node of root.querySelectorAll("[data-filter]")) {
    press(node, node.dataset.filter === reader.filter);
    node.querySelector("b").textContent = String(reader.count(node.dataset.filter));
  }
  for (const node of root.querySelectorAll("[data-info]")) press(node, reader.info);
  for (const node of root.querySelectorAll("[data-column]")) press(node, !reader.hidden.has(node.dataset.column));
  for (const node of root.querySelectorAll(".la-bar [data-face]")) press(node, node.dataset.face === reader.face);
  for (const node of root.querySelectorAll("[data-step]")) {
    node.disabled = reader.zoom + Number(node.dataset.step) < 0 || reader.zoom + Number(node.dataset.step) >= ZOOMS.length;
  }
  root.querySelector(".la-hits").textContent = reader.filter === "all" && !reader.search ? "" : say("bar.hits", { n: reader.shown.length });
}
