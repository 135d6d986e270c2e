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


def for_component(bindings: tuple[Binding, ...] = READ) -> list[dict[str, object]]:
    """The bindings as a component takes them."""
    return [{"action": b.action, "keys": list(b.keys), "local": list(b.local)} for b in bindings]
