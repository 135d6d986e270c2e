"""One keymap for all pages: what a key means, and what can be said of it to a component."""

from __future__ import annotations

import pytest

from aligner.ui import keymap
from aligner.ui.messages import LANGUAGES, Catalogue
from aligner.ui.views import review


def meanings(part: str, same: dict[str, str]) -> dict[str, set[str]]:
    """What every key of the `keys` or `local` ones does on any page, actions that are the same counted as one."""
    found: dict[str, set[str]] = {}
    for bindings in keymap.PAGES.values():
        for binding in bindings:
            for key in getattr(binding, part):
                found.setdefault(key, set()).add(same.get(binding.action, binding.action))
    return found


@pytest.mark.parametrize(("part", "same"), [("keys", keymap.MEANING), ("local", keymap.FOCUSED)])
def test_a_key_means_the_same_on_every_page(part: str, same: dict[str, str]) -> None:
    assert {key: names for key, names in meanings(part, same).items() if len(names) > 1} == {}


def test_no_key_acts_here_everywhere_and_there_in_what_has_the_focus_alone() -> None:
    assert not set(meanings("keys", {})) & set(meanings("local", {}))


def test_an_action_has_the_same_keys_on_every_page() -> None:
    found: dict[str, set[tuple[str, ...]]] = {}
    for bindings in keymap.PAGES.values():
        for binding in bindings:
            found.setdefault(binding.action, set()).add(binding.keys)
    assert {action: keys for action, keys in found.items() if len(keys) > 1} == {}


def test_exceptions_are_about_actions_there_are_and_join_pages() -> None:
    pages = {name: {binding.action for binding in bindings} for name, bindings in keymap.PAGES.items()}
    for same in (keymap.MEANING, keymap.FOCUSED):
        assert set(same) <= set.union(*pages.values())
        for name in set(same.values()):
            joined = {action for action, meaning in same.items() if meaning == name}
            assert sum(bool(joined & actions) for actions in pages.values()) > 1, name


def test_keys_that_streamlit_the_browser_or_text_fields_need_stay_free() -> None:
    taken = set(meanings("keys", {})) | set(meanings("local", {}))
    assert not {"c", "r", "shift+c", "shift+r", "tab", "shift+tab", "ctrl+z", "ctrl+shift+z"} & taken
    assert not [key for key in taken if key.startswith(("ctrl+", "meta+"))]
    assert {"c", "r", "tab", "escape", "enter", "0", "9"} <= set(keymap.RESERVED)


def test_severities_are_given_by_the_keys_that_the_page_names() -> None:
    told = next(binding for binding in keymap.REVIEW if binding.action == "severity")
    assert told.keys == tuple(review.KEYS)


def test_every_key_can_be_changed_or_says_why_not() -> None:
    for bindings in keymap.PAGES.values():
        for binding in bindings:
            if binding.fixed:  # numbers and arrows
                names = {key.split("+")[-1] for key in (*binding.keys, *binding.local)}
                assert all(name.isdigit() or name.startswith("arrow") for name in names)
            for key in binding.local:
                assert binding.fixed or key in keymap.STAY


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", keymap.PAGES)
def test_a_component_can_say_what_every_page_does_with_a_key(page: str, language: str) -> None:
    say = Catalogue.load(language)
    told = keymap.for_component(page)
    whole = told["keymap"]
    assert isinstance(whole, dict)
    assert told["keys"] == whole["pages"][page]
    messages = say.section("keys", "review_keys", "page")
    for name, bindings in whole["pages"].items():
        assert f"page.{name}" in messages
        assert all(f"{whole['texts'][name]}.{binding['action']}" in messages for binding in bindings)


def test_pages_without_keys_are_told_of_those_that_a_reader_may_see() -> None:
    told = keymap.for_help(["compare", "review", "read"])
    assert told["pages"] == ["read", "review"]
    assert told["keymap"] == keymap.for_component("read")["keymap"]
