// Reviewers on the Overview page: how far each is, and how far they agree.

function ovPeople(page) {
  const { say, data } = page;
  const { people, problem } = data.people;
  if (problem) return page.section("people", page.empty(say("overview.no_store")), el("p", "la-muted la-left", problem));
  if (!people.length) {
    const go = page.link({ page: "review" }, "", say("page.review"), say("page.review"));
    return page.section("people", page.empty(say("overview.nobody"), " ", go));
  }
  const heads = ["reviewer", "rendering", "progress", "errors", "verdicts", "scores", "corrections", "last"].map((name) => say(`overview.head_${name}`));
  const head = el("tr", "", ...heads.map((text) => attrs(el("th", "", text), { scope: "col" })));
  const table = el("table", "la-tb la-people", el("thead", "", head), ...people.map((each) => ovPerson(page, each)));
  return page.section("people", page.cap(say("overview.people_is")), attrs(el("div", "la-wide", table), { tabindex: 0, role: "group", "aria-label": say("overview.people") }));
}

function ovPerson(page, person) {
  const { say } = page;
  const many = person.renderings.length > 1;
  const lines = many ? [...person.renderings, { ...person.all, sum: true }] : person.renderings;
  const rows = lines.map((row, i) => {
    const name = row.sum ? el("span", "la-muted", say("overview.sum")) : el("span", "", el("span", "la-chip", row.chip), row.assigned ? el("span", "la-muted", ` ${say("overview.assigned")}`) : "");
    const cells = [
      name,
      ovDone(page, row),
      ovCount(row.errors),
      row.accepted + row.dismissed ? say("overview.verdicts", { accepted: row.accepted, dismissed: row.dismissed }) : ovCount(0),
      ovCount(row.scores),
      ovCount(row.corrections),
    ];
    const line = el("tr", row.sum ? "la-all-of" : "", ...cells.map((cell) => el("td", "", cell)));
    if (!i) line.prepend(attrs(el("th", "", person.reviewer), { scope: "rowgroup", rowspan: lines.length }));
    if (!i) line.append(attrs(el("td", "la-muted", person.last), { rowspan: lines.length }));
    return line;
  });
  return el("tbody", "", ...rows);
}

function ovCount(n) {
  return n ? String(n) : el("span", "la-muted", "–");
}

// A bar of done, in work and skipped sentences, told apart by their pattern, with the numbers beside it.
function ovDone(page, row) {
  const { say } = page;
  const parts = ["done", "in_work", "skipped"].filter((name) => row[name]);
  const told = parts.map((name) => say(`overview.${name}`, { n: row[name] })).join(say("card.comma")) || say("overview.not_begun");
  const bar = attrs(el("span", "la-prog"), { "aria-hidden": "true" });
  for (const name of parts) {
    const part = el("i", `la-pg-${name}`);
    part.style.flex = `${row[name]} 0 0`;
    bar.append(part);
  }
  const rest = el("i");
  rest.style.flex = `${Math.max(0, row.sentences - parts.reduce((sum, name) => sum + row[name], 0))} 0 0`;
  bar.append(rest);
  return el("span", "la-share", bar, el("span", "", told), el("span", "la-muted", say("overview.of", { n: row.sentences })));
}

function ovAgreement(page) {
  const { say, data } = page;
  const { agreement, people, problem } = data.people;
  if (problem) return page.section("agreement", page.empty(say("overview.no_store")));
  if (!agreement || !agreement.enough) {
    const names = people.map((each) => each.reviewer).join(say("card.comma"));
    return page.section("agreement", page.empty(names ? say("overview.one_judge", { names }) : say("overview.no_judge")));
  }
  return page.section("agreement", page.cap(say("overview.agreement_is")));
}

function ovFigures(page) {
  const { say, data } = page;
  const { agreement } = data.people;
  if (!agreement) return "";
  const rows = agreement.rows.filter((row) => !row.chip);
  const links = agreement.rows.filter((row) => row.chip);
  const node = el("div", "la-figs");
  if (rows.length && agreement.enough) node.append(ovFigureTable(page, rows, say("overview.agreement")));
  if (links.length) {
    node.append(page.details("links", "la-alt", say("overview.links_agree", { n: links.length }), page.cap(say("overview.links_agree_is")), ovFigureTable(page, links, say("overview.links_agree", { n: links.length }))));
  }
  if (agreement.undefined.length) {
    const items = agreement.undefined.map((row) => el("li", "", `${ovWhat(say, row)}, ${ovWho(page, row)}: `, el("span", "la-muted", row.remark ? say(`agreement_not.${row.remark}`) : row.remark_named)));
    node.append(page.details("undefined", "la-alt", say("overview.undefined", { n: items.length }), el("ul", "la-undefined", ...items)));
  }
  if (agreement.uncounted) node.append(page.cap(say("overview.uncounted", { n: agreement.uncounted })));
  return node;
}

function ovWhat(say, row) {
  return row.what ? say(`agreement.${row.what}`) : row.named;
}

function ovWho(page, row) {
  const { say } = page;
  const names = row.between.map((each) => (each.machine ? say(`overview.${each.name}`) : plain(each.name)));
  return names.join(say(names.length > 2 ? "card.comma" : "overview.and"));
}

function ovFigureTable(page, rows, label) {
  const { say } = page;
  const heads = ["what", "between", "value", "interval", "n", "meaning"].map((name) => say(`overview.head_${name}`));
  const lines = rows.map((row) => [
    [row.chip ? el("span", "la-chip", row.chip) : "", row.chip ? " " : "", ovWhat(say, row)],
    ovWho(page, row),
    el("b", "", ovFixed(row.value)),
    row.low === null ? el("span", "la-muted", "–") : `${ovFixed(row.low)} – ${ovFixed(row.high)}`,
    say(`overview.items_${row.items}`, { n: row.n }),
    attrs(el("span", "la-muted", row.what ? say(`agreement_is.${row.what}`) : row.formula), { title: row.formula }),
  ]);
  return ovTable(label, heads, lines, "la-agree");
}

// Two places, without a minus before nothing.
function ovFixed(value) {
  return value.toFixed(2).replace(/^-(0\.00)$/, "$1").replace("-", "−");
}
