// What a reviewer does with suggestions, scores and sentences, and the keys for everything. `Review` draws it.

class ReviewWork extends ReviewDraft {
  // Takes back what was done last; what was deleted comes back as a new word.
  undo() {
    this.sendScore();
    this.draft = null;
    this.keep();
    if (this.deleted) {
      const { rendering, category, severity, target, source, comment, correction, finding } = this.deleted;
      this.push(finding ? "accept" : "mark", rendering, { category, severity, target, source, comment, correction, ...(finding ? { finding } : {}) });
    } else {
      const last = [...this.outbox.pending].reverse().find((each) => !["undo", "redo", "retract"].includes(each.kind));
      const id = last ? last.id : this.mine && this.mine.undo;
      if (id) this.push("undo", this.active, { decision: id });
    }
    this.refresh(true);
  }

  redo() {
    if (this.mine && this.mine.redo) this.push("redo", this.active, { decision: this.mine.redo });
    this.refresh(true);
  }

  chosenSuggestion() {
    return this.suggestion === null ? null : this.view.findings[Number(this.suggestion)];
  }

  chooseSuggestion(key) {
    Object.assign(this, { suggestion: key, dismissing: null, active: this.view.findings[Number(key)].rendering });
    this.refresh();
    const card = this.work.querySelector(`[data-key="card.${key}"]`);
    if (card) bringIn(this.work, card);
  }

  nextSuggestion() {
    const open = this.openSuggestions().map((each) => this.keyOf(each));
    if (open.length) this.chooseSuggestion(open[(open.indexOf(this.suggestion) + 1) % open.length]);
  }

  accept() {
    const found = this.chosenSuggestion();
    if (!found) return;
    if (!found.category) {
      this.changeSuggestion();
      return;
    }
    this.push("accept", found.rendering, { finding: found.id });
    this.refresh();
  }

  changeSuggestion() {
    const found = this.chosenSuggestion();
    if (!found) return;
    this.closeDraft(true);
    this.draft = { rendering: found.rendering, target: found.target ? [found.target] : [], source: found.source ? [found.source] : [], category: found.category, severity: "", comment: "", correction: "", id: null, finding: found.id };
    this.active = found.rendering;
    this.keep();
    this.refresh(true);
  }

  askReason(open = true) {
    if (!this.chosenSuggestion()) return;
    this.dismissing = open ? this.suggestion : null;
    if (document.activeElement) document.activeElement.blur();
    this.refresh();
    const first = this.work.querySelector("[data-reason]");
    if (first) first.focus();
  }

  dismiss(found, reason) {
    this.dismissing = null;
    this.push("dismiss", found.rendering, { finding: found.id, reason });
    if (document.activeElement) document.activeElement.blur();
    this.refresh();
  }

  takeBack(found) {
    this.push("retract", found.rendering, { decision: this.verdictOf(found).id });
    this.refresh();
  }

  // A score is one word however many steps the slider took: it is sent when it rests.
  score(rendering, score, rest = 500) {
    const sentence = this.row().start;
    if (this.scoring && (this.scoring.rendering !== rendering || this.scoring.sentence !== sentence)) this.sendScore();
    this.scoring = { rendering, sentence, score };
    clearTimeout(this.scoreTimer);
    this.scoreTimer = setTimeout(() => this.sendScore(), rest);
    rvFillSaved(this);
  }

  // A digit on the score writes it: 7, 72; one more that would make it greater than 100 begins anew, as does a pause.
  typeScore(rendering, digit) {
    const going = this.typing && this.typing.rendering === rendering && this.scoring ? this.typing.text : "";
    const text = going && Number(going + digit) <= 100 ? going + digit : digit;
    this.typing = { rendering, text };
    this.score(rendering, Number(text), 1200);
    return Number(text);
  }

  sendScore() {
    clearTimeout(this.scoreTimer);
    const given = this.scoring;
    if (!given) return;
    this.scoring = null;
    this.push("score", given.rendering, { sentence: given.sentence, score: given.score });
    this.refresh();
  }

