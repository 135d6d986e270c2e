// Which findings are shown, and which one is open.

class FindingChoice {
  // The severities that are shown, the gravest first.
  severities() {
    return this.view.severities.filter((name) => this.info || name !== "info");
  }

  // Of these findings those that are shown, the gravest first, as they stand in the list.
  visible(numbers) {
    const known = this.severities();
    const shown = numbers.filter((i) => {
      const finding = this.view.findings[i];
      return finding && known.includes(finding.severity) && this.columns.some((column) => column.id === finding.rendering);
    });
    const dropped = (i) => Number(this.verdict(i) === "dismissed");
    return shown.sort((a, b) => dropped(a) - dropped(b) || this.grave(a) - this.grave(b) || a - b);
  }

  // What reviewers made of a finding: "accepted", "dismissed", "disputed", or nothing yet.
  verdict(i) {
    const { rendering, id } = this.view.findings[i];
    return ((this.data.judged || {})[rendering] || {})[id] || "";
  }

  // The same without what was dismissed.
  standing(numbers) {
    return this.visible(numbers).filter((i) => this.verdict(i) !== "dismissed");
  }

  // Counts by severity without the dismissed findings among those that they count.
  left(counts, counted) {
    const sum = { ...counts };
    this.view.findings.forEach((finding, i) => {
      if (counted(finding) && this.verdict(i) === "dismissed") sum[finding.severity] -= 1;
    });
    return sum;
  }

  grave(i) {
    return this.view.severities.indexOf(this.view.findings[i].severity);
  }

  findingsOf(n) {
    return this.columns.flatMap((column) => column.cells[n - 1].findings || []);
  }

  // The same, and the open one where it has another place.
  listedAt(n) {
    const own = this.findingsOf(n);
    const open = this.finding !== null && this.view.findings[this.finding];
    return open && !own.includes(this.finding) && open.places.some((place) => place.row === n) ? [...own, this.finding] : own;
  }

  gravest(n) {
    return this.standing(this.findingsOf(n))[0] ?? null;
  }

  chipOf(i) {
    return this.view.columns.find((column) => column.id === this.view.findings[i].rendering).chip;
  }

  // The finding that the address names, which may be among those that are hidden; null where there is none.
  named(name, n) {
    const i = name ? this.view.findings.findIndex((each) => findingName(each) === name && each.rows.includes(n)) : -1;
    if (i < 0) return null;
    this.hidden.delete(this.view.findings[i].rendering);
    this.columns = this.view.columns.filter((column) => !this.hidden.has(column.id));
    this.info = this.info || this.view.findings[i].severity === "info";
    return i;
  }

  setInfo(info) {
    const anchor = this.anchor();
    this.info = info;
    if (!this.visible([this.finding]).length) this.finding = null;
    const inside = this.aside.contains(document.activeElement);
    const pressed = document.activeElement && document.activeElement.matches("[data-info]");
    this.draw();
    if (anchor) this.scrollTo(anchor, "start");
    if (inside) this.aside.focus({ preventScroll: true });
    if (pressed) this.root.querySelector("[data-info]").focus();
  }

  // Opens a finding of the chosen sentence in the inspector and lights its words; null closes.
  openFinding(i) {
    this.finding = i;
    lightFinding(this);
    const last = document.activeElement && document.activeElement.dataset.finding;
    this.aside.querySelector(".la-finds").replaceWith(findingsPart(this, this.selected));
    const focus = last && this.aside.querySelector(`[data-finding="${last}"]`);
    if (focus) focus.focus({ preventScroll: true });
    if (i !== null) this.toWords(i);
  }

  // Scrolls as little as is needed to show the words of a finding, or one of its places.
  toWords(i, row = this.selected) {
    const line = this.pane.querySelector(`.la-line[data-n="${row}"]`);
    const span = line && [...line.querySelectorAll("[data-f], [data-p]")].find((each) => isOf(each, i));
    const fold = span && span.closest("details");
    if (fold) fold.open = true;
    if (span) bringIn(this.pane, span);
  }

  goTo(place) {
    const i = this.finding;
    this.select(place.row, { jump: true, finding: i });
    this.toWords(i, place.row);
  }

  showFinding(i) {
    const head = this.aside.querySelector(`[data-finding="${i}"]`);
    if (head) bringIn(this.aside, head.closest("li"));
  }
}
