// Whose word this is: asked once in a browser, shown and changed beside the page's title.

// A line "Reviewing as ann [change]"; without a name, a field that asks for it. `tell` gets the name; `need` asks for
// it where something was to be said by nobody. Who signed in is who they are.
function reviewerLine(say, tell) {
  const line = el("div", "la-who");
  const why = attrs(el("span", "la-who-why"), { role: "alert", hidden: true });
  const show = (name) => {
    line.replaceChildren(
      el("span", "la-who-as", say("reviewer.as")), el("b", "la-who-name", name),
      say.signed ? "" : button("la-who-change", say("reviewer.change"), () => ask(name), say("reviewer.change")),
    );
  };
  const ask = (name) => {
    const input = attrs(el("input", "la-who-field"), { type: "text", maxlength: 80, "aria-label": say("reviewer.ask"), placeholder: say("reviewer.ask"), autocomplete: "nickname" });
    input.value = name || "";
    const form = el("form", "la-who-form", input, attrs(el("button", "la-who-take", say("reviewer.take")), { type: "submit" }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = input.value.trim();
      if (!given) return need();
      remember("reviewer", given);
      tell(given);
      return show(given);
    });
    input.addEventListener("input", () => (why.hidden = true));
    why.hidden = true;
    line.replaceChildren(form, why);
    if (name) input.focus();
  };
  const need = () => {
    why.textContent = say("reviewer.needed");
    why.hidden = false;
    line.querySelector(".la-who-field").focus();
  };
  const known = say.signed || remember("reviewer");
  if (known) show(known);
  else ask("");
  return { line, known, need };
}
