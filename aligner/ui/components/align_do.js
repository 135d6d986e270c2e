// What a reviewer does in Align: each action becomes an operation in the outbox, named by a character of the article.

class AlignActions {
  stops() {
    return this.lane ? stopsOf(this.lane, this.view.letter.rows.length).filter((stop) => this.passes(stop)) : [];
  }

  passes(stop) {
    return !this.merged.has(stop.at);
  }

  index() {
    const { item } = this;
    return this.stops().findIndex((stop) => (item ? stop.item === item : !stop.item && stop.row === this.row));
  }

  go(index) {
    const stop = this.stops()[index];
    if (!stop) return;
    Object.assign(this, { row: stop.row, at: stop.item ? stop.at : null, cut: null });
    this.select();
    this.reveal("nearest");
    this.focusBox();
  }

  move(by) {
    if (this.linking) {
      this.linking = Math.min(this.view.letter.rows.length, Math.max(1, this.linking + by));
      return this.showLinking();
    }
    const at = this.index();
    return this.go(at < 0 ? 0 : Math.min(this.stops().length - 1, Math.max(0, at + by)));
  }

  across(by) {
    if (this.cut) return this.moveCut(by);
    const at = this.lanes.indexOf(this.lane) + by;
    if (!this.lanes[at]) return undefined;
    const row = this.stop ? this.stop.row : 1;
    this.choose(this.lanes[at].id);
    const stops = this.stops();
    const near = stops.findIndex((stop) => stop.row >= row);
    return this.go(near < 0 ? stops.length - 1 : near);
  }

  // A sentence in a lane, which is shown for it if it was hidden.
  showThere(lane, row) {
    if (this.hidden.delete(lane)) this.rows();
    this.choose(lane);
    Object.assign(this, { row, at: this.firstAt(row), cut: null });
    this.select();
    this.reveal("center");
    this.focusBox();
  }

  toReview() {
    const stops = this.stops();
    const from = this.index() + 1;
    const wanted = (stop) => stop.item && stop.item.status === "needs_review";
    const found = [...stops.slice(from), ...stops.slice(0, from)].find(wanted);
    if (found) this.go(stops.indexOf(found));
    else this.tell(this.say("align.none_to_review"));
  }

  back() {
    if (this.linking) {
      this.linking = 0;
      return this.showLinking();
    }
    if (this.cut) return this.setCut(null);
    const made = this.view.proposal;
    return made ? this.send("leave", { rendering: made.rendering }) : this.closeNear();
  }

  closeNear() {
    this.nearClosed = true;
    this.side();
  }

  // An operation goes out with who does it, and the state it was done on.
  // Says whether it did: without a name nothing is said, and nothing else happens.
  send(kind, args) {
    if (!this.name) {
      this.needName();
      return false;
    }
    const lane = this.view.lanes.find((each) => each.id === args.rendering);
    this.outbox.push(kind, { ...args, reviewer: this.name, revision: lane ? lane.revision : 0 });
    return true;
  }

  on(kind, args = {}) {
    if (!this.lane || !this.stop) return this.refuse("align.nothing_selected");
    if (this.stop.at === undefined && !("sentence" in args)) return this.refuse("align.no_segment");
    return this.send(kind, { rendering: this.lane.id, at: this.at, ...args });
  }

  refuse(why) {
    this.tell(this.say(why));
    return false;
  }

  act(action) {
    const acts = {
      next: () => this.move(1),
      previous: () => this.move(-1),
      first: () => this.go(0),
      last: () => this.go(this.stops().length - 1),
      left: () => this.across(-1),
      right: () => this.across(1),
      back: () => this.back(),
      help: () => this.help(),
      unfinished: () => this.toReview(),
      confirm: () => (this.linking ? this.linkTo(this.linking) : this.confirm("confirm")),
      confirm_to: () => this.on("confirm_to"),
      merge: () => this.merge("merge"),
      merge_before: () => this.on("merge_before"),
      split: () => this.split(),
      up: () => this.on("move", { by: -1 }),
      down: () => this.on("move", { by: 1 }),
      link: () => this.startLinking(),
      candidates: () => this.compare(),
      unlink: () => this.on("unlink"),
      reject: () => this.on("reject"),
      pull: () => this.pull(1),
      pull_before: () => this.pull(-1),
      undo: () => this.lane && this.send("undo", { rendering: this.lane.id }),
      redo: () => this.lane && this.send("redo", { rendering: this.lane.id }),
      realign: () => this.lane && this.send("realign", { rendering: this.lane.id }),
    };
    acts[action]();
  }

  // A gap is confirmed as what it is: from then on a reviewer stands behind it.
  confirm(kind) {
    const { item, lane, row } = this;
    const gap = !item && lane && lane.gaps.find((each) => each.row === row);
    const done = gap ? gap.said || this.on("absent", { kind: gap.kind, sentence: this.sentence(row) }) : this.on(kind);
    if (done && (item || gap)) this.move(1);
  }

  compare() {
    if (!this.on("candidates", this.item ? { stretch: this.whole(this.item) } : {})) return;
    this.nearClosed = false;
    this.side();
    this.aside.scrollTop = 0;
  }

  sentence(n) {
    const { start, end, text } = this.view.letter.rows[n - 1];
    return { start, end, text };
  }

  // The next box is part of this one from now on, though the page will show it only in a moment.
  merge(kind) {
    const stops = this.stops();
    const next = stops.slice(this.index() + 1).find((stop) => stop.item && stop.item.rows.length);
    if (this.on(kind) && next) this.merged.add(next.at);
  }

