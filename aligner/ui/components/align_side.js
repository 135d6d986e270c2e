// The panel of Align: what is selected and what can be done with it, conflicts, history, keys.

const MARKS = [
  ["mode", "direct"], ["mode", "indirect"], ["mode", "fragment"], ["residue", "translator_note"], ["residue", "commentary"],
  ["residue", "narration"], ["residue", "injected"], ["absent", "omitted"], ["absent", "outside"],
];

function fillSide(page, aside) {
  const at = aside.scrollTop;
  const open = [...aside.querySelectorAll("details[data-name]")].filter((each) => each.open).map((each) => each.dataset.name);
  const parts = [conflicts(page), proposal(page), selected(page), history(page), keyList(page)];
  const held = aside.querySelector(".la-al-keys :focus");
  aside.replaceChildren(...parts.flat().filter(Boolean));
  if (held) held.focus({ preventScroll: true });
  for (const each of aside.querySelectorAll("details[data-name]")) if (open.includes(each.dataset.name)) each.open = true;
  aside.scrollTop = at;
}

function tool(page, action, main = false) {
  const label = page.say(`keys.${action}`);
  const node = button(main ? "la-btn la-al-main" : "la-btn", label, () => page.act(action), page.say(`align.${action}`), cap(page, keyOf(page, action)));
  return attrs(node, { "data-act": action });
}

function selected(page) {
  const { say, lane, item } = page;
  const part = el("section", "la-al-sel");
  if (!lane || !page.stop) return el("section", "la-al-sel", el("p", "la-muted", say("align.nothing_selected")));
  const head = el("h3", "", el("span", "la-chip", lane.chip));
  if (item) head.append(el("span", "", say("align.span", { start: item.start, end: item.end })));
  else head.append(el("span", "", say("align.sentence", { n: page.stop.row })));
  part.append(head);
  if (page.linking) part.append(el("p", "la-al-tip", say("align.choose_sentence", { n: page.linking, key: keyName(shownKey(page, keyOf(page, "link"))) })));
  else if (page.cut) part.append(el("p", "la-al-tip", say("align.choose_place", { key: keyName(shownKey(page, keyOf(page, "split"))) })));
  for (const each of item ? item.texts : []) {
    const text = attrs(el("p", lane.language.startsWith("zh") ? "la-zh la-al-q" : "la-en la-al-q"), { lang: lane.language, "data-start": each.start });
    addText(text, each.text);
    part.append(text);
  }
  if (item && !item.rows.length) part.append(el("p", "la-muted", say("align.chip_hint")));
  const tools = el("div", "la-al-tools");
  const names = !item ? [] : item.rows.length ? ["confirm", "confirm_to", "merge", "split", "up", "down", "link", "candidates", "unlink", "reject"] : ["link", "candidates", "pull_before", "pull"];
  names.forEach((name, i) => tools.append(tool(page, name, !i)));
  part.append(tools, ...near(page), el("h4", "", say("align.mark_as")), markList(page));
  return part;
}

// Sentences near by with their scores; a click links, or takes off.
function near(page) {
  const { say, item, lane, view } = page;
  if (page.outbox.pending.some((each) => each.kind === "candidates")) return [el("p", "la-muted", say("align.looking"))];
  const made = view.near;
  if (!made || page.nearClosed || !item || made.rendering !== lane.id || made.at < item.start || made.at >= item.end) return [];
  const list = el("ol", "la-al-near");
  for (const { n, score } of made.found) {
    const linked = item.rows.some((share) => share[0] === n);
    const words = attrs(el("span", "la-en"), { lang: view.letter.language });
    words.textContent = view.letter.rows[n - 1].text;
    const label = say(linked ? "align.take_off" : "align.link_with", { n });
    list.append(el("li", "", button(linked ? "la-on" : "", label, () => page.linkTo(n), el("b", "", String(n)), words, el("span", "la-al-cf", figure(score)))));
  }
  const close = button("la-btn la-plain", say("align.close_near"), () => page.closeNear(), say("align.close"), cap(page, keyOf(page, "back")));
  return [el("h4", "la-al-nearhd", say("align.near"), close), list];
}

function markList(page) {
  const { say, item } = page;
  const list = el("div", "la-al-tools la-al-marks");
  MARKS.forEach(([group, name], i) => {
    const fits = { mode: item && item.rows.length, residue: item, absent: !item || item.rows.length }[group];
    const words = say(group === "residue" ? `residue.${name}` : `mode.${name}`);
    const node = button("la-btn", say("align.mark_this", { kind: words }), () => page.mark(i + 1), words, el("span", "la-kbd", String(i + 1)));
    if (item && item.rows.length && group === "mode" && item.mode === name) node.classList.add("la-on");
    node.disabled = !fits;
    list.append(node);
  });
  return list;
}

// One's own conflicts, and to whoever settles disagreements everybody's.
function conflicts(page) {
  const own = (each) => each.mine.by === page.name;
  return page.view.conflicts.filter((each) => own(each) || page.data.settles).map((each) => conflict(page, each, own(each)));
}

function conflict(page, each, own) {
  const { say } = page;
  const others = [...new Set(each.theirs.map((one) => one.by))].join(say("align.comma"));
  const words = own
    ? [say("align.conflict_is"), say("align.mine"), say("align.theirs"), say("align.keep_mine"), say("align.keep_theirs")]
    : [say("align.conflict_others"), say("align.waits"), say("align.holds"), say("align.keep_of", { name: each.mine.by }), say("align.keep_of", { name: others })];
  const [is, mine, theirs, first, second] = words;
  const node = attrs(el("section", "la-al-conflict", el("h3", "", say("align.conflict")), el("p", "", is)), { role: "alert" });
  node.append(version(page, mine, each.mine), ...each.theirs.map((one) => version(page, theirs, one)));
  const send = (kind) => () => page.send(kind, { rendering: each.rendering, parked: each.id });
  node.append(el("div", "la-al-tools", button("la-btn la-al-mine", first, send("keep_mine"), first), button("la-btn la-al-theirs", second, send("keep_theirs"), second)));
  return node;
}

