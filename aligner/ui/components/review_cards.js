// Below each rendering: suggestions of the checks, the reviewer's own annotations, and the score.

const REASONS = ["fine", "free", "trivial", "misaligned", "double"];

function rvLow(page, column) {
  const { say } = page;
  const low = el("div", "la-rw-low");
  const here = page.suggestionsOf(column.id);
  for (const found of here.filter((each) => !page.verdictOf(each))) low.append(rvCard(page, found));
  const own = page.marksHere().map((mark, i) => [mark, i]).filter(([mark]) => mark.rendering === column.id && mark.target.length);
  const dropped = here.filter((each) => page.verdictOf(each) && !page.verdictOf(each).accepted);
  const list = el("ul", "la-rw-own", ...own.map(([mark, i]) => rvMarkLine(page, mark, i)));
  for (const found of dropped) list.append(rvDropped(page, found));
  low.append(list);
  if (page.hiddenSuggestions(column.id)) low.append(el("p", "la-muted la-rw-hidden", say("review.hidden")));
  return low;
}

function rvPair(page, found, column) {
  const source = found.source ? attrs(el("span", "la-en", found.source[2].replace(/\s+/g, " ")), { lang: page.view.letter.language }) : el("span", "la-none", "∅");
  const target = found.target ? attrs(el("span", "la-zh", found.target[2].replace(/\s+/g, " ")), { lang: column.language }) : el("span", "la-none", "∅");
  return el("div", "la-rw-pair", source, el("span", "la-muted", " → "), target);
}

function rvCard(page, found) {
  const { say } = page;
  const key = page.keyOf(found);
  const on = page.suggestion === key;
  const column = page.column(found.rendering);
  const form = rvForm(page, found.severity);
  const head = el("div", "la-rw-l1", severityMark(form), el("b", "", rvCategory(page, found)), el("span", "la-muted", `${rvName(page, rvGrade(page, found.severity).names)} · ${say("review.suggestion")}`));
  const card = attrs(el("div", `la-rw-card${on ? " la-on" : ""}`, head, rvPair(page, found, column)), { tabindex: 0, "data-key": `card.${key}`, role: "group", "aria-label": say("review.suggestion") });
  card.addEventListener("click", () => !on && page.chooseSuggestion(key));
  if (!on) return card;
  const said = found.messages[page.data.language.slice(0, 2)] || found.messages.en || "";
  if (said) card.append(el("p", "la-rw-msg", ...worded(said)));
  if (page.dismissing === key) return el("div", "", card, rvReasons(page, found));
  const act = (cls, name, doing) => attrs(button(`la-btn ${cls}`, say(`review.${name}`), doing, say(`review.${name}`), cap(page, keyOf(page, name))), { "data-key": `${name}.${key}` });
  card.append(el("div", "la-rw-act", act("la-pri", "accept", () => page.accept()), act("", "change", () => page.changeSuggestion()), act("la-plain", "dismiss", () => page.askReason())));
  // The name of a finding tells whose rendering it is in.
  if (!page.blind) card.append(rvCopy(page, say("finding.copy_is"), { sentence: page.n, finding: findingName(found) }, `copy.${key}`));
  return card;
}

// Why it is no error: common reasons as buttons, or words of one's own.
function rvReasons(page, found) {
  const { say } = page;
  const buttons = REASONS.map((name) => attrs(button("la-btn", null, () => page.dismiss(found, say(`review.reason_${name}`)), say(`review.reason_${name}`)), { "data-key": `reason.${name}` }));
  attrs(buttons[0], { "data-reason": "" });
  const field = attrs(el("input", "la-rw-reason"), { type: "text", "aria-label": say("review.reason", rvKeyNames(page)), placeholder: say("review.reason", rvKeyNames(page)), "data-key": "reason" });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && field.value.trim()) page.dismiss(found, field.value.trim());
    if (event.key === "Escape") page.askReason(false);
  });
  return attrs(el("div", "la-rw-reasons", el("span", "la-muted", say("review.why")), ...buttons, field), { role: "group", "aria-label": say("review.why") });
}

function rvDropped(page, found) {
  const { say } = page;
  const verdict = page.verdictOf(found);
  const back = button("la-btn la-plain la-rw-small", say("review.take_back"), () => page.takeBack(found), say("review.take_back"));
  return el("li", "la-rw-drop", el("span", "la-muted", `${say("review.dismissed")}: ${rvCategory(page, found)}`), el("span", "la-muted la-rw-words", verdict.reason), attrs(back, { "data-key": `back.${page.keyOf(found)}` }));
}

const ANCHORS = ["none", "some", "most", "perfect"];

function rvScore(page, column) {
  const { say, view } = page;
  const given = page.scoreOf(column.id);
  const known = given !== undefined;
  const output = el("output", "", known ? String(given) : "—");
  const slider = attrs(el("input", `la-rw-slider${known ? "" : " la-unset"}`), {
    type: "range", min: 0, max: 100, step: 1, "data-key": `score.${column.id}`, "data-score": column.id, "aria-label": say("review.score_of", { name: column.chip }),
  });
  slider.value = known ? given : 0;
  const fill = () => {
    slider.style.setProperty("--v", `${slider.value}%`);
    const near = [...view.scale].sort((a, b) => Math.abs(a.value - slider.value) - Math.abs(b.value - slider.value))[0];
    attrs(slider, { "aria-valuetext": slider.classList.contains("la-unset") ? say("review.unscored") : `${slider.value}, ${near ? rvName(page, near.names) : ""}` });
  };
  fill();
  slider.addEventListener("input", () => {
    slider.classList.remove("la-unset");
    output.textContent = slider.value;
    fill();
  });
  slider.addEventListener("change", () => page.score(column.id, Number(slider.value)));
  slider.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      page.score(column.id, Number(slider.value));
      page.sendScore();
    }
    if (!/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    slider.value = page.typeScore(column.id, event.key);
    slider.dispatchEvent(new Event("input"));
  });
  const labels = el("div", "la-rw-lab", ...ANCHORS.map((name, i) => attrs(el("span", "", say(`review.anchor_${name}`)), { title: view.scale[i] ? rvName(page, view.scale[i].names) : null })));
  return el("div", "la-rw-esa", el("div", "la-rw-esl", el("span", "", say("review.score")), el("span", "la-rw-type", say("review.score_type")), output), slider, labels);
}
