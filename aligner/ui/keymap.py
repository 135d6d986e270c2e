"""Which key does what, in one place: the components listen by it, the list of keys shows it and changes it.

One keymap for all pages: a key means the same wherever it acts (`MEANING` and `FOCUSED` name the actions that are one
to the hand). A change is therefore a change of a key, not of a page, and is kept in the browser (`components/keys.js`).
C, R and Ctrl+Z stay free: Streamlit takes the first two, text fields need the last. No key acts while a text field
has the focus.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Binding:
    """An action with its keys (names as in KeyboardEvent.key, lower case); `<texts>.<action>` says what it does.

    `local` ones act only while the focus is in the grid, since the arrow keys belong to whatever has it. What is
    `fixed` nobody can change: digits whose number is their meaning, arrows that move in a text.
    """

    action: str
    keys: tuple[str, ...]
    local: tuple[str, ...] = ()
    fixed: bool = False


READ = (
    Binding("next", ("j",), ("arrowdown",)),
    Binding("previous", ("k",), ("arrowup",)),
    Binding("first", (), ("home",)),
    Binding("last", (), ("end",)),
    Binding("open", (), ("enter", " ")),
    Binding("word_before", (), ("arrowleft",)),
    Binding("word_after", (), ("arrowright",)),
    Binding("back", ("escape",)),
    Binding("search", ("/",)),
    Binding("help", ("?",)),
)

ALIGN = (
    *(binding for binding in READ if binding.action not in ("open", "search", "word_before", "word_after")),
    Binding("left", ("h",), ("arrowleft",)),
    Binding("right", ("l",), ("arrowright",)),
    Binding("unfinished", ("f",)),
    Binding("confirm", ("a",)),
    Binding("confirm_to", ("shift+a",)),
    Binding("merge", ("z",)),
    Binding("merge_before", ("shift+z",)),
    Binding("split", ("x",)),
    Binding("up", (",",)),
    Binding("down", (".",)),
    Binding("link", ("p",)),
    Binding("candidates", ("shift+p",)),
    Binding("unlink", ("delete", "backspace")),
    Binding("reject", ("shift+delete", "shift+backspace")),
    Binding("pull", ("]",)),
    Binding("pull_before", ("[",)),
    Binding("mark_as", tuple("123456789"), fixed=True),
    Binding("realign", ("=",)),
    Binding("undo", ("u",)),
    Binding("redo", ("shift+u", "y")),
)
"""With `shift+` before a letter or a named key; nothing here means another thing than on another page."""

REVIEW = (
    Binding("next", ("j",)),
    Binding("previous", ("k",)),
    Binding("unfinished", ("f",)),
    Binding("done", ("g",)),
    Binding("left", ("h",)),
    Binding("right", ("l",)),
    Binding("english", ("o",)),
    Binding("word", (), ("arrowleft", "arrowright"), fixed=True),
    Binding("extend", (), ("shift+arrowleft", "shift+arrowright"), fixed=True),
    Binding("finer", (), ("alt+arrowleft", "alt+arrowright"), fixed=True),
    Binding("mark", (), ("enter",)),
    Binding("add", (), ("shift+enter",)),
    Binding("category", ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0"), fixed=True),
    Binding("find_category", ("t",)),
    Binding("severity", ("v", "b", "n", "m")),
    Binding("comment", ("i",)),
    Binding("correction", ("w",)),
    Binding("delete", ("delete",)),
    Binding("suggestion", ("s",)),
    Binding("accept", ("a",)),
    Binding("change", ("e",)),
    Binding("dismiss", ("d",)),
    Binding("score", ("q",)),
    Binding("undo", ("u",)),
    Binding("redo", ("shift+u", "y")),
    Binding("back", ("escape",)),
    Binding("help", ("?",)),
)

PAGES = {"read": READ, "align": ALIGN, "review": REVIEW}
"""The pages that have keys of their own."""

TEXTS = {"review": "review_keys"}
"""The section of the messages that tells of a page's keys, where it is not `keys`."""

STAY = ("arrowdown", "arrowup", "arrowleft", "arrowright", "home", "end", "enter", "shift+enter", " ", "escape")
"""Keys that keep what they do, as they belong to whatever has the focus; a second one can be given beside them."""

RESERVED = ("tab", "shift+tab", "c", "shift+c", "r", "shift+r", *(f"f{n}" for n in range(1, 13)), *STAY, *"0123456789")
"""Keys that cannot be given to anything: the browser, Streamlit, focus, or a number's own meaning needs them."""

MEANING = {
    "confirm": "yes",
    "accept": "yes",
    "mark_as": "kind",
    "category": "kind",
    "unlink": "take_away",
    "delete": "take_away",
}
"""Actions of different pages that are the same to the hand: say yes to it, give its kind by number, take it away."""

FOCUSED = {
    "open": "take_in_hand",
    "mark": "take_in_hand",
    "left": "sideways",
    "right": "sideways",
    "word_before": "sideways",
    "word_after": "sideways",
    "word": "sideways",
}
"""The same of `local` keys, whose meaning is that of what has the focus.

Enter takes it in hand: a row in Read, the words that are selected in Review. The arrows to the side go from box to box
in Align and from word to word in a row of Read and a text of Review; other keys for them would surprise everybody.
"""


def for_component(page: str) -> dict[str, object]:
    """What a component needs to listen: its own page's `keys`, and the `keymap` of all pages for who changes one."""
    keymap = _keymap(page)
    return {"keys": keymap["pages"][page], "keymap": keymap}


def for_help(pages: list[str]) -> dict[str, object]:
    """What a page without keys of its own needs to list them: those of the `pages` that have some, and the keymap."""
    return {"pages": [name for name in PAGES if name in pages], "keymap": _keymap("read")}


def _keymap(page: str) -> dict[str, Any]:
    pages = {name: _told(bindings) for name, bindings in PAGES.items()}
    texts = {name: TEXTS.get(name, "keys") for name in PAGES}
    return {"page": page, "pages": pages, "texts": texts} | _limits()


def _told(bindings: tuple[Binding, ...]) -> list[dict[str, object]]:
    return [
        {"action": b.action, "keys": list(b.keys), "local": list(b.local)} | ({"fixed": True} if b.fixed else {})
        for b in bindings
    ]


def _limits() -> dict[str, object]:
    return {"stay": list(STAY), "reserved": list(RESERVED)}
