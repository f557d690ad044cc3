"""The browser that all tests share: a second one of the same driver cannot be started beside it."""
import shutil

import pytest
from playwright.sync_api import sync_playwright


@pytest.fixture(scope="session")
def browser():
    path = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    assert path, "Chromium is not installed"
    with sync_playwright() as playwright:
        # A sandbox needs a user that is not root.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
