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
    Binding("back", ("escape",)),
    Binding("search", ("/",)),
    Binding("help", ("?",)),
)

ALIGN = (
    *(binding for binding in READ if binding.action not in ("open", "search")),
    Binding("left", (), ("arrowleft",)),
    Binding("right", (), ("arrowright",)),
    Binding("to_review", ("t",)),
    Binding("confirm", ("y",)),
    Binding("confirm_to", ("shift+y",)),
    Binding("merge", ("g",)),
    Binding("merge_before", ("shift+g",)),
    Binding("split", ("s",)),
    Binding("up", (",",)),
    Binding("down", (".",)),
    Binding("link", ("l",)),
    Binding("candidates", ("i",)),
    Binding("unlink", ("x",)),
    Binding("reject", ("shift+x",)),
    Binding("pull", ("p",)),
    Binding("pull_before", ("shift+p",)),
    Binding("mark", tuple("123456789")),
    Binding("undo", ("u",)),
    Binding("redo", ("shift+u",)),
)
"""With `shift+` before a letter; nothing here means another thing than in `READ`."""


def for_component(bindings: tuple[Binding, ...] = READ) -> list[dict[str, object]]:
    """The bindings as a component takes them."""
    return [{"action": b.action, "keys": list(b.keys), "local": list(b.local)} for b in bindings]
