// Keys: what is pressed, which key the keymap knows it as, and the list that shows and changes them.
// A change is kept in this browser as {key of the keymap: key in its place}; for all pages, since a key means the same on
// every one. Beside a key that has to stay (an arrow, Enter) it is a second one.

const KEY_NAMES = {
  arrowdown: "↓", arrowup: "↑", arrowleft: "←", arrowright: "→", home: "Home", end: "End", enter: "↵", " ": "␣", escape: "Esc",
  delete: "Del", backspace: "⌫", pageup: "PgUp", pagedown: "PgDn", insert: "Ins", tab: "Tab",
};
const KEY_MODIFIERS = ["shift", "control", "alt", "meta", "altgraph", "capslock", "numlock", "fn", "dead", "process", "unidentified"];

function keyName(key) {
  if (key.startsWith("shift+")) return `⇧ ${keyName(key.slice(6))}`;
  if (key.startsWith("alt+")) return `Alt ${keyName(key.slice(4))}`;
  return KEY_NAMES[key] || key.toUpperCase();
}

let unkept = {}; // where the browser keeps nothing

function keyChanges() {
  const kept = remember("keys") || unkept;
  return Object.fromEntries(Object.entries(kept).filter(([key, to]) => key && typeof to === "string" && to));
}

// Ctrl, Alt and Meta belong to the browser; on many keyboards brackets need AltGr, which it reports as Ctrl with Alt.
function isHeld(event) {
  return event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph"));
}

// The key as it is written in the keymap: lower case, Shift told where it is no part of the character.
function keyOfEvent(event) {
  const key = event.key.toLowerCase();
  return event.shiftKey && key !== " " && (key.length > 1 || /\p{L}/u.test(key)) ? `shift+${key}` : key;
}

// The key of the keymap that `pressed` stands for; none when it gave its place to another.
function mappedKey(page, pressed) {
  const changes = keyChanges();
  const found = Object.keys(changes).find((key) => changes[key] === pressed);
  if (found) return found;
  return pressed in changes && !page.data.keymap.stay.includes(pressed) ? "" : pressed;
}

// What is to be pressed for a key of the keymap.
function shownKey(page, key) {
  const to = keyChanges()[key];
  return to && !page.data.keymap.stay.includes(key) ? to : key;
}

function bindingKeys(binding) {
  return [...binding.keys, ...binding.local];
}

function keyOf(page, action) {
  const binding = page.data.keys.find((each) => each.action === action);
  return binding ? bindingKeys(binding)[0] : "";
}

// A cap on a button: what is pressed for a key of the keymap, drawn by the stylesheet.
function cap(page, key) {
  return attrs(el("span", "la-kbd"), { "data-of": key, "data-kbd": keyName(shownKey(page, key)), "aria-hidden": "true" });
}

function refreshCaps(page) {
  for (const node of page.root.querySelectorAll(".la-kbd[data-of]")) node.dataset.kbd = keyName(shownKey(page, node.dataset.of));
}

// What another page or this one does with a key that is pressed: {page, action}, or null.
function usedFor(page, pressed, but) {
  const { pages, page: own } = page.data.keymap;
  const changes = keyChanges();
  const taken = (key) => key !== but && (shownKey(page, key) === pressed || changes[key] === pressed);
  for (const name of [own, ...Object.keys(pages)]) {
    const binding = pages[name].find((each) => bindingKeys(each).some(taken));
    if (binding) return { page: name, action: binding.action };
  }
  return null;
}

// Why a key cannot be given to another; nothing where it can.
function refusal(page, pressed, key) {
  const { say, data } = page;
  const user = usedFor(page, pressed, key);
  const { page: own, texts, reserved } = data.keymap;
  if (user) return say(user.page === own ? "keys.taken" : "keys.taken_on", { key: keyName(pressed), does: say(`${texts[user.page]}.${user.action}`), page: say(`page.${user.page}`) });
  return reserved.includes(pressed) ? say("keys.reserved", { key: keyName(pressed) }) : "";
}

function changeKey(page, key, to) {
  const changes = keyChanges();
  if (to === key || !to) delete changes[key];
  else changes[key] = to;
  unkept = changes;
  remember("keys", changes);
}

