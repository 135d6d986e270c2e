// Disagreements of reviewers, worst first, and the choice between their versions.

const OV_DISPUTES = 10;
const OV_OUTBOX = "overview";

function ovDisputes(page) {
  const { say, data } = page;
  const { disputes, conflicts, problem } = data.people;
  if (problem) return page.section("disputes", page.empty(say("overview.no_store")));
  const parts = conflicts.length ? [ovConflicts(page, conflicts)] : [];
  if (!disputes || !(disputes.open.length + disputes.settled.length)) {
    return page.section("disputes", ...parts, page.empty(say(disputes && data.people.agreement.enough ? "overview.no_disputes" : "overview.no_disputes_yet")));
  }
  parts.push(page.cap(say("overview.disputes_is")), page.data.may.settle ? ovTop(page) : "", ovFaults(page));
  if (disputes.open.length) {
    parts.push(el("ol", "la-dis", ...page.some("disputes", disputes.open, OV_DISPUTES, (each) => el("li", "", ovDispute(page, each)))));
  } else parts.push(page.empty(say("overview.all_settled")));
  if (disputes.open.length < disputes.open_in_all) parts.push(page.cap(say("overview.gravest", { n: disputes.open.length, all: disputes.open_in_all })));
  if (disputes.settled.length) {
    const items = disputes.settled.map((each) => el("li", "", ovDispute(page, each)));
    parts.push(page.details("settled", "la-alt", say("overview.settled", { n: disputes.settled.length }), el("ol", "la-dis", ...items)));
  }
  return page.section("disputes", ...parts);
}

// Whose ruling it is, and whether it is saved; the line keeps what is being typed.
function ovTop(page) {
  if (!page.who) {
    page.who = reviewerLine(page.say, () => page.draw());
    page.saved = attrs(el("span", "la-saved"), { role: "status" });
  }
  return el("div", "la-settling", page.who.line, page.saved);
}

function ovFaults(page) {
  if (!page.faults || !page.faults.length) return "";
  return attrs(el("ul", "la-wrong", ...page.faults.map((fault) => el("li", "", fault.said))), { role: "alert" });
}

function ovConflicts(page, conflicts) {
  const { say } = page;
  const items = conflicts.map((each) => {
    const to = { page: "align", sentence: each.sentence };
    const text = say("overview.conflict", { who: each.who, n: each.sentence || "–" });
    return el("li", "", el("span", "la-chip", each.chip), " ", text, " ", each.align ? page.link(to, "", say("overview.to_align", { n: each.sentence || "" }), say("page.align")) : el("code", "la-code", `aligner review settle p${each.number}`));
  });
  return el("div", "la-parked", el("p", "", say("overview.conflicts", { n: conflicts.length })), el("ul", "", ...items));
}

function ovDispute(page, each) {
  const { say } = page;
  const about = each.about.map((name) => say(`overview.about_${name}`)).join(say("card.comma"));
  const where = each.sentence ? say("overview.sentence", { n: each.sentence }) : say("overview.whole");
  const weight = attrs(el("span", "la-weight"), { role: "img", "aria-label": say("overview.weight", { value: figure(each.weight) }), title: say("overview.weight", { value: figure(each.weight) }) });
  weight.style.setProperty("--w", each.weight);
  const sum = [weight, el("b", "", where), el("span", "la-chip", each.chip), el("span", "", about), el("span", "la-muted", each.sides.map((side) => plain(side.who)).join(say("overview.and")))];
  if (!each.open) sum.push(el("span", "la-ok", `✓ ${say("overview.settled_by", { names: each.by.join(say("card.comma")) })}`));
  return page.details(`d.${each.key}`, "la-di", sum, ovVersions(page, each));
}

function ovVersions(page, each) {
  const { say } = page;
  const body = el("div", "la-ver");
  if (each.text) body.append(el("p", "la-said", page.english(each.text)));
  if (each.rendered) body.append(el("p", "la-said", page.chinese(each.rendered, each.rendering)));
  const sides = each.sides.map((side) => {
    const words = side.words.map((word) => el("li", "", ...ovWord(page, each, word)));
    if (!words.length) words.push(el("li", "la-muted", side.said || say(each.choices ? "overview.no_error" : "overview.reaches")));
    return el("div", "la-side", el("h3", "", side.who), el("ul", "", ...words));
  });
  if (each.links.length) {
    body.append(el("p", "la-said", ...each.links.flatMap((part, i) => [i ? el("span", "la-muted", " ↔ ") : "", part.side === "source" ? page.english(part.text) : page.chinese(part.text, each.rendering)])));
  }
  body.append(el("div", "la-sides", ...sides));
  for (const reason of each.reasons) body.append(el("p", "la-muted", say("overview.because", { reason })));
  body.append(ovChoices(page, each));
  return body;
}

