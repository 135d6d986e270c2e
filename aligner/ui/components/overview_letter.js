// The letter on the Overview page: its renderings in numbers, the heat strip, what the checks found, all letters.

const OV_LISTED = 10;

function ovRenderings(page) {
  const { say, view, data } = page;
  if (!view.columns.length && !view.unbuilt.length) return page.section("renderings", page.empty(say("overview.no_renderings")));
  const heads = ["rendering", "date", "extent", "coverage", "links", "left_out", "open", "confirmed"].map((name) => say(`overview.head_${name}`));
  const rows = view.columns.map((column) => [
    [page.link({ page: "read" }, "la-chip", say("overview.read", { name: column.chip }), column.chip), " ", el("span", column.outlet ? "" : "la-muted", column.outlet || say("card.unstated"))],
    data.day[column.date] || el("span", "la-muted", "–"),
    attrs(el("span", "la-one", say(`extent.${column.extent}`)), { title: say(`extent.${column.extent}_is`) }),
    ovCoverage(page, column),
    ovModes(page, column.modes),
    ovModes(page, { omitted: column.counts.omitted, outside: column.counts.outside }),
    [ovSeverities(page, column.findings), column.judged ? el("span", "la-muted la-one", ` ${say("overview.judged", { n: column.judged })}`) : ""],
    column.links ? say("overview.confirmed_of", { share: ovPercent(column.confirmed / column.links), n: column.confirmed, all: column.links }) : "–",
  ]);
  const table = view.columns.length ? ovTable(say("overview.renderings"), heads, rows, "la-tr-all") : page.empty(say("overview.unbuilt"));
  const left = view.unbuilt.map((item) => rich(el("p", "la-muted la-left", el("span", "la-chip", item.chip), " "), item.problem || say("card.unbuilt")));
  return page.section("renderings", page.cap(say("overview.renderings_is")), table, ...left);
}

function ovCoverage(page, column) {
  const { say } = page;
  const text = say("overview.words", { n: column.words_rendered, all: column.words });
  const bar = attrs(el("span", "la-cover"), { role: "img", "aria-label": say("card.bar", { chip: column.chip, counts: countsText(say, column.counts) }), title: countsText(say, column.counts) });
  for (const kind of KINDS.filter((name) => column.counts[name])) {
    const part = mode(kind);
    part.style.flex = `${column.counts[kind]} 0 0`;
    bar.append(part);
  }
  return el("span", "la-share", bar, el("b", "", ovPercent(column.share)), el("span", "la-muted", text));
}

function ovModes(page, counts) {
  const { say } = page;
  const nodes = KINDS.filter((kind) => counts[kind]).map((kind) => attrs(el("span", "la-ovm", mode(kind), ` ${say("card.count", { n: counts[kind], kind: say(`mode.${kind}`) })}`), { title: say(`explain.${kind}`) }));
  return nodes.length ? el("span", "la-ovms", ...nodes) : el("span", "la-muted", "–");
}

function ovStrip(page) {
  const { say, view } = page;
  if (!view.columns.length) return page.section("strip", page.empty(say("overview.no_strip")));
  const bins = view.columns[0].strip;
  const step = bins.length > 40 ? 10 : 5;
  const heads = bins.map((bin, i) => {
    const shown = i === 0 || (i + 1) % step === 0;
    const name = bin.last > bin.first ? `${bin.first}–${bin.last}` : String(bin.first);
    return attrs(el("th", "", shown ? String(bin.first) : el("span", "la-sr", name)), { scope: "col" });
  });
  const rows = view.columns.map((column) => el("tr", "", attrs(el("th", "", attrs(el("span", "la-chip", column.chip), { title: column.outlet || column.id })), { scope: "row" }), ...column.strip.map((bin) => el("td", "", ovCell(page, column, bin)))));
  const table = el("table", `la-heat${bins.length > 40 ? " la-tight" : ""}`, el("caption", "la-sr", say("overview.strip")), el("thead", "", el("tr", "", attrs(el("th", "", el("span", "la-sr", say("card.rendering"))), { scope: "col" }), ...heads)), el("tbody", "", ...rows));
  ovRove(table);
  const size = bins[0].last - bins[0].first + 1;
  const is = say(size > 1 ? "overview.strip_bins" : "overview.strip_is", { n: size });
  const legend = el("p", "la-vkey", ...KINDS.map((kind) => attrs(el("span", "", mode(kind), say(`mode.${kind}`)), { title: say(`explain.${kind}`) })), el("span", "la-muted", say("overview.strip_key")));
  return page.section("strip", page.cap(is), el("div", "la-wide", table), legend, ovTold(page));
}

