"""Every page before axe-core, light and dark: nothing serious or critical."""

from __future__ import annotations

from typing import Any

import needs
import pytest
from conftest import opened
from playwright.sync_api import Browser, Page

from aligner.ui.frame import names

GRAVE = ("serious", "critical")
RUN = "axe.run(document, { resultTypes: ['violations'] })"
STILL = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"


def grave(page: Page) -> list[str]:
    """What axe-core finds serious or critical: rule, help, and where."""
    script = needs.axe()
    assert script is not None
    page.evaluate(script.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(RUN)
    assert found["passes"]
    return [
        f"{each['id']}: {each['help']}: {node['html'][:200]} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
        if each["impact"] in GRAVE
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", names())
def test_axe_finds_nothing_grave(browser: Browser, site: str, name: str, scheme: str) -> None:
    needs.need("axe")
    with opened(browser, site, color_scheme=scheme, bypass_csp=True) as tab:
        page = tab.open(f"/{name}?letter=bridge&sentence=3", "[data-testid=stApp]")
        page.wait_for_function(STILL)
        page.wait_for_timeout(700)  # components draw themselves after the script has run
        assert grave(page) == []


@pytest.mark.parametrize("part", ["What there is", "Where it lies"])
def test_axe_finds_nothing_grave_in_the_other_parts_of_letters(browser: Browser, site: str, part: str) -> None:
    needs.need("axe")
    with opened(browser, site, bypass_csp=True) as tab:
        page = tab.open("/letters", ".st-key-la_letters")
        page.get_by_text(part, exact=True).first.click()
        page.wait_for_timeout(700)
        page.wait_for_function(STILL)
        assert grave(page) == []


def test_the_measure_sees_a_fault(browser: Browser, site: str) -> None:
    needs.need("axe")
    with opened(browser, site, bypass_csp=True) as tab:
        page = tab.open("/?letter=bridge")
        page.evaluate("document.body.append(document.createElement('button'))")
        assert [each for each in grave(page) if each.startswith("button-name")]