  // Marks the sentence as finished in every rendering that is shown and goes on; a finished one is opened again.
  finish() {
    const ids = this.view.columns.map((each) => each.id).filter((id) => !this.single || id === this.active);
    const done = !ids.every((id) => this.doneIn(id, this.n));
    this.leaveDraft();
    this.sendScore();
    for (const id of ids) if (this.doneIn(id, this.n) !== done) this.push("work", id, { sentence: this.row().start, done });
    if (!this.who) return;
    this.words = this.overlay();
    if (done) this.unfinished();
    this.refresh();
  }

  unfinished() {
    const every = this.view.rows.map((_, i) => i + 1);
    const order = [...every.slice(this.n), ...every.slice(0, this.n)];
    const to = order.find((n) => (this.single ? !this.doneIn(this.active, n) : !this.isDone(n)));
    if (to && to !== this.n) this.select(to);
  }

  up(event) {
    if (!this.view || !this.work || !this.work.contains(event.target)) return;
    // After a drag the selection is what it will be; a click still has to end an older one.
    const moved = this.from && Math.hypot(event.clientX - this.from[0], event.clientY - this.from[1]) > 3;
    if (matchMedia("(pointer: coarse)").matches && rvSelected()) return;
    if (moved || event.detail > 1) this.released(event);
    else setTimeout(() => this.released(event), 0);
  }

  released(event) {
    const words = rvSelected();
    if (words && this.work.contains(words.cell)) return this.takeWords(words, event.altKey || event.ctrlKey || event.metaKey);
    const marked = event.target.closest("[data-f], [data-p]");
    if (!marked || !document.getSelection().isCollapsed) return undefined;
    if (marked.dataset.f) return this.openMark(marked.dataset.f.split(" ")[0]);
    return this.chooseSuggestion(marked.dataset.p.split(" ")[0]);
  }

  key(event) {
    const target = event.composedPath()[0];
    const slider = target instanceof Element && target.matches("input[type=range]");
    if (event.defaultPrevented || (inTextField(event) && !slider)) return;
    const cell = target instanceof Element && target.closest("[data-cell]");
    const arrow = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (cell && arrow && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.cursor.move(cell, arrow, event.shiftKey, event.altKey);
      return;
    }
    if (isHeld(event)) return;
    const key = mappedKey(this, keyOfEvent(event));
    if (cell && (key === "enter" || key === "shift+enter")) {
      const words = rvSelected();
      if (words) this.takeWords(words, key === "shift+enter");
      event.preventDefault();
      return;
    }
    const binding = this.data.keys.find((each) => each.keys.includes(key));
    if (!binding) return;
    event.preventDefault();
    this.act(binding.action, key);
  }

  act(action, key) {
    const quick = this.view.typology.quick[(Number(key) + 9) % 10];
    const grade = this.view.typology.severities.find((each) => each.key === key);
    const field = (name) => {
      const node = this.draft && this.root.querySelector(`[data-key="${name}"]`);
      if (node) node.focus();
    };
    const acts = {
      next: () => this.select(this.n + 1),
      previous: () => this.select(this.n - 1),
      unfinished: () => this.unfinished(),
      done: () => this.finish(),
      left: () => this.beside(-1),
      right: () => this.beside(1),
      english: () => this.focusText("source"),
      category: () => quick && this.changeDraft({ category: quick }),
      find_category: () => field("find"),
      severity: () => grade && this.changeDraft({ severity: grade.id }),
      comment: () => field("comment"),
      correction: () => field("correction"),
      delete: () => this.deleteDraft(),
      suggestion: () => this.nextSuggestion(),
      accept: () => this.accept(),
      change: () => this.changeSuggestion(),
      dismiss: () => this.askReason(),
      score: () => {
        const slider = [...this.root.querySelectorAll("[data-score]")].find((each) => each.dataset.score === this.active);
        if (slider) slider.focus();
      },
      undo: () => this.undo(),
      redo: () => this.redo(),
      back: () => this.leave(),
      help: () => this.help(),
    };
    if (this.view.columns.length && acts[action]) acts[action]();
  }

  // Escape: closes what is open, one thing at a time.
  leave() {
    const help = this.root.querySelector(".la-rw-help");
    if (help) return help.remove();
    if (this.dismissing !== null) return this.askReason(false);
    if (this.draft) return this.closeDraft();
    document.getSelection().removeAllRanges();
    return document.activeElement && document.activeElement.blur();
  }
}
