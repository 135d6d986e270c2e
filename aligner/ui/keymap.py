"""Which key does what, in one place: the component listens by it, the list of keys shows it.

C, R and Ctrl+Z stay free: Streamlit takes the first two, text fields need the last. No key acts
while a text field has the focus.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Binding:
    """An action with its keys (names as in KeyboardEvent.key, lower case); `keys.<action>` says what it does.

    `local` ones act only while the focus is in the grid, since the arrow keys belong to whatever has it.
    """

    action: str
    keys: tuple[str, ...]
    local: tuple[str, ...] = ()


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
    Binding("mark_as", tuple("123456789")),
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
    Binding("word", (), ("arrowleft", "arrowright")),
    Binding("extend", (), ("shift+arrowleft", "shift+arrowright")),
    Binding("finer", (), ("alt+arrowleft", "alt+arrowright")),
    Binding("mark", (), ("enter",)),
    Binding("add", (), ("shift+enter",)),
    Binding("category", ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0")),
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
    Binding("redo", ("y",)),
    Binding("back", ("escape",)),
    Binding("help", ("?",)),
)

MEANING = {
    "confirm": "yes",
    "accept": "yes",
    "mark_as": "kind",
    "category": "kind",
    "unlink": "take_away",
    "delete": "take_away",
}
"""Actions of different pages that are the same to the hand: say yes to it, give its kind by number, take it away."""


def for_component(bindings: tuple[Binding, ...] = READ) -> list[dict[str, object]]:
    """The bindings as a component takes them."""
    return [{"action": b.action, "keys": list(b.keys), "local": list(b.local)} for b in bindings]
