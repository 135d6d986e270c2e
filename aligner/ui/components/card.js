// Card: what the letter is, how much of it each rendering carries, sentence by sentence.

const KINDS = ["direct", "indirect", "fragment", "omitted", "outside"];

function mode(kind) {
  return attrs(el("i", `la-m la-m-${kind}`), { "aria-hidden": "true" });
}

// "直译 direct" in the English interface, "直译" in the Chinese one.
function term(say, kind) {
  const zh = say(`term.${kind}`);
  const own = el("span", "", say(`mode.${kind}`));
  return zh && zh !== `term.${kind}` ? [attrs(el("span", "", zh), { lang: "zh-Hans" }), own] : [attrs(own, { lang: say.language })];
}

function countsText(say, counts) {
  const known = KINDS.filter((kind) => counts[kind]);
  return known.map((kind) => say("card.count", { n: counts[kind], kind: say(`mode.${kind}`) })).join(say("card.comma"));
}

function card(reader) {
  const { say, view, data } = reader;
  const { letter, columns } = view;
  const name = attrs(el("span", "", letter.author || letter.title || letter.id), { lang: letter.language });
  const about = el("div", "la-about", el("h2", "", name, el("span", "la-date", data.day[letter.date] || "")));
  const total = columns.length + view.unbuilt.length;
  const count = say("card.join", { a: say("card.sentences", { n: letter.sentences }), b: say("card.renderings", { n: total }) });
  if (letter.author) about.append(attrs(el("p", "", letter.title), { lang: letter.language, title: letter.title }));
  about.append(el("p", "", count), witnesses(reader), findingsSum(reader) || "");

  const table = el("div", "la-renderings");
  const widest = Math.max(3, ...columns.map((c) => c.chip.length), ...view.unbuilt.map((c) => c.chip.length));
  table.style.setProperty("--chip", widest > 3 ? "120px" : "34px");
  table.style.setProperty("--outlet", `${Math.ceil(13 * Math.max(0, ...columns.map((c) => emsOf(c.outlet || say("card.unstated")))))}px`);
  const head = el("div", "la-rr la-hd", el("span"), el("span", "", say("card.rendering")), el("span", "la-wide", say("card.coverage")));
  if (columns.length) head.append(ticks(columns[0].strip));
  table.append(head, ...columns.map((column) => line(reader, column)));
  for (const item of view.unbuilt) {
    const note = attrs(rich(el("span", "la-note"), item.problem || say("card.unbuilt")), { title: item.problem });
    table.append(el("div", "la-rr", chip(item), note));
  }
  return attrs(el("section", "la-card", about, table), { "aria-label": say("card.label") });
}

// About how wide a name is in ems of its font, which has 13 px: an ideograph is one, a Latin letter somewhat more than half.
function emsOf(name) {
  return [...name].reduce((sum, c) => sum + (c > "\u2e7f" ? 1 : 0.56), 0.2);
}

function findingsSum(reader) {
  const { say, view } = reader;
  const sum = {};
  view.findings.forEach((finding, i) => {
    if (reader.verdict(i) !== "dismissed") sum[finding.severity] = (sum[finding.severity] || 0) + 1;
  });
  const counts = severityCounts(reader, sum, Object.keys(sum).length < 4);
  const text = counts.length ? counts : [el("span", "la-muted", say("finding.none"))];
  return view.columns.length ? el("p", "la-fsum", el("span", "la-muted la-narrow", say("finding.label")), ...text) : null;
}

function chip(column) {
  return attrs(el("span", "la-chip", column.chip), { title: column.id });
}

function witnesses(reader) {
  const { say, view } = reader;
  const names = view.letter.witnesses.map((w) => (w.base && view.letter.witnesses.length > 1 ? say("card.base", { name: w.id }) : w.id));
  const text = names.length > 1 ? say("card.witnesses", { names: names.join(say("card.comma")) }) : say("card.witness", { name: names[0] });
  const n = view.letter.emendations;
  const link = attrs(el("a", "", n ? say("card.emendations", { n }) : say("card.none")), {
    href: `collation?letter=${encodeURIComponent(view.letter.id)}`,
  });
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    reader.go("collation");
  });
  return el("p", "la-muted", text, say("card.semicolon"), link);
}

function ticks(strip) {
  const step = strip.length > 30 ? 10 : 5;
  const cells = strip.map((bin, i) => {
    const shown = i === 0 || (i + 1) % step === 0 || (i === strip.length - 1 && (i + 1) % step > step / 3);
    return el("span", "", shown ? String(i === 0 ? bin.first : bin.last) : "");
  });
  return attrs(el("span", `la-strip la-ticks${strip.length > 30 ? " la-tight" : ""}`, ...cells), { "aria-hidden": "true" });
}

function line(reader, column) {
  const { say, data } = reader;
  const outlet = attrs(el("span", column.outlet ? "la-outlet" : "la-outlet la-muted", el("span", "", column.outlet || say("card.unstated"))), { title: [column.outlet, data.day[column.date]].filter(Boolean).join(" ") });
  if (column.date) outlet.append(el("span", "la-muted la-narrow", ` ${data.day[column.date]}`));
  const text = countsText(say, column.counts);
  const bar = attrs(el("span", "la-cover"), { role: "img", "aria-label": say("card.bar", { chip: column.chip, counts: text }) });
  const counts = attrs(el("span", "la-counts"), { title: text });
  for (const kind of KINDS.filter((name) => column.counts[name])) {
    const part = mode(kind);
    part.style.flex = `${column.counts[kind]} 0 0`;
    bar.append(part);
    counts.append(attrs(el("span", "", el("b", "", String(column.counts[kind])), ` ${say(`mode.${kind}`)}`), { title: say(`explain.${kind}`) }));
  }
  return el("div", "la-rr", chip(column), outlet, bar, counts, strip(reader, column, text));
}

function strip(reader, column, text) {
  const { say } = reader;
  const cells = column.strip.map((bin, i) => {
    const kind = say(`mode.${bin.kind}`);
    let label = say("card.sentence", { n: bin.first, kind });
    if (bin.last > bin.first) label = say("card.range", { first: bin.first, last: bin.last, counts: countsText(say, bin.counts) });
    if (bin.moved) label = say("card.join", { a: label, b: say("card.moved") });
    const sum = foundIn(reader, column, bin);
    const worst = reader.severities().find((name) => sum[name]);
    if (worst) label = say("card.join", { a: label, b: severityText(reader, sum) });
    const act = () => reader.select(bin.first, { jump: true });
    const cell = button(`la-sq${bin.moved ? " la-moved" : ""}`, label, act, mode(bin.kind), worst ? severityMark(worst) : null);
    return attrs(cell, { "data-first": bin.first, "data-last": bin.last, tabindex: i ? -1 : 0 });
  });
  const group = el("span", `la-strip${cells.length > 30 ? " la-tight" : ""}`, ...cells);
  group.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step && cells[cells.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    cells.forEach((cell) => attrs(cell, { tabindex: cell === next ? 0 : -1 }));
    next.focus();
  });
  const found = severityText(reader, foundIn(reader, column));
  const counts = found ? say("card.join", { a: text, b: found }) : text;
  return attrs(group, { role: "group", "aria-label": say("card.strip", { chip: column.chip, counts }) });
}
