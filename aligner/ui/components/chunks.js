// A long list of rows of which only those near the window are in the DOM.

const CHUNK = 25;

class Chunks {
  // make(item) gives the nodes of one item; `guess` is an item's likely height in pixels. The pane scrolls what
  // `holder` in it holds.
  constructor(pane, make, guess, holder = pane) {
    Object.assign(this, { pane, make, guess, chunks: [], heights: new Map() });
    this.body = attrs(el("div", "la-rows"), { role: "presentation" });
    holder.append(this.body);
    this.watch = new IntersectionObserver((entries) => this.seen(entries), { root: pane, rootMargin: "900px 0px" });
  }

  show(items) {
    this.watch.disconnect();
    this.chunks = [];
    for (let first = 0; first < items.length; first += CHUNK) {
      const node = attrs(el("div", "la-chunk"), { role: "rowgroup" });
      this.chunks.push({ node, items: items.slice(first, first + CHUNK), filled: false });
    }
    for (const chunk of this.chunks) chunk.node.style.height = `${chunk.items.length * this.guess}px`;
    this.body.replaceChildren(...this.chunks.map((chunk) => chunk.node));
    if (this.chunks.length) this.fill(this.chunks[0]);
    for (const chunk of this.chunks) this.watch.observe(chunk.node);
  }

  seen(entries) {
    for (const entry of entries) {
      const chunk = this.chunks.find((each) => each.node === entry.target);
      if (!chunk) continue;
      if (entry.isIntersecting) this.fill(chunk);
      else this.empty(chunk);
    }
  }

  fill(chunk) {
    if (chunk.filled) return;
    const old = chunk.node.offsetHeight;
    const above = chunk.node.offsetTop + old <= this.pane.scrollTop;
    chunk.node.replaceChildren(...chunk.items.flatMap((item) => this.make(item)));
    chunk.node.style.height = "";
    chunk.filled = true;
    // What the reader looks at must not jump when a guess above it turns into a height.
    if (above) this.pane.scrollTop += chunk.node.offsetHeight - old;
  }

  empty(chunk) {
    if (!chunk.filled || chunk.node.contains(document.activeElement)) return;
    chunk.node.style.height = `${chunk.node.offsetHeight}px`;
    chunk.node.replaceChildren();
    chunk.filled = false;
  }

  // Everything, for paper: nothing is taken out again before `show`.
  fillAll() {
    this.watch.disconnect();
    for (const chunk of this.chunks) this.fill(chunk);
  }

  // After it: what is far from the window goes again.
  watchAgain() {
    for (const chunk of this.chunks) this.watch.observe(chunk.node);
  }

  // Makes the rows of `item` and gives true when the list holds it.
  reveal(item) {
    const chunk = this.chunks.find((each) => each.items.includes(item));
    if (chunk) this.fill(chunk);
    return Boolean(chunk);
  }

  destroy() {
    this.watch.disconnect();
  }
}
