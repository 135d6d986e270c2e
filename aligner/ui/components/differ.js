// One sentence word by word: its renderings in lines, and the places where they differ, told by glyph, form and words.

const SIGNS = { wording: "≈", meaning: "≠" };

function differPart(page) {
  const { say } = page;
  const state = page.words();
  const waits = !state || page.awaits;
  const n = page.awaits ? page.awaits.sentence : state && state.sentence;
  const part = page.section("differ", state && !state.problem ? differTools(page, state, n) : []);
  if (n) part.querySelector("h2").textContent = say("differ.title", { n });
  if (!state) return part.append(attrs(el("p", "la-nothing", say("differ.waits")), { role: "status" })), part;
  if (state.problem) return part.append(el("p", "la-nothing", el("b", "", say("differ.problem")), " ", state.problem)), part;
  attrs(part, { "aria-busy": String(Boolean(waits)) });
  const read = button("la-link la-df-read", say("compare.sentence_link", { n: state.sentence }), () => page.go(state.sentence), say("differ.read"));
  attrs(part, { "data-n": state.sentence });
  const english = attrs(page.english(state.text), addressOf("source", "", state.start));
  part.append(el("p", "la-df-en", english, " ", read));
  const notes = differNotes(page, state);
  if (notes.length) part.append(page.cap(notes.join(say("compare.space"))));
  if (!state.spots.length) return part.append(el("p", "la-nothing", state.all.length ? say("differ.single") : say("differ.nowhere"))), part;
  part.append(differLines(page, state), differKey(page, state), differTable(page, state));
  return part;
}

// Which sentence, which renderings, and the one that the others are laid on.
function differTools(page, state, n) {
  const { say, view } = page;
  const step = (by, sign, name) => {
    const to = n + by;
    const one = button("la-btn la-df-step", say(name, { n: to }), () => page.pick({ sentence: to }), sign);
    one.disabled = to < 1 || to > view.sentences;
    return attrs(one, { "data-step": by });
  };
  const tools = [el("span", "la-df-steps", step(-1, "‹", "differ.previous"), step(1, "›", "differ.next"))];
  const pairs = state.all.flatMap((a, i) => state.all.slice(i + 1).map((b) => [a, b]));
  if (state.all.length < 2) return tools;
  const same = (pair) => state.renderings.length === 2 && pair.every((id) => state.renderings.includes(id));
  const chosen = state.all.length > 2 && state.renderings.length === state.all.length ? -1 : pairs.findIndex(same);
  const choose = (i) => page.pick({ renderings: i < 0 ? null : pairs[i], base: null });
  tools.push(pairChoice(page, "differ", pairs, chosen, state.all.length > 2 && say("differ.all"), choose));
  if (state.renderings.length > 2) {
    const list = attrs(el("select", "la-pick"), { "data-choice": "base", "aria-label": say("differ.base"), title: say("differ.base_is") });
    const options = [["", say("differ.medoid", { name: page.chip(state.base) })], ...state.renderings.map((id) => [id, say("differ.upon", { name: page.chip(id) })])];
    for (const [value, text] of options) list.append(attrs(el("option", "", text), { value, selected: value === (state.chosen || "") }));
    list.addEventListener("change", () => page.pick({ base: list.value || null }));
    tools.push(list);
  }
  return tools;
}

function differNotes(page, state) {
  const { say } = page;
  const notes = Object.entries(state.also).map(([id, numbers]) => say("differ.also", { name: page.chip(id), n: state.sentence, others: numbers.join(say("compare.comma")) }));
  if (state.without.length && state.all.length) notes.push(say("differ.without", { names: state.without.map((id) => page.chip(id)).join(say("compare.comma")) }));
  return notes;
}

function differWhy(page, spot) {
  return spot.reasons.map((name) => page.say(`differ.${name}`)).join(page.say("compare.comma"));
}

// One line for each rendering; a place is a column through all of them.
function differLines(page, state) {
  const { say } = page;
  const flow = attrs(el("div", "la-df-flow"), { role: "list", "aria-label": say("differ.lines") });
  let number = 0;
  for (const spot of state.spots) {
    const same = spot.kind === "same";
    const node = attrs(el("div", `la-df-ck la-df-${spot.kind}`), { role: "listitem" });
    if (!same) {
      number += 1;
      attrs(node, { title: `${number} ${say(`differ.kind_${spot.kind}`)}${say("compare.colon")}${differWhy(page, spot)}`, "data-place": number });
      node.append(attrs(el("i", "la-df-sign", `${SIGNS[spot.kind]}${number}`), { "aria-hidden": "true" }));
    }
    spot.sides.forEach((side, k) => node.append(differSide(page, state, spot, side, k)));
    flow.append(node);
  }
  const names = el("div", "la-df-names");
  page.lines = () => differNames(page, state, flow, names);
  return attrs(el("div", "la-df"), {}).appendChild(names).parentElement.appendChild(flow).parentElement;
}

