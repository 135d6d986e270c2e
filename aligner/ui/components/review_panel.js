// The panel on the right: what is wrong with the words in hand, and the list of keys.

function rvPanel(page) {
  const panel = attrs(el("aside", "la-rp"), { "aria-label": page.say("review.panel") });
  panel.append(page.draft ? rvDraft(page) : rvHint(page), rvHow(page));
  return panel;
}

function rvHint(page) {
  const { say } = page;
  return el("section", "la-rp-hint", el("h3", "", say("review.panel")), el("p", "", say("review.hint_pointer")), el("p", "", say("review.hint_keys", rvKeyNames(page))), el("p", "", say("review.hint_omission", rvKeyNames(page))));
}

function rvDraft(page) {
  const { say, draft } = page;
  const column = page.column(draft.rendering);
  const where = draft.target.length ? draft.target : draft.source;
  const place = `${column.chip} ${where.map((span) => `${span[0]}–${span[1]}`).join(" ")}`;
  const part = attrs(el("section", "la-rp-draft", el("h3", "", say(draft.id ? "review.annotation" : "review.new"), el("span", "la-spring"), el("span", "la-muted", place))), { "aria-label": say("review.panel") });
  for (const [side, cls, lang] of [["source", "la-en", page.view.letter.language], ["target", "la-zh", column.language]]) {
    if (draft[side].length) part.append(attrs(el("p", `la-rp-q ${cls}`, el("span", "la-rk-draft", draft[side].map((span) => span[2].replace(/\s+/g, " ")).join(" … "))), { lang }));
  }
  if (!draft.target.length && page.view.columns.length > 1) part.append(rvWhich(page));
  part.append(el("h4", "", say("review.category")), rvFind(page), rvCategories(page, ""));
  const chosen = page.view.typology.categories.find((each) => each.id === draft.category);
  const hint = chosen && chosen.source && !draft.source.length ? el("p", "la-rp-need", say("review.need_english", rvKeyNames(page))) : chosen ? el("p", "la-rp-is", rvName(page, chosen.hints)) : "";
  part.append(hint, el("h4", "", say("review.severity")), rvSeverities(page));
  part.append(...rvField(page, "comment"), ...rvField(page, "correction"));
  const act = el("div", "la-rw-act", button("la-btn la-pri", say("review.close"), () => page.closeDraft(), say(draft.id ? "review.close" : "review.cancel"), cap(page, "escape")));
  if (draft.id) act.append(button("la-btn la-plain", say("review.delete"), () => page.deleteDraft(), say("review.delete"), cap(page, "delete")));
  part.append(act);
  if (!draft.id) part.append(attrs(el("p", "la-rp-need", page.missingOf(draft)), { role: "status" }));
  return part;
}

// An omission stands in the letter; which rendering omits is chosen here.
function rvWhich(page) {
  const chips = page.view.columns.map((column) => {
    const on = column.id === page.draft.rendering;
    return attrs(button(`la-btn${on ? " la-on" : ""}`, null, () => page.changeDraft({ rendering: column.id }), column.chip), { "aria-pressed": String(on), "data-key": `which.${column.id}` });
  });
  return attrs(el("div", "la-rp-which", el("span", "la-muted", page.say("review.which")), ...chips), { role: "group", "aria-label": page.say("review.which") });
}

function rvFind(page) {
  const { say } = page;
  const field = attrs(el("input", "la-rp-find"), { type: "text", "data-key": "find", placeholder: say("review.find_category"), "aria-label": say("review.find_category"), autocomplete: "off" });
  field.addEventListener("input", () => field.parentElement.querySelector(".la-rp-cats").replaceWith(rvCategories(page, field.value)));
  field.addEventListener("keydown", (event) => {
    const first = field.parentElement.querySelector(".la-rp-cats button");
    if (event.key === "Enter" && field.value.trim() && first) first.click();
    if (event.key === "Escape") page.leaveField();
  });
  return field;
}

