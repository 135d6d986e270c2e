// Text with marks. Offsets are Unicode code points; the cell's text stays exactly the document's.

// Adds text; a line break between two Chinese characters is kept in the DOM and not shown.
function addText(parent, text) {
  let rest = text;
  for (let at = rest.search(/\s*\n\s*/); at >= 0; at = rest.search(/\s*\n\s*/)) {
    const space = rest.slice(at).match(/^\s*\n\s*/)[0];
    const before = [...rest.slice(0, at)].pop() || "";
    const after = String.fromCodePoint(rest.codePointAt(at + space.length) || 32);
    if (CJK.test(before) && CJK.test(after)) parent.append(rest.slice(0, at), el("span", "la-nl", space));
    else parent.append(rest.slice(0, at + space.length));
    rest = rest.slice(at + space.length);
  }
  if (rest) parent.append(rest);
}

// marks: {start, end, cls, title, tag, last, findings, places}; `last` is a class for the stretch in which the mark ends.
function addMarked(parent, text, marks) {
  if (!marks.length) return addText(parent, text);
  const points = [...text];
  const edges = [...new Set([0, points.length, ...marks.flatMap((m) => [m.start, m.end])])];
  const cuts = edges.filter((e) => e >= 0 && e <= points.length).sort((a, b) => a - b);
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const [start, end] = [cuts[i], cuts[i + 1]];
    const here = marks.filter((m) => m.start < end && start < m.end);
    const piece = points.slice(start, end).join("");
    if (!here.length) {
      addText(parent, piece);
      continue;
    }
    const ending = here.filter((m) => m.last && m.end === end);
    const span = el("span", [...new Set([...here.map((m) => m.cls), ...ending.map((m) => m.last)])].join(" "));
    const titles = [...new Set(here.map((m) => m.title).filter(Boolean))];
    const tags = ending.map((m) => m.tag).filter(Boolean);
    attrs(span, { title: titles.length ? titles.join("\n") : null, "data-tag": tags.length ? tags.join(" ") : null });
    const numbers = (name) => here.flatMap((m) => m[name] || []).join(" ") || null;
    attrs(span, { "data-f": numbers("findings"), "data-p": numbers("places") });
    addText(span, piece);
    parent.append(span);
  }
  return parent;
}

// What is searched for: any case, white space as it comes, line breaks inside Chinese ignored.
function searcher(query) {
  const points = [...query.trim()];
  if (!points.length) return null;
  let pattern = "";
  points.forEach((point, i) => {
    if (/\s/.test(point)) pattern += /\s/.test(points[i - 1]) ? "" : "\\s+";
    else pattern += (i && CJK.test(point) && CJK.test(points[i - 1]) ? "\\s*" : "") + point.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  });
  return new RegExp(pattern, "giu");
}

function hits(text, search) {
  if (!search) return [];
  const found = [];
  for (const match of text.matchAll(search)) {
    const start = [...text.slice(0, match.index)].length;
    found.push({ start, end: start + [...match[0]].length, cls: "la-hit" });
  }
  return found;
}

// Where a cell's text stands in its document, for whatever lights words in it (words.js).
function addressOf(side, rendering, start) {
  return { "data-side": side, "data-rendering": rendering, "data-start": start };
}