function version(page, whose, told) {
  const { say } = page;
  const lane = laneOf(page, told);
  const left = el("ul", "la-al-leaves", ...told.leaves.map((each) => el("li", "", el("b", "", kindWords(page, each.kind)), rowWords(page, each.rows), wordsOf(lane, each.text))));
  if (told.more) left.append(el("li", "la-muted", say("align.more_left", { n: told.more })));
  const line = changeLine(page, told);
  if (told.rows.length) line.append(button("la-btn la-al-there", say("align.show_there", { n: told.rows[0] }), () => page.showThere(told.rendering, told.rows[0]), say("align.show")));
  return el("div", "la-al-version", el("b", "", whose), el("span", "la-muted", ` ${plain(told.by)}, ${clock(page, told.time)}`), line, left);
}

function laneOf(page, told) {
  return page.view.lanes.find((each) => each.id === told.rendering) || { chip: told.rendering, language: "zh-Hans" };
}

function wordsOf(lane, text) {
  const words = attrs(el("span", "la-al-words"), { lang: lane.language });
  words.textContent = text;
  return words;
}

function kindWords(page, [group, name]) {
  return page.say(group === "residue" ? `residue.${name}` : `mode.${name}`);
}

// The numbers of the sentences: 3, or 3, 4, or 3–9.
function rowWords(page, rows) {
  if (!rows.length) return null;
  const close = rows.length > 2 && rows.at(-1) - rows[0] === rows.length - 1;
  const numbers = close ? `${rows[0]}–${rows.at(-1)}` : rows.slice(0, 4).join(", ") + (rows.length > 4 ? " …" : "");
  return attrs(el("span", "la-al-rows", numbers), { title: page.say("align.sentence", { n: numbers }) });
}

function clock(page, time) {
  const options = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  return new Date(time).toLocaleString(page.data.language, options);
}

function changeLine(page, told) {
  const { say } = page;
  const lane = laneOf(page, told);
  const did = say(`did.${told.action}`);
  const kind = told.kind && kindWords(page, told.kind);
  const what = !kind ? did : told.was && told.was[1] !== told.kind[1] ? say("did.changed", { did, kind, was: kindWords(page, told.was) }) : say("did.as", { did, kind });
  return el("div", "la-al-change", el("span", "la-chip", lane.chip), el("b", "", what), rowWords(page, told.rows), wordsOf(lane, told.text));
}

function proposal(page) {
  const { say } = page;
  const made = page.view.proposal;
  if (!made) return null;
  const lane = page.view.lanes.find((each) => each.id === made.rendering);
  const node = el("section", "la-al-proposal", el("h3", "", say("align.proposal"), el("span", "la-chip", lane.chip)));
  const answer = (kind) => () => page.send(kind, { rendering: made.rendering });
  if (!made.some) node.append(el("p", "la-muted", say("align.no_change")));
  if (made.rest) node.append(el("p", "la-muted", say("align.rest", { n: made.rest })));
  for (const side of ["before", "after"]) {
    const these = made.changes.filter((each) => each.side === side);
    if (!these.length) continue;
    node.append(el("h4", "", say(`align.${side}`, { n: these.length })));
    node.append(el("ul", `la-al-list la-al-${side}`, ...these.slice(0, 40).map((each) => changed(lane, each))));
  }
  const tools = el("div", "la-al-tools");
  if (made.some) tools.append(button("la-btn la-al-main", say("align.take"), answer("take"), say("align.take")));
  const leave = made.some ? say("align.leave") : say("align.close");
  tools.append(button("la-btn", leave, answer("leave"), leave, cap(page, keyOf(page, "back"))));
  node.append(tools);
  return node;
}

function changed(lane, each) {
  const source = attrs(el("span", "la-en"), { lang: "en" });
  source.textContent = each.source.join(" ");
  const target = attrs(el("span", "la-zh"), { lang: lane.language });
  target.textContent = each.target.join(" ");
  return el("li", "", source, target);
}

function history(page) {
  const { say, view } = page;
  const node = attrs(el("details", "la-al-history"), { "data-name": "history", open: true });
  node.append(el("summary", "", say("align.history"), el("span", "la-muted", say("align.history_is"))));
  const list = el("ol", "");
  for (const told of view.history) {
    const line = el("li", told.undone ? "la-al-undone" : "", changeLine(page, told), el("span", "la-al-when", `${plain(told.by)}, ${clock(page, told.time)}`));
    if (told.undone) line.append(el("span", "la-sr", say("align.undone")));
    list.append(line);
  }
  node.append(view.history.length ? list : el("p", "la-muted", say("align.no_history")));
  return el("section", "", node);
}

// Made once: what waits for a key must not be drawn anew when the server answers.
function keyList(page) {
  if (page.keyList && page.keyList.language === page.data.language) return page.keyList.node;
  const node = attrs(el("details", "la-al-keys"), { "data-name": "keys" });
  node.append(el("summary", "", page.say("keys.title"), cap(page, "?")), new KeyList(page).node);
  page.keyList = { language: page.data.language, node: el("section", "", node) };
  return page.keyList.node;
}
