// Legend, list of keys, and what stands where there is nothing to show.

function legend(reader) {
  const { say } = reader;
  const marks = el("div");
  for (const kind of KINDS) marks.append(attrs(el("span", "", mode(kind), el("span", "", ...spaced(term(say, kind)))), { title: say(`explain.${kind}`) }));
  const sample = (cls, text) => el("span", `la-smp ${cls}`, text);
  for (const name of [...reader.view.severities].reverse()) {
    const words = el("span", `la-smp la-fx la-fx-${name}`, say(`severity.${name}`));
    marks.append(attrs(el("span", "", severityMark(name), words), { title: say(`severity_is.${name}`) }));
  }
  const named = reader.view.columns[0];
  const words = named && attrs(sample("la-om la-om-end", say("legend.words")), { "data-tag": `−${named.chip}` });
  marks.append(
    el("span", "la-mv", `⇅ ${say("legend.moved")}`),
    el("span", "la-part", el("i", "la-half"), say("legend.partial")),
    named ? el("span", "", words, say("legend.missing", { chip: named.chip })) : "",
    el("span", "la-conf la-low", lowSample(), say("legend.low")),
    el("span", "la-ok la-narrow", `✓ ${say("legend.confirmed")}`),
    el("span", "la-narrow", el("span", "la-em-end"), say("legend.emended")),
    el("span", "la-narrow", sample("la-carrier", say("legend.carrier")), say("legend.carrier_is")),
    attrs(el("span", "", sample("la-lit-sample", say("legend.lit")), say("legend.lit_is")), { title: say("legend.lit_title") }),
    el("span", "la-narrow", sample("la-inserted", say("legend.inserted")), say("legend.inserted_is")),
  );
  const keys = button("la-btn la-plain", say("legend.keys"), () => toggleHelp(reader), say("legend.keys"), cap(reader, "?"));
  attrs(keys, { "aria-expanded": "false", "data-help": "" });
  return attrs(el("footer", "la-leg", marks, keys), { "aria-label": say("legend.label") });
}

function lowSample() {
  const bar = el("i");
  bar.style.setProperty("--v", 0.3);
  return bar;
}

function spaced(nodes) {
  return nodes.flatMap((node, i) => (i ? [" ", node] : [node]));
}

function toggleHelp(reader) {
  const { say, root } = reader;
  const open = root.querySelector(".la-help");
  attrs(root.querySelector("[data-help]"), { "aria-expanded": String(!open) });
  if (open) return open.remove();
  const help = el("div", "la-help la-pane", el("h4", "", say("keys.title")), new KeyList(reader).node);
  const again = () => {
    toggleHelp(reader);
    reader.tour.start();
  };
  help.append(button("la-btn", say("tour.again"), again, say("tour.again")));
  root.append(attrs(help, { role: "dialog", "aria-label": say("keys.title"), tabindex: -1 }));
  return help.focus({ preventScroll: true });
}

function emptyState(reader) {
  const { say, view } = reader;
  const state = (title, hint, ...more) => attrs(el("div", "la-empty", el("b", "", title), hint ? rich(el("span"), hint) : null, ...more), { role: "status" });
  if (!view.columns.length) return state(say("empty.unbuilt"), say("empty.unbuilt_hint"));
  if (!reader.columns.length) return state(say("empty.columns"), say("empty.columns_hint"));
  if (reader.shown.length) return null;
  const back = button("la-btn", null, () => reader.reset(), say("empty.reset"));
  return state(reader.search ? say("empty.search", { query: reader.query.trim() }) : say("empty.filter"), "", back);
}
