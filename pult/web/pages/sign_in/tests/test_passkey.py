import shutil

import pytest
from django.urls import reverse

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PASSWORD = "тихий омут 47"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def browser(monkeypatch):
    """A page of a real browser with a passkey device that always says yes."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: the passkey is not tried in a browser")
    from playwright.sync_api import sync_playwright

    # Playwright's loop is running in this thread while the test talks to the database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page()
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield page
        chromium.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_made_once_signs_the_person_in_without_a_password(browser, live_server, cast):
    cast.anna.set_password(PASSWORD)
    cast.anna.save()
    complaints = []
    browser.on("console", lambda m: "Content Security" in m.text and complaints.append(m.text))
    account = live_server.url + reverse("mfa_index")

    browser.goto(live_server.url + "/sign-in/?next=" + reverse("mfa_add_webauthn"))
    browser.fill("[name=login]", cast.anna.email)
    browser.fill("[name=password]", PASSWORD)
    browser.click("form.form button[type=submit]")
    browser.wait_for_url("**/account/reauthenticate/**")
    browser.fill("[name=password]", PASSWORD)
    browser.press("[name=password]", "Enter")
    browser.wait_for_url("**/account/2fa/webauthn/add/")
    browser.check("#id_passwordless")
    browser.click("#mfa_webauthn_add")
    browser.wait_for_url("**/account/2fa/recovery-codes/**")

    browser.context.clear_cookies()
    browser.goto(account)
    browser.wait_for_url("**/sign-in/**")
    browser.click("#passkey_login")
    browser.wait_for_url(account)
    assert complaints == []
