// Making elements and words. Documents' text enters by textContent and createTextNode alone.

const CJK = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u;

function el(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

function attrs(node, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  return node;
}

// Whoever speaks to the browser says what is written on a button: its name begins with that. Keys are drawn by the
// stylesheet, as they are no part of the name.
function button(className, label, act, ...children) {
  const node = attrs(el("button", className, ...children), { type: "button", title: label });
  for (const key of node.querySelectorAll(".la-kbd:not([data-kbd])")) {
    key.dataset.kbd = key.textContent;
    key.textContent = "";
  }
  const written = node.textContent.trim();
  if (!label) return listen(node, act);
  const says = !/[\p{L}\p{N}]/u.test(written) || label.toLowerCase().includes(written.toLowerCase());
  node.setAttribute("aria-label", says ? label : `${written}: ${label}`);
  return listen(node, act);
}

function listen(node, act) {
  node.addEventListener("click", act);
  return node;
}

// A component that Streamlit takes down it may put up again a moment later, in the same place, when answers come thick and
// fast: what it holds - a selection, words on their way - goes on then. It ends when its place is gone, or nobody came.
const MOUNTED = new WeakMap();
const A_MOMENT = 2000; // milliseconds; it was seen to take 14, and far longer on a busy machine

function kept(parent, make) {
  const held = MOUNTED.get(parent) || { page: make() };
  MOUNTED.set(parent, held);
  held.leaving = null;
  return held.page;
}

function left(parent, end) {
  const held = MOUNTED.get(parent);
  const leaving = {};
  const finish = () => {
    if (!held || held.leaving !== leaving) return;
    MOUNTED.delete(parent);
    end();
  };
  if (held) held.leaving = leaving;
  if (!parent.isConnected) return finish();
  setTimeout(() => parent.isConnected || finish(), 0);
  return setTimeout(finish, A_MOMENT);
}

// Puts `root` in the place of `old`; Streamlit keeps its stylesheet for us beside it.
function place(parent, old, root) {
  if (old) old.replaceWith(root);
  else parent.append(root);
  return root;
}

// Scrolls `pane`, and nothing around it, until `node` is in view: "start", "center", or "nearest" with the least movement.
function bringIn(pane, node, block = "nearest") {
  const [box, at, style] = [pane.getBoundingClientRect(), node.getBoundingClientRect(), getComputedStyle(pane)];
  const top = box.top + (parseFloat(style.scrollPaddingTop) || 0);
  const bottom = box.top + pane.clientHeight - (parseFloat(style.scrollPaddingBottom) || 0);
  if (block === "center") pane.scrollTop += (at.top + at.bottom - top - bottom) / 2;
  else if (block === "start" || at.top < top || at.height > bottom - top) pane.scrollTop += at.top - top;
  else if (at.bottom > bottom) pane.scrollTop += at.bottom - bottom;
  const right = box.left + pane.clientWidth;
  if (at.left < box.left) pane.scrollLeft += at.left - box.left;
  else if (at.right > right) pane.scrollLeft += Math.min(at.right - right, at.left - box.left);
}

// A message with `code` in it.
function rich(parent, text) {
  text.split("`").forEach((part, i) => parent.append(i % 2 ? el("code", "la-code", part) : part));
  return parent;
}

// A message with English words in it. The apostrophe of a word is the Chinese face's quotation mark, and as wide.
function worded(text) {
  const parts = plain(text).split(/(?<=[A-Za-z])\u2019(?=[A-Za-z])/);
  return parts.flatMap((part, i) => (i ? [attrs(el("span", "la-apos", "\u2019"), { lang: "en" }), part] : [part]));
}

// Somebody else's words inside a line of ours: without the characters that would turn the rest of the line around.
function plain(text) {
  return String(text).replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

// Messages: {names} are filled in, a message with forms is chosen by n.
function speaker(messages) {
  return (key, values = {}) => {
    let text = messages[key];
    if (text === undefined) text = messages[`${key}.${values.n === 1 ? "one" : "other"}`];
    if (text === undefined) return key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? plain(values[name]) : whole));
  };
}

// Streamlit sets --st-background-color by the reader's choice of theme; the probe's transition tells of a change.
function followTheme(root) {
  const probe = attrs(el("i", "la-probe"), { "aria-hidden": "true" });
  const apply = () => {
    const [r, g, b] = (getComputedStyle(probe).backgroundColor.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
    root.dataset.theme = 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light";
  };
  probe.addEventListener("transitionend", apply);
  root.append(probe);
  apply();
}

// A finding's name in the address: its id is unique in one rendering alone.
function findingName(finding) {
  return `${finding.rendering}.${finding.id}`;
}

// Puts the page's address with these values for the clipboard, and says so on the button; without one it is shown.
function copyLink(say, node, values) {
  const to = new URL(location.href);
  to.searchParams.delete("finding");
  for (const [name, value] of Object.entries(values)) to.searchParams.set(name, value);
  const done = () => {
    node.textContent = say("finding.copied");
    setTimeout(() => (node.textContent = say("finding.copy")), 2500);
  };
  const show = () => {
    const field = attrs(el("input", "la-link"), { type: "text", readonly: true, "aria-label": say("finding.link"), value: to.href });
    node.replaceWith(field);
    field.select();
  };
  if (navigator.clipboard) navigator.clipboard.writeText(to.href).then(done, show);
  else show();
}

function remember(name, value) {
  try {
    if (value === undefined) return JSON.parse(localStorage.getItem(`letter-aligner.${name}`));
    localStorage.setItem(`letter-aligner.${name}`, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing: the choice holds for this page only.
  }
  return null;
}

function inTextField(event) {
  const target = event.composedPath()[0];
  return target instanceof Element && Boolean(target.closest("input, textarea, select, [contenteditable], [role=combobox], [role=listbox]"));
}

function figure(value) {
  return value >= 0.995 ? "1.0" : value.toFixed(2).replace(/^0/, "");
}
