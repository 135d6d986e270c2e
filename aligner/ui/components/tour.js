// A short tour of Read on the first visit in this browser: a card that takes no focus, beside what it tells of.

const TOUR_WIDTH = 320;

// Each step with what it points at in the letter that is shown; one without such a thing is left out.
const TOUR = [
  ["row", (root) => root.querySelector(".la-line.la-sel") || root.querySelector(".la-line")],
  ["mode", (root) => root.querySelector(".la-line .la-badge")],
  ["finding", (root) => root.querySelector(".la-grid .la-fx")],
  ["strip", (root) => root.querySelector(".la-rr .la-strip:not(.la-ticks)")],
  ["pages", () => document.querySelector(".st-key-la_top [data-testid=stSelectbox]")],
];

class Tour {
  constructor(reader) {
    this.reader = reader;
    this.at = 0;
    this.onKey = (event) => this.key(event);
    this.onMove = () => this.place();
  }

  // On the first visit, where there is something to show.
  begin() {
    if (remember("toured") || !this.reader.view.columns.length) return;
    remember("toured", true);
    this.start();
  }

  start() {
    this.stop();
    this.steps = TOUR.filter(([, find]) => seenOn(find(this.reader.root)));
    this.at = 0;
    if (!this.steps.length) return;
    window.addEventListener("keydown", this.onKey, true);
    window.addEventListener("resize", this.onMove);
    this.reader.pane.addEventListener("scroll", this.onMove);
    this.show();
  }

  show() {
    const { say, root } = this.reader;
    const [name] = this.steps[this.at];
    const last = this.at === this.steps.length - 1;
    const held = this.node && this.node.contains(document.activeElement) ? document.activeElement.dataset.tour : "";
    const keys = { next: keyName(shownKey(this.reader, "j")), previous: keyName(shownKey(this.reader, "k")) };
    const go = (by) => () => this.go(by);
    const back = attrs(button("la-btn la-plain", say("tour.back"), go(-1), say("tour.back")), { "data-tour": "back", disabled: !this.at });
    const next = attrs(button("la-btn la-tournext", say(last ? "tour.done" : "tour.next"), go(1), say(last ? "tour.done" : "tour.next")), { "data-tour": "next" });
    const close = attrs(button("la-btn la-plain", say("tour.close"), () => this.stop(), "×"), { "data-tour": "close" });
    const head = el("header", "", el("b", "", say("tour.title")), el("span", "la-muted", say("tour.step", { n: this.at + 1, all: this.steps.length })), el("span", "la-spring"), close);
    const node = attrs(el("aside", "la-tour", head, attrs(el("p", "", say(`tour.${name}`, keys)), { "aria-live": "polite" }), el("footer", "", back, next)), { "aria-label": say("tour.title") });
    this.ring = place(root, this.ring, attrs(el("div", "la-tourring"), { "aria-hidden": "true" }));
    this.node = place(root, this.node, node);
    this.place();
    const again = held && (node.querySelector(`[data-tour="${held}"]:not(:disabled)`) || next);
    if (again) again.focus({ preventScroll: true });
  }

  // The ring around what is meant, the card below it, or above, or beside it where there is more room.
  place() {
    const target = this.node && this.steps[this.at][1](this.reader.root);
    if (!target) return;
    const [box, at] = [this.reader.root.getBoundingClientRect(), target.getBoundingClientRect()];
    const height = this.node.offsetHeight;
    const top = at.bottom + 12 + height < window.innerHeight ? at.bottom + 12 : Math.max(8, at.top - 12 - height);
    const left = Math.min(Math.max(12, at.left), window.innerWidth - TOUR_WIDTH - 12);
    const put = (node, x, y) => Object.assign(node.style, { left: `${x - box.left}px`, top: `${y - box.top}px` });
    put(this.node, left, top);
    put(this.ring, at.left - 4, at.top - 4);
    Object.assign(this.ring.style, { width: `${at.width + 8}px`, height: `${at.height + 8}px` });
  }

  go(by) {
    this.at += by;
    if (this.at >= this.steps.length) this.stop();
    else this.show();
  }

  // Esc closes; the arrows turn its pages while the card has the focus.
  key(event) {
    const inside = this.node.contains(document.activeElement);
    const by = inside ? { ArrowRight: 1, ArrowLeft: -1 }[event.key] : 0;
    if (event.key !== "Escape" && !by) return;
    if (inTextField(event) || this.reader.root.querySelector(".la-help, .la-keyset.la-on")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === "Escape") this.stop();
    else if (this.at + by >= 0) this.go(by);
  }

  // The page was drawn anew around it.
  redraw() {
    if (!this.node) return;
    this.steps = TOUR.filter(([, find]) => seenOn(find(this.reader.root)));
    this.at = Math.min(this.at, this.steps.length - 1);
    this.node = this.ring = null;
    if (this.steps.length) this.show();
  }

  stop() {
    window.removeEventListener("keydown", this.onKey, true);
    window.removeEventListener("resize", this.onMove);
    const held = this.node && this.node.contains(document.activeElement);
    for (const node of [this.node, this.ring]) if (node) node.remove();
    this.node = this.ring = null;
    if (held) this.reader.focusGrid();
  }
}

function seenOn(node) {
  return Boolean(node && node.getClientRects().length);
}