// The list of keys with what changes them; `focus` is the key whose button gets the focus.
class KeyList {
  constructor(page) {
    Object.assign(this, { page, waiting: "" });
    this.list = el("dl", "la-keylist");
    this.told = attrs(el("p", "la-keytold"), { role: "status" });
    this.all = button("la-btn la-plain", page.say("keys.reset_all_is"), () => this.reset(), page.say("keys.reset_all"));
    this.node = el("div", "la-keys", this.list, this.told, el("p", "la-muted", page.say("keys.about")), el("p", "la-keyall", this.all));
    this.onKey = (event) => this.press(event);
    this.onPointer = (event) => !this.node.contains(event.target) && this.wait("");
    this.fill();
  }

  fill(focus = "") {
    const { page } = this;
    const texts = page.data.keymap.texts[page.data.keymap.page];
    this.list.replaceChildren(...page.data.keys.flatMap((each) => [el("dt", "", ...this.keysOf(each)), el("dd", "", page.say(`${texts}.${each.action}`))]));
    this.all.hidden = !Object.keys(keyChanges()).length;
    const node = focus && [...this.list.querySelectorAll("[data-change]")].find((each) => each.dataset.change === focus);
    if (node) node.focus({ preventScroll: true });
  }

  keysOf(binding) {
    const keys = bindingKeys(binding);
    const plain = (text) => el("kbd", "la-kbd", text);
    if (binding.fixed && keys.length > 4) return [plain(keys[0]), "–", plain(keys[keys.length - 1])];
    if (binding.fixed) return keys.map((key) => plain(keyName(key)));
    const stays = (key) => this.page.data.keymap.stay.includes(key);
    const nodes = keys.flatMap((key) => (stays(key) ? [plain(keyName(key))] : this.changer(binding, key, keyName(shownKey(this.page, key)))));
    if (keys.every(stays)) nodes.push(...this.changer(binding, keys[0], keyChanges()[keys[0]] ? keyName(keyChanges()[keys[0]]) : "+"));
    return nodes;
  }

  changer(binding, key, text) {
    const { say, data } = this.page;
    const does = say(`${data.keymap.texts[data.keymap.page]}.${binding.action}`);
    const waits = this.waiting === key;
    const label = say(text === "+" ? "keys.add" : "keys.change", { key: text, does });
    const node = attrs(el("button", `la-kbd la-keyset${waits ? " la-on" : ""}`, waits ? "…" : text), { type: "button", title: label, "aria-label": label, "data-change": key, "aria-pressed": String(waits) });
    listen(node, () => this.wait(waits ? "" : key, does));
    if (!(key in keyChanges())) return [node];
    const back = say(data.keymap.stay.includes(key) ? "keys.take_off" : "keys.reset", { key: keyName(key), does });
    return [node, attrs(button("la-keyback", back, () => this.back(key), "↺"), { "data-back": key })];
  }

  // The next key that is pressed goes to `key`; "" waits no longer.
  wait(key, does) {
    this.waiting = key;
    const way = key ? "addEventListener" : "removeEventListener";
    window[way]("keydown", this.onKey, true);
    window[way]("pointerdown", this.onPointer, true);
    this.told.classList.remove("la-bad");
    this.told.textContent = key ? this.page.say("keys.press", { does }) : "";
    this.fill(key);
  }

  // Before anybody else hears of it: the key does nothing but be chosen.
  press(event) {
    if (!this.node.isConnected) return this.wait("");
    const pressed = keyOfEvent(event);
    if (KEY_MODIFIERS.includes(event.key.toLowerCase()) || event.isComposing) return undefined;
    event.preventDefault();
    event.stopImmediatePropagation();
    const key = this.waiting;
    if (pressed === "escape") {
      this.wait("");
      return this.fill(key);
    }
    if (isHeld(event)) return this.refuse(this.page.say("keys.no_modifiers"));
    return this.give(key, pressed);
  }

  give(key, pressed) {
    const why = refusal(this.page, pressed, key);
    if (why) return this.refuse(why);
    changeKey(this.page, key, pressed);
    this.wait("");
    return this.changed(key);
  }

  // The key of the keymap again, unless something else got it in the meantime.
  back(key) {
    const stays = this.page.data.keymap.stay.includes(key);
    if (stays) changeKey(this.page, key, key);
    return stays ? this.changed(key) : this.give(key, key);
  }

  refuse(why) {
    this.told.textContent = why;
    this.told.classList.add("la-bad");
  }

  reset() {
    for (const key of Object.keys(keyChanges())) changeKey(this.page, key, key);
    this.wait("");
    this.changed("");
  }

  changed(key) {
    this.fill(key);
    refreshCaps(this.page);
    if (this.page.changed) this.page.changed();
    this.told.textContent = this.page.say("keys.kept");
    if (!key) this.node.querySelector("button").focus({ preventScroll: true });
  }
}
