"""The report's drawings as SVG, each with its text alternative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from aligner.formats.report.words import Html, Words, joined, opened, tag
from aligner.formats.rows import Cell

KINDS = ("direct", "indirect", "fragment", "omitted", "outside")
_STEP, _LANE, _LEFT = 26, 26, 74


def kind_of(cell: Cell) -> str:
    """How a sentence is rendered: the mode of its first direct link if there is one; empty for none at all."""
    modes = [unit.link.mode.value for unit in cell.units]
    if modes:
        return next(kind for kind in KINDS if kind in modes)
    return cell.absent.value if cell.absent else ""


def patterns() -> Html:
    """The textures of modes, once in the page."""
    hatch = tag(
        "pattern",
        tag("rect", width="4", height="4", fill="#fff"),
        tag("path", d="M-1 1l2-2M0 4l4-4M3 5l2-2", stroke="#51627B", stroke_width="1.6"),
        id="p-indirect",
        width="4",
        height="4",
        patternUnits="userSpaceOnUse",
    )
    dots = tag(
        "pattern",
        tag("rect", width="4", height="4", fill="#fff"),
        tag("circle", cx="2", cy="2", r="1.15", fill="#51627B"),
        id="p-fragment",
        width="4",
        height="4",
        patternUnits="userSpaceOnUse",
    )
    return tag("svg", tag("defs", hatch, dots), width="0", height="0", aria_hidden="true", style="position:absolute")


def swatch(kind: str) -> Html:
    """A small square in the texture of `kind`; the word stands beside it."""
    return tag("svg", _box(kind, 0.5, 0.5, 10, 10), cls="sw", viewBox="0 0 11 11", aria_hidden="true")


def sign(severity: str) -> Html:
    """A growing shape for a severity; the word stands beside it."""
    shapes = {
        "minor": tag("path", d="M6 1.5L11 10H1z", fill="#C08412"),
        "major": tag("rect", x="1.5", y="1.5", width="9", height="9", rx="1", fill="#B5301F"),
        "critical": tag("path", d="M6 0l6 6-6 6-6-6z", fill="#8E1A0E"),
    }
    other = tag("circle", cx="6", cy="6", r="2.8", fill="none", stroke="#6F737B", stroke_width="1.2")
    return tag("svg", shapes.get(severity, other), width="11", height="11", viewBox="0 0 12 12", aria_hidden="true")


def bar(counts: Mapping[str, int], label: str) -> Html:
    """A bar of 180 units, cut by how many sentences are rendered how."""
    whole = sum(counts.values()) or 1
    parts, at = [], 0.0
    for kind in KINDS:
        width = 180 * counts.get(kind, 0) / whole
        if width:
            parts.append(_box(kind, at + 0.5, 2.5, width - 1, 9))
        at += width
    return tag("svg", *parts, width="180", height="14", viewBox="0 0 180 14", role="img", aria_label=label)


def strip(
    lanes: Sequence[tuple[str, Sequence[Cell]]], grave: Sequence[Mapping[int, str]], say: Words
) -> Iterator[Html]:
    """A lane per rendering, a box per sentence, and below it the gravest finding of each sentence."""
    count = max((len(cells) for _, cells in lanes), default=0)
    width = _LEFT + _STEP * count
    height = 18 + (_LANE + 14) * len(lanes)
    size = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
    yield opened("svg", **size, role="img", aria_label=say("strip"))
    yield tag("title", say("strip"))
    for number in range(count):
        if number == 0 or (number + 1) % 5 == 0:
            yield _label(str(number + 1), _LEFT + _STEP * number + 11, 11, "middle")
    for lane, ((name, cells), signs) in enumerate(zip(lanes, grave, strict=True)):
        top = 18 + (_LANE + 14) * lane
        yield _label(name, _LEFT - 12, top + 14, "end")
        for number, cell in enumerate(cells):
            left = _LEFT + _STEP * number
            kind = kind_of(cell)
            words = f"{number + 1}: {say(kind) if kind else say('none')}"
            yield tag("g", tag("title", words), _box(kind, left + 0.5, top + 0.5, 22, 18))
            if severity := signs.get(number):
                shape = sign_at(severity, left + 6, top + 22)
                yield tag("g", tag("title", f"{number + 1}: {say.known(severity)}"), shape)
    yield Html("</svg>")


def sign_at(severity: str, x: int, y: int) -> Html:
    """A severity's shape inside a drawing."""
    inner = sign(severity)
    start = inner.index(">") + 1
    return tag("g", Html(inner[start : -len("</svg>")]), transform=f"translate({x} {y})")


def _box(kind: str, x: float, y: float, width: float, height: float) -> Html:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{max(width, 1):.1f}", "height": f"{height:.1f}"}
    if kind == "direct":
        return tag("rect", **place, rx="2", fill="#51627B", stroke="#51627B")
    if kind in {"indirect", "fragment"}:
        return tag("rect", **place, rx="2", fill=f"url(#p-{kind})", stroke="#51627B")
    if kind == "omitted":
        return tag("rect", **place, rx="2", fill="none", stroke="#5E626A", stroke_dasharray="2.5 2")
    middle = f"{y + height / 2:.1f}"
    return tag("line", x1=f"{x:.1f}", x2=f"{x + width:.1f}", y1=middle, y2=middle, stroke="#A9B4C4")


def _label(text: str, x: int, y: int, anchor: str) -> Html:
    size = "11" if anchor == "end" else "10"
    weight = "600" if anchor == "end" else "400"
    return tag(
        "text",
        joined(text),
        x=str(x),
        y=str(y),
        text_anchor=anchor,
        font_size=size,
        font_weight=weight,
        fill="#464A52",
        font_family="sans-serif",
    )


def beside(severity: str) -> Html:
    """A severity's sign on the line of its word."""
    return tag("span", sign(severity), style="display:inline-block;margin-right:5px;vertical-align:-1px")
