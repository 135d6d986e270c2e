// The list of keys on pages that have no keys of their own: a button in the row above, and the lists of the pages that do.

class KeyHelp {
  constructor(parent) {
    Object.assign(this, { parent, list: null });
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
  }

  show(data) {
    Object.assign(this, { data, say: speaker(data.messages) });
    const open = button("la-hp-open", this.say("keys.help"), () => this.toggle(), this.say("legend.keys"), cap(this, "?"));
    this.root = place(this.parent, this.root, attrs(el("div", "la-hp", open), { lang: data.language }));
    this.open = attrs(open, { "aria-expanded": "false" });
    this.list = null;
  }

  key(event) {
    if (isHeld(event) || event.defaultPrevented || inTextField(event)) return;
    const key = mappedKey(this, keyOfEvent(event));
    const binding = this.data.keymap.pages.read.find((each) => each.keys.includes(key));
    const action = binding ? binding.action : "";
    if (action !== "help" && !(action === "back" && this.list)) return;
    event.preventDefault();
    this.toggle();
  }

  toggle() {
    attrs(this.open, { "aria-expanded": String(!this.list) });
    if (this.list) {
      const held = this.list.contains(document.activeElement);
      this.list.remove();
      this.list = null;
      return held && this.open.focus({ preventScroll: true });
    }
    this.list = this.draw();
    this.root.append(this.list);
    followTheme(this.list);
    return this.list.focus({ preventScroll: true });
  }

  draw() {
    const { say, data } = this;
    const close = button("la-btn la-plain", say("keys.close"), () => this.toggle(), "×");
    const node = el("div", "la-root la-hp-list la-pane", el("header", "", el("h4", "", say("keys.title")), el("span", "la-spring"), close), this.here());
    const lists = [];
    for (const name of data.pages) {
      const page = { root: this.root, say, data: { keys: data.keymap.pages[name], keymap: { ...data.keymap, page: name } } };
      const list = new KeyList(page);
      // A key is changed for all pages.
      page.changed = () => lists.filter((each) => each !== list).forEach((each) => each.fill());
      lists.push(list);
      const fold = el("details", "", el("summary", "", say("keys.on_page", { page: say(`page.${name}`) })), list.node);
      node.append(attrs(fold, { name: "la-hp-page", open: !lists[1] }));
    }
    return attrs(node, { role: "dialog", "aria-label": say("keys.title"), tabindex: -1 });
  }

  // What acts on this page itself.
  here() {
    const { say, data } = this;
    const line = (keys, text) => [el("dt", "", ...keys.map((key) => el("kbd", "la-kbd", keyName(key)))), el("dd", "", text)];
    const strip = data.strip ? line(["arrowleft", "arrowright", "arrowup", "arrowdown"], say("keys.strip")) : [];
    return el("dl", "la-keylist", ...line([shownKey(this, "?")], say("keys.help")), ...line(["escape"], say("keys.close")), ...line(["tab"], say("keys.tab")), ...strip);
  }

  destroy() {
    document.removeEventListener("keydown", this.onKey);
  }
}

export default function ({ data, parentElement }) {
  const page = kept(parentElement, () => new KeyHelp(parentElement));
  page.show(data);
  return () => left(parentElement, () => page.destroy());
}
