// Above the lanes: undo and redo, which renderings are shown, whose word it is, and whether it is saved.

function alignBar(page) {
  const { say } = page;
  const bar = attrs(el("div", "la-al-bar"), { role: "toolbar", "aria-label": say("align.bar") });
  const line = reviewerLine(say, (name) => {
    page.name = name;
    page.side();
  });
  page.name = line.known || "";
  page.needName = line.need;
  const columns = attrs(el("span", "la-al-columns"), { role: "group", "aria-label": say("align.columns") });
  const legend = el("span", "la-al-legend");
  for (const status of ["confirmed", "auto", "needs_review"]) legend.append(el("span", "", el("i", `la-al-key la-al-${status}`), say(`align.is_${status}`)));
  bar.append(
    tool(page, "undo"), tool(page, "redo"), el("i", "la-al-rule"), columns, el("i", "la-al-rule"), realignButton(page),
    el("span", "la-spring"), legend, line.line, attrs(el("span", "la-al-saved"), { role: "status" }),
  );
  return bar;
}

function realignButton(page) {
  const words = page.say("align.realign");
  return attrs(button("la-btn la-al-again", page.say("align.realign_is"), () => page.act("realign"), words), { "data-act": "realign" });
}

function fillBar(page) {
  const { say, barNode } = page;
  const columns = barNode.querySelector(".la-al-columns");
  columns.replaceChildren(...page.view.lanes.map((lane) => {
    const shown = !lane.problem && !page.hidden.has(lane.id);
    const node = button(`la-btn${shown ? " la-on" : " la-plain"}`, lane.problem || say("align.column", { name: lane.outlet || lane.id }), () => {
      if (!page.hidden.delete(lane.id)) page.hidden.add(lane.id);
      page.rows();
    }, lane.chip);
    node.disabled = Boolean(lane.problem);
    return attrs(node, { "aria-pressed": String(shown) });
  }), ...moreLanes(page));
  const busy = page.outbox.pending.some((each) => each.kind === "realign");
  const again = barNode.querySelector(".la-al-again");
  again.disabled = busy || !page.lane;
  again.replaceChildren(say(busy ? "align.realigning" : "align.realign"), cap(page, keyOf(page, "realign")));
  const saved = barNode.querySelector(".la-al-saved");
  saved.dataset.state = page.outbox.state;
  saved.textContent = page.outbox.state === "fresh" ? "" : (page.outbox.state === "saved" ? "✓ " : "") + say(`saved.${page.outbox.state}`);
}

// What the width of the window hides is told, and shown by a click; the lanes then scroll sideways.
function moreLanes(page) {
  const left = page.view.lanes.filter((lane) => !lane.problem && page.hidden.has(lane.id));
  if (!left.length) return [];
  const words = page.say("align.more_lanes", { n: left.length });
  const show = () => {
    page.hidden.clear();
    page.rows();
  };
  return [button("la-btn la-plain la-al-more", page.say("align.more_lanes_is"), show, words)];
}

// No rendering to show: what to do.
function nothing(page) {
  const problems = page.view.lanes.filter((lane) => lane.problem);
  const built = page.view.lanes.length > problems.length;
  const words = rich(el("span", ""), page.say(built ? "align.choose_column" : "align.unbuilt_hint"));
  return el("div", "la-empty", el("b", "", page.say(built ? "align.no_column" : "align.nothing_built")), words);
}
