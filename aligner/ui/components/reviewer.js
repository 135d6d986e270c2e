// Whose word this is: asked once in a browser, shown and changed beside the page's title.

// A line "Reviewing as ann [change]"; without a name, a field that asks for it. `tell` gets the name. Who signed in is
// who they are.
function reviewerLine(say, tell) {
  const line = el("div", "la-who");
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
      if (!given) return input.focus();
      remember("reviewer", given);
      tell(given);
      show(given);
    });
    line.replaceChildren(form);
    if (name) input.focus();
  };
  const known = say.signed || remember("reviewer");
  if (known) show(known);
  else ask("");
  return { line, known };
}
