// Overview: parts of one page, drawn in several places since charts stand between them.

class Overview {
  constructor(parent) {
    Object.assign(this, { parent, whole: new Set(), opened: new Set() });
  }

  show(data, send) {
    if (this.data && this.data.letter !== data.letter) this.forget();
    Object.assign(this, { data, send, view: data.view, say: speaker(data.messages) });
    this.say.signed = data.signed;
    this.draw();
    if (data.parts.includes("disputes")) ovReceive(this);
  }

  forget() {
    this.whole.clear();
    this.opened.clear();
    if (this.outbox) this.outbox.close();
    Object.assign(this, { outbox: null, faults: [], busy: null });
  }

  draw() {
    const focus = this.root && this.root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const root = attrs(el("div", "la-root la-ov"), { lang: this.data.language });
    for (const name of this.data.parts) root.append(OV_PARTS[name](this) || "");
    this.root = place(this.parent, this.root, root);
    followTheme(root);
    if (focus) (root.querySelector(`[data-key="${CSS.escape(focus)}"]`) || root.querySelector("h2")).focus({ preventScroll: true });
  }

  severities() {
    return this.view.severities;
  }

  section(name, ...children) {
    const title = attrs(el("h2", "", this.say(`overview.${name}`)), { tabindex: -1, id: `la-ov-${name}` });
    return attrs(el("section", "", title, ...children), { "aria-labelledby": `la-ov-${name}` });
  }

  cap(text) {
    return el("p", "la-cap", text);
  }

  empty(text, ...more) {
    return attrs(el("p", "la-nothing", rich(el("span"), text), ...more), { role: "status" });
  }

  // A link to a page, in this session; with another button or a key held, in another window.
  link(to, cls, label, ...children) {
    const letter = to.letter || this.data.letter;
    const query = new URLSearchParams({ letter, ...(to.sentence ? { sentence: to.sentence } : {}), ...(to.finding ? { finding: to.finding } : {}) });
    const node = attrs(el("a", cls, ...children), { href: `${to.page === "read" ? "./" : to.page}?${query}`, "aria-label": label, title: label });
    node.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      this.send("go", { page: to.page, letter, sentence: to.sentence || null, finding: to.finding || null, at: Date.now() });
    });
    return node;
  }

  number(n, page = "read", finding = "") {
    return this.link({ page, sentence: n, finding }, "la-num", this.say(page === "read" ? "overview.to_read" : `overview.to_${page}`, { n }), String(n));
  }

  english(text) {
    const node = attrs(el("span", "la-en"), { lang: this.view.letter.language });
    addText(node, text);
    return node;
  }

  chinese(text, rendering) {
    const column = this.view.columns.find((each) => each.id === rendering);
    const node = attrs(el("span", "la-zh"), { lang: column ? column.language : "zh-Hans" });
    addText(node, text);
    return node;
  }

  details(key, cls, summary, ...children) {
    const node = attrs(el("details", cls, attrs(el("summary", "", ...[summary].flat()), { "data-key": key }), ...children), { open: this.opened.has(key) });
    node.addEventListener("toggle", () => (node.open ? this.opened.add(key) : this.opened.delete(key)));
    return node;
  }

  // Rows of a list: the first few, and a button for the rest.
  some(key, items, count, make) {
    const open = this.whole.has(key);
    const nodes = (open ? items : items.slice(0, count)).map(make);
    if (items.length <= count) return nodes;
    const act = () => {
      if (open) this.whole.delete(key);
      else this.whole.add(key);
      this.draw();
    };
    const more = button("la-btn la-plain la-all", null, act, this.say(open ? "overview.fewer" : "overview.more", { n: items.length }));
    return [...nodes, el("li", "la-more", attrs(more, { "data-key": key, "aria-expanded": String(open) }))];
  }

  destroy() {
    if (this.outbox) this.outbox.close();
  }
}

function ovBar(page) {
  const { say } = page;
  const node = attrs(el("nav", "la-bar"), { "aria-label": say("overview.parts") });
  const people = page.data.may.review ? ["people", "agreement", "disputes"] : [];
  for (const name of ["renderings", "strip", "findings", ...people, "letters"]) {
    const go = () => {
      const title = document.getElementById(`la-ov-${name}`);
      if (!title) return;
      title.scrollIntoView({ block: "start" });
      title.focus({ preventScroll: true });
    };
    node.append(button("la-btn la-plain", null, go, say(`overview.${name}`)));
  }
  const key = page.severities().map((name) => attrs(el("span", "", severityMark(name), say(`severity.${name}`)), { title: say(`severity_is.${name}`) }));
  node.append(el("span", "la-spring"), el("span", "la-key", ...key));
  // On paper nothing else says which letter this is.
  const { letter } = page.view;
  return el("div", "", node, attrs(el("p", "la-printed", letter.title || letter.id), { lang: letter.language }));
}

// A table with heads; each row is a list of cells, its first one the row's head.
function ovTable(label, heads, rows, cls = "") {
  const head = el("tr", "", ...heads.map((text) => attrs(el("th", "", text), { scope: "col" })));
  const cells = (row) => row.map((cell, i) => (i ? el("td", "", ...[cell].flat()) : attrs(el("th", "", ...[cell].flat()), { scope: "row" })));
  const body = rows.map((row) => el("tr", "", ...cells(row)));
  const table = el("table", `la-tb ${cls}`.trim(), el("thead", "", head), el("tbody", "", ...body));
  // What may scroll sideways can be reached by keys; its name is the table's.
  return attrs(el("div", "la-wide", table), { tabindex: 0, role: "group", "aria-label": label });
}

function ovPercent(share) {
  const value = 100 * share;
  if (value > 0 && value < 1) return "<1 %";
  return `${value > 99 && value < 100 ? 99 : Math.round(value)} %`;
}

function ovSeverities(page, counts) {
  const nodes = severityCounts(page, counts, false);
  return nodes.length ? el("span", "la-ovs", ...nodes) : el("span", "la-muted", "–");
}

const OV_PARTS = {
  bar: (page) => ovBar(page),
  renderings: (page) => ovRenderings(page),
  strip: (page) => ovStrip(page),
  findings: (page) => ovFindings(page),
  checks: (page) => ovChecks(page),
  list: (page) => ovList(page),
  people: (page) => ovPeople(page),
  agreement: (page) => ovAgreement(page),
  figures: (page) => ovFigures(page),
  disputes: (page) => ovDisputes(page),
  letters: (page) => ovLetters(page),
};

export default function ({ data, parentElement, setTriggerValue, setStateValue }) {
  const page = kept(parentElement, () => new Overview(parentElement));
  page.show(data, (name, value) => (name === "outbox" ? setStateValue : setTriggerValue)(name, value));
  return () => left(parentElement, () => page.destroy());
}