function ovCell(page, column, bin) {
  const { say } = page;
  const worst = page.severities().find((name) => bin.findings[name]);
  const single = bin.last === bin.first;
  let label = single ? say("card.sentence", { n: bin.first, kind: say(`mode.${bin.kind}`) }) : say("card.range", { first: bin.first, last: bin.last, counts: countsText(say, bin.counts) });
  if (worst) label = say("card.join", { a: label, b: severityText(page, bin.findings) });
  return page.link({ page: "read", sentence: bin.first }, `la-hc${worst ? ` la-hc-${worst}` : ""}`, say("overview.cell", { chip: column.chip, told: label }), mode(bin.kind), worst ? severityMark(worst) : "");
}

// One cell takes the tab key; the arrow keys move between cells, Enter follows the link.
function ovRove(table) {
  const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("a")]);
  rows.flat().forEach((cell, i) => attrs(cell, { tabindex: i ? -1 : 0 }));
  table.addEventListener("keydown", (event) => {
    const [down, right] = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, -1e6], End: [0, 1e6] }[event.key] || [0, 0];
    const y = rows.findIndex((row) => row.includes(event.target));
    if (y < 0 || !(down || right)) return;
    event.preventDefault();
    const row = rows[Math.min(Math.max(y + down, 0), rows.length - 1)];
    const next = row[Math.min(Math.max(rows[y].indexOf(event.target) + right, 0), row.length - 1)];
    rows.flat().forEach((cell) => attrs(cell, { tabindex: cell === next ? 0 : -1 }));
    next.focus();
  });
}

// The strip in words, for who cannot see it, and for quoting.
function ovTold(page) {
  const { say, view } = page;
  const kinds = KINDS.filter((kind) => view.columns.some((column) => column.told.kinds[kind]));
  const grave = page.severities().filter((name) => view.columns.some((column) => column.told.severities[name]));
  const heads = [say("card.rendering"), ...kinds.map((kind) => say(`mode.${kind}`)), ...grave.map((name) => say("overview.with", { kind: say(`severity.${name}`) }))];
  const list = (numbers) => (numbers ? numbers.join(say("card.comma")) : "–");
  const rows = view.columns.map((column) => [el("span", "la-chip", column.chip), ...kinds.map((kind) => list(column.told.kinds[kind])), ...grave.map((name) => list(column.told.severities[name]))]);
  return page.details("told", "la-alt", say("overview.strip_told"), ovTable(say("overview.strip_told"), heads, rows));
}

function ovFindings(page) {
  const { say, view } = page;
  if (!view.columns.length) return page.section("findings", page.empty(say("overview.no_checks")));
  if (!view.findings_in_all) return page.section("findings", page.empty(say(view.judged ? "overview.all_judged" : "overview.none_found", { n: view.judged })));
  const counts = severityCounts(page, view.open, true);
  const sum = el("p", "la-sumup", ...counts, view.judged ? el("span", "la-muted", say("overview.judged", { n: view.judged })) : "");
  return page.section("findings", page.cap(say("overview.findings_is")), sum);
}

function ovCheck(say, name) {
  const text = say(`check.${name}`);
  return text === `check.${name}` ? name : text;
}

function ovChecks(page) {
  const { say, view } = page;
  if (!view.checks.length) return "";
  const grave = page.severities().filter((name) => view.open[name]);
  const heads = [say("overview.check"), ...grave.map((name) => el("span", "", severityMark(name), ` ${say(`severity.${name}`)}`)), say("overview.sum")];
  const sum = (counts) => String(Object.values(counts).reduce((all, n) => all + n, 0));
  const row = (name, counts) => [name, ...grave.map((each) => (counts[each] ? String(counts[each]) : "–")), sum(counts)];
  const rows = [...view.checks.map((each) => row(ovCheck(say, each.check), each.counts)), row(say("overview.sum"), view.open)];
  return page.details("checks", "la-alt", say("overview.as_table"), ovTable(say("overview.findings"), heads, rows, "la-numbers"));
}

