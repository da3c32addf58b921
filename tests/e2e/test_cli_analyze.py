"""analyze: JSON Lines in, JSON Lines out, whatever a line holds."""

from __future__ import annotations

import json

import pytest

from tests.e2e.command import jixiao

GOOD = {"id": 7, "goal_text": "举办读书会12场。", "outcome_text": "举办读书会10场。"}


def lines(*entries: object) -> bytes:
    out = [e if isinstance(e, bytes) else json.dumps(e).encode() for e in entries]
    return b"\n".join(out) + b"\n"


def analyze(*entries: object):
    ended = jixiao("analyze", stdin=lines(*entries))
    return ended, [json.loads(line) for line in ended.out.splitlines()]


def test_records_come_in_order_with_the_callers_ids():
    idents = [7, "七", 1.5, True, None]
    ended, answers = analyze(*({**GOOD, "id": i} for i in idents))
    assert ended.code == 0
    assert [a["id"] for a in answers] == idents
    assert {a["links"][0]["verdict"] for a in answers} == {"shortfall"}
    assert answers[0]["source"] is None
    assert answers[0]["provenance"] is None


BAD: dict[str, tuple[bytes, object]] = {
    "不是JSON": (b"{nonsense", None),
    "截断": (b'{"id": 1, "goal_text": "x', None),
    "数组": (b"[1, 2]", None),
    "字符串": (b'"x"', None),
    "NaN": (b'{"id": NaN, "goal_text": "x"}', None),
    "无穷大": (b'{"id": 1e999, "goal_text": "x"}', None),
    "不是UTF-8": (b'{"id": 1, "goal_text": "\xff\xfe"}', None),
    "太深": (b"[" * 100_000, None),
    "两个文本都没有": (b'{"id": "a", "year": 2024}', "a"),
    "文本是数字": (b'{"id": "a", "goal_text": 5}', "a"),
    "年度是列表": (b'{"id": "a", "goal_text": "x", "year": []}', "a"),
    "指标是字符串": (b'{"id": "a", "goal_text": "x", "indicators": "y"}', "a"),
    "指标行是数字": (b'{"id": "a", "goal_text": "x", "indicators": [3]}', "a"),
    "编号是对象": (b'{"id": {}, "goal_text": "x"}', None),
}


@pytest.fixture(scope="module")
def mixed():
    entries: list[object] = [GOOD]
    for bad, _ in BAD.values():
        entries += [bad, b"   "]
    return analyze(*entries, GOOD)


def test_bad_lines_are_answered_in_place_and_exit_4(mixed):
    ended, answers = mixed
    assert ended.code == 4
    assert ended.err == ""
    assert len(answers) == len(BAD) + 2
    assert answers[0] == answers[-1]
    assert "error" not in answers[0]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_says_its_number_and_what_is_wrong(mixed, name):
    place = list(BAD).index(name)
    answer = mixed[1][1 + place]
    assert list(answer) == ["id", "line", "error"]
    assert (answer["id"], answer["line"]) == (BAD[name][1], 2 + 2 * place)
    assert list(answer["error"]) == ["reason", "message"]
    assert answer["error"]["reason"] in {"corrupt", "empty"}
    assert answer["error"]["message"]


def test_nulls_unknown_keys_and_byte_order_mark_are_fine():
    null = {"id": 1, "goal_text": None, "outcome_text": None, "外": [1]}
    ended, answers = analyze(b"\xef\xbb\xbf" + json.dumps(null).encode(), GOOD)
    assert ended.code == 0
    assert answers[0]["goal_text"] is None
    assert "goal_missing" in {f["code"] for f in answers[0]["flags"]}


def test_texts_are_kept_exactly_lone_surrogates_as_escapes():
    text = "  举办培训3场\u3000。\n\x00\ud83d "
    ended, answers = analyze({"id": 1, "goal_text": text, "outcome_text": ""})
    assert ended.code == 0
    assert answers[0]["goal_text"] == text
    assert "\\ud83d" in ended.out


def test_indicators_are_read_numbers_as_text():
    row = {"level1": "产出指标", "name": "读书会", "target_text": "≥12场"}
    entry = {**GOOD, "indicators": [{**row, "actual_text": "10场", "weight": 15}]}
    _, (answer,) = analyze(entry)
    assert answer["indicators"][0]["weight"] == "15"
    assert answer["indicators"][0]["status"] == "shortfall"


def test_missing_file_exits_1_and_empty_input_is_fine(tmp_path):
    ended = jixiao("analyze", "none.jsonl", cwd=tmp_path)
    assert (ended.code, "none.jsonl" in ended.err) == (1, True)
    assert jixiao("analyze", "-").code == 0


def test_a_file_gives_the_same_as_standard_input(tmp_path):
    (tmp_path / "in.jsonl").write_bytes(lines(GOOD))
    assert jixiao("analyze", "in.jsonl", cwd=tmp_path).out == analyze(GOOD)[0].out
