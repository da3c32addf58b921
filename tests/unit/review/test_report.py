from __future__ import annotations

import copy
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.flag import Severity
from pipeline.core.link import IndicatorStatus, Verdict
from pipeline.core.statement import StatementKind
from pipeline.errors import REASONS, StorageError
from pipeline.resources import load_toml
from pipeline.review import DocumentSummary, report, write_report
from pipeline.review.words import FILE, Words
from tests.unit.review import samples

DOCUMENTS = [
    DocumentSummary("2023年度/好.pdf", "ok"),
    DocumentSummary("扫描.pdf", "failed", "needs_ocr"),
    DocumentSummary("旧表.doc", "failed", "unsupported", "请另存为 DOCX。"),
    DocumentSummary("说明.txt", "skipped", "no_form"),
    DocumentSummary("长.pdf", "partial", "too_many_pages"),
]


class Page(HTMLParser):
    """Elements, attribute names, ids and links of a page; text without scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.text = ""
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self._silent += tag in ("script", "style")
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id" and value:
                self.ids[value] += 1
            if name in ("href", "src") and value:
                self.links.append(value)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text += data


def read(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.html"))
    }


def write(tmp_path: Path, *records: Any, **options: Any) -> dict[str, str]:
    documents = options.pop("documents", DOCUMENTS)
    write_report(records, documents, tmp_path / "报告", **options)
    return read(tmp_path / "报告")


def all_samples() -> list[dict[str, Any]]:
    return [
        samples.long_form(),
        samples.vague_form(),
        samples.clean_form(),
        samples.ugly_form(),
    ]


def test_one_page_per_form_and_an_overview_that_links_them(tmp_path: Path) -> None:
    records = all_samples()
    assert write_report(records, DOCUMENTS, tmp_path) == tmp_path / "index.html"
    pages = read(tmp_path)
    forms = {name for name in pages if name.startswith("forms/")}
    assert len(forms) == len(records)
    assert "forms/3f9a1c0b7de24586.html" in forms
    assert forms == {
        h for h in Page(pages["index.html"]).links if h.startswith("forms/")
    }


def test_every_page_says_that_it_is_no_finding(tmp_path: Path) -> None:
    for name, html in write(tmp_path, *all_samples()).items():
        text = Page(html).text
        assert "提示，非结论" in text, name
        assert "没有发现问题" in text, name
        assert '<html lang="zh-CN">' in html, name


def test_pages_are_self_contained_and_ids_are_unique(tmp_path: Path) -> None:
    pages = write(tmp_path, *all_samples())
    for name, html in pages.items():
        page = Page(html)
        base = Path(name).parent
        for href in page.links:
            target, _, fragment = href.partition("#")
            if href == "data:,":
                continue
            assert ":" not in href and not href.startswith("/"), href
            file = (base / target).as_posix() if target else name
            file = file.replace("forms/../", "")
            assert file in pages, (name, href)
            if fragment:
                assert fragment in Page(pages[file]).ids, (name, href)
        assert max(page.ids.values()) == 1, name
        assert not re.search(r"url\(|@import|https?://(?!example)", html), name


def test_markup_in_any_field_stays_text(tmp_path: Path) -> None:
    tame, wild = samples.long_form(), samples.hostile(samples.long_form())
    documents = [
        DocumentSummary(samples.SCRIPT, "failed", samples.SCRIPT, samples.SCRIPT)
    ]
    before = write(tmp_path / "a", tame)
    after = write(tmp_path / "b", wild, documents=documents)
    allowed = set[str]()
    for html in before.values():
        allowed |= Page(html).attributes
    assert before.keys() == after.keys()
    for name, html in after.items():
        page = Page(html)
        assert page.tags["script"] == 1 and page.tags["img"] == 0, name
        assert page.attributes <= allowed, name
        assert samples.SCRIPT in page.text, name


def test_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    assert write(tmp_path / "a", *all_samples()) == write(
        tmp_path / "b", *all_samples()
    )


def test_records_are_not_changed(tmp_path: Path) -> None:
    record = samples.long_form()
    kept = copy.deepcopy(record)
    write(tmp_path, record)
    assert record == kept


def test_personal_numbers_are_masked_unless_kept(tmp_path: Path) -> None:
    phone = "13912345678"
    record = samples.long_form() | {"id": phone}
    record["flags"][0]["message"] = f"请联系{phone}"
    documents = [
        DocumentSummary(f"张三{phone}.pdf", "failed", "corrupt", f"坏了 {phone}")
    ]
    masked = write(tmp_path / "a", record, documents=documents)
    assert not any(phone in html or phone in name for name, html in masked.items())
    kept = write(tmp_path / "b", record, documents=documents, keep_personal_data=True)
    assert phone in kept["index.html"]
    assert any("未遮盖个人信息" in html for html in kept.values())


def test_no_forms_at_all(tmp_path: Path) -> None:
    pages = write(tmp_path)
    assert list(pages) == ["index.html"]
    text = Page(pages["index.html"]).text
    assert "没有读出任何自评表" in text
    assert "需要文字识别" in text and "请另存为 DOCX。" in text
    # A reason without a message of its own is explained from the catalogue.
    assert "文字识别（OCR）已关闭" in text


def test_nothing_given_at_all(tmp_path: Path) -> None:
    assert "没有数据" in write(tmp_path, documents=[])["index.html"]


def test_a_form_in_which_nothing_was_found(tmp_path: Path) -> None:
    pages = write(tmp_path, samples.blank("aa"))
    text = Page(pages["forms/aa.html"]).text
    for words in (
        "没有读到年度目标文字",
        "没有读到实际完成情况文字",
        "没有读到资金栏",
        "没有读到指标表",
        "没有发现问题",
        "没有文档出处",
        "未读到",
    ):
        assert words in text, words
    assert "None" not in text


@pytest.mark.parametrize(
    "form_id",
    [
        "../../etc/passwd",
        "",
        None,
        7,
        1.5,
        True,
        "CON",
        "a/b",
        "编号一",
        "x" * 200,
        ".",
        "\ud800",
    ],
    ids=repr,
)
def test_file_names_stay_inside_whatever_the_id(
    tmp_path: Path, form_id: object
) -> None:
    names: set[str] = set()
    name = report._file_name(form_id, names)
    assert re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}", name)
    assert report._file_name(form_id, names) != name


def test_ids_that_differ_in_case_only_get_two_files() -> None:
    names: set[str] = set()
    made = {report._file_name(i, names).lower() for i in ("Ab", "aB", "ab", "ab-2")}
    assert len(made) == 4


def test_pages_of_an_earlier_report_go_and_other_files_stay(tmp_path: Path) -> None:
    write(tmp_path, *all_samples())
    other = tmp_path / "报告" / "forms" / "我的笔记.html"
    other.write_text("<p>笔记</p>", encoding="utf-8")
    pages = write(tmp_path, samples.clean_form())
    assert set(pages) == {
        "index.html",
        "forms/c4b2d9905e1f4a77.html",
        "forms/我的笔记.html",
    }


def test_many_forms_are_paged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "ROWS_PER_PAGE", 4)
    monkeypatch.setattr(report, "DOCUMENTS_SHOWN", 2)
    records = [samples.clean_form() | {"id": f"{n:016x}"} for n in range(10)]
    pages = write(tmp_path, *records)
    listed = [
        {h for h in Page(pages[name]).links if h.startswith("forms/")}
        for name in ("index.html", "forms-2.html", "forms-3.html")
    ]
    assert [len(part) for part in listed] == [4, 4, 2]
    assert len(set.union(*listed)) == 10
    everything = {
        h for h in Page(pages["forms-all.html"]).links if h.startswith("forms/")
    }
    assert everything == set.union(*listed)
    assert "第 2 页，共 3 页" in Page(pages["forms-2.html"]).text
    assert (
        Page(pages["index.html"]).tags["svg"] > Page(pages["forms-2.html"]).tags["svg"]
    )
    assert pages["documents.html"].count("<tr>") == 1 + 4


def test_counts_of_the_overview_add_up(tmp_path: Path) -> None:
    html = write(tmp_path, *all_samples())["index.html"]
    records = all_samples()
    targets = sum(len(r["targets"]) for r in records)
    flags = sum(len(r["flags"]) for r in records)
    assert f"<li><b>{targets}</b> 目标值</li>" in html
    assert f"<b>{flags}</b> 提示" in html
    described = re.search(r'id="plot-verdicts-d">(.*?)</desc>', html)
    assert described
    assert sum(map(int, re.findall(r" (\d+)", described[1]))) == targets


def test_goal_cards_stand_beside_their_outcomes(tmp_path: Path) -> None:
    html = write(tmp_path, samples.long_form())["forms/3f9a1c0b7de24586.html"]
    text = Page(html).text
    record = samples.long_form()
    for item in record["links"]:
        assert item["explanation"] in text
    # Targets 4 and 9 and the vague statement; target 6 names its candidate instead.
    assert text.count("未在文中找到对应完成情况") == 3 + 1  # and the flag's message
    assert "可能相关，但不足以认定" in text
    assert "指标表第 5 行另有" in text
    assert "名称改为：飞防作业面积" in text
    assert "读作 ≥ 2 次（每村）" in text
    assert text.count("背景或资金说明，不要求有对应完成情况。") == 2
    assert "第 1 页 · 第 1 个表格第 4 行第 2 列" in text
    assert "未完成" not in text


def test_spans_are_marked_by_code_points(tmp_path: Path) -> None:
    pages = write(tmp_path, samples.ugly_form())
    html = next(h for n, h in pages.items() if n.startswith("forms/"))
    assert re.search(
        r'<mark class="[^"]*m-target[^"]*" data-k="t1[^"]*">200户</mark>|data-k="[^"]*t1[^"]*">200户<',
        html,
    )
    assert "\u202e" not in html and "\x00" not in html
    assert "第 3 个工作表" in Page(html).text


def test_no_absolute_path_and_no_clock(tmp_path: Path) -> None:
    for html in write(tmp_path, *all_samples()).values():
        assert str(tmp_path) not in html
        assert "生成时间" not in html
    stamped = write(tmp_path, generated_at="2024-05-06 07:08")["index.html"]
    assert "生成时间 2024-05-06 07:08" in stamped


def test_english_words(tmp_path: Path) -> None:
    pages = write(tmp_path, samples.long_form(), lang="en")
    html = pages["forms/3f9a1c0b7de24586.html"]
    assert '<html lang="en">' in html
    assert "Hints, not findings" in html and "target exceeded" in html


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    with pytest.raises(StorageError) as caught:
        write_report([], [], tmp_path / "文件")
    assert caught.value.code == "export_unwritable"


@pytest.mark.parametrize(
    ("group", "values"),
    [
        ("verdict", [v.value for v in Verdict]),
        ("severity", [s.value for s in Severity]),
        ("status", [s.value for s in IndicatorStatus]),
        ("kind", [k.value for k in StatementKind]),
        ("reason", sorted(REASONS)),
        ("document_status", ["pending", "ok", "partial", "failed", "skipped"]),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_every_value_has_a_word_in_both_languages(
    group: str, values: list[str]
) -> None:
    for lang in ("zh", "en"):
        words = Words(lang)
        for value in values:
            assert words.label(group, value) != value or lang == "en"
    assert set(values) <= set(load_toml(FILE)[group])


def test_all_words_are_used() -> None:
    folder = Path(report.__file__).parent
    source = "\n".join(
        p.read_text(encoding="utf-8")
        for p in (*folder.glob("*.py"), *folder.glob("templates/*.html"))
    )
    unused = [key for key in load_toml(FILE)["text"] if f'"{key}"' not in source]
    assert unused == []
