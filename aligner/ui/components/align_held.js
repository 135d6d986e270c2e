// The state of Align in this browser: sent whole once, then by what changed since that whole.

const ASK_AGAIN = 3000; // milliseconds

class Held {
  constructor() {
    Object.assign(this, { name: null, whole: null, view: null });
  }

  // The state that `sent` makes, and the numbers of the rows in which it differs from the last one. No state when
  // `sent` changes a whole that is not here (a page put up anew): `ask` asks for it, until it comes.
  take(sent, ask) {
    clearTimeout(this.asking);
    if (sent.whole) Object.assign(this, { name: sent.whole, whole: sent });
    else if (sent.since !== this.name) {
      const again = () => {
        ask();
        this.asking = setTimeout(again, ASK_AGAIN);
      };
      again();
      return {};
    }
    const before = this.view;
    this.view = sent.whole ? sent : changedView(this.whole, sent);
    return { view: this.view, rows: before ? differing(before, this.view) : new Set() };
  }

  close() {
    clearTimeout(this.asking);
  }
}

function changedView(whole, sent) {
  const lanes = whole.lanes.map((lane) => {
    const change = sent.lanes.find((each) => each.id === lane.id);
    if (!change) return lane;
    const [items, gaps] = [changedList(lane.items, change.items, change.gone), changedList(lane.gaps, change.gaps, change.closed)];
    return { ...lane, revision: change.revision, items, gaps };
  });
  return { ...sent, letter: whole.letter, lanes };
}

// Boxes, or gaps, are told apart by where they start, and stand in that order.
function changedList(list, changed, gone) {
  const out = new Set([...gone, ...changed.map((each) => each.start)]);
  return [...list.filter((each) => !out.has(each.start)), ...changed].sort((one, other) => one.start - other.start);
}

function differing(before, after) {
  const rows = new Set();
  for (const lane of after.lanes) {
    const old = before.lanes.find((each) => each.id === lane.id) || { items: [], gaps: [] };
    for (const key of ["items", "gaps"]) {
      const [was, is] = [new Set(old[key]), new Set(lane[key])];
      for (const each of old[key]) if (!is.has(each)) rows.add(each.row);
      for (const each of lane[key]) if (!was.has(each)) rows.add(each.row);
    }
  }
  return rows;
}

// What a lane has beside a sentence: by the row it is laid at, and by the sentence it renders.
const BESIDE = new WeakMap();

function beside(lane) {
  if (!BESIDE.has(lane)) {
    const found = { placed: new Map(), linked: new Map() };
    for (const item of lane.items) {
      into(found.placed, item.row, item);
      for (const [n] of item.rows) into(found.linked, n, item);
    }
    BESIDE.set(lane, found);
  }
  return BESIDE.get(lane);
}

function into(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}
