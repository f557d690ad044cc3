"""The site of the documentation: built with warnings as errors, read without a network, its sessions run."""
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from PIL import Image

from binary import BINARY

ROOT = Path(__file__).resolve().parents[2]
SESSIONS = re.findall(r"```console\n(.*?)```", (ROOT / "docs" / "ablation.md").read_text(), re.S)


class Page(HTMLParser):
    """What a page links to, what it loads, and what can be linked to in it."""

    def __init__(self, path):
        super().__init__()
        self.links, self.loads, self.anchors = [], [], set()
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.anchors |= {attributes[name] for name in ("id", "name") if attributes.get(name)}
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        if tag in ("script", "img", "iframe", "source") and attributes.get("src"):
            self.loads.append(attributes["src"])
        if tag == "link" and attributes.get("rel") != "canonical":
            self.loads.append(attributes["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    done = subprocess.run([sys.executable, ROOT / "docs" / "build.py", BINARY, folder], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site):
    return {path: Page(path) for path in site.rglob("*.html") if path.name != "404.html"}


def test_every_link_leads_somewhere(site, pages):
    assert len(pages) > 15
    lost = []
    for path, page in pages.items():
        for link in page.links + page.loads:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "mailto", "data"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            if not target.exists():
                lost.append(f"{path.relative_to(site)}: {link}")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
                lost.append(f"{path.relative_to(site)}: {link}, which has no such place")
    assert not lost


def test_nothing_is_loaded_from_elsewhere(site, pages):
    foreign = {load for page in pages.values() for load in page.loads if urlsplit(load).scheme in ("http", "https")}
    assert not foreign
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(['\"]?https?:", style.read_text()), style


def test_search_finds_a_column_of_a_view_in_a_file(site, browser):
    page = browser.new_context(offline=True).new_page()
    page.goto((site / "commands.html").as_uri())
    page.locator("[data-md-component=search-query]").click()
    page.get_by_text("Type to start searching").first.wait_for(state="attached", timeout=60_000)
    page.keyboard.type("not_finite")
    page.locator(".md-search-result__link").first.wait_for(state="attached", timeout=60_000)
    assert "SQL.html" in page.locator(".md-search-result__link").first.get_attribute("href")


def test_every_command_and_setting_has_its_line(site):
    commands, settings = (site / "commands.html").read_text(), (site / "settings.html").read_text()
    listed = subprocess.run([BINARY, "--help"], capture_output=True, text=True, check=True).stdout
    names = re.findall(r"^  ([a-z]+) ", listed.partition("SUBCOMMANDS:")[2], re.M)
    assert len(names) > 20
    assert all(f"sweep {name}</code>" in commands for name in names if name != "help")
    assert "<code>learning_rate</code>" in settings or "<code>lr</code>" in settings


def test_the_statistics_show_what_the_program_made_for_them(site):
    page = (site / "STATISTICS.html").read_text()
    least, most = map(int, re.search(r"(\d+) to (\d+) of 100 intervals", page).groups())
    assert "6,000 made-up experiments" in page and 93 <= least <= most <= 97
    for name in ("answers", "coverage", "settled"):
        assert "<svg" in (site / "figures" / f"{name}.svg").read_text() and f'src="figures/{name}.svg"' in page
    gallery = (site / "gallery" / "index.html").read_text()
    for name in ("quickstart", "curve", "polynomial-degree", "early-stopping"):
        assert f'href="{name}.html"' in gallery and "What we found" in (site / "gallery" / f"{name}.html").read_text()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ablation")
    shutil.copytree(ROOT / "examples" / "argparse", folder, dirs_exist_ok=True)
    return folder


@pytest.mark.parametrize("session", SESSIONS, ids=[session.split("\n")[0] for session in SESSIONS])
def test_a_session_prints_what_stands_there(lab, session):
    command, _, expected = session.removeprefix("$ ").partition("\n")
    path = f"{Path(BINARY).parent}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(["bash", "-c", command], cwd=lab, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT,
                          env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "python")})
    assert done.stdout == expected


def test_the_spec_for_photographs_runs_on_a_folder_that_lies_as_the_page_says(tmp_path):
    text = (ROOT / "PHOTOGRAPHS.md").read_text()
    spec = json.loads(re.search(r"```json\n(.*?)```", text, re.S)[1])
    (tmp_path / "mine.json").write_text(json.dumps(spec))
    for kind in ("cat", "dog"):
        (tmp_path / "photos" / kind).mkdir(parents=True)
        for number in range(10):
            picture = Image.new("RGB", (64, 48), (20 * number, 90, 200 if kind == "cat" else 40))
            picture.save(tmp_path / "photos" / kind / f"{number}.jpg")
    done = subprocess.run([BINARY, "run", "mine.json", "--quiet", "--set", "settings.epochs=1"], cwd=tmp_path,
                          capture_output=True, text=True)
    runs = int(re.search(r"each: (\d+) runs", text)[1])
    assert f"{runs} planned = {runs} ok" in done.stderr, done.stdout + done.stderr
