// The ribbons between the letter's sentences and the boxes of every lane: crossings and gaps are seen in the gutters.

// The namespace of SVG, a name that is never fetched.
const SVG = ["http:", "", "www.w3.org", "2000", "svg"].join("/");

function svg(tag, className, values) {
  const node = document.createElementNS(SVG, tag);
  if (className) node.setAttribute("class", className);
  for (const [name, value] of Object.entries(values)) node.setAttribute(name, value);
  return node;
}

class Ribbons {
  constructor(page) {
    this.page = page;
    this.node = svg("svg", "la-al-rb", { "aria-hidden": "true" });
    this.size = new ResizeObserver(() => this.soon());
    this.watch = new MutationObserver(() => this.soon());
    this.onScroll = () => this.soon();
  }

  // `pane` scrolls, `body` holds the rows.
  on(pane, body) {
    Object.assign(this, { pane, body });
    pane.append(this.node);
    this.size.observe(body);
    this.watch.observe(body, { childList: true });
    pane.addEventListener("scroll", this.onScroll, { passive: true });
    this.soon();
  }

  soon() {
    if (this.due) return;
    this.due = requestAnimationFrame(() => {
      this.due = 0;
      this.draw();
    });
  }

  // Where something stands in the pane's content, by its own layout: not moved by scrolling.
  box(node) {
    const at = node.getBoundingClientRect();
    const [left, top] = [at.left - this.zero.left, at.top - this.zero.top];
    return { left, top, width: at.width, height: at.height, right: left + at.width, bottom: top + at.height };
  }

  draw() {
    if (!this.pane || !this.pane.isConnected) return;
    const frame = this.pane.getBoundingClientRect();
    this.zero = { left: frame.left - this.pane.scrollLeft, top: frame.top - this.pane.scrollTop };
    attrs(this.node, { width: this.pane.scrollWidth, height: this.body.offsetTop + this.body.offsetHeight });
    const sentences = new Map();
    for (const cell of this.body.querySelectorAll(".la-al-src")) sentences.set(Number(cell.dataset.n), this.box(cell));
    const first = this.pane.scrollTop - 300;
    const last = this.pane.scrollTop + this.pane.clientHeight + 300;
    const parts = this.page.lanes.flatMap((lane, i) => this.lane(lane, i, sentences, first, last));
    this.node.replaceChildren(...parts);
  }

  lane(lane, i, sentences, first, last) {
    const gutters = this.body.querySelectorAll(".la-al-row");
    if (!gutters.length) return [];
    const gutter = this.box(gutters[0].querySelectorAll(".la-al-gut")[i]);
    // Behind the letter itself no spine is needed: its sentences are the spine.
    const from = i ? gutter.left + 24 : gutter.left;
    const items = new Map(lane.items.map((item) => [item.start, item]));
    const parts = [];
    const { linked } = beside(lane);
    if (i) parts.push(...this.spine(sentences, from, linked, first, last));
    for (const [n, at] of sentences) {
      if (linked.has(n) || at.bottom < first || at.top > last) continue;
      parts.push(svg("circle", "la-al-none", { cx: i ? from : from + 9, cy: at.top + Math.min(at.height / 2, 16), r: 4.5 }));
    }
    const ribbons = [];
    for (const node of this.body.querySelectorAll(`.la-al-sg[data-lane="${CSS.escape(lane.id)}"]`)) {
      const item = items.get(Number(node.dataset.at));
      const to = this.box(node);
      const rows = item ? item.rows : [];
      for (const [k, [n, a, b]] of rows.entries()) {
        const at = sentences.get(n);
        if (!at || Math.max(at.bottom, to.bottom) < first || Math.min(at.top, to.top) > last) continue;
        const share = this.share(lane, n, item, a, b);
        const y = [at.top + 4 + (at.height - 8) * share[0], at.top + 4 + (at.height - 8) * share[1]];
        // Several sentences of one box share its side in their order, so that they do not cross.
        const part = { left: to.left, top: to.top + 3 + ((to.height - 6) * k) / rows.length, bottom: to.top + 3 + ((to.height - 6) * (k + 1)) / rows.length };
        ribbons.push([node.classList.contains("la-sel"), this.ribbon(item, node, from, part, y)]);
      }
    }
    ribbons.sort((one, other) => one[0] - other[0]);
    return [...parts, ...ribbons.map((each) => each[1])];
  }

  // Several boxes of one sentence share its side evenly, in the article's order.
  share(lane, n, item, a, b) {
    const others = beside(lane).linked.get(n).filter((each) => each.rows.some((row) => row[0] === n && row[1] < b && a < row[2]));
    const at = others.indexOf(item);
    const size = (b - a) / others.length;
    return [a + at * size, a + (at + 1) * size];
  }

  ribbon(item, node, from, to, [top, bottom]) {
    const status = node.classList.contains("la-sel") ? "selected" : item.status;
    const middle = (from + to.left) / 2;
    const [y1, y2] = [to.top, to.bottom];
    const d = `M${from} ${top}C${middle} ${top} ${middle} ${y1} ${to.left} ${y1}L${to.left} ${y2}C${middle} ${y2} ${middle} ${bottom} ${from} ${bottom}Z`;
    return svg("path", `la-al-r la-al-r-${status}`, { d });
  }

  spine(sentences, x, linked, first, last) {
    const every = [...sentences.values()];
    const top = Math.min(...every.map((at) => at.top));
    const bottom = Math.max(...every.map((at) => at.bottom));
    const parts = [svg("line", "la-al-spine", { x1: x, x2: x, y1: top, y2: bottom })];
    for (const [n, at] of sentences) {
      if (at.bottom < first || at.top > last) continue;
      const y = at.top + Math.min(at.height / 2, 16);
      const number = svg("text", "la-al-num", { x: x - 7, y: y + 4, "text-anchor": "end" });
      number.textContent = String(n);
      parts.push(number);
      if (linked.has(n)) parts.push(svg("line", "la-al-tick", { x1: x, x2: x, y1: at.top + 4, y2: at.bottom - 4 }));
    }
    return parts;
  }

  destroy() {
    this.size.disconnect();
    this.watch.disconnect();
    if (this.pane) this.pane.removeEventListener("scroll", this.onScroll);
    cancelAnimationFrame(this.due);
  }
}
