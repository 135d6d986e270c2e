// Findings: their marks in the text, their list in the inspector, and the one that is open.

const GLYPHS = { info: "○", minor: "▲", major: "■", critical: "◆" };
const PLACES = 12; // other places that are shown at once

function severityMark(name) {
  return attrs(el("i", `la-sv la-sv-${name}`), { "aria-hidden": "true" });
}

// "1 critical, 3 minor", without what is hidden.
function severityText(reader, counts) {
  const { say } = reader;
  return reader.severities().filter((name) => counts[name]).map((name) => say("card.count", { n: counts[name], kind: say(`severity.${name}`) })).join(say("card.comma"));
}

function severityCounts(reader, counts, words) {
  const { say } = reader;
  return reader.severities().filter((name) => counts[name]).map((name) => {
    const label = say(`severity.${name}`);
    const node = el("span", "la-sc", severityMark(name), String(counts[name]));
    node.append(words ? ` ${label}` : el("span", "la-sr", ` ${label}`));
    return attrs(node, { title: say(`severity_is.${name}`) });
  });
}

// How many findings a rendering has, by severity, without those that were dismissed.
function foundIn(reader, column, { first, last, findings } = { first: 0, last: Infinity, findings: column.findings }) {
  return reader.left(findings, (each) => each.rendering === column.id && each.rows.some((n) => first <= n && n <= last));
}

// How many findings a sentence has, for who does not see the lines under its words.
function rowSum(reader, n) {
  const sum = {};
  for (const i of reader.standing(reader.findingsOf(n))) sum[reader.view.findings[i].severity] = (sum[reader.view.findings[i].severity] || 0) + 1;
  const text = severityText(reader, sum);
  return text ? el("span", "la-sr", reader.say("finding.row", { counts: text })) : "";
}

function category(say, parts) {
  return parts.map((part) => {
    const name = say(`category.${part}`);
    return name === `category.${part}` ? part.replace(/_/g, " ") : name;
  }).join(" · ");
}

function findingMessage(reader, finding) {
  return finding.messages[reader.data.language.slice(0, 2)] || finding.messages.en || "";
}

// The marks of runs: the gravest finding gives the line, a second one a second line.
function runMarks(reader, text, source) {
  const { say, view } = reader;
  return (text.runs || []).flatMap((run) => {
    const on = reader.visible(run.on);
    const places = reader.visible(run.places || []);
    if (!on.length && !places.length) return [];
    // A dismissed finding has no line; its words are lit when it is opened.
    const held = on.filter((i) => reader.verdict(i) !== "dismissed");
    const ending = held.filter((i) => run.off.includes(i));
    const names = held.map((i) => view.findings[i].severity);
    const classes = held.length ? ["la-fx", `la-fx-${names[0]}`] : [];
    if (held.length > 1) classes.push(`la-fy-${names[1]}`);
    if (on.includes(reader.finding) || places.includes(reader.finding)) classes.push("la-lit");
    const title = held.map((i) => say("finding.title", { chip: reader.chipOf(i), severity: say(`severity.${view.findings[i].severity}`), message: findingMessage(reader, view.findings[i]) }));
    return [{
      start: run.start, end: run.end, cls: classes.join(" "), last: ending.length ? `la-fx-end la-fe-${view.findings[ending[0]].severity}` : "",
      tag: ending.map((i) => GLYPHS[view.findings[i].severity] + (reader.verdict(i) === "accepted" ? "✓" : "") + (source ? `${view.findings[i].target ? "" : "−"}${reader.chipOf(i)}` : "")).join(" "),
      title: title.join("\n"), findings: on, places,
    }];
  });
}

// Whether words that the alignment misses lie whole under findings of the same rendering, which say more.
function foundMissing(reader, row, words, column) {
  const own = (run) => reader.visible(run.on).some((i) => reader.view.findings[i].rendering === column.id);
  const shared = (run) => Math.max(0, Math.min(row.start + run.end, words.end) - Math.max(row.start + run.start, words.start));
  const covered = (row.runs || []).filter(own).reduce((sum, run) => sum + shared(run), 0);
  return covered >= words.end - words.start;
}

function findingsPart(reader, n) {
  const { say } = reader;
  const every = reader.listedAt(n);
  const shown = reader.visible(every);
  const part = el("section", "la-finds");
  attrs(part, { "aria-label": say("finding.label") });
  if (!every.length) return part;
  part.append(el("h4", "", say("finding.label"), el("span", "la-muted", ` ${reader.standing(every).length}`)));
  part.append(el("ul", "la-fl", ...shown.map((i) => findingItem(reader, i))));
  const quiet = every.length - shown.length;
  if (quiet) {
    const text = say("finding.quiet", { n: quiet });
    part.append(button("la-quiet", say("finding.show_info", { n: quiet }), () => reader.setInfo(true), severityMark("info"), text));
  }
  return part;
}

function findingItem(reader, i) {
  const { say, view } = reader;
  const finding = view.findings[i];
  const open = reader.finding === i;
  const column = view.columns.find((each) => each.id === finding.rendering);
  const label = el("span", "la-fh", severityMark(finding.severity), el("b", `la-s-${finding.severity}`, say(`severity.${finding.severity}`)));
  label.append(el("span", "la-cat", category(say, finding.category)), verdictMark(reader, i), chip(column));
  const head = attrs(el("button", "la-fb", label, pair(reader, finding, column)), { type: "button", "aria-expanded": String(open), "data-finding": i });
  head.addEventListener("click", () => reader.openFinding(open ? null : i));
  const item = el("li", `la-fc${open ? " la-on" : ""}${reader.verdict(i) === "dismissed" ? " la-fdrop" : ""}`, head);
  if (open) item.append(findingBody(reader, finding, column));
  return item;
}

