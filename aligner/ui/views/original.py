"""The original of a document that somebody brings, as HTML beside its text: what was left out of it is marked.

Texts and pages are shown as their source, Word files, PDFs and books line by line as they were read, since what they
look like is drawn by programs of their own. Every text is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from aligner.documents import Extracted
from aligner.ui.messages import Catalogue
from aligner.ui.views.extract import MOST_CHARACTERS, place_in_words, reason_in_words

PAGES = (".htm", ".html", ".xhtml")
BOUND = (".docx", ".epub", ".pdf")

_BEFORE = 3_000
"""Characters of a page's source that are shown before its first words that were read."""

_MARKUP = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_NUMBERS = re.compile(r"(?:page|paragraph|line) (\d+)")
_LAST = (10**9,)

_Line = tuple[str, str, str]
"""A line of the original: where it stands, its text, and why it was left out (empty: it was not)."""


def original(data: bytes, suffix: str, extracted: Extracted, say: Catalogue, language: str) -> str:
    """One part of the panel: the original of `extracted`, whose bytes are `data`."""
    if suffix in PAGES:
        kind, told, body = "source", say("letters.original_source"), _source(data, extracted, say)
    elif suffix in BOUND:
        kind, told, body = "lines", say("letters.original_lines"), _lines(extracted, say)
    else:
        kind, told, body = "plain", say("letters.original_plain"), _plain(extracted, say)
    title = escape(say("letters.original"))
    return (
        f'<section class="la-og la-og-{kind}"><h4>{title} <span>{escape(told)}</span></h4>'
        f'<div class="la-ex-text" role="region" tabindex="0" aria-label="{title}" lang="{escape(language)}">'
        f"{body}</div></section>"
    )


def _plain(extracted: Extracted, say: Catalogue) -> str:
    text, at, parts = extracted.document.text[:MOST_CHARACTERS], 0, []
    for block in extracted.document.blocks:
        parts += [_out(text[at : block.start]), escape(text[block.start : block.end])]
        at = block.end
    return f"<pre>{''.join(parts)}{_out(text[at:])}</pre>{_rest(len(extracted.document.text), say)}"


def _source(data: bytes, extracted: Extracted, say: Catalogue) -> str:
    """A page's source from a little before its first words that were read; markup and what was not read is grey."""
    text = data.decode(extracted.document.encoding or "utf-8", "replace")
    words = extracted.document.text.split()
    found = next((at for word in words[:20] if len(word) > 3 and (at := text.find(escape(word, quote=False))) >= 0), 0)
    start = max(0, found - _BEFORE)
    shown = text[start : start + MOST_CHARACTERS]
    read, at, parts = " ".join(words), 0, []
    for match in _MARKUP.finditer(shown):
        parts += [_run(shown[at : match.start()], read), f'<span class="la-og-tag">{escape(match[0])}</span>']
        at = match.end()
    parts.append(_run(shown[at:], read))
    before = f'<p class="la-ex-more">{escape(say("letters.original_before"))}</p>' if start else ""
    return f"{before}<pre>{''.join(parts)}</pre>{_rest(len(text) - start, say)}"


def _run(text: str, read: str) -> str:
    plain = " ".join(unescape(text).split())
    return escape(text) if not plain or plain in read else _out(text)


def _out(text: str) -> str:
    return f'<span class="la-og-out">{escape(text)}</span>' if text.strip() else escape(text)


def _rest(size: int, say: Catalogue) -> str:
    return f'<p class="la-ex-more">{escape(say("letters.original_rest"))}</p>' if size > MOST_CHARACTERS else ""


def _lines(extracted: Extracted, say: Catalogue) -> str:
    parts, size = [], 0
    for where, text, why in _in_order(extracted):
        size += len(text)
        place = escape(place_in_words(where, say)) if where else ""
        words = escape(text[:MOST_CHARACTERS])
        if why:
            words = f'<s>{words}</s> <span class="la-og-why">{escape(reason_in_words(why, say))}</span>'
        parts.append(f'<p class="la-ex-block"><span class="la-ex-place">{place}</span><span>{words}</span></p>')
        if size > MOST_CHARACTERS:
            break
    return "".join(parts) + _rest(size, say)


def _in_order(extracted: Extracted) -> Iterator[_Line]:
    """Lines with what was left out among them, as far as it is known where that stood; else behind them."""
    text = extracted.document.text
    lines: list[_Line] = [(place.label, text[place.start : place.end].strip(), "") for place in extracted.places]
    lines += [(gone.label, gone.text, gone.why) for gone in extracted.dropped]
    yield from sorted(lines, key=lambda line: _order(line[0]))


def _order(label: str) -> tuple[int, ...]:
    known = label.startswith(("page ", "paragraph "))
    return tuple(int(number) for number in _NUMBERS.findall(label)) if known else _LAST