function rvCategories(page, query) {
  const { typology } = page.view;
  const wanted = query.trim().toLowerCase();
  const of = (id) => typology.categories.find((each) => each.id === id);
  const hit = (each) => [each.id, ...Object.values(each.names)].some((name) => name.toLowerCase().includes(wanted));
  let shown = wanted ? typology.categories.filter(hit) : typology.quick.map(of);
  const chosen = of(page.draft.category);
  if (!wanted && chosen && !shown.includes(chosen)) shown = [...shown, chosen];
  const grid = attrs(el("div", "la-rp-cats"), { role: "group", "aria-label": page.say("review.category") });
  for (const each of shown) {
    const digit = typology.quick.indexOf(each.id);
    const on = each.id === page.draft.category;
    const other = page.data.language.startsWith("zh") ? each.names.en : each.names.zh;
    const key = digit >= 0 ? el("kbd", "la-kbd", String((digit + 1) % 10)) : "";
    const name = el("span", "", rvName(page, each.names), attrs(el("small", "", other), { lang: page.data.language.startsWith("zh") ? "en" : "zh-Hans" }));
    const node = button(`la-rp-cat${on ? " la-on" : ""}`, `${rvName(page, each.names)}: ${rvName(page, each.hints)}`, () => page.changeDraft({ category: each.id }), key, name);
    grid.append(attrs(node, { "aria-pressed": String(on), "data-key": `cat.${each.id}` }));
  }
  if (!shown.length) grid.append(el("p", "la-muted", page.say("review.no_category")));
  return grid;
}

function rvSeverities(page) {
  const grid = attrs(el("div", "la-rp-sevs"), { role: "group", "aria-label": page.say("review.severity") });
  for (const each of page.view.typology.severities) {
    const on = each.id === page.draft.severity;
    const node = button(`la-rp-sev la-rp-${each.form}${on ? " la-on" : ""}`, `${rvName(page, each.names)}: ${rvName(page, each.hints)}`, () => page.changeDraft({ severity: each.id }), each.key ? cap(page, each.key) : "", severityMark(each.form), el("span", "", rvName(page, each.names)));
    grid.append(attrs(node, { "aria-pressed": String(on), "data-key": `sev.${each.id}` }));
  }
  return grid;
}

// A text field: kept in this browser with every letter, saved when it is left.
function rvField(page, name) {
  const { say } = page;
  const field = attrs(el("textarea", "la-rp-text"), { rows: 2, maxlength: 10000, "aria-label": say(`review.${name}`), placeholder: say("review.optional"), "data-key": name });
  field.value = page.draft[name] || "";
  field.addEventListener("input", () => page.write(name, field.value));
  field.addEventListener("blur", () => page.saveText());
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      page.leaveField();
    }
  });
  return [el("h4", "", say(`review.${name}`)), field];
}

// Keys that messages name, as they are pressed now.
function rvKeyNames(page) {
  const keys = ["l", "h", "o"].map((key) => keyName(shownKey(page, key))).join(page.say("review.comma"));
  return { keys, alt: "Alt", shift: "Shift", enter: "Enter", esc: "Esc" };
}

const RV_FIRST = ["next", "previous", "unfinished", "done", "word", "mark", "english", "accept", "dismiss", "score"];

function rvKeyRow(page, binding) {
  return [el("dt", "", ...bindingKeys(binding).map((key) => cap(page, key))), el("dd", "", page.say(`review_keys.${binding.action}`))];
}

function rvHow(page) {
  const first = page.data.keys.filter((binding) => RV_FIRST.includes(binding.action));
  const all = button("la-btn la-plain la-rw-small", page.say("review_keys.title"), () => page.help(), page.say("review_keys.all"), cap(page, "?"));
  return el("section", "la-rp-how", el("h4", "", page.say("review_keys.title")), el("dl", "", ...first.flatMap((binding) => rvKeyRow(page, binding))), attrs(all, { "data-key": "help" }));
}

function rvHelp(page) {
  const { say } = page;
  const help = el("div", "la-rw-help", el("h4", "", say("review_keys.title")), new KeyList(page).node, el("p", "la-muted", say("review_keys.fields", rvKeyNames(page))));
  return attrs(help, { role: "dialog", "aria-label": say("review_keys.title"), tabindex: -1 });
}
