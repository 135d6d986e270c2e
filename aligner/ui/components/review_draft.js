// The annotation in hand: made of selected words, saved as soon as it can be, kept in this browser until then.

class ReviewDraft extends ReviewWords {
  // The words in hand become a draft, or a further place of the one that is open.
  takeWords({ cell, start, end, text }, add) {
    const { side, rendering } = cell.dataset;
    const at = Number(cell.dataset.start);
    const span = [at + start, at + end, text];
    if (add && this.draft && (side === "source" || rendering === this.draft.rendering)) {
      const others = this.draft[side].filter((each) => each[1] <= span[0] || span[1] <= each[0]);
      return this.changeDraft({ [side]: [...others, span].sort((a, b) => a[0] - b[0]) });
    }
    this.closeDraft(true);
    const omission = this.view.typology.categories.find((each) => each.source);
    this.draft = { rendering: side === "source" ? this.active : rendering, target: [], source: [], category: "", severity: "", comment: "", correction: "", id: null, finding: null };
    this.draft[side] = [span];
    if (side === "source" && omission) this.draft.category = omission.id;
    this.keep();
    document.getSelection().removeAllRanges();
    return this.refresh(true);
  }

  missingOf(draft) {
    if (!this.who) return this.say("review.name_first");
    if (!draft.category) return this.say("review.need_category");
    return draft.severity ? "" : this.say("review.need_severity");
  }

  changeDraft(changes) {
    if (!this.draft) return;
    const moved = changes.rendering && this.draft.id && changes.rendering !== this.draft.rendering;
    if (moved) {
      this.push("retract", this.draft.rendering, { decision: this.draft.id });
      this.draft.id = null;
    }
    Object.assign(this.draft, changes);
    if (changes.rendering) this.active = changes.rendering;
    this.keep();
    this.saveDraft();
  }

  // Saves what can be: it needs a category and a severity, and an omission its English words.
  saveDraft() {
    const { draft } = this;
    const known = draft && this.view.typology.categories.find((each) => each.id === draft.category);
    if (known && draft.severity && (!known.source || draft.source.length)) {
      const { category, severity, target, source, comment, correction } = draft;
      const words = { category, severity, target, source, comment, correction };
      const sent = draft.finding ? this.push("accept", draft.rendering, { finding: draft.finding, ...words }) : this.push("mark", draft.rendering, { ...words, replaces: draft.id || "" });
      if (sent) {
        draft.id = sent.id;
        draft.dirty = false;
        this.keep();
      }
    }
    this.refresh(!this.writing());
  }

  writing() {
    return document.activeElement && document.activeElement.matches(".la-rp-text");
  }

  write(name, text) {
    Object.assign(this.draft, { [name]: text, dirty: true });
    this.keep();
  }

  saveText() {
    if (this.draft && this.draft.dirty) this.saveDraft();
  }

  leaveField() {
    this.saveText();
    if (document.activeElement) document.activeElement.blur();
    this.refresh(true);
  }

  closeDraft(quiet) {
    if (!this.draft) return;
    if (this.draft.dirty) this.saveDraft();
    this.draft = null;
    this.keep();
    if (!quiet) this.refresh(true);
  }

  // What is not saved yet is kept through a reload.
  keep() {
    remember("reviewing-draft", this.draft && (!this.draft.id || this.draft.dirty) ? { letter: this.view.letter.id, n: this.n, draft: this.draft } : null);
  }

  restore(at = null) {
    const kept = remember("reviewing-draft");
    if (!kept || (at !== null && kept.n !== at) || kept.letter !== this.view.letter.id || !this.view.rows[kept.n - 1] || !this.view.columns.some((each) => each.id === kept.draft.rendering)) return;
    Object.assign(this, { n: kept.n, draft: kept.draft, active: kept.draft.rendering });
  }

  // Leaves the sentence: what cannot be saved yet waits for the reviewer to come back.
  leaveDraft() {
    if (!this.draft) return;
    if (this.draft.dirty) this.saveDraft();
    const saved = this.draft.id;
    this.draft = null;
    if (saved) this.keep();
  }

  openMark(id) {
    const mark = this.marksHere().find((each) => each.id === id);
    if (!mark) return;
    this.closeDraft(true);
    this.draft = { comment: "", correction: "", finding: null, ...mark };
    this.active = mark.rendering;
    this.refresh(true);
  }

  deleteDraft() {
    const { draft } = this;
    if (!draft) return;
    this.draft = null;
    this.keep();
    if (draft.id) {
      this.push("retract", draft.rendering, { decision: draft.id });
      this.deleted = draft;
    }
    this.refresh(true);
  }
}
