// The bar: which sentence, how far the work is, what is shown, whether it is saved, and whose word it is.

function rvBar(page) {
  const { say } = page;
  page.parts = { where: el("span", "la-rb-where"), progress: el("span", "la-rb-prog"), count: el("span", "la-rb-count"), saved: attrs(el("span", "la-rb-saved"), { role: "status" }) };
  const next = button("la-btn", say("review_keys.unfinished"), () => page.unfinished(), say("review.next"), cap(page, "f"));
  page.parts.finish = button("la-btn la-pri", say("review_keys.done"), () => page.finish());
  const side = attrs(el("span", "la-rb-seg"), { role: "group", "aria-label": say("review.layout") });
  for (const [name, value] of [["beside", false], ["single", true]]) {
    side.append(attrs(button("la-btn", say(`review.${name}`), () => page.setSingle(value), say(`review.${name}`)), { "data-single": String(value) }));
  }
  page.parts.side = side;
  page.parts.hints = button("la-btn", say("review.suggestions_is"), () => page.setHints(!page.hints), say("review.suggestions"));
  page.parts.blind = button("la-btn", say("review.blind_is"), () => page.setBlind(!page.blind), say("review.blind"));
  const { line, need } = reviewerLine(say, (name) => page.become(name));
  page.needName = need;
  return el("div", "la-rb", page.parts.where, page.parts.progress, page.parts.count, page.parts.finish, next, side, page.parts.hints, page.parts.blind, el("span", "la-spring"), page.parts.saved, line);
}

function rvFillBar(page) {
  const { say, parts, view } = page;
  const all = view.rows.length;
  parts.where.replaceChildren(el("b", "", say("review.sentence", { n: page.n })), " ", el("span", "la-muted", say("review.of", { n: all })));
  const done = view.rows.filter((_, i) => page.isDone(i + 1)).length;
  parts.progress.style.setProperty("--all", all);
  parts.progress.replaceChildren(...view.rows.map((_, i) => {
    const n = i + 1;
    const finished = page.isDone(n);
    const state = finished ? say("review.done") : say("review.open");
    const node = button(`la-rb-cell${finished ? " la-done" : ""}${n === page.n ? " la-cur" : ""}`, say("review.cell", { n, state }), () => page.select(n));
    return attrs(node, { tabindex: -1 });
  }));
  parts.count.textContent = say("review.progress", { n: done, all });
  const here = page.isDone(page.n);
  parts.finish.replaceChildren(here ? `✓ ${say("review.reopen")}` : say("review.finish"), cap(page, "g"));
  parts.finish.classList.toggle("la-pri", !here);
  for (const node of parts.side.children) {
    const on = node.dataset.single === String(page.single);
    node.classList.toggle("la-on", on);
    attrs(node, { "aria-pressed": String(on) });
  }
  for (const [node, on] of [[parts.hints, page.hints], [parts.blind, page.blind]]) {
    node.classList.toggle("la-on", on);
    attrs(node, { "aria-pressed": String(on) });
  }
  rvFillSaved(page);
  // Until the reviewer's own words are here.
  attrs(page.root, { "aria-busy": String(Boolean(page.who && !page.mine)) });
}

const RV_SIGNS = { saved: "●", saving: "○", offline: "△", conflict: "■" };

function rvFillSaved(page) {
  const { saved } = page.parts;
  const state = page.faults.length ? "conflict" : page.scoring ? "saving" : page.outbox ? page.outbox.state : "fresh";
  saved.dataset.state = state;
  if (state === "fresh") return saved.replaceChildren();
  return saved.replaceChildren(attrs(el("span", "", RV_SIGNS[state]), { "aria-hidden": "true" }), ` ${page.say(`saved.${state}`)}`);
}

function rvFaults(page) {
  if (!page.faults.length) return "";
  const list = el("ul", "", ...page.faults.map((fault) => el("li", "", fault.said)));
  return attrs(el("div", "la-rw-faults", list, button("la-btn", page.say("review.seen"), () => page.seen(), page.say("review.seen"))), { role: "alert" });
}
