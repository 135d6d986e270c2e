// Two renderings held side by side: how far each sentence varies, and the wording that both have.

// The name of a namespace, not an address.
const SVG = ["http:", "", "www.w3.org", "2000", "svg"].join("/");
const MANY_PAIRS = 6;
const LISTED = 6;
// Heights in the chart, as in the stylesheet: bars for wording, the numbers, bars for meaning.
const [UP, GAP, DOWN] = [70, 20, 52];

function svg(name, values, ...children) {
  const node = attrs(document.createElementNS(SVG, name), values);
  node.append(...children);
  return node;
}

// Buttons for the pairs, a list when they are many; -1 stands for all of them, under the name `all`.
function pairChoice(page, name, pairs, chosen, all, choose = (i, kind) => page.choose(name, i, kind)) {
  const { say } = page;
  const options = pairs.map((pair, i) => [i, pair.map((id) => page.chip(id)).join(" : ")]);
  if (all) options.unshift([-1, all]);
  if (options.length < 2) return el("span", "la-muted", options.map((option) => option[1]).join(""));
  const label = { "aria-label": say("compare.pair") };
  if (options.length > MANY_PAIRS) {
    const list = attrs(el("select", "la-pick"), { ...label, "data-choice": name });
    for (const [i, text] of options) list.append(attrs(el("option", "", text), { value: i, selected: i === chosen }));
    list.addEventListener("change", () => choose(Number(list.value), "select"));
    return list;
  }
  const group = attrs(el("span", "la-seg"), { role: "group", ...label });
  for (const [i, text] of options) {
    const one = button(i === chosen ? "la-on" : "", null, () => choose(i), text);
    group.append(attrs(one, { "aria-pressed": String(i === chosen), "data-choice": `${name}${i}` }));
  }
  return group;
}

function variationPart(page) {
  const { say, view } = page;
  const { pairs, bars } = view.variation;
  if (!pairs.length) return page.section("variation", [], el("p", "la-nothing", say("compare.none_variation")));
  const chosen = page.chosen("variation", pairs.length, pairs.length > 1 ? -1 : 0);
  const values = bars.map((bar) => (chosen < 0 ? bar.mean : bar.values[chosen]));
  const names = chosen < 0 ? view.columns.map((column) => column.id) : pairs[chosen];
  const marks = bars.map((bar) => view.severities.find((severity) => names.some((name) => bar.marks[name] === severity)) || null);
  const all = bars.flatMap((bar) => bar.values.filter(Boolean));
  const tops = [0, 1].map((i) => Math.max(0.1, Math.ceil(Math.max(...all.map((value) => value[i])) * 10) / 10));
  const told = attrs(el("output", "la-told"), { "aria-live": "off" });
  const text = (i) => (values[i] ? say("compare.values", { n: i + 1, wording: figure(values[i][0]), meaning: figure(values[i][1]) }) : say("compare.no_values", { n: i + 1 }));
  const tell = (i) => told.replaceChildren(i === null ? "" : text(i));
  const key = el("p", "la-vkey", el("span", "", el("i", "la-k la-k1"), say("compare.wording")), el("span", "", el("i", "la-k la-k2"), say("compare.meaning")));
  const shown = view.severities.filter((severity) => marks.includes(severity));
  key.append(...shown.map((severity) => el("span", "", severityMark(severity), say(`compare.mark_${severity}`))), told);
  return page.section(
    "variation",
    [pairChoice(page, "variation", pairs, chosen, pairs.length > 1 && say("compare.all"))],
    page.cap(say(chosen < 0 ? "compare.variation_all" : "compare.variation_pair")),
    chart(page, values, marks, tops, { text, tell }),
    key,
    asTable(page, values),
  );
}