function verdictMark(reader, i) {
  const { say } = reader;
  const marks = {
    accepted: () => el("span", "la-fv la-ok", `✓ ${say("finding.accepted")}`),
    dismissed: () => el("span", "la-fv", `× ${say("finding.dismissed")}`),
    disputed: () => el("span", "la-fv", `≠ ${say("finding.disputed")}`),
  };
  return reader.verdict(i) ? marks[reader.verdict(i)]() : "";
}

function quoted(cls, text, language) {
  return attrs(el("q", cls, text.replace(/\s+/g, " ").trim()), { lang: language });
}

function pair(reader, finding, column) {
  const { say, view } = reader;
  const source = finding.source ? quoted("la-en", finding.source, view.letter.language) : null;
  const target = finding.target ? quoted("la-zh", finding.target, column.language) : null;
  // What is missing or added has nothing on the other side; a comma of the wrong width has no other side.
  const lacks = (finding.category.includes("omission") && !target) || (finding.category.includes("addition") && !source);
  if (!lacks && !(source && target)) return el("span", "la-pair", source, target);
  const none = el("span", "la-none", attrs(el("span", "", "∅ "), { "aria-hidden": "true" }), say("finding.nothing"));
  return el("span", "la-pair", source || none, attrs(el("span", "la-ar", " → "), { "aria-hidden": "true" }), target || none);
}

function findingBody(reader, finding, column) {
  const { say } = reader;
  const body = el("div", "la-fm", el("p", "", ...worded(findingMessage(reader, finding))));
  const kept = finding.proof.find((line) => line.key === "kept_by");
  if (kept) body.append(...otherRenderings(reader, finding, kept));
  if (finding.places.length) body.append(el("h5", "", say("finding.places")), otherPlaces(reader, finding, column));
  const lines = finding.proof.filter((line) => line !== kept).map((line) => el("li", "", proofLine(say, line)));
  const values = { letter: reader.view.letter.id, sentence: finding.rows.includes(reader.selected) ? reader.selected : finding.rows[0], finding: findingName(finding) };
  const copy = button("la-copy", say("finding.copy_is"), () => copyLink(say, copy, values), say("finding.copy"));
  body.append(el("h5", "", say("finding.proof")), el("ul", "la-proof", ...lines), attrs(copy, { "aria-live": "polite" }));
  return body;
}

function proofLine(say, line) {
  const values = {};
  for (const [name, value] of Object.entries(line.values)) values[name] = Array.isArray(value) ? value.join(say("card.comma")) : value;
  for (const [name, key] of Object.entries(line.terms || {})) values[name] = say(key).replace(/^\w+\./, "");
  if (line.checks) values.checks = line.checks.map((name) => say(`check.${name}`).replace(/^check\./, "")).join(say("card.comma"));
  return say(`proof.${line.key}`, values);
}

function otherRenderings(reader, finding, kept) {
  const { say, view } = reader;
  const n = finding.rows[0];
  const lines = view.columns.filter((column) => kept.values.names.includes(column.chip)).map((column) => {
    const texts = (column.cells[n - 1].pieces || []).flatMap((piece) => piece.texts.map((part) => part.text.replace(/\s*\n\s*/g, "")));
    return el("li", "", chip(column), attrs(el("span", "la-zh", texts.join(" … ")), { lang: column.language }));
  });
  return lines.length ? [el("h5", "", say("finding.others")), el("ul", "la-cmp", ...lines)] : [];
}

function otherPlaces(reader, finding, own) {
  const { say, view } = reader;
  const list = el("ul", "la-places");
  const nodes = finding.places.map((place) => {
    const column = view.columns.find((each) => each.id === place.rendering) || own;
    const words = place.text.replace(/\s+/g, " ");
    const label = say("finding.place", { n: place.row, chip: column.chip, text: words, count: place.count });
    const times = place.count > 1 ? el("span", "la-muted", ` ×${place.count}`) : null;
    const text = attrs(el("span", place.side === "source" ? "la-en" : "la-zh", words), { lang: place.side === "source" ? view.letter.language : column.language });
    const go = button("la-place", label, () => reader.goTo(place), el("b", "", String(place.row)), " ", text, times);
    return el("li", "", go);
  });
  list.append(...nodes.slice(0, PLACES));
  if (nodes.length > PLACES) {
    const more = button("la-place", null, () => more.parentElement.replaceWith(...nodes.slice(PLACES)), say("finding.more", { n: nodes.length - PLACES }));
    list.append(el("li", "", more));
  }
  return list;
}

function isOf(span, i) {
  return `${span.dataset.f || ""} ${span.dataset.p || ""}`.split(" ").includes(String(i));
}

// Lights the spans of the open finding; of what is not in the page yet, runMarks does.
function lightFinding(reader) {
  for (const span of reader.pane.querySelectorAll("[data-f], [data-p]")) span.classList.toggle("la-lit", isOf(span, reader.finding));
}
