"""A smaller run of ``make torture``, one test for each row of docs/faults.md."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.e2e.command import jixiao
from tests.torture.inputs import Case, cases
from tests.torture.run import SECRET, Result, differing, torture

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="processes are found by /proc"
)

_MOCKS = ("segv", "exit 7", "oom", "hang", "flood", "fork", "litter fork flood")


def smaller() -> list[Case]:
    """What is quick: not every degree of damage, nothing that needs a minute."""
    kept = []
    for one in cases():
        if one.slow or re.match(r"cut(10|60|99)\.|flipped[12]", one.name):
            continue
        if one.fault == 25 and one.name.removesuffix(".txt") not in _MOCKS:
            continue
        kept.append(one)
    return kept


@pytest.fixture(scope="module")
def run() -> Iterator[Result]:
    result = torture(smaller(), good=30)
    yield result
    shutil.rmtree(result.root, ignore_errors=True)


def check(run: Result, fault: int) -> None:
    chosen = [one for one in run.cases if one.fault == fault]
    assert chosen
    assert run.wrong(chosen) == []


def test_every_input_is_listed_once_and_nothing_else(run: Result) -> None:
    assert run.code == 4, run.said
    assert run.wrong(run.cases) == []
    assert run.strays() == set()
    assert run.good <= run.rows.keys()
    counts = re.search(r"输入 (\d+) 份", run.said)
    assert counts and int(counts[1]) == len(run.rows)


def test_good_documents_are_exact_among_bad_ones(run: Result) -> None:
    assert differing(run) == []


def test_nothing_is_left_behind(run: Result) -> None:
    assert run.left == []


def test_memory_of_all_processes_is_bounded(run: Result) -> None:
    assert run.peak < 1.5 * 1024**3


def test_fault_01_encrypted_files(run: Result) -> None:
    check(run, 1)


def test_fault_02_cut_and_damaged_files(run: Result) -> None:
    check(run, 2)


def test_fault_04_bombs_in_pdf(run: Result) -> None:
    check(run, 4)


def test_fault_05_bombs_in_pictures(run: Result) -> None:
    check(run, 5)


def test_fault_06_zip_bombs(run: Result) -> None:
    check(run, 6)
    assert run.rows["fault06/flat.zip!/good.txt"][0] == "ok"


def test_fault_07_unsafe_names_in_archives(run: Result) -> None:
    check(run, 7)
    siblings = [row for path, row in run.rows.items() if re.search(r"!/\d\.txt$", path)]
    assert len(siblings) == 8 and {row[0] for row in siblings} == {"ok"}


def test_fault_08_entities_and_external_definitions(run: Result) -> None:
    check(run, 8)
    assert run.requests == []
    assert not [r for forms in run.forms.values() for r in forms if "root:x" in r]


def test_fault_09_references_are_never_fetched(run: Result) -> None:
    check(run, 9)
    assert run.requests == []


def test_fault_10_macros_are_not_run(run: Result) -> None:
    check(run, 10)


def test_fault_11_sheets_that_claim_to_be_huge(run: Result) -> None:
    check(run, 11)


def test_fault_12_wrong_suffixes(run: Result) -> None:
    check(run, 12)


def test_fault_13_empty_files(run: Result) -> None:
    check(run, 13)


def test_fault_14_encodings(run: Result) -> None:
    check(run, 14)
    for name in ("gbk", "gb18030", "utf-16", "utf-8-sig"):
        (record,) = run.forms[f"fault14/{name}.txt"]
        assert "项目第" in record


def test_fault_15_mixed_and_broken_encodings(run: Result) -> None:
    check(run, 15)


def test_fault_16_control_characters(run: Result) -> None:
    check(run, 16)
    assert "\x1b" not in run.said


def test_fault_17_hostile_pages(run: Result) -> None:
    check(run, 17)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_fault_18_no_formula_leaves_in_an_export(run: Result, suffix: str) -> None:
    check(run, 18)
    target = run.root / f"out.{suffix}"
    assert jixiao("export", "--db", run.url, "--to", target).code == 0
    if suffix == "csv":
        with target.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        risky = re.compile(r"[=+@＝＋＠\t\r]|-(?![\d.]+%?$|$)")
        assert not [cell for cell in cells if risky.match(cell)]
        return
    book = openpyxl.load_workbook(target)
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]


def test_fault_20_sql_in_file_names(run: Result) -> None:
    check(run, 20)


def test_fault_21_awkward_file_names(run: Result) -> None:
    check(run, 21)


def test_fault_22_no_absolute_path_and_no_traceback_is_told(run: Result) -> None:
    told = [message or "" for _, _, message in run.rows.values()]
    told += [record for forms in run.forms.values() for record in forms]
    for text in (*told, *run.said.splitlines()[:-1]):
        assert str(run.root) not in text
        assert "Traceback" not in text
        assert "/secret/place" not in text
        assert SECRET not in text


def test_fault_23_hostile_texts_end(run: Result) -> None:
    check(run, 23)


def test_fault_25_murderous_documents_among_others(run: Result) -> None:
    check(run, 25)


def test_fault_30_a_second_run_reads_nothing_again(run: Result) -> None:
    before = dict(run.forms)
    again = jixiao(
        "run", run.root / "archive/a-good", "--db", run.root / "again.db"
    )  # fmt: skip
    twice = jixiao("run", run.root / "archive/a-good", "--db", run.root / "again.db")
    assert (again.code, twice.code) == (0, 0)
    assert "成功 0" in twice.err
    assert before == run.forms


def test_fault_34_what_is_no_file(run: Result) -> None:
    check(run, 34)
