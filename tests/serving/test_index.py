"""The list of routes: as JSON, as HTML, and in a real browser."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import tempfile
import time
from html import unescape
from shutil import which

import pytest

from tests.consumers import lacking, library, program
from tests.helpers import SEEDS, write
from tests.pages import block, message, request
from tests.serving.served import PATIENCE, ask, serving

#: What a page may try to do to the browser that shows it.
EVIL = """# <script>alert(1)</script> & "friends" \x1b[31m \u202e

## <img src=x onerror=alert(1)>

""" + "\n".join(
    (
        block("request", request("POST /it's/<b>{id}</b>?a='&\"", '{"a": "it\'s </code> $(reboot) `reboot`\\n"}')),
        block("response", message("200 <img src=x onerror=alert(1)>", '{"done": true}')),
    )
)


@pytest.fixture(scope="module")
def library_url():
    with serving(SEEDS, "library") as served:
        yield served.url


@pytest.fixture(scope="module")
def evil_url(tmp_path_factory):
    with serving(write(tmp_path_factory.mktemp("evil"), {"evil.md": EVIL}), ".") as served:
        yield served.url


def test_programs_get_it_as_json(library_url):
    answer = ask(f"{library_url}/", Accept="application/json")
    assert answer.headers["Content-Type"] == "application/json"
    routes = json.loads(answer.body)["routes"]
    assert [(route["method"], route["path"]) for route in routes] == [
        ("GET", "/v1.0/items"),
        ("DELETE", "/v1.0/items/{id}"),
        ("GET", "/v1.0/items/{id}"),
        ("PATCH", "/v1.0/items/{id}"),
        ("POST", "/v1.0/members"),
    ]
    assert [(one["id"], one["status"]) for one in routes[2]["examples"]] == [
        ("api/item-get/get_item", 200),
        ("api/item-get/get_item.404", 404),
    ]
    assert routes[2]["examples"][0]["page"] == "library/api/item-get.md"


def test_browsers_get_it_as_html_that_needs_nothing_from_elsewhere(library_url):
    answer = ask(
        f"{library_url}/_docextract/", Accept="text/html,application/json;q=0.9", Origin="https://evil.example"
    )
    page = answer.body.decode()
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    # What pages show is for every origin, but not the list of all there is.
    assert answer.headers["Access-Control-Allow-Origin"] is None
    assert ask(f"{library_url}/_docextract").body == answer.body
    assert set(re.findall(r"https?://[^/\s<'\"]+", page)) == {library_url}
    assert not re.findall(r"\s(?:src|style|on\w+)=", page)


def test_a_page_that_documents_the_root_has_it(tmp_path):
    page = block("request", "GET /") + "\n" + block("response", message("200 OK", '{"root": true}'))
    with serving(write(tmp_path, {"root.md": f"# Root\n\n{page}"}), ".") as served:
        assert json.loads(ask(f"{served.url}/").body) == {"root": True}
        assert b"<h1>docextract</h1>" in ask(f"{served.url}/_docextract/").body


def test_what_a_page_says_stays_text(evil_url):
    page = ask(f"{evil_url}/").body.decode()
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def commands(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r"<pre><code>(curl.*?)</code></pre>", page, re.DOTALL)]


def curl(command: str) -> str:
    """Run a command as a shell does; return what comes back, with the status after it."""
    program("curl", brought_by="apt install curl")
    assert command.startswith("curl ")
    more = "curl --silent --show-error --write-out ' %{http_code}' "
    done = subprocess.run(more + command[5:], shell=True, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_commands_get_the_answers(library_url, evil_url):
    found = commands(ask(f"{library_url}/").body.decode())
    assert [curl(command)[-3:] for command in found] == ["200", "204", "200", "404", "200", "201"]
    [command] = commands(ask(f"{evil_url}/").body.decode())
    assert curl(command) == '{"done": true} 200'


def test_six_thousand_routes_are_listed_at_once(tmp_path):
    shown = "\n".join(
        block("request", f"GET /v1.0/things{n}/{{id}}", f'"name": "n{n}"')
        + block("response", message("204 No Content"))
        for n in range(1_000)
    )
    write(tmp_path, {f"page{n}.md": "# Things\n\n" + shown.replace("/v1.0/", f"/v1.0/{n}/") for n in range(6)})
    with serving(tmp_path, ".") as served:
        assert " 6,000 routes, " in served.said[-1]
        first, began = ask(f"{served.url}/").body, time.monotonic()
        assert ask(f"{served.url}/").body == first
        assert time.monotonic() - began < 2
        assert len(first) < 6_000 * 1_000


# In a browser


@contextlib.contextmanager
def browser(scheme: str = "light", width: int = 1100):
    """Run a headless Chromium in which people prefer a colour scheme."""
    library("selenium")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    driver = program("chromedriver", brought_by="apt install chromium-driver")
    if chromium is None:
        lacking("chromium", "apt install chromium")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for argument in (
            *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *("--disable-dev-shm-usage", f"--user-data-dir={profile}", "--window-size=1100,900"),
        ):
            options.add_argument(argument)
        # With the path of the driver, Selenium looks for none and downloads none.
        chrome = webdriver.Chrome(options, Service(driver))
        try:
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
            metrics = {"width": width, "height": 740, "deviceScaleFactor": 1, "mobile": width < 600}
            chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            yield chrome
        finally:
            chrome.quit()


def until(condition):
    """Wait until a condition holds."""
    ends = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.05)


def find(chrome, selector):
    return chrome.find_elements("css selector", selector)


def luminance(colour: str) -> float:
    """Return the relative luminance of `rgb(...)` (WCAG 2.2)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_light_and_dark_can_both_be_read(library_url):
    backs = []
    for scheme in ("light", "dark"):
        with browser(scheme) as chrome:
            chrome.get(library_url)
            find(chrome, "summary")[2].click()
            back = luminance(find(chrome, "body")[0].value_of_css_property("background-color"))
            backs.append(back)
            for element in find(chrome, "h1, summary b, summary code, summary span, details[open] small, label"):
                front = luminance(element.value_of_css_property("color"))
                assert (max(front, back) + 0.05) / (min(front, back) + 0.05) >= 4.5, (scheme, element.text)
            assert chrome.get_log("browser") == []
    assert backs[0] > 0.9
    assert backs[1] < 0.1


