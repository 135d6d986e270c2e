"""A document that somebody brings, as HTML: its text with places beside what was left out. Every text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from html import escape

from aligner.documents import Extracted
from aligner.model import Block, BlockKind, Span
from aligner.ui.messages import Catalogue

MOST_BLOCKS = 400
MOST_CHARACTERS = 60_000
"""What is shown of a text: more than a long article has. All of it is used."""

_PLACE = re.compile(r"(page|paragraph|line|footnote|endnote|comment) (\d+)")


def panel(extracted: Extracted, say: Catalogue, language: str, letter: Span | None = None, beside: str = "") -> str:
    """The text, where each paragraph stands in the original, and what is not in the text; the letter marked.

    `beside` is HTML to stand before the text (see `views.original`).
    """
    shown, every = list(_shown(extracted)), extracted.document.blocks
    text = "".join(_block(extracted, block, say, letter) for block in shown)
    told = [say("letters.cut")] if shown and shown[-1].end < every[len(shown) - 1].end else []
    told += [say("letters.not_shown", n=len(every) - len(shown))] if len(shown) < len(every) else []
    text += "".join(f'<p class="la-ex-more">{escape(each)}</p>' for each in told)
    gone = "".join(_gone(each.text, each.why, each.label, say) for each in extracted.dropped[:MOST_BLOCKS])
    gone = gone or f'<p class="la-ex-more">{escape(say("letters.nothing_left_out"))}</p>'
    read, out = escape(say("letters.text")), escape(say("letters.left_out"))
    # A part that scrolls can be reached and named by the keyboard and by whoever hears the page.
    scrolls = 'role="region" tabindex="0" aria-label'
    return (
        f'<div class="la-extract{" la-three" if beside else ""}">{beside}<section><h4>{read}</h4>'
        f'<div class="la-ex-text" {scrolls}="{read}" lang="{escape(language)}">{text}</div></section>'
        f'<section class="la-ex-left"><h4>{out}</h4>'
        f'<div class="la-ex-gone" {scrolls}="{out}">{gone}</div></section></div>'
    )


def _shown(extracted: Extracted) -> Iterator[Block]:
    """The blocks that are shown; the last one is cut where the text is long."""
    left = MOST_CHARACTERS
    for block in extracted.document.blocks[:MOST_BLOCKS]:
        if left <= 0:
            return
        yield replace(block, end=min(block.end, block.start + left))
        left -= block.end - block.start


def _block(extracted: Extracted, block: Block, say: Catalogue, letter: Span | None) -> str:
    where = place_in_words(extracted.place_of(block.start), say)
    kind = {BlockKind.HEADING: " la-ex-heading", BlockKind.FURNITURE: " la-ex-furniture"}.get(block.kind, "")
    return (
        f'<p class="la-ex-block{kind}"><span class="la-ex-place">{escape(where)}</span>'
        f"<span>{_marked(extracted.document.text, block.span, letter)}</span></p>"
    )


def _marked(text: str, block: Span, letter: Span | None) -> str:
    if letter is None or not block.overlap(letter):
        body = escape(block.of(text))
        return body if letter is None else f'<span class="la-ex-out">{body}</span>'
    start, end = max(block.start, letter.start), min(block.end, letter.end)
    before, inside, after = text[block.start : start], text[start:end], text[end : block.end]
    out = [f'<span class="la-ex-out">{escape(part)}</span>' if part else "" for part in (before, after)]
    return f'{out[0]}<mark class="la-ex-in">{escape(inside)}</mark>{out[1]}'


def _gone(text: str, why: str, label: str, say: Catalogue) -> str:
    reason = reason_in_words(why, say)
    where = place_in_words(label, say)
    said = say("letters.gone_at", why=reason, where=where) if where else reason
    return f'<p><span class="la-ex-why">{escape(said)}</span>{escape(text)}</p>'


def place_in_words(label: str, say: Catalogue) -> str:
    """Where something stands in its original, in the reader's language; what is not known stays as it is."""
    parts = [_part(part, say) for part in label.split(", ")]
    return reduce(lambda a, b: say("card.join", a=a, b=b), parts)


def _part(part: str, say: Catalogue) -> str:
    match = _PLACE.fullmatch(part)
    return say(f"place.{match[1]}", number=match[2]) if match else part


def reason_in_words(why: str, say: Catalogue) -> str:
    """Why something was left out, in the reader's language; what is not known stays as it is."""
    key = "gone." + re.sub(r"[^a-z]+", "_", why.lower()).strip("_")
    return say.messages.get(key, why)