function ovWord(page, each, word) {
  const { say, data } = page;
  const named = (names) => names[data.language.slice(0, 2)] || names.en || "";
  if (word.score !== undefined) return [el("b", "", say("overview.score", { n: word.score }))];
  if (word.dismissed) return [say("overview.dismissed", { check: ovCheck(say, word.dismissed) }), " ", el("span", "la-muted", word.reason)];
  const places = [...word.source.map((text) => page.english(text)), ...word.target.map((text) => page.chinese(text, each.rendering))];
  const more = [word.comment, word.correction ? `→ ${word.correction}` : ""].filter(Boolean);
  return [severityMark(word.form), " ", el("span", `la-s-${word.form}`, named(word.severity)), " ", el("span", "la-muted", named(word.category)), " ", ...places.flatMap((node) => [node, " "]), ...more.map((text) => el("p", "la-muted", text))];
}

function ovChoices(page, each) {
  const { say } = page;
  const node = el("div", "la-rule");
  const to = each.about.includes("link") ? "align" : "review";
  if (each.sentence) {
    node.append(page.link({ page: to, sentence: each.sentence }, "", say(`overview.to_${to}`, { n: each.sentence }), say(`page.${to}`)), page.link({ page: "read", sentence: each.sentence }, "", say("overview.to_read", { n: each.sentence }), say("page.read")));
  }
  if (to === "align") node.append(rich(el("span", "la-muted"), say("overview.link_how")));
  if (!each.choices) return node;
  if (!page.data.may.settle) {
    node.append(el("span", "la-muted", say("overview.adjudicators")));
    return node;
  }
  const who = ovRuler(page);
  const ids = each.sides.map((side) => side.ids);
  const act = (name, text, kind, kept, dropped) => {
    const one = attrs(button("la-btn", null, () => ovSettle(page, each, kind, kept, dropped), text), { "data-key": `${name}.${each.key}` });
    one.disabled = !who || page.busy === each.key;
    return one;
  };
  if (!each.open) {
    if (each.by.includes(who)) node.append(act("reopen", say("overview.take_back"), "reopen", ids.flat(), []));
    return node;
  }
  const [a, b] = each.sides.map((side) => side.who);
  node.append(act("first", say("overview.keep", { name: a }), "settle", ids[0], ids[1]), act("second", say("overview.keep", { name: b }), "settle", ids[1], ids[0]));
  if (each.about[0] !== "score") {
    if (each.sides.every((side) => side.words.some((word) => word.form))) node.append(act("both", say("overview.both"), "settle", ids.flat(), []));
    node.append(act("neither", say("overview.neither"), "settle", [], ids.flat()));
  }
  const field = attrs(el("input", "la-why"), { type: "text", maxlength: 1000, placeholder: say("overview.why"), "aria-label": say("overview.why"), "data-why": each.key });
  node.append(field);
  if (!who) node.append(el("span", "la-muted", say("overview.name_first")));
  return node;
}

// Whose ruling it would be: who signed in, else the name that was given.
function ovRuler(page) {
  return page.data.signed || remember("reviewer") || "";
}

function ovSettle(page, each, kind, kept, dropped) {
  const field = page.root.querySelector(`[data-why="${CSS.escape(each.key)}"]`);
  page.busy = each.key;
  page.faults = [];
  ovBox(page).push(kind, { letter: page.data.letter, rendering: each.rendering, kept, dropped, reason: field ? field.value : "", who: ovRuler(page) });
  page.draw();
}

function ovBox(page) {
  if (!page.outbox) page.outbox = new Outbox(ownBox(OV_OUTBOX, page.data.signed), (sent) => page.send("outbox", sent), (box) => ovSaved(page, box));
  return page.outbox;
}

function ovSaved(page, box) {
  if (page.saved) page.saved.textContent = page.say(`saved.${box.state}`);
}

function ovReceive(page) {
  const waits = (remember(`outbox.${ownBox(OV_OUTBOX, page.data.signed)}`) || []).length;
  if (!page.outbox && !waits) return;
  const wrong = ovBox(page).receive(page.data.answer);
  if (wrong.length) page.faults = wrong;
  if (page.outbox.pending.length || (!wrong.length && !page.busy)) return;
  page.busy = null;
  page.draw();
}