def test_the_filter_shows_the_routes_that_hold_all_words(library_url):
    with browser() as chrome:
        chrome.get(library_url)
        assert len(find(chrome, "#routes > li:not([hidden])")) == 5
        chrome.switch_to.active_element.send_keys("/")
        field = chrome.switch_to.active_element
        assert field.get_attribute("id") == "filter"
        field.send_keys("items GET")
        until(lambda: find(chrome, "#count")[0].text == "2 of 5 routes")
        shown = find(chrome, "#routes > li:not([hidden]) summary")
        assert [element.text.split()[:2] for element in shown] == [["GET", "/v1.0/items"], ["GET", "/v1.0/items/{id}"]]
        field.send_keys("\ue00c")  # Escape
        until(lambda: len(find(chrome, "#routes > li:not([hidden])")) == 5)
        assert chrome.get_log("browser") == []


def test_a_command_is_copied_and_works(library_url):
    with browser() as chrome:
        chrome.get(library_url)
        field = find(chrome, "#filter")[0]
        # The keyboard alone gets there: the first route, its button.
        field.send_keys("\ue004")  # Tab
        chrome.switch_to.active_element.send_keys("\ue007")  # Enter
        chrome.switch_to.active_element.send_keys("\ue004")
        button = chrome.switch_to.active_element
        assert button.text == "Copy"
        button.send_keys("\ue007")
        until(lambda: find(chrome, "#said")[0].text == "Copied")
        field.send_keys("\ue009v\ue000")  # Control and V
        until(lambda: field.get_attribute("value"))
        command = field.get_attribute("value")
        assert command == f"curl {library_url}/v1.0/items"
        assert curl(command).endswith("200")
        assert chrome.get_log("browser") == []


def test_it_can_be_read_on_a_telephone(library_url):
    with browser(width=360) as chrome:
        chrome.get(library_url)
        for summary in find(chrome, "summary"):
            summary.click()
        assert chrome.execute_script("return document.documentElement.scrollWidth") == 360


def test_a_browser_runs_nothing_that_a_page_says(evil_url):
    with browser() as chrome:
        chrome.get(evil_url)
        find(chrome, "summary")[0].click()
        assert "<img src=x onerror=alert(1)>" in find(chrome, "details li")[0].text
        assert chrome.get_log("browser") == []