function ovList(page) {
  const { say, view, data } = page;
  if (!view.findings.length) return "";
  const items = page.some("list", view.findings, OV_LISTED, (finding) => ovFinding(page, finding));
  const node = el("div", "la-worst", el("h3", "", say("overview.worst")), data.may.review ? page.cap(say("overview.worst_is")) : "", el("ol", "la-fall", ...items));
  if (view.findings.length < view.findings_in_all) node.append(page.cap(say("overview.gravest", { n: view.findings.length, all: view.findings_in_all })));
  return node;
}

function ovFinding(page, finding) {
  const { say, data } = page;
  const words = [];
  if (finding.source) words.push(page.english(finding.source));
  if (finding.target) words.push(page.chinese(finding.target, finding.rendering));
  const pair = el("span", "la-words", ...words.flatMap((word, i) => (i ? [el("span", "la-muted", " → "), word] : [word])));
  const told = finding.messages[data.language.slice(0, 2)] || finding.messages.en || "";
  const here = finding.rendering && finding.sentence;
  const named = finding.rendering ? findingName(finding) : "";
  const to = here ? { page: "review", sentence: finding.sentence, finding: named } : { page: "compare", finding: finding.id };
  const judge = here && !data.may.review ? "" : page.link(to, "la-judge", here ? say("overview.to_review", { n: finding.sentence }) : say("overview.to_compare"), here ? say("overview.judge") : say("page.compare"));
  const head = el("span", `la-s-${finding.severity}`, severityMark(finding.severity), " ", say(`severity.${finding.severity}`));
  const chips = finding.chip ? el("span", "la-chip", finding.chip) : el("span", "la-muted", say("overview.several"));
  const kind = el("span", "la-muted", `${words.length ? " " : ""}${ovCheck(say, finding.check)} · ${category(say, finding.category)}`);
  return el("li", "", head, finding.sentence ? page.number(finding.sentence, "read", named) : el("span"), chips, el("div", "la-what", el("p", "", pair, kind), told ? el("p", "la-muted", ...worded(told)) : ""), judge);
}

function ovLetters(page) {
  const { say, data } = page;
  if (data.letters.some((line) => line.pending)) setTimeout(() => page.send("more", Date.now()), 0);
  const heads = ["letter", "date", "renderings", "sentences", "coverage", "open", "confirmed"].map((name) => say(`overview.head_${name}`));
  const rows = data.letters.map((line) => {
    const { letter } = line;
    const name = attrs(el("span", "", letter.title || letter.id), { lang: letter.language });
    const here = letter.id === data.letter;
    const head = here ? el("b", "", name) : page.link({ page: "overview", letter: letter.id }, "", say("overview.to_letter", { name: letter.title || letter.id }), name);
    const read = page.link({ page: "read", letter: letter.id }, "la-muted la-toread", say("overview.read", { name: letter.title || letter.id }), say("page.read"));
    const first = [head, " ", read];
    if (line.pending) return [first, data.day[line.date] || "–", String(line.renderings), "…", "…", "…", "…"];
    if (line.problem) return [first, data.day[line.date] || "–", String(line.renderings), el("span", "la-muted", line.problem), "–", "–", "–"];
    return [
      first,
      data.day[line.date] || el("span", "la-muted", "–"),
      line.built < line.renderings ? say("overview.built_of", { n: line.built, all: line.renderings }) : String(line.renderings),
      String(line.sentences),
      line.shares.length ? ovShares(line.shares) : el("span", "la-muted", "–"),
      ovSeverities(page, line.open),
      line.links ? ovPercent(line.confirmed / line.links) : "–",
    ];
  });
  return page.section("letters", page.cap(say("overview.letters_is")), ovTable(say("overview.letters"), heads, rows));
}

function ovShares(shares) {
  if (shares.length > 6) return `${ovPercent(shares[shares.length - 1])} – ${ovPercent(shares[0])}`;
  return shares.map(ovPercent).join(" · ");
}