// Bars up for wording, down for meaning; over them one button for each sentence, reached by arrow keys.
function chart(page, values, marks, tops, { text, tell }) {
  const { say } = page;
  const picture = svg("svg", { class: "la-bars", viewBox: `0 0 ${values.length} ${UP + GAP + DOWN}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  values.forEach((value, i) => {
    if (!value) return;
    const [up, down] = [(value[0] / tops[0]) * UP, (value[1] / tops[1]) * DOWN];
    picture.append(svg("rect", { class: "la-up", x: i + 0.07, width: 0.86, y: UP - up, height: up }));
    picture.append(svg("rect", { class: "la-down", x: i + 0.07, width: 0.86, y: UP + GAP, height: down }));
  });
  const keys = attrs(el("div", "la-vb"), { role: "toolbar", "aria-label": say("compare.chart", { n: values.length }) });
  values.forEach((value, i) => {
    const grave = marks[i] ? say(`compare.mark_${marks[i]}`) : "";
    const label = [text(i), grave, say("compare.to_words")].filter(Boolean).join(say("compare.stop"));
    const number = el("b", value ? "" : "la-nil", String(i + 1));
    const one = button("", label, () => page.pick({ sentence: i + 1 }), number, el("em", "", marks[i] ? severityMark(marks[i]) : ""));
    one.addEventListener("pointerenter", () => tell(i));
    one.addEventListener("focus", () => tell(i));
    keys.append(attrs(one, { tabindex: i ? -1 : 0 }));
  });
  keys.addEventListener("pointerleave", () => tell(null));
  keys.addEventListener("keydown", (event) => roam(event, keys));
  const axis = attrs(el("div", "la-axis", el("span", "", String(tops[0])), el("span", "", "0"), el("span", "", String(tops[1]))), { "aria-hidden": "true" });
  const plot = el("div", "la-plot", picture, keys);
  plot.style.minWidth = `${values.length * (values.length > 99 ? 22 : 16)}px`;
  return el("div", "la-chart", axis, el("div", "la-wide", plot));
}

function roam(event, keys) {
  const at = [...keys.children].indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: keys.children.length - 1 }[event.key];
  const next = to === undefined ? null : keys.children[to];
  if (!next) return;
  event.preventDefault();
  for (const one of keys.children) one.tabIndex = one === next ? 0 : -1;
  next.focus();
}

// The same for who does not see the bars.
function asTable(page, values) {
  const { say } = page;
  const heads = ["sentence", "wording", "meaning"].map((name) => attrs(el("th", "", say(`compare.${name}`)), { scope: "col" }));
  const table = el("table", "", el("caption", "", say("compare.variation")), el("thead", "", el("tr", "", ...heads)));
  const body = el("tbody");
  values.forEach((value, i) => {
    const cells = value ? value.map((each) => el("td", "", figure(each))) : [attrs(el("td", "", say("compare.nothing")), { colspan: 2 })];
    body.append(el("tr", "", attrs(el("th", "", String(i + 1)), { scope: "row" }), ...cells));
  });
  table.append(body);
  return el("div", "la-sr", table);
}

function sharingPart(page) {
  const { say, view } = page;
  const name = "sharing";
  if (!view.sharing.length) return page.section(name, [], el("p", "la-nothing", say("compare.none_sharing")));
  const chosen = page.chosen(name, view.sharing.length, 0);
  const pair = view.sharing[chosen];
  const parts = [page.cap(...summary(page, pair))];
  const list = el("ol", "la-runs");
  if (pair.runs.length) parts.push(map(page, pair), list);
  else parts.push(el("p", "la-nothing", say("compare.none_runs")));
  const listed = page.whole.has(name) ? pair.runs : pair.runs.slice(0, LISTED);
  listed.forEach((run, i) => list.append(runLine(page, pair, run, i)));
  if (pair.runs.length > LISTED) parts.push(page.more(name, pair.runs.length));
  return page.section(name, [pairChoice(page, name, view.sharing.map((each) => each.renderings), chosen, false)], ...parts);
}

function summary(page, pair) {
  const { say } = page;
  const chips = pair.renderings.map((id) => page.chip(id));
  const [a, b] = chips;
  if (!pair.summary) return [say("compare.runs", { n: pair.runs.length })];
  const [first, second] = pair.summary.shares.map((share) => Math.round(share * 100));
  const texts = [say("compare.shares", { n: pair.summary.runs, a, b, first, second })];
  const days = pair.summary.dates;
  if (days.some(Boolean)) texts.push(...days.map((day, i) => (day ? say("compare.dated", { name: chips[i], day: page.data.day[day] || day }) : say("compare.undated", { name: chips[i] }))));
  else texts.push(say("compare.no_dates"));
  if (pair.summary.earlier) texts.push(say("compare.earlier", { name: page.chip(pair.summary.earlier) }));
  return [texts.join(say("compare.space"))];
}

// Two lanes with the articles' segments, and a ribbon for each run between them.
function map(page, pair) {
  const { say } = page;
  const chips = pair.renderings.map((id) => page.chip(id));
  const label = say("compare.map", { a: chips[0], b: chips[1], n: pair.runs.length });
  const picture = svg("svg", { viewBox: "0 0 1000 96", preserveAspectRatio: "none", role: "img", "aria-label": label });
  const x = (lane, at) => ((at - lane.start) / Math.max(lane.end - lane.start, 1)) * 1000;
  pair.runs.map((run, i) => [run, i]).reverse().forEach(([run, i]) => {
    const [[a, b], [c, d]] = run.places.map((edges, lane) => edges.map((at) => x(pair.lanes[lane], at).toFixed(1)));
    const line = `M${a} 14C${a} 48 ${c} 48 ${c} 82L${d} 82C${d} 48 ${b} 48 ${b} 14Z`;
    picture.append(svg("path", { class: i < LISTED ? "la-rib la-rib-top" : "la-rib", d: line, "data-run": i }, svg("title", {}, run.text)));
  });
  pair.lanes.forEach((lane, at) => {
    // Room between segments, less where they are many.
    const room = Math.min(1.2, 60 / lane.blocks.length);
    for (const [start, end, mode] of lane.blocks) {
      const wide = Math.max(x(lane, end) - x(lane, start) - room, 0.5);
      picture.append(svg("rect", { class: `la-lane la-lane-${mode}`, x: x(lane, start).toFixed(1), y: at ? 82 : 2, width: wide.toFixed(1), height: 12 }));
    }
  });
  const names = el("div", "la-lanes", ...chips.map((chip) => el("span", "la-chip", chip)));
  const key = el("p", "la-vkey", el("span", "", el("i", "la-k la-k3"), say("compare.listed")), el("span", "", el("i", "la-k la-k2"), say("compare.lane_direct")), el("span", "", el("i", "la-k la-k1"), say("compare.lane_other")));
  return el("div", "", el("div", "la-map", names, picture), key);
}

function runLine(page, pair, run, i) {
  const { say } = page;
  const [own, other] = pair.renderings;
  const words = el("span", "la-run", page.chinese(run.text, own));
  if (run.kind === "near" && run.other !== run.text) words.append(el("span", "la-near", el("span", "la-muted", say("compare.near", { name: page.chip(other) })), page.chinese(run.other, other)));
  const count = attrs(el("span", "la-chars", String(run.characters)), { title: say("compare.characters", { n: run.characters }) });
  const line = el("li", "", page.mark(run.mark, say("compare.both_err")), words, count, page.number(run.sentence, run.mark));
  const light = (on) => {
    const ribbon = page.root.querySelector(`[data-run="${i}"]`);
    if (ribbon) ribbon.classList.toggle("la-rib-lit", on);
  };
  for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]]) line.addEventListener(event, () => light(on));
  return line;
}
