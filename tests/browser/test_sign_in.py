"""Sign-in before a real identity provider: nothing before it, one's own name behind it, pages by role; and headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import support_ui
from conftest import Tab, free_port, served
from playwright.sync_api import Browser, Page, expect
from support_identity import Provider, provider

ROLES = '[roles]\n"ada@example.org" = "reviewer"\n"rob@example.org" = "reader"\n'
DOOR = ".st-key-la_door"


@pytest.fixture(scope="module")
def identity(browser: Browser) -> Iterator[Provider]:  # noqa: ARG001 - skips first
    with provider() as running:
        yield running


@pytest.fixture(scope="module")
def home(identity: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("signed")
    corpus, port = support_ui.build(folder), free_port()
    file = folder / "home" / "sign-in.toml"
    file.parent.mkdir()
    auth = {
        "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback",
        "cookie_secret": "of the tests alone",
        "client_id": "aligner",
        "client_secret": "of the tests alone",
        "server_metadata_url": identity.settings,
    }
    lines = [f'{key} = "{value}"\n' for key, value in auth.items()]
    file.write_text("[auth]\n" + "".join(lines) + ROLES, encoding="utf-8")
    with served(corpus, folder / "server.log", port) as running:
        yield running


@pytest.fixture
def page(browser: Browser, home: str) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(home + "/review?letter=bridge")
    page.wait_for_selector(DOOR)
    yield page
    context.close()


def sign_in(page: Page, identity: Provider, address: str) -> None:
    identity.claims = {"email": address, "email_verified": True, "name": "<b>Somebody</b>"}
    page.locator(DOOR).get_by_role("button", name="Sign in").click()


def test_nothing_is_shown_before_sign_in(page: Page) -> None:
    assert "bridge" not in page.locator("[data-testid=stApp]").inner_text().lower()
    expect(page.locator("[data-testid=stTopNavLink]")).to_have_count(0)


def test_a_reviewer_writes_under_the_address_that_signed_in(page: Page, home: str, identity: Provider) -> None:
    sign_in(page, identity, "ada@example.org")
    page.wait_for_selector(".la-root")
    page.goto(home + "/align?letter=bridge")
    expect(page.locator(".la-who-name")).to_have_text("ada@example.org")
    expect(page.locator(".la-who-change")).to_have_count(0)
    page.locator(".la-al-sg[data-lane='bridge-001'] .la-al-meta").first.click()
    page.keyboard.press("z")
    expect(page.locator(".la-al-history li")).to_contain_text("ada@example.org")
    page.get_by_role("button", name="ada@example.org: sign out").click()
    page.wait_for_selector(DOOR)


def test_a_reader_has_no_pages_that_write(page: Page, home: str, identity: Provider) -> None:
    sign_in(page, identity, "rob@example.org")
    page.wait_for_selector(".la-root")
    names = page.locator("[data-testid=stTopNavLink]").all_inner_texts()
    assert "Read" in names
    assert not {"Align", "Review"} & set(names)
    page.goto(home + "/align?letter=bridge")
    expect(page.locator(DOOR)).to_contain_text("for reviewers")
    expect(page.locator(".la-al-row")).to_have_count(0)


def test_who_has_no_role_is_told_and_sees_nothing(page: Page, identity: Provider) -> None:
    sign_in(page, identity, "eve@example.org")
    expect(page.locator(DOOR)).to_contain_text("eve@example.org, who has no role here")
    expect(page.locator(".la-root")).to_have_count(0)


def test_every_answer_says_what_may_be_loaded(tab: Tab) -> None:
    page = tab.open("/?letter=bridge")
    for path in ("/", "/align", "/_stcore/health", "/read"):
        answer = page.request.get(tab.home + path)
        assert "default-src 'self'" in answer.headers["content-security-policy"], path
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_policy_holds_in_the_browser(browser: Browser, site: str, tmp_path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(site + "/?letter=bridge")
    page.wait_for_selector(".la-root")
    assert not told
    assert page.evaluate("fetch('http://127.0.0.1:9/x').then(() => 'sent', () => 'refused')") == "refused"
    assert [text for text in told if "Content Security Policy" in text]
    frame = tmp_path / "frame.html"
    frame.write_text(f"<iframe src='{site}'></iframe>", encoding="utf-8")
    page.goto(frame.as_uri())
    page.wait_for_timeout(500)
    assert not page.frames[1].query_selector("#root")
    context.close()
