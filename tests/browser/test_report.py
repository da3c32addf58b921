"""The HTML report in a real Chromium, opened from disk as a person would."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.review import DocumentSummary, write_report
from tests.unit.review import samples

pytestmark = pytest.mark.browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PHONE = {"width": 390, "height": 844}
_DESK = {"width": 1280, "height": 900}
LONG = "forms/3f9a1c0b7de24586.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"no system Chromium on PATH (looked for {', '.join(_NAMES)})")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is missing")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("报告")
    records = [
        samples.long_form(),
        samples.vague_form(),
        samples.clean_form(),
        samples.ugly_form(),
        samples.hostile(samples.long_form()) | {"id": "hostile"},
    ]
    for number in range(8):
        record = copy.deepcopy(samples.clean_form())
        record |= {
            "id": f"{number:016x}",
            "year": 2015 + number,
            "total_score": f"{99 - number}",
        }
        records.append(record)
    documents = [
        DocumentSummary("好.pdf", "ok"),
        DocumentSummary(samples.SCRIPT, "failed", "corrupt", samples.SCRIPT),
        DocumentSummary("很长的文件夹名" * 30 + "/表.pdf", "failed", "needs_ocr"),
    ]
    write_report(records, documents, folder)
    return folder


class Opened:
    """A page with everything that it asked for or complained of."""

    def __init__(self, browser: Any, folder: Path, **options: Any) -> None:
        self.context = browser.new_context(viewport=_DESK, **options)
        self.page = self.context.new_page()
        self.folder = folder
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda m: self.complaints.append(m.text))
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("request", lambda r: self.requests.append(r.url))

    def go(self, name: str) -> Any:
        self.page.goto((self.folder / name).as_uri())
        return self.page


@pytest.fixture
def opened(browser: Any, folder: Path) -> Iterator[Opened]:
    opened = Opened(browser, folder)
    yield opened
    opened.context.close()


def page_names(folder: Path) -> list[str]:
    return [p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*.html"))]


def test_pages_load_nothing_and_complain_of_nothing(
    opened: Opened, folder: Path
) -> None:
    for name in page_names(folder):
        opened.go(name)
    assert opened.complaints == []
    assert all(url.startswith(("file://", "data:")) for url in opened.requests)
    assert len(opened.requests) >= len(page_names(folder))


def test_markup_from_forms_does_nothing(opened: Opened, folder: Path) -> None:
    for name in ("index.html", "forms/hostile.html"):
        page = opened.go(name)
        assert page.evaluate("window.pwned") is None
        assert page.locator("img").count() == 0
        assert page.locator("script").count() == 1


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_no_page_scrolls_sideways(opened: Opened, folder: Path, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 844})
    for name in page_names(folder):
        page = opened.go(name)
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, name


def test_no_text_of_a_plot_overlaps_another(opened: Opened) -> None:
    page = opened.go("index.html")
    for viewport in (_DESK, _PHONE):
        page.set_viewport_size(viewport)
        overlaps = page.evaluate(
            """() => [...document.querySelectorAll('svg')].flatMap((svg) => {
                 const boxes = [...svg.querySelectorAll('text')].map((t) => [t.textContent, t.getBoundingClientRect()]);
                 return boxes.flatMap(([a, p], i) => boxes.slice(i + 1)
                   .filter(([, q]) => p.left + 1 < q.right && q.left + 1 < p.right && p.top + 6 < q.bottom && q.top + 6 < p.bottom)
                   .map(([b]) => `${a} × ${b}`));
               })"""
        )
        assert overlaps == []
        outside = page.evaluate(
            """() => [...document.querySelectorAll('svg text')].filter((t) =>
                 t.getBoundingClientRect().right > t.ownerSVGElement.getBoundingClientRect().right + 12)
                 .map((t) => t.textContent)"""
        )
        assert outside == []


def test_cards_and_their_answers_are_side_by_side(opened: Opened) -> None:
    page = opened.go(LONG)
    goal = page.locator(".left.target").first
    answer = page.locator(".right .card").first
    assert goal.is_visible() and answer.is_visible()
    left, right = goal.bounding_box(), answer.bounding_box()
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 20
    missing = page.locator(".card.missing").first
    assert "未在文中找到对应完成情况" in missing.inner_text()
    style = missing.evaluate("e => getComputedStyle(e).borderTopStyle")
    assert style == "dashed"


def test_a_card_lights_its_words_and_their_partner(opened: Opened) -> None:
    page = opened.go(LONG)
    lit = page.locator(".text .lit")
    page.locator(".left.target", has_text="1200人次").hover()
    assert lit.all_inner_texts() == ["1200人次", "1186人次"]
    page.mouse.move(5, 5)
    assert lit.count() == 0
    page.locator(".left.target", has_text="不少于24期").click()
    page.mouse.move(5, 5)
    assert lit.all_inner_texts() == ["不少于24期", "31期"]
    page.keyboard.press("Escape")
    assert lit.count() == 0


def test_words_in_the_text_lead_to_their_card(opened: Opened) -> None:
    page = opened.go(LONG)
    page.locator("#outcome-text mark", has_text="1186人次").click()
    card = page.locator("[data-light].lit").first
    assert "1200人次" in card.inner_text()


def test_filter_and_sort(opened: Opened) -> None:
    page = opened.go("index.html")
    rows = page.locator(".forms tbody tr:visible")
    everything = rows.count()
    assert everything == 13
    page.fill("[name=text]", "图书馆")
    assert rows.count() == 1
    assert page.locator("[data-shown]").inner_text() == "1"
    page.fill("[name=text]", "查无此项")
    assert rows.count() == 0
    assert page.locator("[data-none]").is_visible()
    page.click("button[type=reset]")
    page.wait_for_function(
        "document.querySelector('[data-shown]').textContent === '13'"
    )
    page.select_option("[name=severity]", "high")
    assert 0 < rows.count() < everything
    page.select_option("[name=severity]", "")
    page.select_option("[name=verdict]", "shortfall")
    assert rows.count() == 1
    page.select_option("[name=verdict]", "")
    page.select_option("[name=year]", "2017")
    assert rows.count() == 1
    page.select_option("[name=year]", "")

    head = page.locator(".forms thead tr:last-child th", has_text="年度")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    years = [
        int(t) for t in rows.locator("td:nth-child(2)").all_inner_texts() if t.isdigit()
    ]
    assert years == sorted(years)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    cells = rows.locator("td:nth-child(2)").all_inner_texts()
    assert cells[-1] == "未读到"


def test_sorting_works_from_the_keyboard(opened: Opened) -> None:
    page = opened.go("index.html")
    head = page.locator(".forms thead tr:last-child th").nth(2)
    head.locator("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"


def test_dark_scheme_follows_the_system(browser: Any, folder: Path) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        opened = Opened(browser, folder, color_scheme=scheme)
        page = opened.go(LONG)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        grounds[scheme] = sum(int(v) for v in colour[4:-1].split(",")[:3])
        opened.context.close()
    assert grounds["dark"] < 150 < 600 < grounds["light"]


def test_readable_without_scripts(browser: Any, folder: Path) -> None:
    opened = Opened(browser, folder, java_script_enabled=False)
    page = opened.go("index.html")
    assert page.locator(".forms tbody tr").count() == 13
    page.locator(".forms tbody a").first.click()
    assert page.locator(".left.target").first.is_visible()
    opened.context.close()


def test_prints_light_and_without_controls(browser: Any, folder: Path) -> None:
    opened = Opened(browser, folder, color_scheme="dark")
    page = opened.go("index.html")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".filters").is_visible()
    assert (
        page.evaluate("getComputedStyle(document.body).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    opened.context.close()


def test_counts_sort_by_their_figure(opened: Opened) -> None:
    page = opened.go("index.html")
    for column in (3, 6, 9):
        head = page.locator(".forms thead tr:last-child th").nth(column)
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == "descending"
        cells = page.locator(
            f".forms tbody td:nth-child({column + 1})"
        ).all_inner_texts()
        figures = [int("".join(c for c in cell if c.isdigit())) for cell in cells]
        assert figures == sorted(figures, reverse=True)
        assert figures[0] > figures[-1]