function differSide(page, state, spot, side, k) {
  const id = state.renderings[k];
  const [start, stop, end, , at] = side;
  const line = attrs(el("span", "la-df-ln la-zh"), { lang: page.column(id).language });
  if (start === end) {
    const silent = spot.silent.includes(k);
    line.classList.add(silent ? "la-df-silent" : "la-df-none");
    return attrs(line, { "aria-label": `${page.chip(id)}${page.say("compare.colon")}${page.say(silent ? "differ.silent" : "differ.nothing")}` });
  }
  if (at >= 0) attrs(line, addressOf("target", id, at));
  const points = [...state.texts[id]];
  const marks = state.marks[id].map((mark) => ({ start: mark.start, end: mark.end, cls: `la-fx la-fx-${mark.severity}`, title: page.told(mark) }));
  const inside = (from, to) => marks.filter((mark) => mark.start < to && from < mark.end).map((mark) => ({ ...mark, start: Math.max(0, mark.start - from), end: Math.min(to, mark.end) - from }));
  const write = (parent, from, to) => addMarked(parent, points.slice(from, to).join(""), inside(from, to));
  write(line, start, stop);
  if (end > stop) write(line.appendChild(el("span", "la-df-tail")), stop, end);
  return line;
}

// Names stand again before each line that the width breaks.
function differNames(page, state, flow, names) {
  if (!flow.isConnected) return;
  names.replaceChildren();
  const tops = [...new Set([...flow.children].map((node) => node.offsetTop))];
  for (const top of tops) {
    const first = [...flow.children].find((node) => node.offsetTop === top);
    const lines = [...first.querySelectorAll(".la-df-ln")];
    lines.forEach((line, k) => {
      const chip = el("span", "la-chip", page.chip(state.renderings[k]));
      chip.style.top = `${first.offsetTop + line.offsetTop}px`;
      names.append(top === tops[0] ? chip : attrs(chip, { "aria-hidden": "true" }));
    });
  }
}

function differKey(page, state) {
  const { say } = page;
  const key = (cls, sign, text) => el("span", "", el("i", `la-df-k ${cls}`, sign), text);
  const marked = state.renderings.some((id) => state.marks[id].length);
  return el(
    "p",
    "la-vkey",
    el("span", "la-muted", say("differ.key_same")),
    key("la-df-wording", SIGNS.wording, say("differ.key_wording", { n: state.counts.wording })),
    key("la-df-meaning", SIGNS.meaning, say("differ.key_meaning", { n: state.counts.meaning })),
    key("", "∅", say("differ.nothing")),
    state.spots.some((spot) => spot.silent.length) ? el("span", "", el("i", "la-k la-hatch"), say("differ.silent")) : "",
    marked ? el("span", "", el("span", "la-fx la-fx-major", say("differ.key_marked"))) : "",
  );
}

// The same in words: places in rows, renderings in columns; it is also what a screen reader is given.
function differTable(page, state) {
  const { say } = page;
  const spots = state.spots.filter((spot) => spot.kind !== "same");
  if (!spots.length) return el("p", "la-nothing", say("differ.all_same"));
  const rows = spots.map((spot, i) => {
    const head = el("th", `la-df-th-${spot.kind}`, el("b", "", `${SIGNS[spot.kind]} ${i + 1} `), say(`differ.kind_${spot.kind}`), el("span", "la-df-why", differWhy(page, spot)));
    return el("tr", "", attrs(head, { scope: "row" }), ...state.renderings.map((id, k) => differCell(page, state, spot, id, k)));
  });
  const heads = state.renderings.map((id) => attrs(el("th", "", el("span", "la-chip", page.chip(id))), { scope: "col" }));
  const first = attrs(el("th", "", el("span", "la-sr", say("differ.place"))), { scope: "col" });
  const table = attrs(el("table", "la-df-mx", el("thead", "", el("tr", "", first, ...heads)), el("tbody", "", ...rows)), { "aria-label": say("differ.table") });
  table.style.minWidth = `${150 + 96 * state.renderings.length}px`;
  const fold = el("details", "la-df-fold", el("summary", "", say("differ.table_open", { n: spots.length })), el("div", "la-wide", table));
  fold.open = remember("compare-places") !== false;
  fold.addEventListener("toggle", () => remember("compare-places", fold.open));
  return fold;
}

// What one rendering has at a place; said to stand alone where all others agree.
function differCell(page, state, spot, id, k) {
  const { say } = page;
  if (spot.silent.includes(k)) return el("td", "la-out", el("span", "la-absent", say("differ.silent")));
  const [start, stop, , group] = spot.sides[k];
  const groups = spot.sides.map((side) => side[3]);
  const alone = groups.length > 2 && !spot.silent.length && groups.filter((each) => each === group).length === 1 && new Set(groups).size === 2;
  const text = [...state.texts[id]].slice(start, stop).join("");
  return el("td", "", text ? page.chinese(text, id) : el("span", "la-absent", `∅ ${say("differ.nothing")}`), alone ? el("span", "la-odd", say("compare.odd")) : "");
}