  // S shows a place in the text, which the arrow keys move; S again cuts there.
  split() {
    const { item } = this;
    if (!item || !item.rows.length) return this.tell(this.say("align.no_segment"));
    if (!this.cut) {
      const part = item.texts[0];
      return this.setCut({ part, place: middle(part.text) });
    }
    const { part, place } = this.cut;
    const stretch = { start: part.start, end: part.end, text: part.text };
    return this.on("split", { stretch, place: part.start + place }) && this.setCut(null);
  }

  setCut(cut) {
    this.cut = cut;
    const box = this.boxOf();
    for (const old of this.root.querySelectorAll(".la-al-cut")) old.remove();
    const text = cut && box && box.querySelector(`p[data-start="${cut.part.start}"]`);
    if (text) showCut(text, cut.place);
    this.side();
  }

  moveCut(by) {
    const { part, place } = this.cut;
    const size = [...part.text].length;
    this.setCut({ part, place: Math.min(size - 1, Math.max(1, place + by)) });
  }

  // L, then a sentence with the arrow keys and L or Y again, or a click on it.
  startLinking() {
    if (!this.item) return this.tell(this.say("align.no_segment"));
    if (this.linking) return this.linkTo(this.linking);
    this.linking = this.stop.row;
    return this.showLinking();
  }

  showLinking() {
    for (const cell of this.pane.querySelectorAll(".la-al-src")) cell.classList.toggle("la-al-goal", Number(cell.dataset.n) === this.linking);
    const goal = this.linking && this.pane.querySelector(".la-al-goal");
    if (goal) bringIn(this.pane, goal);
    this.side();
    if (goal) this.aside.scrollTop = 0;
  }

  linkTo(n) {
    const [part] = this.item.texts;
    const stretch = this.stretch() || { start: part.start, end: part.end, text: part.text };
    if (!this.on("link", { sentence: this.sentence(n), stretch })) return;
    this.linking = 0;
    this.showLinking();
  }

  // What is selected with the mouse inside the selected box or its text in the panel, else null.
  stretch() {
    const found = chosenStretch(this.root);
    return found && this.item && found.start >= this.item.start && found.end <= this.item.end ? found : null;
  }

  // A chip is pulled into the segment before (1: it follows) or after it; a segment pulls in what lies beside it.
  pull(by) {
    const { item, lane } = this;
    if (!item) return this.tell(this.say("align.no_segment"));
    const at = lane.items.indexOf(item);
    if (item.rows.length) {
      const beside = lane.items[at + by];
      if (!beside || beside.rows.length) return this.tell(this.say("align.nothing_beside"));
      return this.on("pull", { stretch: beside.texts[0] });
    }
    const goals = by > 0 ? lane.items.slice(at + 1) : lane.items.slice(0, at).reverse();
    const goal = goals.find((each) => each.rows.length);
    if (!goal) return this.tell(this.say("align.nothing_beside"));
    return this.on("pull", { at: goal.start, stretch: this.stretch() || item.texts[0] });
  }

  mark(digit) {
    const [group, kind] = MARKS[digit - 1];
    const { item } = this;
    if (group === "mode") return this.on("mode", { mode: kind });
    if (group === "absent") {
      if (!this.stop) return undefined;
      const n = item && item.rows.length ? item.rows[0][0] : this.stop.row;
      return this.on("absent", { kind, sentence: this.sentence(n) });
    }
    const here = item && (this.stretch() || this.whole(item));
    return here ? this.on("residue", { kind, stretch: here }) : this.tell(this.say("align.no_segment"));
  }

  whole(item) {
    const held = item.texts.find((part) => part.start <= this.at && this.at < part.end) || item.texts[0];
    return { start: held.start, end: held.end, text: held.text };
  }
}

// Drags a segment by its foot to another row, whose sentence it then renders instead.
function dragging(page) {
  const over = (row) => {
    for (const each of page.pane.querySelectorAll(".la-al-over")) if (each !== row) each.classList.remove("la-al-over");
    if (row) row.classList.add("la-al-over");
  };
  page.pane.addEventListener("dragstart", (event) => {
    const box = event.target instanceof Element && event.target.closest(".la-al-sg");
    if (!box) return;
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.effectAllowed = "move";
    Object.assign(page, { dragged: true, laneId: box.dataset.lane, at: Number(box.dataset.at), cut: null });
    page.select();
  });
  page.pane.addEventListener("dragover", (event) => {
    const row = page.dragged && event.target.closest(".la-al-row");
    if (!row) return;
    event.preventDefault();
    over(row);
  });
  page.pane.addEventListener("drop", (event) => {
    const row = page.dragged && event.target.closest(".la-al-row");
    if (!row) return;
    event.preventDefault();
    page.on("relink", { sentence: page.sentence(Number(row.dataset.n)) });
  });
  page.pane.addEventListener("dragend", () => {
    page.dragged = false;
    over(null);
  });
}

// A likely place for a cut: after the punctuation nearest to the middle.
function middle(text) {
  const points = [...text];
  const half = points.length / 2;
  const places = points.map((_, i) => i + 1).filter((i) => i < points.length && /[，。；：、！？,.;:!?]/.test(points[i - 1]));
  const best = places.sort((a, b) => Math.abs(a - half) - Math.abs(b - half))[0];
  return best || Math.max(1, Math.round(half));
}
