// The reviewer's words as the page shows them: what the server holds, with what is on its way to it.

class ReviewWords {
  // The reviewer's words: what the server holds, with what is on its way to it.
  overlay() {
    const words = structuredClone((this.mine && this.mine.renderings) || {});
    for (const column of this.view.columns) words[column.id] = words[column.id] || { errors: [], verdicts: {}, scores: {}, done: [] };
    for (const { id, kind, args } of this.outbox ? this.outbox.pending : []) {
      const own = args.letter === this.view.letter.id && args.who === this.who ? words[args.rendering] : null;
      if (!own) continue;
      const mark = { id, category: args.category, severity: args.severity, target: args.target, source: args.source, comment: args.comment, correction: args.correction };
      if (kind === "mark") own.errors = [...own.errors.filter((each) => each.id !== args.replaces && each.id !== id), mark];
      if (kind === "accept") own.verdicts[args.finding] = { id, accepted: true, mark: args.category ? mark : this.asFound(args) };
      if (kind === "dismiss") own.verdicts[args.finding] = { id, accepted: false, reason: args.reason, mark: null };
      if (kind === "score") own.scores[args.sentence] = args.score;
      if (kind === "work") own.done = args.done ? [...own.done, args.sentence] : own.done.filter((each) => each !== args.sentence);
      if (kind === "retract" || kind === "undo") {
        own.errors = own.errors.filter((each) => each.id !== args.decision);
        for (const [name, verdict] of Object.entries(own.verdicts)) if (verdict.id === args.decision) delete own.verdicts[name];
      }
    }
    return words;
  }

  asFound(args) {
    const found = this.view.findings.find((each) => each.rendering === args.rendering && each.id === args.finding);
    return { category: found.category, severity: found.severity, target: found.target ? [found.target] : [], source: found.source ? [found.source] : [], comment: "", correction: "" };
  }

  // Nothing is said by nobody: without a name the field for it gets the focus.
  push(kind, rendering, args) {
    if (!this.who) {
      this.needName();
      return null;
    }
    const operation = this.outbox.push(kind, { letter: this.view.letter.id, rendering, who: this.who, ...args });
    if (kind !== "retract") this.deleted = null;
    return operation;
  }

  isPending(id) {
    return this.outbox.pending.some((each) => each.id === id);
  }

  row(n = this.n) {
    return this.view.rows[n - 1];
  }

  doneIn(rendering, n) {
    return this.words[rendering].done.includes(this.row(n).start);
  }

  isDone(n) {
    return this.view.columns.every((column) => this.doneIn(column.id, n));
  }

  scoreOf(rendering) {
    const given = this.scoring;
    if (given && given.rendering === rendering && given.sentence === this.row().start) return given.score;
    return this.words[rendering].scores[String(this.row().start)];
  }

  // The annotations of the sentence in hand, numbered in this order.
  marksHere() {
    return this.view.columns.flatMap((column) => {
      const own = this.words[column.id];
      const accepted = Object.entries(own.verdicts).filter(([, verdict]) => verdict.accepted && verdict.mark).map(([finding, verdict]) => ({ ...verdict.mark, id: verdict.id, finding }));
      return [...own.errors, ...accepted].map((mark) => ({ ...mark, rendering: column.id })).filter((mark) => this.stands(mark, column));
    });
  }

  stands(mark, column) {
    const row = this.row();
    const over = (span, start, end) => span[0] < end && start < span[1];
    const texts = [...column.cells[this.n - 1].texts, ...(column.injected[this.n] || [])];
    if (mark.target.some((span) => texts.some((text) => over(span, text.start, text.end)))) return true;
    return mark.source.some((span) => over(span, row.start, row.end));
  }

  keyOf(found) {
    return String(this.view.findings.indexOf(found));
  }

  verdictOf(found) {
    return this.words[found.rendering].verdicts[found.id];
  }

  // Suggestions are kept back until one has judged, if one wants to judge unprimed.
  hiddenSuggestions(rendering) {
    return !this.hints && !this.doneIn(rendering, this.n);
  }

  suggestionsOf(rendering) {
    if (this.hiddenSuggestions(rendering)) return [];
    return this.view.findings.filter((each) => each.rendering === rendering && each.rows.includes(this.n));
  }

  openSuggestions() {
    return this.view.columns.flatMap((column) => this.suggestionsOf(column.id)).filter((each) => !this.verdictOf(each));
  }
}
